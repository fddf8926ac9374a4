/**
 * @file Rows of the file, opened. A seal is looked at once for each version of a row, and what was under it is remembered: a
 * view and a transaction ask for the same rows again and again. What is not as it was sealed is not opened.
 */
import type { AccountRow, Kept, RecordsFile, RowVersion, VerificationRow } from '../ports/records.ts';
import type { KeySet, Mark } from './keyring.ts';
import { type Account, openAccount, openOutcome, openParticulars } from './particulars.ts';
import type { Verification } from './records.ts';
import { isSealed, markOf, sameBytes } from './seals.ts';

/** Rows that are remembered: more than any view asks for. */
const REMEMBERED = 200;

/** A row that can be believed. */
export interface OpenedRow {
  readonly row: Kept<VerificationRow>;
  readonly mark: Mark;
  readonly verification: Verification;
}

export interface OpenedRows {
  /** Null when it is not there, and when it can't be read. */
  at(version: RowVersion): OpenedRow | null;
  /** As it was when it was read or written last; null when that is not remembered. */
  last(id: string): OpenedRow | null;
  /** What the row says, if it can be read. It is not remembered. */
  open(row: Kept<VerificationRow>): Verification | null;
  /** This is what was just written. */
  remember(opened: OpenedRow): void;
  /** It was deleted: nothing of it is kept here either. */
  forget(id: string): void;
  /** What is remembered may lie in the file under the same seals as something else. */
  forgetAll(): void;
  account(row: Kept<AccountRow>): Account | null;
}

export function createOpenedRows(file: Pick<RecordsFile, 'verification'>, keys: KeySet): OpenedRows {
  const remembered = new Map<string, OpenedRow>();
  const accounts = new Map<number, { readonly seal: Uint8Array; readonly account: Account | null }>();

  function remember(opened: OpenedRow): void {
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(opened.row.id, opened);
  }

  /** The same seal is the same row: what it covers was looked at when it was opened. */
  function known({ id, seal }: RowVersion): OpenedRow | null {
    const one = remembered.get(id);
    return one !== undefined && sameBytes(one.row.seal, seal) ? one : null;
  }

  function look(row: Kept<VerificationRow>): OpenedRow | null {
    const mark = markOf(keys, { table: 'verifications', row });
    if (!isSealed(mark, row)) return null;
    const particulars = openParticulars(keys, row);
    return particulars && { row, mark, verification: { ...row, particulars, ended: openOutcome(keys, row) } };
  }

  return {
    at(version) {
      const before = known(version);
      if (before !== null) return before;
      const row = file.verification(version.id);
      const opened = row && look(row);
      if (opened !== null) remember(opened);
      return opened;
    },
    last: (id) => remembered.get(id) ?? null,
    open: (row) => (known(row) ?? look(row))?.verification ?? null,
    remember,
    forget: (id) => void remembered.delete(id),
    forgetAll: () => {
      remembered.clear();
      accounts.clear();
    },
    account(row) {
      const before = accounts.get(row.ordinal);
      if (before !== undefined && sameBytes(before.seal, row.seal)) return before.account;
      const isAsSealed = isSealed(markOf(keys, { table: 'accounts', row }), row);
      const account = isAsSealed ? openAccount(keys, row) : null;
      accounts.set(row.ordinal, { seal: row.seal, account });
      return account;
    },
  };
}
