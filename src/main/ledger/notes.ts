/**
 * @file What a transaction did that the journal must have an entry of. A note is taken where the thing is written, and its
 * entry is in the same transaction: never the one without the other.
 */
import type { Policy } from '../../shared/choices.ts';
import type { VaultProblem } from '../ports/vault.ts';
import type { Head, PublicKey } from '../ports/journal.ts';
import type { Result } from '../../shared/result.ts';
import { endsBefore } from './anchor.ts';
import type { Moment } from './clocks.ts';
import type { Records } from './records.ts';

export type Note =
  | { readonly what: 'verification-ended'; readonly id: string }
  /** `account`: the address that messages go out from now on. */
  | { readonly what: 'account-changed'; readonly account: string }
  | { readonly what: 'policy-changed'; readonly policy: Policy }
  | { readonly what: 'operators-changed' }
  | { readonly what: 'address-erased'; readonly references: readonly string[] }
  /** `key` signs from the next entry on. */
  | { readonly what: 'key-changed'; readonly key: PublicKey }
  /** The journal goes on after this entry, which the vault remembers and the store does not have. */
  | { readonly what: 'entries-lost'; readonly after: Head };

/** The journal as the ledger knows it. What an entry is, is not the ledger's to know; that it is stored, is. */
export interface Entries {
  /** Begins a journal where there is none to go on with, inside the transaction in which records are opened. */
  begin(records: Records, at: Moment): Promise<Result<null, VaultProblem>>;
  /** Writes the entries of a transaction, before it is committed. */
  write(records: Records, notes: readonly Note[], at: Moment): Promise<void>;
}

/** Commits a transaction with the entries of what it did. Answers the journal's last one. */
export async function commitWithEntries(
  records: Records,
  entries: Entries,
  at: Moment,
): Promise<Head | null> {
  const notes = records.notes();
  if (notes.length > 0) await entries.write(records, notes, at);
  const { entry } = records.meta();
  records.commit({ highest: at.now, budget: at.budget });
  return entry;
}

/**
 * Looks whether the journal goes on where the vault remembers it, in a transaction. An entry that the store does not have
 * is not written a second time: the journal goes on after it, and says what it lost.
 */
export function continueJournal(records: Records, remembered: Head | null): void {
  const { entry } = records.meta();
  if (remembered === null) return;
  if (entry?.iss !== remembered.iss || endsBefore(entry, remembered))
    records.note({ what: 'entries-lost', after: remembered });
}
