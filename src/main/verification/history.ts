/**
 * @file The kept records, to be searched, opened and told. A search is answered in slices, each a few milliseconds of work:
 * what is sealed can only be looked at by opening it.
 */
import type {
  CaseNote,
  FoundRow,
  HistoryCursor,
  HistoryQuery,
  HistoryRow,
  HistorySlice,
  RecordView,
  Showable,
} from '../../shared/history.ts';
import { SHOWABLE } from '../../shared/history.ts';
import type { Delivery, EpochMs } from '../../shared/words.ts';
import { parseAddress } from '../address/parse.ts';
import type { Claims, Hidden } from '../journal/claims.ts';
import { readDisclosures } from '../journal/disclosures.ts';
import { formatReceipt } from '../journal/receipt.ts';
import { createSignatureReader } from '../journal/signature.ts';
import { readEntry } from '../journal/entry.ts';
import type { Moment } from '../ledger/clocks.ts';
import { referenceIn } from '../ledger/identity.ts';
import { type Ended, openShown } from '../ledger/particulars.ts';
import type { Unreadable, Verification } from '../ledger/records.ts';
import type { EntryRow, PageQuery } from '../ports/records.ts';
import type { Core } from './core.ts';
import { stateNow, viewOf } from './view.ts';

export interface History {
  /** A slice of the search, from the newest on or behind `after`. */
  search(query: HistoryQuery, after: HistoryCursor | null): HistorySlice;
  /** Null when it is not there, or can't be read. */
  record(id: string, at?: Moment): RecordView | null;
  /** Its entry as a receipt that shows these parts; null when there is none. */
  receipt(id: string, show: readonly Showable[]): Promise<string | null>;
  /** Replaces the case note. False when there is no such record. */
  note(id: string, note: CaseNote): Promise<boolean>;
  /** What was opened in this period, newest first, in pieces. What can't be read is left out. */
  records(from: EpochMs | null, to: EpochMs | null): AsyncIterable<readonly RecordView[]>;
  kept(): number;
  /** The entries of the journal that is written to now, as signed, oldest first, in pieces. */
  entries(): AsyncIterable<readonly string[]>;
  /** Those of this period that are about no verification, with what only the desk can show of them. */
  changes(from: EpochMs | null, to: EpochMs | null): AsyncIterable<readonly Change[]>;
}

export interface Change {
  readonly claims: Claims;
  readonly shown: Hidden;
}

/** Rows that one slice looks at: a few milliseconds of work, and more than a screen shows. */
const SLICE = 60;

const isReadable = (row: Verification | Unreadable): row is Verification => row.state !== 'unreadable';

