/**
 * @file Writes the test vectors of docs/receipt-format.md: `node tests/vectors/make.ts`. The same run gives the same bytes,
 * and a test compares them with the files, so that the format cannot change unnoticed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { type Hidden, TYPES } from '../../src/main/journal/claims.ts';
import { formatJournal } from '../../src/main/journal/chain.ts';
import { writeEntry } from '../../src/main/journal/entry.ts';
import { signerOf } from '../../src/main/journal/signing.ts';
import { createFakeRandom, MORNING } from '../fakes/clock.ts';
import { beginJournal, ended, journalWith, keyFrom, MIA, type TestJournal } from '../fakes/journal-scene.ts';
import { HOUR } from '../fakes/time.ts';

export interface Vector {
  readonly file: string;
  readonly kind: 'receipt' | 'journal';
  readonly what: string;
  /** In the order in which they are found; empty when all is well. */
  readonly faults: readonly string[];
  /** Of a receipt that can be read. */
  readonly n?: number;
  readonly practice?: boolean;
  readonly shown?: Hidden;
  /** Of a receipt's key; of a journal's keys in their order, when it is whole. */
  readonly keys?: readonly string[];
}

const FOLDER = import.meta.dirname;

const tokenIn = (receipt: string): string =>
  /TOKEN-----\n([^]+)\n-----END/.exec(receipt)?.[1]?.replaceAll('\n', '') ?? '';
/** A receipt that is its token alone, with another token. */
const withParts = (receipt: string, change: (parts: readonly string[]) => readonly string[]): string =>
  `${change(tokenIn(receipt).split('~').slice(0, -1)).join('~')}~\n`;

/** A signature's last letter in another spelling of the same bytes. */
function respell(entry: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return entry.slice(0, -1) + letters.charAt(letters.indexOf(entry.slice(-1)) ^ 1);
}

function repay(entry: string, from: string, to: string): string {
  const [header, payload = '', signature] = entry.split('.');
  const said = Buffer.from(payload, 'base64url').toString().replace(from, to);
  return [header, Buffer.from(said).toString('base64url'), signature].join('.');
}

