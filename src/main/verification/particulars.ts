/**
 * @file What names a customer, as it is sealed into a row: it exists in clear only in memory and in the mail.
 */
import type { Delivery, Request } from '../../shared/words.ts';
import type { KeySet } from './keyring.ts';
import type { Random } from './ports.ts';
import type { SpendRow, VerificationRow } from './records.ts';

/** The sealed part of a verification. */
export interface Particulars {
  readonly reference: string;
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

/** The sealed part of a spend: what its hashes are of. */
export interface SpendParties {
  readonly address: string;
  readonly account: string | null;
}

/** How a message ended, when it did. */
export type Ended = Extract<Delivery, { state: 'accepted' | 'refused' | 'unknown' | 'returned' }>;

const verificationPlace = (id: string) => `verification\0${id}`;
const outcomePlace = (id: string) => `outcome\0${id}`;
const spendPlace = (spend: Pick<SpendRow, 'verificationId' | 'kind' | 'ordinal'>) =>
  `spend\0${spend.verificationId}\0${spend.kind}\0${spend.ordinal}`;

/** What this program sealed. AES-GCM has shown that nobody changed it, so callers know its shape. */
const parse = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

export const sealParticulars = (keys: KeySet, id: string, particulars: Particulars, random: Random) =>
  keys.seal(JSON.stringify(particulars), verificationPlace(id), random);

/** Null when the keys of this row are gone. */
export const openParticulars = (keys: KeySet | null, row: VerificationRow): Particulars | null =>
  parse(keys?.open(row.sealed, verificationPlace(row.id)) ?? null) as Particulars | null;

export const sealOutcome = (keys: KeySet, id: string, ended: Ended, random: Random) =>
  keys.seal(JSON.stringify(ended), outcomePlace(id), random);

export const openOutcome = (keys: KeySet | null, row: VerificationRow): Ended | null =>
  row.outcome === null
    ? null
    : (parse(keys?.open(row.outcome, outcomePlace(row.id)) ?? null) as Ended | null);

export const sealParties = (
  keys: KeySet,
  spend: Pick<SpendRow, 'verificationId' | 'kind' | 'ordinal'>,
  parties: SpendParties,
  random: Random,
) => keys.seal(JSON.stringify(parties), spendPlace(spend), random);

export const openParties = (keys: KeySet | null, spend: SpendRow): SpendParties | null =>
  parse(keys?.open(spend.sealed, spendPlace(spend)) ?? null) as SpendParties | null;
