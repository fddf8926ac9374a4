/** @file What an export says, cell by cell: exact where it must be, and nothing that a spreadsheet would run. */
import { describe, expect, it } from 'vitest';
import { cell, csv, jsonLines, summary } from '../../../src/main/desk/exports.ts';
import { ticketLine } from '../../../src/main/desk/ticket-line.ts';
import { TEXTS } from '../../../src/main/texts.ts';
import type { RecordView } from '../../../src/shared/history.ts';
import { requestOf, requestWith } from '../../../src/shared/request.ts';

const OPENED = Date.UTC(2026, 10, 25, 16, 37, 2);
const ENDED = Date.UTC(2026, 10, 25, 16, 38, 8);
const offset = () => 60;

const RECORD: RecordView = {
  id: 'a'.repeat(32),
  reference: 'MD-SQHG-5J',
  practice: false,
  entered: ' Mia@Example.com ',
  sentTo: 'Mia@example.com',
  sentBy: { address: 'desk@gmail.com', host: 'smtp.gmail.com', user: 'desk@gmail.com' },
  hints: [],
  request: requestOf('registration'),
  state: 'verified',
  endReason: null,
  openedAt: OPENED,
  expiresAt: OPENED + 600_000,
  endedAt: ENDED,
  codeLength: 6,
  guessesLeft: 4,
  guessesAllowed: 5,
  resendAt: null,
  spent: null,
  resendTooLate: false,
  mayHaveLeft: true,
  delivery: { state: 'accepted', at: OPENED, tookMs: 200 },
  sends: 1,
  caseNote: { ticket: '48219', text: 'Called back.' },
  earlierNotes: [{ note: { ticket: '', text: 'Calls' }, at: OPENED, by: 'Karim' }],
  operator: 'Anna',
  policy: { guesses: 5 },
  guessesUsed: 1,
  mails: [{ at: OPENED, delivery: { state: 'accepted', at: OPENED, tookMs: 200 } }],
  receipt: { n: 4_316, key: 'k'.repeat(43), canShow: ['address'] },
};
const record = (change: Partial<RecordView> = {}): RecordView => ({ ...RECORD, ...change });

async function* pieces(...all: (readonly RecordView[])[]): AsyncGenerator<readonly RecordView[]> {
  for (const piece of all) {
    await Promise.resolve();
    yield piece;
  }
}
async function textOf(made: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of made) text += piece;
  return text;
}

