/**
 * @file What names a customer, as it is sealed into a row: it exists in clear only in memory and in the mail.
 */
import { z } from 'zod';
import type { CaseNote, EarlierNote } from '../../shared/history.ts';
import type { Request } from '../../shared/request.ts';
import { CAUSE_NAMES } from '../../shared/causes.ts';
import { type Delivery, type EpochMs, RETURN_REASONS, type SignIn } from '../../shared/words.ts';
import type { KeySet } from './keyring.ts';
import type { Random } from '../ports/random.ts';
import type { AccountRow, EntryRow, VerificationRow } from '../ports/records.ts';
import { count, readStored } from './stored.ts';

/** The sign-in as one text, for the code and for letters. */
export const signInText = ({ address, host, user }: SignIn): string => JSON.stringify([host, user, address]);

export const isSameSignIn = (a: SignIn, b: SignIn): boolean =>
  a.host === b.host && a.user === b.user && a.address === b.address;

/** A sign-in that messages were sent by from `since` on; its ordinals count from 1. */
export interface Account {
  readonly ordinal: number;
  readonly since: EpochMs;
  readonly signIn: SignIn;
}

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
  /** What it was sent by; its code is bound to it. */
  readonly signIn: SignIn;
  /** Of every message tried, oldest first. */
  readonly messageIds: readonly string[];
  /** As it was when this was opened. */
  readonly policy: Readonly<Record<string, number>>;
  /** When each of them was written, and how it ended; the last one's end lies beside, while it may change. */
  readonly mails: readonly { readonly at: EpochMs; readonly ended: Ended | null }[];
  /** Who opened it; null where there were no operators. */
  readonly operator: string | null;
  readonly caseNote: CaseNote;
  /** Oldest first. */
  readonly earlierNotes: readonly EarlierNote[];
  /** Its entry in the journal, once it has ended. */
  readonly entry: Entry | null;
}

/** What can be shown of an entry, each part with its salt, as the journal has it: by the names of the parts. */
export type Shown = Readonly<Record<string, string>>;

export interface Entry {
  /** Where it lies. */
  readonly ordinal: number;
  /** Its number in its journal. */
  readonly n: number;
  /** The thumbprint of the key that signed it. */
  readonly key: string;
  readonly shown: Shown;
}

/** How a message ended, when it did. */
export type Ended = Extract<Delivery, { state: 'accepted' | 'refused' | 'unknown' | 'returned' }>;

/** Where each sealed text belongs. The row around it has a seal over all of it (seals.ts). */
const verificationPlace = (id: string): string => `verification\0${id}`;
const outcomePlace = (id: string): string => `outcome\0${id}`;
const accountPlace = (ordinal: number): string => `account\0${ordinal}`;
const entryPlace = (ordinal: number): string => `entry\0${ordinal}`;

/** Of all sealed texts. */
const VERSION = 1;

const SignInItem = z.object({ address: z.string(), host: z.string(), user: z.string() });

const EndedItem = z.discriminatedUnion('state', [
  z.object({ state: z.literal('accepted'), at: count, tookMs: z.number() }),
  z.object({
    state: z.literal('refused'),
    at: count,
    problem: z.object({
      // One that another version named differently is told as ours: what it was is in the server's words.
      cause: z.enum(CAUSE_NAMES).catch('internal'),
      notBefore: count.exactOptional(),
      serverSaid: z.string().nullable(),
    }),
  }),
  z.object({ state: z.literal('unknown'), at: count }),
  z.object({
    state: z.literal('returned'),
    at: count,
    status: z.string().nullable(),
    why: z.enum(RETURN_REASONS).catch('other'),
  }),
]);

const NoteItem = z.object({ ticket: z.string(), text: z.string() });
const ShownItem = z.record(z.string(), z.string());
const ParticularsItem = z.object({
  reference: z.string(),
  practice: z.boolean(),
  entered: z.string(),
  delivery: z.string(),
  canonical: z.string(),
  request: z.object({
    purpose: z.string(),
    details: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  signIn: SignInItem,
  messageIds: z.array(z.string()),
  mails: z.array(z.object({ at: count, ended: EndedItem.nullable() })),
  policy: z.record(z.string(), z.number()),
  operator: z.string().nullable(),
  caseNote: NoteItem,
  earlierNotes: z.array(z.object({ note: NoteItem, at: count, by: z.string().nullable() })),
  entry: z.object({ ordinal: count, n: count, key: z.string(), shown: ShownItem }).nullable(),
});

/** What a later version sealed can't be read by this one, like what was changed. */
function read<T>(text: string | null, schema: z.ZodType<T>): T | null {
  const stored = readStored(text, VERSION, schema);
  return stored.ok ? stored.value : null;
}

const format = (value: Particulars | Ended | SignIn | { readonly shown: Shown }): string =>
  JSON.stringify({ version: VERSION, ...value });

export const sealParticulars = (keys: KeySet, id: string, particulars: Particulars, random: Random) =>
  keys.seal(format(particulars), verificationPlace(id), random);

/** Null when the keys of this row are gone, or it was changed. */
export const openParticulars = (keys: KeySet, row: VerificationRow): Particulars | null =>
  read(keys.open(row.sealed, verificationPlace(row.id)), ParticularsItem);

export const sealOutcome = (keys: KeySet, id: string, ended: Ended, random: Random) =>
  keys.seal(format(ended), outcomePlace(id), random);

export const openOutcome = (keys: KeySet, row: VerificationRow): Ended | null =>
  row.outcome === null ? null : read(keys.open(row.outcome, outcomePlace(row.id)), EndedItem);

export const sealShown = (keys: KeySet, ordinal: number, shown: Shown, random: Random) =>
  keys.seal(format({ shown }), entryPlace(ordinal), random);

/** Nothing when it can't be read, or lies with its verification. */
export const openShown = (keys: KeySet, { ordinal, sealed }: EntryRow): Shown =>
  sealed === null
    ? {}
    : (read(keys.open(sealed, entryPlace(ordinal)), z.object({ shown: ShownItem }))?.shown ?? {});

export const sealAccount = (keys: KeySet, { ordinal, signIn }: Account, random: Random) =>
  keys.seal(format(signIn), accountPlace(ordinal), random);

export function openAccount(keys: KeySet, { ordinal, since, sealed }: AccountRow): Account | null {
  const signIn = read(keys.open(sealed, accountPlace(ordinal)), SignInItem);
  return signIn && { ordinal, since, signIn };
}
