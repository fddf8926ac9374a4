/**
 * @file What is kept on disk, and the port to it. Nothing in a row names a customer in clear: addresses, details,
 * references and Message-IDs are sealed, and found through keyed hashes. No row depends on the code.
 */
import type { Delivery, EndReason, EpochMs, VerificationState } from '../../shared/words.ts';
import type { BudgetMs } from './clock.ts';

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
  /** Until when nothing may be spent because the budgets can't be trusted; null when they can. */
  readonly frozen: { readonly until: BudgetMs; readonly why: FreezeReason } | null;
}

export type FreezeReason = 'records-restored' | 'keys-gone';

export interface VerificationRow {
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
  readonly deliveryState: Delivery['state'];
  readonly addressHash: string;
  /** {@link Particulars}, sealed. */
  readonly sealed: Uint8Array;
  /** How the last message ended, sealed, because a server's words may name the address; null while it is under way. */
  readonly outcome: Uint8Array | null;
}

/** One guess or send, as long as it counts. */
export interface SpendRow {
  readonly verificationId: string;
  readonly kind: 'guess' | 'send';
  /** Counts from 1 within its verification and kind. */
  readonly ordinal: number;
  readonly at: BudgetMs;
  readonly addressHash: string;
  /** Sends only. */
  readonly accountHash: string | null;
}

/** A server's own limit, met: so many of the account's messages counted when it refused one more at `at`. */
export interface Ceiling {
  readonly sends: number;
  readonly at: BudgetMs;
}

/** Whose spends: of an address (guesses or sends) or of an account (sends). */
export type SpendQuery = { readonly after: BudgetMs } & (
  | { readonly kind: 'guess' | 'send'; readonly address: string }
  | { readonly kind: 'send'; readonly account: string }
);

/**
 * The store. Reads see what is committed. Every write happens between {@link begin} and {@link commit}, and only
 * the ledger's queue calls those, so that nothing else joins an open transaction.
 */
export interface Records {
  /** Takes the write lock, waiting for other processes to let go of it; rejects when none does for long. */
  begin(): Promise<void>;
  commit(): void;
  rollback(): void;
  close(): void;

  meta(): Meta | null;
  setMeta(meta: Meta): void;

  verification(id: string): VerificationRow | null;
  /** Newest first. */
  openedSince(since: EpochMs, limit: number): readonly VerificationRow[];
  open(): readonly VerificationRow[];
  /** The first time later than `after` at which an open one is due, or null. */
  nextExpiry(after: EpochMs): EpochMs | null;
  all(): readonly VerificationRow[];
  insert(row: VerificationRow): void;
  /** Counts one guess, if it is open and has one left; in its own statement, before any comparison. */
  countGuess(id: string): boolean;
  /** The only way to `verified`: one conditional update. */
  verify(id: string, at: EpochMs): boolean;
  /** Ends it if it is open. */
  end(id: string, as: 'expired' | 'locked' | 'cancelled', why: EndReason, at: EpochMs): boolean;
  /** Ends all open ones at once, because the world around them can't be trusted. Returns how many. */
  endOpen(why: 'clock' | 'records-restored' | 'keys-gone', at: EpochMs): number;
  /** Ends those whose time is up. Returns how many. */
  endDue(now: EpochMs): number;
  /** Locks those whose guesses are used up: the program ended before it could say so. */
  lockSpent(at: EpochMs): void;
  /** Counts a message: its ordinal, its time. */
  countSend(id: string, ordinal: number, at: BudgetMs): void;
  setDelivery(
    id: string,
    /** Of the message this is about; a later one's delivery is not overwritten. */
    ordinal: number,
    delivery: { readonly state: Delivery['state']; readonly outcome: Uint8Array | null },
  ): void;
  /** A message that reached no one: it does not count any more. */
  uncountSend(id: string, ordinal: number): void;
  /** The hash of the account that a message was charged to. */
  accountOf(id: string, ordinal: number): string | null;
  /** Notes beside a refused message that the server named its limit as the reason. */
  setCeiling(id: string, ordinal: number, ceiling: number): void;
  /** The account's newest one. */
  ceiling(query: { readonly account: string; readonly after: BudgetMs }): Ceiling | null;
  /** The account's server takes messages again. */
  liftCeiling(account: string): void;
  /** Ended, with nothing under way, and not yet removed from the account's Sent. */
  untidied(limit: number): readonly VerificationRow[];
  setTidied(id: string): void;
  /** After a crash: what was being sent may or may not have gone out. */
  interruptSending(): void;
  /** Takes a new sealed part, for a message that is under way from now on. */
  reseal(id: string, sealed: Uint8Array): void;

  insertSpend(row: SpendRow): void;
  /** It turned out right: not a failed guess. */
  uncountGuess(verificationId: string, ordinal: number): void;
  countSpends(query: SpendQuery): number;
  /** The time of the spend that has `newer` younger ones, or null. */
  spendBefore(query: SpendQuery, newer: number): BudgetMs | null;
  spends(): readonly SpendRow[];

  /** Deletes what is not needed any more. */
  purge(endedBefore: EpochMs, spentBefore: BudgetMs): void;
}