export function createHistory(core: Core): History {
  const { records, keys, clocks, ledger } = core;
  const readSignature = createSignatureReader();
  /** As they were when the last search began: counting them anew costs each slice as much as the rest of it. */
  let kept = 0;

  /** The rows that a whole address or reference finds by index; null when it is neither, or finds none. */
  function lookedUp(text: string): PageQuery['of'] {
    const reference = referenceIn(text);
    const address = parseAddress(text);
    const candidates: readonly PageQuery['of'][] = [
      reference === null ? null : { referenceHash: keys.hash('reference', reference) },
      address.ok ? { addressHash: keys.hash('address', address.value.canonical) } : null,
    ];
    const any = { after: null, from: null, to: null, result: null };
    return candidates.find((of) => of !== null && records.page({ ...any, of }, 1).rows.length > 0) ?? null;
  }

  function search(query: HistoryQuery, after: HistoryCursor | null): HistorySlice {
    const text = query.text.trim();
    const of = text === '' ? null : lookedUp(text);
    const { from, to, result } = query;
    const page = records.page({ after, from, to, result, of }, SLICE);
    if (after === null || kept === 0) kept = records.kept();
    const words = of === null ? wordsOf(text) : [];
    const { now } = clocks.look();
    const rows: HistoryRow[] = [];
    for (const row of page.rows) {
      if (!isReadable(row)) {
        // It can't be said what it is: it is in the list of all, and in no other.
        if (text === '' && query.purpose === null && query.operator === null) rows.push(row);
      } else if (isMeant(row, query, words)) rows.push(foundRow(row, now));
    }
    return { rows, next: page.end, scanned: page.looked, of: kept };
  }

  function deliveryOf(row: Verification, index: number, ended: Ended | null, at: Moment): Delivery {
    if (index === row.particulars.mails.length - 1) return viewOf(row, core, at).delivery;
    return ended ?? { state: 'interrupted' };
  }

  function recordView(row: Verification, at: Moment): RecordView {
    const { entered, caseNote, earlierNotes, operator, policy, mails, entry } = row.particulars;
    return {
      ...viewOf(row, core, at),
      ...{ entered, caseNote, operator, policy, guessesUsed: row.guessesUsed },
      earlierNotes: earlierNotes.toReversed(),
      mails: mails.map(({ at: sent, ended }, index) => ({
        at: sent,
        delivery: deliveryOf(row, index, ended, at),
      })),
      receipt: entry && {
        n: entry.n,
        key: entry.key,
        canShow: SHOWABLE.filter((name) => Object.hasOwn(entry.shown, name)),
      },
    };
  }

  async function* journal(): AsyncGenerator<readonly { readonly row: EntryRow; readonly claims: Claims }[]> {
    const iss = records.meta().entry?.iss ?? null;
    let after = 0;
    for (;;) {
      const page = records.entriesAfter(after, SLICE);
      const last = page.at(-1);
      if (last === undefined) return;
      // Where its key was lost another journal was begun, and the one before is another's.
      const entries: { readonly row: EntryRow; readonly claims: Claims }[] = [];
      for (const row of page) {
        const entry = await readEntry(readSignature, row.token);
        if (typeof entry !== 'string' && entry.claims.iss === iss)
          entries.push({ row, claims: entry.claims });
      }
      yield entries;
      after = last.ordinal;
      await records.breathe();
    }
  }

  return {
    search,
    record(id, at = clocks.look()) {
      const row = records.verification(id);
      return row === null ? null : recordView(row, at);
    },
    async receipt(id, show) {
      const entry = records.verification(id)?.particulars.entry ?? null;
      const token = entry === null ? null : records.entryToken(entry.ordinal);
      if (entry === null || token === null) return null;
      return formatReceipt(readSignature, token, entry.shown, show);
    },
    note: (id, note) =>
      ledger.turn((turn) =>
        turn.write(({ now }) => {
          const row = records.verification(id);
          if (row === null) return false;
          const { caseNote, earlierNotes } = row.particulars;
          if (caseNote.ticket === note.ticket && caseNote.text === note.text) return true;
          const earlier = [...earlierNotes, { note: caseNote, at: now, by: core.operator() }];
          const particulars = { ...row.particulars, caseNote: note, earlierNotes: earlier };
          records.change(id, { particulars });
          return true;
        }),
      ),
    async *records(from, to) {
      let after: HistoryCursor | null = null;
      for (;;) {
        const { rows, end } = records.page({ after, from, to, result: null, of: null }, SLICE);
        const at = clocks.look();
        yield rows.filter(isReadable).map((row) => recordView(row, at));
        if (end === null) return;
        after = end;
        await records.breathe();
      }
    },
    kept: () => records.kept(),
    async *entries() {
      for await (const piece of journal()) yield piece.map(({ row }) => row.token);
    },
    async *changes(from, to) {
      for await (const piece of journal()) {
        const changes: Change[] = [];
        for (const { row, claims } of piece) {
          const at = claims.iat * 1000;
          if (claims.event === 'verification-ended' || at < (from ?? 0) || at >= (to ?? Infinity)) continue;
          const { shown } = await readDisclosures(Object.values(openShown(keys, row)), claims._sd);
          changes.push({ claims, shown });
        }
        yield changes;
      }
    },
  };
}

/** Upper and lower case, accents and Unicode's spellings alike: of a name people remember the letters. */
const folded = (text: string): string => text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');

/** The words of a search, in whatever order they were remembered, without the brackets or the comma pasted along. */
const wordsOf = (text: string): readonly string[] =>
  folded(text)
    .split(/\s+/)
    .map((word) => /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/u.exec(word)?.[0] ?? word)
    .filter((word) => word !== '');

/** Everything of a record that a search looks at. */
function textOf({ particulars }: Verification): string {
  const { entered, delivery, reference, operator, caseNote, request } = particulars;
  const details = request.details.map(({ value }) => value);
  return folded(
    [entered, delivery, reference, operator ?? '', caseNote.ticket, caseNote.text, ...details].join('\n'),
  );
}

function isMeant(row: Verification, query: HistoryQuery, words: readonly string[]): boolean {
  const { purpose, operator } = query;
  if (purpose !== null && row.particulars.request.purpose !== purpose) return false;
  if (operator !== null && row.particulars.operator !== operator) return false;
  if (words.length === 0) return true;
  const told = textOf(row);
  return words.every((word) => told.includes(word));
}

function foundRow(row: Verification, now: EpochMs): FoundRow {
  const { reference, delivery, request, caseNote, operator } = row.particulars;
  const { state, endedAt } = stateNow(row, now);
  return {
    ...{ id: row.id, openedAt: row.openedAt, sentTo: delivery, delivery: row.deliveryState },
    ...{ reference, request, operator, state, endedAt, ticket: caseNote.ticket },
    returned: row.ended?.state === 'returned' ? row.ended.why : null,
  };
}
