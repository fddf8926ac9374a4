/** @file What the message says, once, for both its forms. */
import { type Request } from '../../../shared/request.ts';
import { type Language } from '../../../shared/words.ts';
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
  readonly preview: string;
  readonly heading: string;
  readonly code: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly give: string;
  /** The desk's own sentence; empty when it has none. */
  readonly own: string;
  readonly ignore: string;
  readonly reference: string;
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
const factsOf = ({ purpose, details }: Request, { purposes, labels }: Phrases): Said['facts'] => [
  ...(purpose === 'other' ? [] : [{ label: labels.for, value: purposes[purpose] }]),
  ...details.map(({ name, value }) => ({ label: labelOf(name, labels), value: oneLine(value) })),
];

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

export function wordsFor(
  letter: Letter,
  sender: Sender,
  options: Partial<MessageChoice> & { readonly timeZone?: string },
): Said {
  const { codeInSubject = true, sentence = '' } = options;
  const phrases = PHRASES[LANGUAGE];
  const business = oneLine(sender.name);
  const { code } = letter;
  const until = clockTime(letter.expiresAt, phrases, options.timeZone);
  return {
    language: LANGUAGE,
    dir: phrases.dir,
    subject: codeInSubject
      ? phrases.subjectWithCode(code, business, until)
      : phrases.subject(business, until),
    preview: phrases.preview(business),
    heading: phrases.heading(business),
    code,
    facts: [
      ...factsOf(letter.request, phrases),
      // GOV.UK "confirm an email address": say until when, and as how long, because mail is read late.
      { label: phrases.labels.goodUntil, value: phrases.until(until, minutesLeft(letter)) },
    ],
    give: phrases.give(business),
    own: oneLine(sentence),
    ignore: phrases.ignore,
    reference: phrases.reference(letter.reference),
  };
}
