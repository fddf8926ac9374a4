/**
 * @file How a call can end that the page has to have words for: problems, a guess's outcomes, and the receipt of a start.
 */
import type { AccessProblem } from './access.ts';
import type { Choices } from './choices.ts';
import type { CaseNote } from './history.ts';
import type {
  AddressFault,
  CodeProblem,
  DeliveryProblem,
  EpochMs,
  RecordsTrouble,
  VaultUnusable,
} from './words.ts';

/** What the router itself can answer, on any channel. */
export type BridgeProblem =
  | { readonly code: 'invalid-input' }
  | { readonly code: 'refused-sender' }
  | AccessProblem
  /** There was no room to write what the call needs written. */
  | { readonly code: 'disk-full' }
  /** `reference` names the line in the log. */
  | { readonly code: 'internal'; readonly reference: string };

export type StartProblem =
  | { readonly code: 'address'; readonly fault: AddressFault }
  | { readonly code: 'address-delayed'; readonly why: 'guesses' | 'sends'; readonly until: EpochMs }
  | { readonly code: 'account-delayed'; readonly until: EpochMs }
  /** So much was guessed at all addresses together that nothing more is, for now. */
  | { readonly code: 'desk-delayed'; readonly until: EpochMs }
  | { readonly code: 'records-restored'; readonly until: EpochMs }
  | { readonly code: RecordsTrouble }
  /** The owner offers this purpose no longer, or with other details. */
  | { readonly code: 'purpose-gone' }
  | { readonly code: 'no-account' }
  | { readonly code: 'no-secret' }
  | VaultUnusable;

export type ResendProblem =
  | Exclude<StartProblem, { code: 'address' }>
  | { readonly code: 'cooling-down'; readonly until: EpochMs }
  | { readonly code: 'too-late' }
  | { readonly code: 'already-sending' }
  | { readonly code: 'not-open' };

/** A wrong code is an outcome, not an error. */
export type CheckOutcome =
  | { readonly outcome: 'verified' }
  | { readonly outcome: 'wrong'; readonly guessesLeft: number }
  | { readonly outcome: 'locked' }
  | { readonly outcome: 'expired' }
  /** No mail with the code can have left yet: what was typed is not judged, and costs no guess. */
  | { readonly outcome: 'not-sent' }
  | { readonly outcome: 'not-open' };

export type CheckProblem =
  | { readonly code: 'ill-formed'; readonly problem: CodeProblem }
  | { readonly code: 'address-delayed'; readonly why: 'guesses'; readonly until: EpochMs }
  | { readonly code: 'desk-delayed'; readonly until: EpochMs }
  | VaultUnusable;

export interface StartReceipt {
  readonly id: string;
  readonly sentTo: string;
  readonly expiresAt: EpochMs;
  readonly guessesLeft: number;
}

/** Everything that is wrong with what was entered. */
export interface FormProblem {
  readonly code: 'form';
  readonly faults: readonly FieldFault[];
}

export interface FieldFault {
  readonly field: FormField;
  readonly why: FormFault;
  /** With `not-an-address`: what keeps it from being one. */
  readonly address?: AddressFault;
}

export type SaveProblem =
  | FormProblem
  /** The password would go to these, which are outside the account's own domain: they are confirmed by name first. */
  | { readonly code: 'outside-hosts'; readonly hosts: readonly string[] }
  | { readonly code: 'test-failed'; readonly problem: DeliveryProblem }
  | VaultUnusable
  | { readonly code: RecordsTrouble }
  /** So many verifications are open, and end with another account in the place of theirs: it has to be said that they may. */
  | { readonly code: 'ends-open'; readonly open: number }
  | { readonly code: 'busy' };

export type FormField =
  'address' | 'name' | 'password' | 'host' | 'port' | 'user' | 'mailbox-host' | 'mailbox-port';
export const FORM_FAULTS = [
  'empty',
  'not-an-address',
  'not-gmail',
  'too-long',
  'control-character',
  /** The stored password is for another sign-in: it has to be typed. */
  'sign-in-changed',
  /** 16 letters in four groups are wanted; this looks like the normal Google password. */
  'normal-password',
  'not-an-app-password',
  'not-a-host',
  'not-a-port',
  'not-an-origin',
  'out-of-range',
  /** The name of a purpose or of a detail, which people read in the mail. */
  'like-a-code',
  'like-a-link',
  'like-a-placeholder',
  'taken',
] as const;
export type FormFault = (typeof FORM_FAULTS)[number];

/** The first choice that is wrong, in the order of {@link Choices}. */
export interface ChoiceProblem {
  readonly code: 'choice';
  readonly field: keyof Choices;
  readonly why: FormFault;
}

/** There is no such record any more, or none that can be read; or no records are open. */
export interface NotFound {
  readonly code: 'not-found';
}

export interface NoteProblem {
  readonly code: 'note';
  readonly field: keyof CaseNote;
  readonly why: 'too-long' | 'control-character';
}

export type SaveFileProblem =
  /** The box was closed without a place, or the writing was called off. Nothing is left of it. */
  | { readonly code: 'called-off' }
  | { readonly code: 'not-written'; readonly why: 'full' | 'denied' | 'other' };
