/**
 * @file The records as the rooms work with them: verifications and spends that can be believed, opened, and the only way to
 * write one. How they are kept so is in sealed-records.ts.
 */
import type { EpochMs, SignIn } from '../../shared/words.ts';
import type {
  Kept,
  Meta,
  Page,
  PageQuery,
  RecordsFile,
  SpendRow,
  VerificationFacts,
  VerificationRow,
} from '../ports/records.ts';
import type { Head } from '../ports/journal.ts';
import type { SeenTime } from './clocks.ts';
import type { Note } from './notes.ts';
import { type Account, type Ended, type Particulars, type Shown } from './particulars.ts';

/** A verification, opened. */
export interface Verification extends VerificationFacts {
  readonly particulars: Particulars;
  /** How its last message ended; null while it is under way. */
  readonly ended: Ended | null;
}

/** What can be said of a row whose seal is not right, or whose keys are gone: it was there. */
export interface Unreadable {
  readonly id: string;
  readonly openedAt: EpochMs;
  readonly state: 'unreadable';
}

export type Changes = Partial<Omit<VerificationFacts, 'id'>> & {
  readonly particulars?: Particulars;
  readonly ended?: Ended | null;
};

type ReadOnly = Pick<
  RecordsFile,
  | 'countSpends'
  | 'spendBefore'
  | 'guessesCounted'
  | 'guessesSpent'
  | 'ceiling'
  | 'kept'
  | 'breathe'
  | 'entriesAfter'
  | 'wipe'
  | 'close'
>;

export interface Records extends ReadOnly {
  /** Takes the write lock. Between this and {@link commit} is the only time for writing. */
  begin(): Promise<void>;
  /** Keeps the latest times seen, so that a changed clock is noticed at the next start. */
  commit(seen: SeenTime): void;
  rollback(): void;

  meta(): Meta;
  /** The number and the link of a step that is to be charged in this transaction. */
  nextStep(): Pick<Meta, 'counter' | 'link'>;
  setMeta(change: Partial<Meta>): void;
  /** The digest over all rows, hashed for the anchor. */
  digest(): string;
  /** Compares the whole file with its digest, with other work having its turn; resolves when that is done, or can't be. */
  audit(): Promise<void>;
  /** Inside a transaction: compares if that was not done yet, or anything else has written since. */
  auditAgain(): void;
  /** The file is not as this program left it. */
  isTampered(): boolean;
  /** Inside a transaction: from here on the rows are what counts, as they are. */
  takeAsIs(): void;

  /** Null when it is not there, and when it can't be read. */
  verification(id: string): Verification | null;
  /** As it was read or written last, without asking the store, perhaps never committed: for what never changes in it. */
  lastKnown(id: string): Verification | null;
  /** Newest first. */
  openedSince(since: EpochMs, limit: number): readonly (Verification | Unreadable)[];
  /** For this address; newest first. */
  openedFor(addressHash: string, since: EpochMs): readonly Verification[];
  page(query: PageQuery, limit: number): Page<Verification | Unreadable>;
  open(): readonly Verification[];
  /** Those in the state `open` that can't be read: a count of what is open leaves them out. */
  openUnreadable(): readonly Kept<VerificationRow>[];
  sending(): readonly Verification[];
  untidied(limit: number): readonly Verification[];
  insert(verification: Verification): void;
  change(id: string, changes: Changes): void;
  delete(id: string): void;
  /** Ends a row that can't be read, which stays so. */
  endUnreadable(
    row: Kept<VerificationRow>,
    changes: Pick<VerificationFacts, 'state' | 'endReason' | 'endedAt'>,
  ): void;

  spend(id: string, kind: SpendRow['kind'], ordinal: number): Kept<SpendRow> | null;
  withCeiling(account: string): readonly Kept<SpendRow>[];
  insertSpend(row: SpendRow): void;
  changeSpend(row: Kept<SpendRow>, changes: Partial<Pick<SpendRow, 'counts' | 'ceiling'>>): void;
  /** Deletes what ended before, and what was spent before. */
  purge(endedBefore: EpochMs, spentBefore: number): void;

  /** Takes note of something that the journal must have an entry of. */
  note(note: Note): void;
  /** What this transaction has to have entries of. */
  notes(): readonly Note[];
  /** As signed; null when it is not there, or was changed. */
  entryToken(ordinal: number): string | null;
  /** `shown`: what can be shown of it, if that lies nowhere else. Answers its ordinal. */
  insertEntry(head: Head, token: string, shown: Shown | null): number;

  /** The accounts that messages were sent by, newest first, at most two. */
  accounts(): readonly Account[];
  insertAccount(signIn: SignIn, since: EpochMs): void;
}
