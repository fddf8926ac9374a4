/**
 * @file What the page can ask about the kept records: searching, opening one, its note, and everything that leaves the
 * program: a line, a receipt, a slip, an export. It goes where the person says and nowhere else.
 */
import { faultOf } from '../address/fault.ts';
import { parseAddress } from '../address/parse.ts';
import type { Handlers, OutputOf, ProblemOf } from '../../shared/contract.ts';
import type { NoteProblem, SaveFileProblem } from '../../shared/problems.ts';
import { type CaseNote, type ExportFormat, NOTE_LENGTH, type RecordView } from '../../shared/history.ts';
import { assertNever, fail, ok, type Result } from '../../shared/result.ts';
import type { EpochMs } from '../../shared/words.ts';
import type { History } from '../verification/history.ts';
import type { DeskCore } from './core.ts';
import { changesTable, csv, jsonLines, summary } from './exports.ts';
import { ticketLine } from './ticket-line.ts';

export type HistoryHandlers = Pick<
  Handlers,
  Extract<keyof Handlers, `history.${string}` | `journal.${string}`>
>;

/** The note with its ends cleaned, or what is wrong with it. */
export function checkNote({ ticket, text }: CaseNote): Result<CaseNote, NoteProblem> {
  const note = { ticket: ticket.trim(), text: text.replaceAll('\r\n', '\n').trim() };
  const problem = (field: keyof CaseNote, why: NoteProblem['why']) =>
    fail({ code: 'note', field, why } as const);
  for (const field of ['ticket', 'text'] as const)
    if (note[field].length > NOTE_LENGTH[field]) return problem(field, 'too-long');
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(note.ticket)) return problem('ticket', 'control-character');
  if (/[^\P{Cc}\n\t]/u.test(note.text)) return problem('text', 'control-character');
  return ok(note);
}