/** Every vector with its text. */
export async function vectors(): Promise<readonly (Vector & { readonly text: string })[]> {
  const made: (Vector & { text: string })[] = [];
  const add = (text: string, vector: Vector) => made.push({ ...vector, text });

  const desk = await journalWith(4, 'vectors');
  const key = await desk.key();
  const receipt = await desk.receipt(3);
  const good = { kind: 'receipt', faults: [], n: 3, practice: false, keys: [key] } as const;
  add(receipt, { ...good, file: 'receipt-all.txt', what: 'everything shown', shown: MIA });
  add(await desk.receipt(3, []), { ...good, file: 'receipt-nothing.txt', what: 'nothing shown', shown: {} });
  const some = await desk.receipt(3, ['address', 'operator']);
  const shown = { address: MIA.address ?? '', operator: MIA.operator ?? '' };
  add(some, { ...good, file: 'receipt-some.txt', what: 'address and operator shown', shown });

  const abroad = await beginJournal('vectors abroad');
  const foreign: Hidden = {
    address: 'müller@bücher.example',
    details: [{ name: 'what', value: 'Schlüssel 🔑 “Nord”' }],
    case: { ticket: '', note: 'Zeile 1\nZeile 2\t\u202E\\' },
    operator: 'Κατερίνα',
  };
  await abroad.write(
    ended({ result: 'expired', purpose: 'other', guesses: 0, delivery: 'returned' }),
    foreign,
  );
  add(await abroad.receipt(2), {
    ...{
      kind: 'receipt',
      file: 'receipt-unicode.txt',
      what: 'letters of many kinds, and no account to show',
    },
    ...{ faults: [], n: 2, practice: false, keys: [await abroad.key()], shown: foreign },
  });
  const practice = await beginJournal('vectors practice', { practice: true });
  await practice.write(ended(), MIA);
  add(await practice.receipt(2), {
    ...{ kind: 'receipt', file: 'receipt-practice.txt', what: 'practice: it proves nothing' },
    ...{ faults: [], n: 2, practice: true, keys: [await practice.key()], shown: MIA },
  });

  const bad = (file: string, what: string, fault: string, text: string) =>
    add(text, { kind: 'receipt', file: `receipt-${file}.txt`, what, faults: [fault] });
  add(receipt.replace('mia.', 'eve.'), {
    ...{
      ...good,
      file: 'receipt-text.txt',
      what: 'another address in the text',
      faults: ['text'],
      shown: MIA,
    },
  });
  bad(
    'cut',
    'cut off before the signature',
    'token',
    receipt.slice(0, receipt.indexOf('TOKEN-----\n') + 500),
  );
  bad(
    'payload',
    'two guesses instead of one',
    'signature',
    withParts(receipt, ([entry = '', ...rest]) => [repay(entry, '"guesses":1', '"guesses":2'), ...rest]),
  );
  bad(
    'respelled',
    'the last letter of the signature spelled otherwise',
    'signature',
    withParts(receipt, ([entry = '', ...rest]) => [respell(entry), ...rest]),
  );
  const [, another = ''] = tokenIn(await desk.receipt(4)).split('~');
  bad(
    'swapped',
    'the address of another entry',
    'disclosure',
    withParts(receipt, ([entry = '', , ...rest]) => [entry, another, ...rest]),
  );
  bad(
    'twice',
    'one disclosure twice',
    'disclosure',
    withParts(receipt, (parts) => [...parts, parts[1] ?? '']),
  );
  bad(
    'open',
    'a proof of possession behind it',
    'disclosure',
    withParts(receipt, (parts) => parts).replace('~\n', '~a.b.c\n'),
  );
  const signer = await signerOf(keyFrom('vectors'));
  const said = Buffer.from(desk.tokens()[2]?.split('.')[1] ?? '', 'base64url').toString();
  bad('type', 'signed, of another type', 'unknown', `${signer.sign('JWT', said)}~\n`);
  bad(
    'twofold',
    'signed, with two results',
    'unknown',
    `${signer.sign(TYPES.desk, said.replace('"result":', '"result":"cancelled","result":'))}~\n`,
  );
  bad(
    'later',
    'of a later version',
    'later',
    `${signer.sign(TYPES.desk, said.replace('"ver":1', '"ver":2'))}~\n`,
  );

  const tokens = desk.tokens();
  const journal = (
    file: string,
    what: string,
    faults: readonly string[],
    rows: readonly string[],
    keys?: readonly string[],
  ) =>
    add(formatJournal(rows), {
      kind: 'journal',
      file: `journal-${file}.txt`,
      what,
      faults,
      ...(keys && { keys }),
    });
  journal('whole', 'five entries', [], tokens, [key]);
  journal('dropped', 'No. 3 taken out', ['missing'], tokens.toSpliced(2, 1));
  journal('beheaded', 'No. 1 taken out', ['missing'], tokens.slice(1));
  journal(
    'changed',
    'No. 3 changed',
    ['signature'],
    tokens.with(2, repay(tokens[2] ?? '', '"sends":1', '"sends":0')),
  );
  journal(
    'turned',
    'No. 3 behind No. 4',
    ['order'],
    tokens.with(2, tokens[3] ?? '').with(3, tokens[2] ?? ''),
  );
  journal('doubled', 'No. 3 twice', ['doubled'], tokens.toSpliced(3, 0, tokens[2] ?? ''));
  const stranger = await journalWith(4, 'vectors stranger');
  journal(
    'stranger',
    'an entry of another desk at the end',
    ['journal'],
    [...tokens, stranger.tokens()[4] ?? ''],
  );

  const forked = await (await journalWith(2, 'vectors')).fork('vectors forked');
  await forked.write(ended({ result: 'expired' }), MIA);
  journal('rewritten', 'No. 4 rewritten, No. 5 as before', ['chain'], [...forked.tokens(), tokens[4] ?? '']);
  journal('forked', 'No. 4 and another No. 4', ['forked'], tokens.toSpliced(4, 0, forked.tokens()[3] ?? ''));

  const changed = await rekeyed();
  const keys = [await (await rekeyed(0)).key(), await changed.key()];
  journal('keys', 'the key changed by No. 3', [], changed.tokens(), keys);
  const thief = await journalWith(1, 'vectors thief');
  const thiefs = await thief.key();
  await thief.changeKey('vectors');
  journal('announced', 'of a thief, who names a desk’s key as the next', [], thief.tokens(), [thiefs]);
  const head = changed.written.at(-1)?.head;
  if (head === undefined) throw new Error('empty');
  const by = async (seed: string, change: Partial<typeof head>, now: number) =>
    (
      await writeEntry(
        { signer: await signerOf(keyFrom(seed)), random: createFakeRandom(seed), practice: false, app: 'x' },
        { ...head, ...change },
        ended(),
        MIA,
        now,
      )
    ).token;
  journal(
    'stolen',
    'gone on by a key that nobody introduced',
    ['key'],
    [...changed.tokens(), await by('vectors thief', {}, MORNING + HOUR)],
  );
  journal(
    'backdated',
    'the last before the one before it',
    ['time'],
    [...changed.tokens(), await by('vectors second', { iat: 0 }, MORNING - HOUR)],
  );
  return made;
}

/** A journal whose third entry introduces another key, and `more` entries by that. */
async function rekeyed(more = 2): Promise<TestJournal> {
  const journal = await journalWith(1, 'vectors first');
  if (more === 0) return journal;
  await journal.changeKey('vectors second');
  for (let count = 0; count < more; count += 1) await journal.write(ended(), MIA);
  return journal;
}

/** The list as it stands in the file. */
export const listOf = (all: readonly (Vector & { readonly text: string })[]): Promise<string> =>
  format(
    JSON.stringify(all, (name, value: unknown) => (name === 'text' ? undefined : value)),
    {
      parser: 'json',
      singleQuote: true,
      printWidth: 110,
    },
  );

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const all = await vectors();
  for (const { file, text } of all) writeFileSync(join(FOLDER, file), text);
  writeFileSync(join(FOLDER, 'vectors.json'), await listOf(all));
}
