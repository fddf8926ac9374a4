/**
 * @file The owner's choices: every setting with its type, its limits and what it is until the owner chooses. main/choices
 * judges them by these limits, the page offers what is within them, and the store keeps each in a row of its own.
 */
import type { NewerVersions } from './newer-version.ts';
import { type Purposes, USUAL_PURPOSES } from './purposes.ts';
import type { AccountKind } from './words.ts';

export interface Choices {
  /** Digits of a code. */
  readonly codeLength: number;
  /** How long a code is good for. */
  readonly lifetimeMinutes: number;
  /** Guesses a verification. */
  readonly guesses: number;
  /** Failed guesses an address in a rolling 24 h. */
  readonly addressGuesses: number;
  /** Sends an address in a rolling 24 h. */
  readonly addressSends: number;
  /** Sends an account in a rolling 24 h; its upper end is {@link accountSendsLimit}. */
  readonly accountSends: number;
  /** The chance of all failed guesses in a rolling 24 h together is one in so many, at most. */
  readonly deskOneIn: number;
  /** Minutes without a sign of life after which a desk with operators asks who is there. */
  readonly lockMinutes: number;
  /** Off: the code does not show on a locked screen. */
  readonly codeInSubject: boolean;
  /** A sentence of the desk's own in the message, one line, at most {@link SENTENCE_LENGTH} characters; '' for none. */
  readonly sentence: string;
  /** Whom to ask, in the message, one line; an address in it is where answers go (Reply-To). '' for none. */
  readonly contact: string;
  /** The desk's own https origin, "https://clinic.example": adds an OTP-Token header (draft-goto-otp-token-01). */
  readonly origin: string;
  /** What the desk verifies for. */
  readonly purposes: Purposes;
  /** The colours of the window; `system` follows the computer's. */
  readonly theme: Theme;
  /** In percent; one of {@link TEXT_SIZES}. */
  readonly textSize: number;
  /** For how many days an ended verification is kept. */
  readonly keepDays: number;
  /** Whether it is asked once a day for a newer version, and what is done with one. */
  readonly newerVersions: NewerVersions;
}

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** WCAG 1.4.4 asks for 200 %, 1.4.10 for 400. */
export const TEXT_SIZES = [100, 115, 130, 150, 175, 200, 250, 300, 400] as const;

/** What a verification is judged by. */
export type Policy = Pick<
  Choices,
  | 'codeLength'
  | 'lifetimeMinutes'
  | 'guesses'
  | 'addressGuesses'
  | 'addressSends'
  | 'accountSends'
  | 'deskOneIn'
>;

/** How the owner wants the message. */
export type MessageChoice = Pick<Choices, 'codeInSubject' | 'sentence' | 'contact' | 'origin'>;

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Between two values that are offered; any whole number in between is good too. */
  readonly step: number;
}

/**
 * Lower and upper end of every number. Six digits are the 20 bits of NIST SP 800-63B section 5.1.3.2 and OWASP ASVS
 * 6.5.4; ten minutes are ASVS 6.5.5; five guesses are Twilio Verify's and Ory Kratos's.
 */
export const RANGES = {
  codeLength: { min: 6, max: 8, step: 1 },
  lifetimeMinutes: { min: 2, max: 10, step: 1 },
  guesses: { min: 3, max: 5, step: 1 },
  addressGuesses: { min: 5, max: 20, step: 5 },
  addressSends: { min: 1, max: 5, step: 1 },
  accountSends: { min: 1, max: 1_900, step: 1 },
  deskOneIn: { min: 1_000, max: 20_000, step: 1_000 },
  keepDays: { min: 1, max: 365, step: 1 },
} as const satisfies Record<keyof Policy | 'keepDays', Range>;

export const LOCK_MINUTES: Range = { min: 1, max: 60, step: 1 };

/** Longest sentence, and longest contact line, of the desk's own, in UTF-16 code units. */
export const SENTENCE_LENGTH = 200;

/**
 * What providers allow an account in a rolling day (Google's own pages: 500 for Gmail, and for a Workspace account until
 * it has paid 100 dollars and 60 days have passed; 2,000 for Workspace), and how many of it are codes: the account's other
 * mail counts too.
 */
export const PROVIDER_LIMITS = [
  { messages: 500, sends: 400 },
  { messages: 2_000, sends: 1_900 },
] as const;
const GMAIL_SENDS = PROVIDER_LIMITS[0].sends;

/** Most sends a day of an account of this kind: 400 for Gmail, 1,900 of Workspace's 2,000, likewise for servers. */
export function accountSendsLimit(kind: AccountKind | null): number {
  return kind === 'workspace' || kind === 'server' ? RANGES.accountSends.max : GMAIL_SENDS;
}

/** 200 failed guesses at codes of six digits, or 20,000 at codes of eight. */
const DESK_ONE_IN = 5_000;

const KEEP_DAYS = 30;

/** What holds for an account of this kind until the owner chooses. */
export const defaultChoices = (kind: AccountKind | null): Choices => ({
  codeLength: RANGES.codeLength.min,
  lifetimeMinutes: RANGES.lifetimeMinutes.max,
  guesses: RANGES.guesses.max,
  addressGuesses: RANGES.addressGuesses.max,
  addressSends: RANGES.addressSends.max,
  accountSends: accountSendsLimit(kind),
  deskOneIn: DESK_ONE_IN,
  lockMinutes: 5,
  codeInSubject: true,
  sentence: '',
  contact: '',
  origin: '',
  purposes: USUAL_PURPOSES,
  theme: 'system',
  textSize: TEXT_SIZES[0],
  keepDays: KEEP_DAYS,
  // Nothing is asked of anybody that the owner has not chosen.
  newerVersions: 'off',
});
