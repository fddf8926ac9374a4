/**
 * @file Rows of the tables as the domain's types, and back. It trusts the CHECK constraints of schema.sql for ranges and
 * words, and nothing else.
 */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Delivery, EndReason, VerificationState } from '../../shared/words.ts';
import type {
  AccountRow,
  Ceiling,
  EntryRow,
  FreezeReason,
  Kept,
  MetaRow,
  PagePlace,
  RowVersion,
  SpendRow,
  VerificationRow,
} from '../ports/records.ts';

type Row = Record<string, SQLOutputValue>;

function int(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`${column} is not a number`);
  return value;
}

function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`${column} is not a text`);
  return value;
}

function blob(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new Error(`${column} is not a blob`);
  return value;
}

const orNull = <T>(row: Row, column: string, read: (row: Row, column: string) => T): T | null =>
  row[column] === null ? null : read(row, column);

const yes = (row: Row, column: string): boolean => int(row, column) === 1;

export function toMeta(row: Row): Kept<MetaRow> {
  const until = orNull(row, 'frozen_until', int);
  const iss = orNull(row, 'entry_journal', text);
  return {
    storeId: text(row, 'store_id'),
    counter: int(row, 'counter'),
    link: text(row, 'link'),
    keys: text(row, 'keys'),
    highest: int(row, 'highest'),
    budget: int(row, 'budget'),
    // A CHECK keeps to these words.
    frozen: until === null ? null : { until, why: text(row, 'frozen_why') as FreezeReason },
    // A CHECK has all five or none.
    entry:
      iss === null
        ? null
        : {
            iss,
            n: int(row, 'entry_number'),
            digest: text(row, 'entry_digest'),
            iat: int(row, 'entry_at'),
            key: text(row, 'entry_key'),
          },
    digest: blob(row, 'digest'),
    nonce: blob(row, 'nonce'),
    seal: blob(row, 'seal'),
  };
}

export const fromMeta = (meta: Kept<MetaRow>) => ({
  store_id: meta.storeId,
  counter: meta.counter,
  link: meta.link,
  keys: meta.keys,
  highest: meta.highest,
  budget: meta.budget,
  frozen_until: meta.frozen?.until ?? null,
  frozen_why: meta.frozen?.why ?? null,
  entry_journal: meta.entry?.iss ?? null,
  entry_number: meta.entry?.n ?? null,
  entry_digest: meta.entry?.digest ?? null,
  entry_at: meta.entry?.iat ?? null,
  entry_key: meta.entry?.key ?? null,
  digest: meta.digest,
  nonce: meta.nonce,
  seal: meta.seal,
});

export const toPlace = (row: Row): PagePlace => ({ openedAt: int(row, 'opened_at'), id: text(row, 'id') });

export const toVersion = (row: Row): RowVersion => ({ id: text(row, 'id'), seal: blob(row, 'seal') });

export const toVerification = (row: Row): Kept<VerificationRow> => ({
  id: text(row, 'id'),
  // CHECKs keep to these three lists of words.
  state: text(row, 'state') as VerificationState,
  endReason: orNull(row, 'end_reason', text) as EndReason,
  deliveryState: text(row, 'delivery_state') as Delivery['state'],
  openedAt: int(row, 'opened_at'),
  expiresAt: int(row, 'expires_at'),
  endedAt: orNull(row, 'ended_at', int),
  codeLength: int(row, 'code_length'),
  guessesAllowed: int(row, 'guesses_allowed'),
  guessesUsed: int(row, 'guesses_used'),
  attempts: int(row, 'attempts'),
  sends: int(row, 'sends'),
  lastSentAt: int(row, 'last_sent_at'),
  leftBy: orNull(row, 'left_by', int),
  addressHash: text(row, 'address_hash'),
  referenceHash: text(row, 'reference_hash'),
  tidied: yes(row, 'tidied'),
  sealed: blob(row, 'sealed'),
  outcome: orNull(row, 'outcome', blob),
  seal: blob(row, 'seal'),
});

export const fromVerification = (row: Kept<VerificationRow>) => ({
  id: row.id,
  state: row.state,
  end_reason: row.endReason,
  opened_at: row.openedAt,
  expires_at: row.expiresAt,
  ended_at: row.endedAt,
  code_length: row.codeLength,
  guesses_allowed: row.guessesAllowed,
  guesses_used: row.guessesUsed,
  attempts: row.attempts,
  sends: row.sends,
  last_sent_at: row.lastSentAt,
  left_by: row.leftBy,
  delivery_state: row.deliveryState,
  address_hash: row.addressHash,
  reference_hash: row.referenceHash,
  tidied: Number(row.tidied),
  sealed: row.sealed,
  outcome: row.outcome,
  seal: row.seal,
});

export const toSpend = (row: Row): Kept<SpendRow> => ({
  verificationId: text(row, 'verification_id'),
  // A CHECK keeps to these words.
  kind: text(row, 'kind') as SpendRow['kind'],
  ordinal: int(row, 'ordinal'),
  at: int(row, 'at'),
  addressHash: text(row, 'address_hash'),
  accountHash: orNull(row, 'account_hash', text),
  odds: orNull(row, 'odds', int),
  counts: yes(row, 'counts'),
  ceiling: orNull(row, 'ceiling', int),
  seal: blob(row, 'seal'),
});

export const fromSpend = (spend: Kept<SpendRow>) => ({
  verification_id: spend.verificationId,
  kind: spend.kind,
  ordinal: spend.ordinal,
  at: spend.at,
  address_hash: spend.addressHash,
  account_hash: spend.accountHash,
  odds: spend.odds,
  counts: Number(spend.counts),
  ceiling: spend.ceiling,
  seal: spend.seal,
});

export const toCeiling = (row: Row): Ceiling => ({ sends: int(row, 'ceiling'), at: int(row, 'at') });

export const toAccount = (row: Row): Kept<AccountRow> => ({
  ordinal: int(row, 'ordinal'),
  since: int(row, 'since'),
  sealed: blob(row, 'sealed'),
  seal: blob(row, 'seal'),
});

export const fromAccount = (account: Kept<AccountRow>) => ({
  ordinal: account.ordinal,
  since: account.since,
  sealed: account.sealed,
  seal: account.seal,
});

export const toEntry = (row: Row): Kept<EntryRow> => ({
  ordinal: int(row, 'ordinal'),
  token: text(row, 'token'),
  sealed: orNull(row, 'sealed', blob),
  seal: blob(row, 'seal'),
});

export const fromEntry = (entry: Kept<EntryRow>) => ({
  ordinal: entry.ordinal,
  token: entry.token,
  sealed: entry.sealed,
  seal: entry.seal,
});

/** "INTO table (a, b) VALUES (?, ?)" for the columns of `row`. */
export function insertInto(table: string, row: object): string {
  const columns = Object.keys(row);
  return `INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/** "SET a = ?" for the columns that are others than before, and their values: an index is touched where it must be. */
export function setTo<R extends Readonly<Record<string, SQLInputValue>>>(
  row: R,
  before: R,
): readonly [string, readonly SQLInputValue[]] {
  const set: string[] = [];
  const values: SQLInputValue[] = [];
  for (const column in row) {
    const value = row[column] ?? null;
    if (isSame(value, before[column] ?? null)) continue;
    set.push(`${column} = ?`);
    values.push(value);
  }
  return [`SET ${set.join(', ')}`, values];
}

const isSame = (a: SQLInputValue, b: SQLInputValue): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
