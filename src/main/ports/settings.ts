/** @file The account and the owner's choices, as the desk asks for them. No secret is ever in them. */
import type { Choices } from '../../shared/choices.ts';
import type { AccountForm } from '../../shared/words.ts';

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
  removeAll(): void;
}
