/** @file The OS keychain as the rooms see it: four calls, and a state in place of an exception. */
import type { Result } from '../../shared/result.ts';
import type { VaultState } from '../../shared/words.ts';

export type VaultTrouble = Exclude<VaultState, 'available'>;
/** A vault that would not serve, as a problem of the caller. */
export interface VaultProblem {
  readonly code: 'vault';
  readonly state: VaultTrouble;
}

/** The names of what the vault keeps. `practice` uses a vault of its own, in memory. `access`: who works here, and PINs. */
export type VaultItem = 'app-password' | 'keys' | 'anchor' | 'signing-key' | 'access';

/** The OS keychain (or memory, "for this session only"). Values are at most 2,000 ASCII characters. */
export interface Vault {
  /** Looks afresh; never prompts for longer than its own time-out. */
  state(): Promise<VaultState>;
  read(item: VaultItem): Promise<Result<string | null, VaultTrouble>>;
  write(item: VaultItem, value: string): Promise<Result<null, VaultTrouble>>;
  remove(item: VaultItem): Promise<Result<null, VaultTrouble>>;
}
