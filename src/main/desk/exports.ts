/**
 * @file What an export is made of: records as CSV or JSON Lines, or a summary to be read. Pure, and piece by piece, so that a
 * hundred thousand records need no more memory than a hundred.
 */
import type { RecordView } from '../../shared/history.ts';
import type { EpochMs } from '../../shared/words.ts';
import { timeWithOffset } from '../journal/entry.ts';
import type { Change } from '../verification/history.ts';

/** People's offset from UTC at a time, in minutes. */
type Offset = (at: EpochMs) => number;
type Pieces = AsyncIterable<readonly RecordView[]>;

const timeOf = (at: EpochMs | null, offset: Offset): string | null =>
  at === null ? null : timeWithOffset(at, offset(at));

/** One record as it is told outside: names that do not change, times with their offset. */
const factsOf = (record: RecordView, offset: Offset) => ({
  reference: record.reference,
  practice: record.practice,
  entered: record.entered,
  address: record.sentTo,
  purpose: record.request.purpose,
  details: record.request.details,
  opened: timeOf(record.openedAt, offset),
  ended: timeOf(record.endedAt, offset),
  result: record.state,
  reason: record.endReason,
  guesses: record.guessesUsed,
  guessesAllowed: record.guessesAllowed,
  mails: record.mails.map(({ at, delivery }) => ({
    at: timeOf(at, offset),
    delivery: delivery.state,
    cause: delivery.state === 'refused' ? delivery.problem.cause : null,
    status: delivery.state === 'returned' ? delivery.status : null,
  })),
  ticket: record.caseNote.ticket,
  note: record.caseNote.text,
  earlierNotes: record.earlierNotes.map(({ note, at, by }) => ({
    ...note,
    replaced: timeOf(at, offset),
    by,
  })),
  operator: record.operator,
  account: record.sentBy,
  policy: record.policy,
  receipt: record.receipt?.n ?? null,
  key: record.receipt?.key ?? null,
});
type Facts = ReturnType<typeof factsOf>;

/** Exact: one record a line, nothing left out, nothing changed. */
export async function* jsonLines(pieces: Pieces, offset: Offset): AsyncGenerator<string> {
  for await (const records of pieces)
    yield records.map((record) => `${JSON.stringify(factsOf(record, offset))}\n`).join('');
}

/** The columns, and what of a record stands in each. */
const COLUMNS: Columns<Facts> = {
  Reference: ({ reference }) => reference,
  Result: ({ result }) => result,
  Reason: ({ reason }) => reason,
  Address: ({ address }) => address,
  Purpose: ({ purpose }) => purpose,
  Details: ({ details }) => details.map(({ name, value }) => `${name}: ${value}`).join('; '),
  Opened: ({ opened }) => opened,
  Ended: ({ ended }) => ended,
  Guesses: ({ guesses }) => guesses,
  'Guesses allowed': ({ guessesAllowed }) => guessesAllowed,
  Mails: ({ mails }) => mails.length,
  Delivery: ({ mails }) => mails.at(-1)?.delivery ?? null,
  Ticket: ({ ticket }) => ticket,
  Note: ({ note }) => note,
  Operator: ({ operator }) => operator,
  Account: ({ account }) => account.address,
  Receipt: ({ receipt }) => receipt,
  Key: ({ key }) => key,
  Practice: ({ practice }) => (practice ? 'yes' : 'no'),
};

/** Excel takes a text for UTF-8 when it begins so. */
const BOM = '\uFEFF';
/** RFC 4180 section 2. */
const LINE_END = '\r\n';
/**
 * Where a spreadsheet would take a formula to begin (OWASP, "CSV Injection"). In half of Europe it splits at semicolons, and
 * quotation marks within a row are then letters: a semicolon, tab or line break in a text ends a cell there.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?=[=+\-@\t\r])/g;

/** RFC 4180, with an apostrophe before what a spreadsheet would run. */
export function cell(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const text = value.replace(FORMULA, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type Columns<T> = Readonly<Record<string, (of: T) => string | number | boolean | null>>;

async function* tableOf<T>(pieces: AsyncIterable<readonly T[]>, columns: Columns<T>): AsyncGenerator<string> {
  yield BOM + Object.keys(columns).map(cell).join(',') + LINE_END;
  for await (const piece of pieces)
    yield piece
      .map((row) => Object.values(columns).map((column) => cell(column(row))))
      .map((cells) => cells.join(',') + LINE_END)
      .join('');
}

export async function* csv(pieces: Pieces, offset: Offset): AsyncGenerator<string> {
  const facts = async function* () {
    for await (const records of pieces) yield records.map((record) => factsOf(record, offset));
  };
  yield* tableOf(facts(), COLUMNS);
}

/** What was changed at the desk, and by whom: the only place where the salts of these entries are used. */
export const changesTable = (
  pieces: AsyncIterable<readonly Change[]>,
  offset: Offset,
): AsyncGenerator<string> =>
  tableOf<Change>(pieces, {
    Number: ({ claims }) => claims.n,
    Written: ({ claims }) => timeOf(claims.iat * 1000, offset),
    Change: ({ claims }) => claims.event,
    Operator: ({ shown }) => shown.operator ?? null,
    Account: ({ shown }) => shown.account ?? null,
    Limits: ({ claims }) =>
      claims.event === 'policy-changed'
        ? Object.entries(claims.policy)
            .map(([name, value]) => `${name}: ${value}`)
            .join('; ')
        : null,
    References: ({ claims }) => (claims.event === 'address-erased' ? claims.references.join('; ') : null),
    Lost: ({ claims }) => (claims.event === 'entries-lost' ? `${claims.from} to ${claims.to}` : null),
  });

/** What was opened in a period, counted: plain text, to be read and printed. */
export async function* summary(
  pieces: Pieces,
  about: {
    readonly business: string | null;
    readonly from: EpochMs | null;
    readonly to: EpochMs | null;
    readonly now: EpochMs;
  },
  offset: Offset,
): AsyncGenerator<string> {
  const byResult = new Map<string, number>();
  const byPurpose = new Map<string, number>();
  const byOperator = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let all = 0;
  let practice = false;
  for await (const records of pieces) {
    for (const record of records) {
      all += 1;
      practice ||= record.practice;
      add(byResult, record.state);
      add(byPurpose, record.request.purpose);
      add(byOperator, record.operator ?? '(nobody was asked)');
    }
    // A place to be called off at.
    yield '';
  }
  const time = (at: EpochMs | null, none: string) =>
    at === null ? none : timeWithOffset(at, offset(at)).slice(0, 16).replace('T', ' ');
  yield [
    ...(practice ? ['PRACTICE: THIS PROVES NOTHING', ''] : []),
    `Verifications${about.business === null ? '' : ` of ${about.business}`}`,
    `From ${time(about.from, 'the oldest kept')} to ${time(about.to, 'now')}`,
    `Made ${time(about.now, '')}`,
    '',
    ...table('All', new Map([['opened', all]])),
    ...table('By result', byResult),
    ...table('By purpose', byPurpose),
    ...table('By operator', byOperator),
  ].join('\n');
}

const COLUMN = 32;

function table(title: string, counts: ReadonlyMap<string, number>): readonly string[] {
  const rows = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return [title, ...rows.map(([name, n]) => `  ${name.padEnd(COLUMN)} ${String(n).padStart(8)}`), ''];
}