/** Every cell as RFC 4180 has it, read by hand. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://evil.example","x")'])(
    'that a spreadsheet would run, %j, begins with an apostrophe [T-export-formula]',
    (hostile) => {
      const [[read = ''] = []] = readCsv(`${cell(hostile)}\r\n`);
      expect(read).toBe(`'${hostile}`);
    },
  );

  it.each([
    ['a;=1+1;b', "a;'=1+1;b"],
    ['a\t=1', "a\t'=1"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['a\n-1', "a\n'-1"],
    ['a\r\n@SUM(1)', "a\r\n'@SUM(1)"],
    ['+49 30 1234;+49 30 5678', "'+49 30 1234;'+49 30 5678"],
  ])('has one also where a cell would begin for a spreadsheet that splits elsewhere: %j', (text, written) => {
    expect(readCsv(`${cell(text)}\r\n`)).toEqual([[written]]);
  });

  it.each(['a,b', 'a"b', 'a\nb', 'a\r\nb', '"', ',', 'ä€😀', "'", '', ' =1', 'a=1'])(
    'gives back %j',
    (text) => {
      expect(readCsv(`${cell(text)},x\r\n`)).toEqual([[text, 'x']]);
    },
  );

  it('that holds a number is one', () => {
    expect([cell(-5), cell(true), cell(null)]).toEqual(['-5', 'true', '']);
  });
});

describe('CSV', () => {
  it('is UTF-8 for Excel, with CRLF, a row a record and a name a column', async () => {
    const text = await textOf(csv(pieces([record()], [record({ reference: 'AB-CDEF-GH' })]), offset));
    expect(text.startsWith('\uFEFF')).toBe(true);
    const [names = [], first = [], second = [], ...more] = readCsv(text.slice(1));
    expect(more).toEqual([]);
    expect(first).toHaveLength(names.length);
    const named = Object.fromEntries(names.map((name, index) => [name, first[index]]));
    expect(named).toMatchObject({
      ...{ Reference: 'MD-SQHG-5J', Result: 'verified', Address: 'Mia@example.com', Ticket: '48219' },
      ...{
        Note: 'Called back.',
        Operator: 'Anna',
        Account: 'desk@gmail.com',
        Receipt: '4316',
        Practice: 'no',
      },
      ...{ Opened: '2026-11-25T17:37:02+01:00', Ended: '2026-11-25T17:38:08+01:00' },
    });
    expect(second[0]).toBe('AB-CDEF-GH');
  });

  it('of nothing is its names', async () => {
    expect(readCsv((await textOf(csv(pieces([]), offset))).slice(1))).toHaveLength(1);
  });

  it('keeps every hostile cell in its place', async () => {
    const hostile = record({ caseNote: { ticket: '=1+1', text: '",\r\n@evil' }, operator: '-Anna' });
    const [names = [], row = []] = readCsv((await textOf(csv(pieces([hostile]), offset))).slice(1));
    expect([
      row[names.indexOf('Ticket')],
      row[names.indexOf('Note')],
      row[names.indexOf('Operator')],
    ]).toEqual(["'=1+1", `",\r\n'@evil`, "'-Anna"]);
  });
});

describe('JSON Lines', () => {
  it('is exact: one record a line, with every wording and every mail', async () => {
    const text = await textOf(
      jsonLines(pieces([record({ caseNote: { ticket: '=1', text: 'a\nb' } })], [record()]), offset),
    );
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      ...{
        entered: ' Mia@Example.com ',
        ticket: '=1',
        note: 'a\nb',
        guesses: 1,
        guessesAllowed: 5,
        policy: { guesses: 5 },
      },
      earlierNotes: [{ text: 'Calls', by: 'Karim', replaced: '2026-11-25T17:37:02+01:00' }],
      mails: [{ at: '2026-11-25T17:37:02+01:00', delivery: 'accepted' }],
    });
  });
});

describe('a summary', () => {
  const about = { business: 'Harbour Clinic', from: OPENED, to: null, now: ENDED };

  it('counts by result, purpose and operator, and adds up', async () => {
    const text = await textOf(
      summary(
        pieces(
          [record(), record({ operator: null, state: 'locked' })],
          [record({ request: requestOf('sign-in') })],
        ),
        about,
        offset,
      ),
    );
    expect(text).toContain('Verifications of Harbour Clinic');
    expect(text).toContain('From 2026-11-25 17:37 to now');
    const counted = (name: string) => Number(new RegExp(`^ {2}${name} +(\\d+)$`, 'm').exec(text)?.[1]);
    expect([counted('opened'), counted('verified'), counted('locked')]).toEqual([3, 2, 1]);
    expect([counted('registration'), counted('sign-in'), counted('Anna')]).toEqual([2, 1, 2]);
    expect(text).not.toMatch(/@|PRACTICE/);
  });

  it('of practice says so first', async () => {
    expect(await textOf(summary(pieces([record({ practice: true })]), about, offset))).toMatch(/^PRACTICE/);
  });
});

describe('the line for a ticket', () => {
  const words = TEXTS.en.line;
  const clock = { offset };

  it('says result, address, purpose, time, reference and who', () => {
    expect(ticketLine(RECORD, words, clock)).toBe(
      'Verified Mia@example.com · Registration · 2026-11-25 17:38 UTC+01:00 · MD-SQHG-5J · Anna',
    );
  });

  it('never reads as verified where it was not, and says practice first', () => {
    for (const state of ['open', 'expired', 'locked', 'cancelled'] as const)
      expect(ticketLine(record({ state }), words, clock)).not.toMatch(/^Verified|[^t] verified/);
    expect(ticketLine(record({ practice: true }), words, clock)).toMatch(/^PRACTICE · /);
  });

  it('leaves out who where nobody was asked, and takes the desk’s own purpose', () => {
    const other = record({ operator: null, request: requestOf('other', { what: 'Membership card' }) });
    expect(ticketLine(other, words, clock)).toMatch(/ · Membership card · .* · MD-SQHG-5J$/);
    const own = record({ request: requestWith('Home visit', ['what'], { what: 'x' }) });
    expect(ticketLine(own, words, clock)).toContain(' · Home visit · ');
  });
});
