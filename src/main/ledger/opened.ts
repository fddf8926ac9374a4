/** @file Records that were opened, with what nothing can be done to them without. */
import type { Policy } from '../../shared/choices.ts';
import type { Random } from '../ports/random.ts';
import type { Vault } from '../ports/vault.ts';
import type { Clocks } from './clocks.ts';
import type { KeySet } from './keyring.ts';
import type { Entries } from './notes.ts';
import type { Records, Verification } from './records.ts';

/** The right code of a verification. What a code is, is not the ledger's to know; whether a charged guess was it, is. */
export type CodeOf = (keys: KeySet, verification: Verification) => string;

export interface Opened {
  readonly records: Records;
  readonly vault: Vault;
  readonly random: Random;
  readonly clocks: Clocks;
  readonly keys: KeySet;
  readonly codeOf: CodeOf;
  readonly entries: Entries;
  /** As it is now. */
  readonly policy: () => Policy;
}
