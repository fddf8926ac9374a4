/**
 * @file The test vectors checked by a library that is not ours, Debian's python3-jwcrypto, with a script that was written
 * from docs/receipt-format.md alone.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Vector } from '../../vectors/make.ts';

const folder = join(import.meta.dirname, '../../vectors');

describe.skipIf(process.platform !== 'linux')('somebody without Countersign', () => {
  it('finds in every vector what Countersign finds [T-vectors-python]', async () => {
    const { stdout } = await promisify(execFile)('/usr/bin/python3', [join(folder, 'check.py'), folder]);
    const found = JSON.parse(stdout) as Readonly<Record<string, object>>;
    const list = JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')) as readonly Vector[];
    const expected = list.map(({ file, faults, n, practice, keys, shown }) => [
      file,
      // The text of a receipt is not signed, and the document says to judge by the token.
      { faults: faults.filter((fault) => fault !== 'text'), n, practice, keys, shown },
    ]);
    expect(found).toEqual(Object.fromEntries(expected));
  });
});
