/** @file What the message says, once, for both its forms. */
import { isKnownPurpose, type Request } from '../../../shared/request.ts';
import { type EpochMs, type Language } from '../../../shared/words.ts';
import type { MessageChoice } from '../../../shared/choices.ts';
import type { Letter } from '../../ports/mail.ts';
import { PHRASES, type Phrases } from './phrases.ts';

/** The account a message comes from, with the business name that recipients see. */
export interface Sender {
  readonly address: string;
  readonly name: string;
}

export interface Said {
  readonly language: Language;
  readonly dir: Phrases['dir'];
  readonly subject: string;
  readonly heading: string;
  /** In front of the code. What a locked screen shows of a message is its beginning. */
  readonly before: readonly string[];
  readonly code: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly after: readonly string[];
  /** Small, at the end. */
  readonly foot: readonly string[];
}

/** The interface's, which is the only one so far. */
const LANGUAGE: Language = 'en';

/** What was typed, as one line without control, separator and direction characters. */
export const oneLine = (typed: string): string =>
  typed
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** The purpose, unless the desk's own words are its only detail, and then the details. */
function factsOf({ purpose, details }: Request, { purposes, labels }: Phrases): Said['facts'] {
  const known = isKnownPurpose(purpose);
  const value = !known ? oneLine(purpose) : purpose === 'other' ? null : purposes[purpose];
  return [
    ...(value === null ? [] : [{ label: labels.for, value }]),
    ...details.map((detail) => ({
      // The owner's own names stand for themselves, also where one is called like one of ours.
      label: known ? labelOf(detail.name, labels) : oneLine(detail.name),
      value: oneLine(detail.value),
    })),
  ];
}

/** A name without words of ours is the owner's own. */
const labelOf = (name: string, labels: Phrases['labels']): string =>
  Object.entries(labels.details).find(([known]) => known === name)?.[1] ?? oneLine(name);

const clockTime = (at: number, { locale }: Phrases, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);

/** Rounded down: a code may be good for longer than it says, never for less. */
const minutesLeft = ({ expiresAt, sentAt }: Letter): number =>
  Math.max(1, Math.floor((expiresAt - sentAt) / 60_000));

const dayOf = (at: EpochMs, { locale }: Phrases, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);

export function wordsFor(
  letter: Letter,
  sender: Sender,
  options: Partial<MessageChoice> & { readonly timeZone?: string },
): Said {
  const { codeInSubject = true, sentence = '', contact = '', timeZone } = options;
  const phrases = PHRASES[LANGUAGE];
  const business = oneLine(sender.name);
  const { code, sentAt } = letter;
  const until = clockTime(letter.expiresAt, phrases, timeZone);
  const asked = phrases.asked(clockTime(sentAt, phrases, timeZone), dayOf(sentAt, phrases, timeZone));
  const [own, ask] = [oneLine(sentence), oneLine(contact)];
  const give = phrases.give(business);
  const said = (text: string): readonly string[] => (text === '' ? [] : [text]);
  return {
    language: LANGUAGE,
    dir: phrases.dir,
    subject: codeInSubject
      ? phrases.subjectWithCode(code, business, until)
      : phrases.subject(business, until),
    heading: phrases.heading(business),
    // Without the code in the subject a notification shows none: the warnings fill what it shows.
    before: codeInSubject ? [give] : [give, phrases.ignore],
    code,
    facts: [
      ...factsOf(letter.request, phrases),
      // GOV.UK "confirm an email address": say until when, and as how long, because mail is read late.
      { label: phrases.labels.goodUntil, value: phrases.until(until, minutesLeft(letter)) },
      { label: phrases.labels.askedFor, value: asked },
    ],
    after: [...said(own), ...(codeInSubject ? [phrases.ignore] : [])],
    foot: [...said(ask === '' ? '' : phrases.contact(ask)), phrases.reference(letter.reference)],
  };
}
