/** @file What the owner chose, as the desk asks for it. No secret is ever in it. */
import type { AccountForm, MessageChoice, Policy } from '../../shared/words.ts';

/** Kept in a file; a missing or damaged value reads as its default. */
export interface Settings {
  /** The file was damaged when it was opened, and an empty one is in its place. */
  readonly replaced: boolean;
  account(): AccountForm | null;
  setAccount(form: AccountForm | null): void;
  /** `reset`: what was stored was out of range, and the defaults stand in for it. */
  policy(): { readonly policy: Policy; readonly reset: boolean };
  setPolicy(policy: Policy): void;
  message(): MessageChoice;
  setMessage(choice: MessageChoice): void;
  removeAll(): void;
}
