/**
 * @file What is kept on disk, and the port to it: rows as they lie in the file, each with its seal. Nothing in a row names
 * a customer in clear: addresses, details, references and Message-IDs are sealed, and found through keyed hashes. No row
 * depends on the code.
 */
import type { Delivery, EndReason, EpochMs, VerificationState } from '../../shared/words.ts';
import type { BudgetMs } from './clock.ts';
import type { Head } from './journal.ts';

/** A row as it is kept. `seal`: 32 bytes that show, to the holder of the keys, that nothing in it was changed. */
export type Kept<T> = T & { readonly seal: Uint8Array };

/** Which row, and which of those that have been there under its id. */
export type RowVersion = Pick<Kept<VerificationRow>, 'id' | 'seal'>;

/** The one line about the store itself. */
export interface Meta {
  /** 32 random hexadecimal digits: tells this store from one that replaced it. */
  readonly storeId: string;
  /** Moves by one with everything that is spent; the vault's anchor moves with it. */
  readonly counter: number;
  /** Random, new with every counter: tells two copies apart that spent the same number of times. */
  readonly link: string;
  /** The name of the keys the rows are sealed and hashed with. */
  readonly keys: string;
  readonly highest: EpochMs;
  readonly budget: BudgetMs;
  /** The last entry of the journal; null before the first. */
  readonly entry: Head | null;
  /** Until when nothing may be spent because the budgets can't be trusted; null when they can. */
  readonly frozen: { readonly until: BudgetMs; readonly why: FreezeReason } | null;
}

/** With the digest over all rows, which is hidden by the keys and `nonce`: what it is can't be told from the file. */
export interface MetaRow extends Meta {
  readonly digest: Uint8Array;
  readonly nonce: Uint8Array;
}

export type FreezeReason = 'records-restored' | 'keys-gone' | 'pin-removed';

/** What a verification is counted, found and ended by. */
export interface VerificationFacts {
  readonly id: string;
  readonly state: VerificationState;
  readonly endReason: EndReason;
  readonly openedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly codeLength: number;
  readonly guessesAllowed: number;
  readonly guessesUsed: number;
  /** Messages tried, refused ones included: the next one's ordinal is one more. */
  readonly attempts: number;
  /** Messages that went out, or may have. */
  readonly sends: number;
  readonly lastSentAt: BudgetMs;
  /**
   * The message by which its code may have left: written before the last byte of it, taken back by a definite no to it,
   * and not touched by any later one. While there is none its code can only be guessed.
   */
  readonly leftBy: number | null;
  readonly deliveryState: Delivery['state'];
  readonly addressHash: string;
  readonly referenceHash: string;
  /** Its messages were removed from the account's Sent. */
  readonly tidied: boolean;
}

export interface VerificationRow extends VerificationFacts {
  /** Whom it is about, sealed. */
  readonly sealed: Uint8Array;
  /** How the last message ended, sealed, because a server's words may name the address; null while it is under way. */
  readonly outcome: Uint8Array | null;
}

/** One guess or message. */
export interface SpendRow {
  readonly verificationId: string;
  readonly kind: 'guess' | 'send';
  /** Counts from 1 within its verification and kind. */
  readonly ordinal: number;
  readonly at: BudgetMs;
  readonly addressHash: string;
  /** Messages only. */
  readonly accountHash: string | null;
  /** Guesses only: its chance of being right, in 10⁻⁸. */
  readonly odds: number | null;
  /** False once the guess was right, or the message reached no one. */
  readonly counts: boolean;
  /** How many messages had been counted when the server refused this one because of its own limit. */
  readonly ceiling: number | null;
}

/** An account that messages were sent by, from `since` on until the next. */
export interface AccountRow {
  /** Counts from 1. */
  readonly ordinal: number;
  readonly since: EpochMs;
  /** Which sign-in it is, sealed. */
  readonly sealed: Uint8Array;
}

/** An entry of the journal. */
export interface EntryRow {
  /** Counts from 1, also where another journal was begun. */
  readonly ordinal: number;
  /** As signed. */
  readonly token: string;
  /** What can be shown of it, sealed; null for one about a verification, with which that lies. */
  readonly sealed: Uint8Array | null;
}

/** Any row but the one line about the store. */
export type AnyRow =
  | { readonly table: 'verifications'; readonly row: VerificationRow }
  | { readonly table: 'spends'; readonly row: SpendRow }
  | { readonly table: 'accounts'; readonly row: AccountRow }
  | { readonly table: 'entries'; readonly row: EntryRow };

/** A server's own limit, met: so many of the account's messages counted when it refused one more at `at`. */
export interface Ceiling {
  readonly sends: number;
  readonly at: BudgetMs;
}

/** Whose spends: of an address (guesses or messages), of an account (messages), or all guesses. */
export type SpendQuery = { readonly after: BudgetMs } & (
  | { readonly kind: 'guess' | 'send'; readonly address: string }
  | { readonly kind: 'send'; readonly account: string }
);

/** The place of a verification among all, by when it was opened. */
export interface PagePlace {
  readonly openedAt: EpochMs;
  readonly id: string;
}

