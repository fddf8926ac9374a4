/** @file The account and the owner's choices, as the desk asks for them. No secret is ever in them. */
import type { Choices } from '../../shared/choices.ts';
import type { AccountForm } from '../../shared/words.ts';

/** In device-independent pixels of the whole desktop, as the system counts them. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window stood last. */
export interface WindowPlace extends Rectangle {
  /** It filled its screen; the rectangle is where it goes when it does not. */
  readonly maximized: boolean;
}

/** Kept in a file; a missing or damaged value reads as its default. */
export interface Settings {
  /** What was wrong with the file when it was opened; null when all of it could be read. */
  readonly trouble: 'settings-reset' | 'choices-reset' | null;
  account(): AccountForm | null;
  setAccount(form: AccountForm | null): void;
  /** All choices, as they hold for the account. */
  choices(): Choices;
  /** Stores the choices that are named; the caller has checked them. */
  choose(change: Readonly<Partial<Choices>>): void;
  /** A hint that the vault has an owner's PIN, for when the vault can't be read. */
  hasOwner(): boolean;
  keepHasOwner(has: boolean): void;
  removeAll(): void;
}
