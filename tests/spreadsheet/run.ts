/**
 * @file `npm run spreadsheet`: opens a CSV export with hostile cells in LibreOffice, without a window, and reads back what it
 * made of them: every cell must be the text that was written, and none a formula. It needs `libreoffice-calc-nogui`, half a minute to
 * install, which is why `npm test` does without it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv } from '../../src/main/desk/exports.ts';
import { record } from '../gallery/history.ts';

const OFFICE = '/usr/bin/soffice';

/** What people have had spreadsheets run (OWASP, "CSV Injection"), and what breaks a table. */
const HOSTILE = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1;1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '"=1+1"',
  '=HYPERLINK("https://example.com";"Click")',
  "=cmd|' /C calc'!A0",
  '=WEBSERVICE("https://example.com")',
  'a","=1+1","b',
  'a,=1+1',
  'a;=1+1',
  'a\r\n=1+1,=1+1',
  'a;=1+1;b',
  'a\t=1+1\tb',
  'a\n=1+1;b\r@SUM(1)',
  "'=1+1",
  '＝1+1',
  'Schlüssel 🔑 “Nord”',
];

/** A cell reads on screen without the apostrophe's meaning: it is a letter of the text, and stays one. */
const asWritten = (text: string): string => text.replace(/(?<=^|[;\t\r\n])(?=[=+\-@\t\r])/g, "'");

/** Line ends are the spreadsheet's own inside a cell. */
const lines = (text: string): string => text.replaceAll(/\r\n?/g, '\n');

/** Reads what LibreOffice writes, every text quoted. */
function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\n') rows.push([]);
  }
  return rows;
}

/** What a spreadsheet takes for the end of a cell: by its country it may be another than the comma. */
const SEPARATORS = { comma: 44, semicolon: 59, tab: 9 } as const;

function convert(
  folder: string,
  file: string,
  to: string,
  ending: string,
  separator: number = SEPARATORS.comma,
): string {
  const profile = `-env:UserInstallation=file://${join(folder, 'office')}`;
  // With commas, quotes, UTF-8, from the first line: what its import dialog offers for this file.
  const args = [
    profile,
    '--headless',
    `--infilter=CSV:${separator},34,76,1`,
    '--convert-to',
    to,
    '--outdir',
    join(folder, 'out'),
    file,
  ];
  execFileSync(OFFICE, args, { stdio: 'ignore', timeout: 120_000 });
  return readFileSync(join(folder, 'out', `hostile.${ending}`), 'utf8');
}

async function run(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-spreadsheet-'));
  try {
    const records = HOSTILE.map((text) => ({
      ...record,
      ...{ operator: text, sentTo: text, caseNote: { ticket: text, text } },
      request: { purpose: 'other' as const, details: [{ name: 'what', value: text }] },
    }));
    let text = '';
    const pieces = (async function* () {
      yield await Promise.resolve(records);
    })();
    for await (const piece of csv(pieces, () => 60)) text += piece;
    const file = join(folder, 'hostile.csv');
    writeFileSync(file, text);
    const faults: string[] = [];
    for (const [name, separator] of Object.entries(SEPARATORS))
      if (convert(folder, file, 'fods', 'fods', separator).includes('table:formula'))
        faults.push(`a cell was taken for a formula, read by ${name}`);
    const [head = [], ...rows] = cellsOf(
      convert(folder, file, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false', 'csv'),
    );
    for (const [index, hostile] of HOSTILE.entries())
      for (const column of ['Address', 'Ticket', 'Note', 'Operator']) {
        const found = rows[index]?.[head.indexOf(column)] ?? '(nothing)';
        if (lines(found) !== lines(asWritten(hostile)))
          faults.push(`${column}: ${JSON.stringify(hostile)} reads ${JSON.stringify(found)}`);
      }
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!existsSync(OFFICE)) {
  console.error(
    'LibreOffice is not installed: sudo apt-get install --no-install-recommends libreoffice-calc-nogui',
  );
  process.exitCode = 1;
} else {
  const faults = await run();
  for (const fault of faults) console.error(fault);
  console.log(`${HOSTILE.length * 4} hostile cells, ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