/** Which verifications, newest first. */
export interface PageQuery {
  /** Behind this one; null from the newest on. */
  readonly after: PagePlace | null;
  /** Opened at or after, and before. */
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  /** In this state; or the last message of which reached no one. */
  readonly result: VerificationState | 'not-delivered' | null;
  readonly of: { readonly addressHash: string } | { readonly referenceHash: string } | null;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where it ended, which is where the next one begins; null when nothing is behind it. */
  readonly end: PagePlace | null;
  /** How many rows were looked at. */
  readonly looked: number;
}

/** The records as one moment left them, for reading them whole while the desk goes on. */
export interface Snapshot {
  /** {@link RecordsFile.writtenElsewhere} when it began. */
  readonly version: number;
  readonly meta: Kept<MetaRow> | null;
  /** In pieces, with other work having its turn between them. */
  readonly rows: AsyncIterable<readonly AnyRow[]>;
  readonly close: () => void;
}

/**
 * The file. Reads see what is committed. Every write happens between {@link begin} and {@link commit}, and only the
 * ledger calls those, so that nothing else joins an open transaction. It judges nothing: seals are made and looked at by
 * the ledger. An update replaces the row with the seal that it names, and changes nothing when another is there.
 */
export interface RecordsFile {
  /** Takes the write lock, waiting for other processes to let go of it; rejects when none does for long. */
  begin(): Promise<void>;
  commit(): void;
  rollback(): void;
  close(): void;
  /**
   * Whether every page can be read, every number is one, and every index has what its table has. A large file is looked at in
   * the background, from this call on.
   * Rejects when it could not be.
   */
  isWhole(): Promise<boolean>;
  /** Whether something failed because the file is not whole. */
  isDamage(error: unknown): boolean;
  /** Another number whenever another connection has written. */
  writtenElsewhere(): number;
  /** Whether it holds the tables and indexes of this version, and nothing that SQLite would run. */
  isOnlyOurs(): boolean;
  /** Between two transactions. Null where only this one connection can read: then they are compared with their digest in a transaction. */
  snapshot(): Promise<Snapshot | null>;
  /** Every row, inside a transaction. */
  rows(): Iterable<AnyRow>;

  meta(): Kept<MetaRow> | null;
  setMeta(meta: Kept<MetaRow>): void;

  version(id: string): RowVersion | null;
  verification(id: string): Kept<VerificationRow> | null;
  /** Newest first. */
  openedSince(since: EpochMs, limit: number): readonly RowVersion[];
  /** For this address; newest first. */
  openedFor(addressHash: string, since: EpochMs): readonly RowVersion[];
  /** At most so many, and a bounded number of rows that are looked at: it may be empty although it has an end. */
  page(query: PageQuery, limit: number): Page<Kept<VerificationRow>>;
  /** How many verifications there are. */
  kept(): number;
  /** Those in the state `open`. */
  open(): readonly RowVersion[];
  /** Those whose message is under way. */
  sending(): readonly RowVersion[];
  /** Ended, with nothing under way, and not yet removed from the account's Sent; oldest first. */
  untidied(limit: number): readonly RowVersion[];
  /** Those that ended before. */
  endedBefore(at: EpochMs): readonly Kept<VerificationRow>[];
  insertVerification(row: Kept<VerificationRow>): void;
  updateVerification(row: Kept<VerificationRow>, replaced: Kept<VerificationRow>): boolean;
  deleteVerification(id: string): void;
  /**
   * Leaves nothing of what was deleted or overwritten in what SQLite keeps beside the file. Outside a transaction. Waits for
   * who reads there, and fails when that takes too long.
   */
  wipe(): Promise<void>;

  spend(verificationId: string, kind: SpendRow['kind'], ordinal: number): Kept<SpendRow> | null;
  spentBefore(at: BudgetMs): readonly Kept<SpendRow>[];
  withCeiling(account: string): readonly Kept<SpendRow>[];
  insertSpend(row: Kept<SpendRow>): void;
  updateSpend(row: Kept<SpendRow>, replaced: Kept<SpendRow>): boolean;
  deleteSpend(row: SpendRow): void;
  countSpends(query: SpendQuery): number;
  /** The time of the spend that has `newer` younger ones, or null. */
  spendBefore(query: SpendQuery, newer: number): BudgetMs | null;
  /** The chances of all guesses that count, added up, and how many of them are of this address, if it is asked for. */
  guessesCounted(after: BudgetMs, address?: string): { readonly odds: number; readonly ofAddress: number };
  /** The same guesses one by one, oldest first. */
  guessesSpent(after: BudgetMs): Iterable<{ readonly at: BudgetMs; readonly odds: number }>;
  /** The account's newest one. */
  ceiling(query: { readonly account: string; readonly after: BudgetMs }): Ceiling | null;

  /** The newest two, newest first. */
  accounts(): readonly Kept<AccountRow>[];
  insertAccount(row: Kept<AccountRow>): void;

  /** Lets other work have its turn: between two pieces of a long reading. */
  breathe(): Promise<void>;
  /** Oldest first. */
  entriesAfter(ordinal: number, limit: number): readonly Kept<EntryRow>[];
  /** 0 before the first. */
  lastOrdinal(): number;
  insertEntry(row: Kept<EntryRow>): void;
}
