/** @file The test vectors of docs/receipt-format.md: what the program writes today is what they are, and it finds what they say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../../src/main/journal/chain.ts';
import { digestOf } from '../../../src/main/journal/encoding.ts';
import { readReceipt } from '../../../src/main/journal/receipt.ts';
import { createSignatureReader } from '../../../src/main/journal/signature.ts';
import { listOf, type Vector, vectors } from '../../vectors/make.ts';

const folder = join(import.meta.dirname, '../../vectors');
const fileNamed = (name: string) => readFileSync(join(folder, name), 'utf8');
const list = JSON.parse(fileNamed('vectors.json')) as readonly Vector[];

async function find({ kind, file, what }: Vector): Promise<Vector> {
  const text = fileNamed(file);
  if (kind === 'journal') {
    const { faults, journal } = await readJournal(text);
    const kinds = faults.map((fault) => fault.kind);
    return { kind, file, what, faults: kinds, ...(kinds.length === 0 && { keys: journal?.keys ?? [] }) };
  }
  const { entry, shown, faults } = await readReceipt(createSignatureReader(), text);
  const kinds = faults.map((fault) => fault.kind);
  if (entry === null || kinds.includes('disclosure')) return { kind, file, what, faults: kinds };
  const { practice, thumbprint, claims } = entry;
  return { kind, file, what, faults: kinds, n: claims.n, practice, keys: [thumbprint], shown };
}

describe('the test vectors', () => {
  it('are what is written today, to the byte [T-vectors-same]', async () => {
    const made = await vectors();
    for (const { file, text } of made) expect([file, fileNamed(file)]).toEqual([file, text]);
    expect(fileNamed('vectors.json')).toBe(await listOf(made));
  });

  it('are judged as they say [T-vectors]', async () => {
    expect(list.length).toBeGreaterThan(20);
    for (const vector of list) expect(await find(vector)).toEqual(vector);
  });

  it('and the example of the document is one of them', async () => {
    const document = readFileSync(join(folder, '../../docs/receipt-format.md'), 'utf8');
    const [entry = ''] = fileNamed('journal-whole.txt').split('\n');
    const [header = '', payload = ''] = entry
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    for (const part of [entry, header, payload, await digestOf(entry), list[0]?.keys?.[0] ?? 'none'])
      expect(document).toContain(part);
  });
});
