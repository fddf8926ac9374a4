/**
 * @file What names a customer, as it is sealed into a row: it exists in clear only in memory and in the mail.
 */
import type { Delivery } from '../../shared/words.ts';
import type { Request } from '../../shared/request.ts';
import type { KeySet } from './keyring.ts';
import type { Random } from '../ports/random.ts';
import type { VerificationRow } from '../ports/records.ts';

/** The sealed part of a verification. */
export interface Particulars {
  readonly reference: string;
  /** It was practice, and proves nothing. */
  readonly practice: boolean;
  /** As typed, to start again with. */
  readonly entered: string;
  /** What RCPT TO carries. */
  readonly delivery: string;
  /** For counting and for the code. */
  readonly canonical: string;
  readonly request: Request;
  /** Of every message tried, oldest first. */
  readonly messageIds: readonly string[];
}

/** What never changes in a row. */
export type FixedParts = Pick<
  VerificationRow,
  'id' | 'openedAt' | 'expiresAt' | 'codeLength' | 'guessesAllowed'
>;

/** How a message ended, when it did. Why it was returned is told by its status. */
export type Ended =
  | Extract<Delivery, { state: 'accepted' | 'refused' | 'unknown' }>
  | Omit<Extract<Delivery, { state: 'returned' }>, 'why'>;

/**
 * Where a seal belongs: with the id, everything about the row that never changes. Whoever edits the file to lengthen a
 * verification's life or give it more guesses makes it unreadable, and what can't be read can't be verified.
 */
const verificationPlace = (row: FixedParts): string =>
  ['verification', row.id, row.openedAt, row.expiresAt, row.codeLength, row.guessesAllowed].join('\0');
const outcomePlace = (id: string) => `outcome\0${id}`;

/** What this program sealed. AES-GCM has shown that nobody changed it, so callers know its shape. */
const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

export const sealParticulars = (keys: KeySet, row: FixedParts, particulars: Particulars, random: Random) =>
  keys.seal(JSON.stringify(particulars), verificationPlace(row), random);

/** Null when the keys of this row are gone, or it was changed. */
export const openParticulars = (keys: KeySet, row: VerificationRow): Particulars | null =>
  parse(keys.open(row.sealed, verificationPlace(row))) as Particulars | null;

export const sealOutcome = (keys: KeySet, id: string, ended: Ended, random: Random) =>
  keys.seal(JSON.stringify(ended), outcomePlace(id), random);

export const openOutcome = (keys: KeySet, row: VerificationRow): Ended | null =>
  row.outcome === null ? null : (parse(keys.open(row.outcome, outcomePlace(row.id))) as Ended | null);
