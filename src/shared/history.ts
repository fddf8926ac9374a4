/**
 * @file What the page asks of the kept records and is shown of them: searching, one record whole, and what can be taken
 * out of the program. Types and limits only.
 */
import type { VerificationView } from './desk-view.ts';
import type { Purpose, Request } from './request.ts';
import type { Delivery, EpochMs, ReturnReason, VerificationState } from './words.ts';

/** The desk's own ticket number and text; '' for none. Never mailed, and no part of the code. */
export interface CaseNote {
  /** One line. */
  readonly ticket: string;
  readonly text: string;
}
export const NO_NOTE: CaseNote = { ticket: '', text: '' };

/** In UTF-16 code units. */
export const NOTE_LENGTH = { ticket: 100, text: 1_000 } as const satisfies Record<keyof CaseNote, number>;

/** What can be asked for: a state, or those whose last mail reached no one. */
export const RESULTS = ['open', 'verified', 'expired', 'locked', 'cancelled', 'not-delivered'] as const;
export type Result = (typeof RESULTS)[number];

export interface HistoryQuery {
  /**
   * '' finds all. A whole address or reference that is there is looked up; of anything else each word is searched for as
   * a part of address, reference, ticket, note, operator or detail, in upper or lower case, with or without accents.
   */
  readonly text: string;
  /** Opened at or after. */
  readonly from: EpochMs | null;
  /** Opened before. */
  readonly to: EpochMs | null;
  readonly purpose: Purpose | null;
  readonly result: Result | null;
  /** Who was at the desk, by the whole name. */
  readonly operator: string | null;
}

/** The last row that was looked at. */
export interface HistoryCursor {
  readonly openedAt: EpochMs;
  readonly id: string;
}

/** A short piece of a search, so that the window is never blocked. Not asking for the next one ends it. */
export interface HistorySlice {
  /** Newest first. There may be none although `next` is not null. */
  readonly rows: readonly HistoryRow[];
  /** What to ask for next as `after`; null at the end. */
  readonly next: HistoryCursor | null;
  /** How many rows this slice looked at. */
  readonly scanned: number;
  /** How many are kept. */
  readonly of: number;
}

export type HistoryRow =
  FoundRow | { readonly id: string; readonly state: 'unreadable'; readonly openedAt: EpochMs };

export interface FoundRow {
  readonly id: string;
  readonly reference: string;
  readonly openedAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly sentTo: string;
  readonly request: Request;
  readonly ticket: string;
  /** Null where there were no operators. */
  readonly operator: string | null;
  readonly state: VerificationState;
  readonly delivery: Delivery['state'];
  readonly returned: ReturnReason | null;
}

/** What its holder may show of a receipt, or keep back. */
export const SHOWABLE = ['address', 'details', 'case', 'operator', 'account'] as const;
export type Showable = (typeof SHOWABLE)[number];

/** One record whole: what its slip says. */
export interface RecordView extends VerificationView {
  /** As it was typed. */
  readonly entered: string;
  readonly caseNote: CaseNote;
  /** Earlier wordings, newest first, with when each was replaced and by whom. */
  readonly earlierNotes: readonly EarlierNote[];
  readonly operator: string | null;
  /** The owner's numbers by their names, as they were when it was opened. */
  readonly policy: Readonly<Record<string, number>>;
  readonly guessesUsed: number;
  /** Every mail, oldest first. */
  readonly mails: readonly { readonly at: EpochMs; readonly delivery: Delivery }[];
  /** Its entry in the journal; null while it is open. */
  readonly receipt: ReceiptView | null;
}

export interface EarlierNote {
  readonly note: CaseNote;
  readonly at: EpochMs;
  readonly by: string | null;
}

export interface ReceiptView {
  /** The entry's number. */
  readonly n: number;
  /** The thumbprint of the key that signed it. */
  readonly key: string;
  readonly canShow: readonly Showable[];
}

/**
 * `csv` and `jsonl`: the records. `summary`: counts, to be read. `changes`: what was changed at the desk and by whom.
 * `journal`: the signed entries, for the checker.
 */
export const EXPORTS = ['csv', 'jsonl', 'summary', 'changes', 'journal'] as const;
export type ExportFormat = (typeof EXPORTS)[number];

/** An export under way. */
export interface ExportTask {
  readonly format: ExportFormat;
  readonly done: number;
  readonly of: number;
}
