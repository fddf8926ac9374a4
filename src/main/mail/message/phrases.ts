/**
 * @file The sentences of the message in each language of the program. They claim nothing about a person's identity: a
 * code shows who reads a mailbox, no more.
 */
import type { DetailName, KnownPurpose } from '../../../shared/request.ts';
import type { Language } from '../../../shared/words.ts';

export interface Phrases {
  /** Which way its sentences run. */
  readonly dir: 'ltr' | 'rtl';
  /** For clock times. */
  readonly locale: string;
  /** `until` tells two mails apart that came after another. */
  readonly subject: (business: string, until: string) => string;
  /** The code first: it is read in the notification, which shows the first words only. */
  readonly subjectWithCode: (code: string, business: string, until: string) => string;
  readonly heading: (business: string) => string;
  readonly purposes: Readonly<Record<Exclude<KnownPurpose, 'other'>, string>>;
  readonly labels: Readonly<Record<'for' | 'goodUntil' | 'askedFor', string>> & {
    readonly details: Readonly<Record<DetailName, string>>;
  };
  /** `clock`: "14:14"; `minutes` is at least one. */
  readonly until: (clock: string, minutes: number) => string;
  /** When it was asked for: "14:04, 23 November". */
  readonly asked: (clock: string, day: string) => string;
  readonly give: (business: string) => string;
  readonly ignore: string;
  readonly contact: (contact: string) => string;
  readonly reference: (reference: string) => string;
}

/** A language that the interface has and the message has not does not compile. */
export const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    dir: 'ltr',
    locale: 'en-GB',
    subject: (business, until) => `Your code for ${business} (until ${until})`,
    subjectWithCode: (code, business, until) => `${code} is your code for ${business} (until ${until})`,
    heading: (business) => `Your code for ${business}`,
    purposes: {
      registration: 'Registration',
      payment: 'Payment',
      'password-reset': 'Password reset',
      'sign-in': 'Sign-in',
    },
    labels: {
      for: 'For',
      goodUntil: 'Good until',
      askedFor: 'Requested',
      details: { amount: 'Amount', payee: 'Payee', what: 'For' },
    },
    until: (clock, minutes) => `${clock} (${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`,
    asked: (clock, day) => `${clock}, ${day}`,
    give: (business) =>
      `Only give this code to staff at ${business}, in person or on a call you made yourself.`,
    ignore:
      'If you did not ask for this, ignore this message. Somebody may have mistyped their address; without the code nothing happens.',
    contact: (contact) => `Questions? ${contact}`,
    reference: (reference) => `Reference ${reference}. This message was sent automatically.`,
  },
};
