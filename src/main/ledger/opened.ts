/** @file Records that were opened, with what nothing can be done to them without. */
import type { Random } from '../ports/random.ts';
import type { Records } from '../ports/records.ts';
import type { Vault } from '../ports/vault.ts';
import type { Clocks } from './clocks.ts';
import type { KeySet } from './keyring.ts';

export interface Opened {
  readonly records: Records;
  readonly vault: Vault;
  readonly random: Random;
  readonly clocks: Clocks;
  readonly keys: KeySet;
}
