/** @file A file that leaves the program is its owner's alone, and whole or not there. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writePrivately } from '../../../src/main/system/private-file.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';

makeFolderForEach();

const never = new AbortController().signal;

it('is readable by its owner only, also in place of one that was open to all [T-export-private]', async () => {
  const path = join(folder, 'history.csv');
  writeFileSync(path, 'before');
  chmodSync(path, 0o644);
  expect(await writePrivately(path, ['a', Buffer.from('b')], never)).toEqual(ok(null));
  expect(readFileSync(path, 'utf8')).toBe('ab');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['history.csv']);
});

it('called off half-way leaves what was there, and nothing else [T-export-cancelled]', async () => {
  const path = join(folder, 'history.csv');
  writeFileSync(path, 'before');
  const controller = new AbortController();
  async function* pieces() {
    yield 'a';
    await Promise.resolve();
    controller.abort();
    yield 'b';
  }
  expect(await writePrivately(path, pieces(), controller.signal)).toEqual(fail('called-off'));
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['history.csv']);
});

it('called off behind its last piece is not there either', async () => {
  const controller = new AbortController();
  async function* pieces() {
    yield await Promise.resolve('a');
    controller.abort();
  }
  expect(await writePrivately(join(folder, 'x'), pieces(), controller.signal)).toEqual(fail('called-off'));
  expect(readdirSync(folder)).toEqual([]);
});

it('that fails half-way leaves nothing', async () => {
  function* pieces() {
    yield 'a';
    throw new Error('the records are gone');
  }
  expect(await writePrivately(join(folder, 'x'), pieces(), never)).toEqual(fail('other'));
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['a folder that is not there', 'nowhere/history.csv', 'other'],
  ['the place of a folder', 'taken', 'other'],
])('at %s says that it could not be written', async (_, name, why) => {
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
  expect(await writePrivately(join(folder, name), ['a'], never)).toEqual(fail(why));
  expect(existsSync(join(folder, 'taken', 'inside'))).toBe(true);
  expect(readdirSync(folder).toSorted()).toEqual(['file', 'taken']);
});
