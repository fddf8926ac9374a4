/**
 * @file The seals of rows, and the digest over all of them. A seal covers every field of its row, and the digest every row:
 * it is a multiset hash that is kept up to date row by row (MSet-Add-Hash of Clarke, Devadas, van Dijk, Gassend and Suh,
 * "Incremental Multiset Hash Functions and Their Application to Memory Integrity Checking", 2003), so that one guess among
 * a hundred thousand rows costs what it costs among ten.
 */
import { assertNever } from '../../shared/result.ts';
import type {
  AccountRow,
  AnyRow,
  EntryRow,
  Kept,
  MetaRow,
  SpendRow,
  VerificationRow,
} from '../ports/records.ts';
import type { KeySet, Mark } from './keyring.ts';

const DIGEST_BYTES = 32;
const mod = (sum: bigint): bigint => BigInt.asUintN(DIGEST_BYTES * 8, sum);

/** The sum of the elements of all rows, modulo 2²⁵⁶. */
export type Digest = bigint;

export const EMPTY: Digest = 0n;
export const withRow = (digest: Digest, { element }: Mark): Digest => mod(digest + element);
export const withoutRow = (digest: Digest, { element }: Mark): Digest => mod(digest - element);

/** The fields that a seal covers: one that a row has and the list has not does not compile. */
const VERIFICATION = Object.keys({
  id: true,
  state: true,
  endReason: true,
  openedAt: true,
  expiresAt: true,
  endedAt: true,
  codeLength: true,
  guessesAllowed: true,
  guessesUsed: true,
  attempts: true,
  sends: true,
  lastSentAt: true,
  leftBy: true,
  deliveryState: true,
  addressHash: true,
  referenceHash: true,
  tidied: true,
  sealed: true,
  outcome: true,
} satisfies Record<keyof VerificationRow, true>) as readonly (keyof VerificationRow)[];

const SPEND = Object.keys({
  verificationId: true,
  kind: true,
  ordinal: true,
  at: true,
  addressHash: true,
  accountHash: true,
  odds: true,
  counts: true,
  ceiling: true,
} satisfies Record<keyof SpendRow, true>) as readonly (keyof SpendRow)[];

const ACCOUNT = Object.keys({
  ordinal: true,
  since: true,
  sealed: true,
} satisfies Record<keyof AccountRow, true>) as readonly (keyof AccountRow)[];

const ENTRY = Object.keys({
  ordinal: true,
  token: true,
  sealed: true,
} satisfies Record<keyof EntryRow, true>) as readonly (keyof EntryRow)[];

const META = Object.keys({
  storeId: true,
  counter: true,
  link: true,
  keys: true,
  highest: true,
  budget: true,
  entry: true,
  frozen: true,
  digest: true,
  nonce: true,
} satisfies Record<keyof MetaRow, true>) as readonly (keyof MetaRow)[];

const view = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Its table and every field, as a text that no other row has: bytes and pairs of values are told from texts. */
function textOf<T extends object>(
  table: AnyRow['table'] | 'meta',
  row: T,
  names: readonly (keyof T)[],
): string {
  const field = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return [view(value).toString('base64')];
    return typeof value === 'object' && value !== null
      ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
      : value;
  };
  return JSON.stringify([table, ...names.map((name) => field(row[name]))]);
}

export function markOf(keys: KeySet, any: AnyRow): Mark {
  switch (any.table) {
    case 'verifications':
      return keys.mark(textOf(any.table, any.row, VERIFICATION));
    case 'spends':
      return keys.mark(textOf(any.table, any.row, SPEND));
    case 'accounts':
      return keys.mark(textOf(any.table, any.row, ACCOUNT));
    case 'entries':
      return keys.mark(textOf(any.table, any.row, ENTRY));
    default:
      return assertNever(any);
  }
}

/** The sum over these rows. */
export function digestOf(keys: KeySet, rows: Iterable<AnyRow>, sum: Digest = EMPTY): Digest {
  let digest = sum;
  for (const any of rows) digest = withRow(digest, markOf(keys, any));
  return digest;
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Whether this row is as it was written. */
export const isSealed = (mark: Mark, row: { readonly seal: Uint8Array }): boolean =>
  sameBytes(mark.seal, row.seal);

/** What hides the digest in the file: one who knew the elements of rows could look for others with the same sum. */
const mask = (keys: KeySet, nonce: Uint8Array): bigint =>
  keys.mark(`mask ${view(nonce).toString('hex')}`).element;

export function hidden(keys: KeySet, digest: Digest, nonce: Uint8Array): Uint8Array {
  const sum = mod(digest + mask(keys, nonce));
  return Buffer.from(sum.toString(16).padStart(DIGEST_BYTES * 2, '0'), 'hex');
}

export function shown(keys: KeySet, { digest, nonce }: MetaRow): Digest {
  const sum = BigInt(`0x${view(digest).toString('hex')}`);
  return mod(sum - mask(keys, nonce));
}

export const sealMeta = (keys: KeySet, meta: MetaRow): Kept<MetaRow> => ({
  ...meta,
  seal: keys.mark(textOf('meta', meta, META)).seal,
});

export const isSealedMeta = (keys: KeySet, meta: Kept<MetaRow>): boolean =>
  sameBytes(keys.mark(textOf('meta', meta, META)).seal, meta.seal);