export function createHistoryHandlers({
  state,
  ports,
  go,
  show,
  changed,
  forgetDraft,
}: DeskCore): HistoryHandlers {
  const notFound = fail({ code: 'not-found' } as const);
  let exporting: AbortController | null = null;

  const history = (): History | null => state.station?.verifier.history ?? null;
  const recordOf = (id: string): RecordView | null => history()?.record(id) ?? null;
  /** What the page shows beside the list, and so what it prints. */
  const opened = (id: string): RecordView | null =>
    state.place.at === 'history' && state.place.record === id ? recordOf(id) : null;

  /** Of a file: practice's says so in its name too. */
  const nameOf = (what: string, ending: string): string =>
    `countersign-${ports.practice ? 'practice-' : ''}${what}.${ending}`;

  async function save(
    suggested: string,
    pieces: Parameters<typeof ports.files.write>[1],
    signal: AbortSignal,
  ): Promise<Result<null, SaveFileProblem>> {
    const path = await ports.files.ask(suggested);
    if (path === null) return fail({ code: 'called-off' });
    const written = await ports.files.write(path, pieces, signal);
    if (written.ok) return written;
    return written.problem === 'called-off'
      ? fail({ code: 'called-off' })
      : fail({ code: 'not-written', why: written.problem });
  }

  const never = new AbortController().signal;

  interface Period {
    readonly from: EpochMs | null;
    readonly to: EpochMs | null;
  }

  /** The pieces of an export, which say how far they are, and how many rows went by. */
  function piecesOf(from: History, format: ExportFormat, period: Period, count: { rows: number }) {
    const ofJournal = format === 'journal' || format === 'changes';
    const of = ofJournal ? (state.station?.verifier.journal().entries ?? 0) : from.kept();
    const offset = (at: EpochMs) => ports.clock.offset(at);
    async function* counted<T>(pieces: AsyncIterable<readonly T[]>): AsyncGenerator<readonly T[]> {
      for await (const piece of pieces) {
        yield piece;
        count.rows += piece.length;
        state.task = { format, done: count.rows, of };
        show();
      }
    }
    const records = counted(from.records(period.from, period.to));
    switch (format) {
      case 'csv':
        return csv(records, offset);
      case 'jsonl':
        return jsonLines(records, offset);
      case 'summary': {
        const business = ports.settings.account()?.name ?? null;
        return summary(records, { business, ...period, now: ports.clock.wall() }, offset);
      }
      case 'changes':
        return changesTable(counted(from.changes(period.from, period.to)), offset);
      case 'journal':
        return lines(counted(from.entries()));
      default:
        return assertNever(format);
    }
  }

  async function exportTo(
    format: ExportFormat,
    period: Period,
  ): Promise<Result<OutputOf<'history.export'>, ProblemOf<'history.export'>>> {
    const from = history();
    if (exporting !== null) return fail({ code: 'busy' });
    if (from === null) return fail({ code: 'not-written', why: 'other' });
    const controller = new AbortController();
    exporting = controller;
    const count = { rows: 0 };
    try {
      const pieces = piecesOf(from, format, period, count);
      const { name, ending } = FILES[format];
      const saved = await save(nameOf(name, ending), pieces, controller.signal);
      return saved.ok ? ok({ rows: count.rows }) : saved;
    } finally {
      exporting = null;
      state.task = null;
      show();
    }
  }

  async function erase(typed: string): ReturnType<HistoryHandlers['history.erase']> {
    const address = parseAddress(typed);
    if (!address.ok) return fail({ code: 'address', fault: faultOf(typed, address.problem) });
    const { station } = state;
    if (station === null) return notFound;
    const erased = await station.verifier.erase(address.value);
    const draft = parseAddress(state.draft.address);
    if (draft.ok && draft.value.canonical === address.value.canonical) forgetDraft();
    changed();
    return erased.ok ? ok({ records: erased.value }) : erased;
  }

  return {
    'history.search': ({ query, after }) =>
      Promise.resolve(ok(history()?.search(query, after) ?? { rows: [], next: null, scanned: 0, of: 0 })),
    'history.show': ({ id }) => {
      if (id !== null && recordOf(id) === null) return Promise.resolve(notFound);
      go({ at: 'history', record: id });
      show();
      return Promise.resolve(ok(null));
    },
    'history.note': async ({ id, note }) => {
      const checked = checkNote(note);
      if (!checked.ok) return checked;
      const written = (await history()?.note(id, checked.value)) ?? false;
      show();
      return written ? ok(null) : notFound;
    },
    'history.copy': async ({ id }) => {
      const record = recordOf(id);
      if (record === null) return notFound;
      const line = ticketLine(record, ports.lineWords, ports.clock);
      await ports.copy(line);
      return ok({ line });
    },
    'history.saveReceipt': async ({ id, show: parts }) => {
      const record = recordOf(id);
      const receipt = await history()?.receipt(id, parts);
      if (record === null || receipt == null) return notFound;
      return save(nameOf(`receipt-${record.reference}`, 'txt'), [receipt], never);
    },
    'history.savePdf': async ({ id }) => {
      const record = opened(id);
      if (record === null) return notFound;
      return save(nameOf(record.reference, 'pdf'), [await ports.paper.pdf()], never);
    },
    'history.print': async ({ id }) => {
      if (opened(id) === null) return notFound;
      return (await ports.paper.print()) ? ok(null) : fail({ code: 'called-off' });
    },
    'history.export': ({ format, from, to }) => exportTo(format, { from, to }),
    'history.cancelExport': () => {
      exporting?.abort();
      return Promise.resolve(ok(null));
    },
    'history.erase': ({ address }) => erase(address),
    'journal.changeKey': async () => {
      const changedKey = await state.station?.verifier.changeKey();
      changed();
      return changedKey ?? notFound;
    },
  };
}

/** What each export is called, and how its name ends. */
const FILES = {
  csv: { name: 'history', ending: 'csv' },
  jsonl: { name: 'history', ending: 'jsonl' },
  summary: { name: 'summary', ending: 'txt' },
  changes: { name: 'changes', ending: 'csv' },
  journal: { name: 'journal', ending: 'txt' },
} as const satisfies Record<ExportFormat, { readonly name: string; readonly ending: string }>;

async function* lines(pieces: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.map((line) => `${line}\n`).join('');
}
