/**
 * @file Who is at the desk, as main shows it and the page asks for it: operators who tap their name, and the owner behind
 * a PIN. No PIN, and nothing that was made of one, is ever in here.
 */
import type { EpochMs, VaultUnusable } from './words.ts';

/** What a call needs. open: nothing. operator: a person at the desk. owner: the owner's PIN. */
export type Level = 'open' | 'operator' | 'owner';

/** Longest name, in bytes of UTF-8: so many fit into one entry of a keychain. */
export const NAME_BYTES = 40;
export const MOST_OPERATORS = 16;
/** Digits of a PIN. The owner's is longer, because more hangs on it. */
export const PIN_DIGITS = { operator: { min: 4, max: 12 }, owner: { min: 6, max: 12 } } as const;

export interface OperatorView {
  readonly id: string;
  readonly name: string;
  /** Whether a PIN is asked for. */
  readonly pin: boolean;
  /** After wrong PINs the next one is judged from then on; null when it is judged now. */
  readonly waitsUntil: EpochMs | null;
}

export type AccessView =
  /** No owner PIN is set: everybody may do everything, and nobody is asked who they are. */
  | { readonly on: false }
  | {
      readonly on: true;
      /** Nobody is at the desk: what is at it is not shown. */
      readonly locked: boolean;
      /** There is a PIN, and the keychain that has it can't be read. */
      readonly unreadable: boolean;
      /** Who is at the desk; null where there are no operators. */
      readonly operator: string | null;
      readonly operators: readonly OperatorView[];
      readonly owner: {
        readonly name: string;
        /** The owner's PIN was typed, and what it opens has not closed again. */
        readonly present: boolean;
        readonly waitsUntil: EpochMs | null;
      };
    };

/** Why a call was turned away: a person has to sit down first. */
export interface AccessProblem {
  readonly code: 'no-access';
  readonly needs: Exclude<Level, 'open'>;
}

export type PinFault =
  | 'not-digits'
  | 'too-short'
  | 'too-long'
  /** One digit over and over, or digits in a row. */
  | 'too-simple';

/** A PIN that was typed to be let in, and did not. */
export type EntryProblem =
  | { readonly code: 'wrong-pin'; readonly waitsUntil: EpochMs | null }
  | { readonly code: 'pin-waits'; readonly waitsUntil: EpochMs }
  | VaultUnusable;

/** A new PIN that can't be taken. */
export interface NewPinProblem {
  readonly code: 'pin';
  readonly why: PinFault;
}

export interface OperatorNameProblem {
  readonly code: 'operator-name';
  readonly why: 'empty' | 'too-long' | 'control-character' | 'taken';
}

/** What becomes of an operator's PIN. */
export type PinChange =
  { readonly change: 'keep' | 'none' } | { readonly change: 'set'; readonly pin: string };
