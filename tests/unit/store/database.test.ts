/** @file An SQLite that can damage a file shared by two processes is kept from sharing one; what is rewritten is whole. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { isAside, isBusy, isDamage, mustBeAlone, openDatabase } from '../../../src/main/store/database.ts';
import { fail } from '../../../src/shared/result.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';
import { valueOf } from '../../fakes/value-of.ts';

const SCHEMA = { applicationId: 1, steps: ['CREATE TABLE notes (text TEXT) STRICT'] };
makeFolderForEach();

it.each([
  ['3.51.2', true],
  ['3.50.9', true],
  ['2.99.99', true],
  [undefined, true],
  ['', true],
  ['newest', true],
  ['3.51.3', false],
  ['3.51.10', false],
  ['3.53.4', false],
  ['4.0.0', false],
])('SQLite %s must have its file to itself: %s', (version, alone) => {
  expect(mustBeAlone(version)).toBe(alone);
});

it.each([
  ['3.51.2', 'is kept out'],
  [process.versions['sqlite'], 'may read'],
])('with SQLite %s another process %s', (version, outcome) => {
  const path = join(folder, 'records.db');
  const database = valueOf(openDatabase(path, SCHEMA, { sqlite: version }));
  database.exec("INSERT INTO notes VALUES ('mine')");
  const other = new DatabaseSync(path, { timeout: 0 });
  const read = () => other.prepare('SELECT text FROM notes').get()?.['text'];
  if (outcome === 'may read') expect(read()).toBe('mine');
  else expect(read).toThrow('database is locked');
  other.close();
  database.close();
});

it(
  'waits for a file that another one has for itself no longer than its time-out',
  { timeout: 60_000 },
  () => {
    const path = join(folder, 'records.db');
    const opened = openDatabase(path, SCHEMA, { sqlite: '3.51.2' });
    expect(() => openDatabase(path, SCHEMA)).toThrow('database is locked');
    if (opened.ok) opened.value.close();
    expect(openDatabase(path, SCHEMA)).toMatchObject({ ok: true });
  },
);

it('the SQLite of this Node is one that may share', () => {
  expect(mustBeAlone(process.versions['sqlite'])).toBe(false);
});

it('believes no version that a file says of itself: one with nothing in it is none of ours', () => {
  const path = join(folder, 'records.db');
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 1; PRAGMA application_id = 1');
  database.close();
  expect(openDatabase(path, SCHEMA)).toEqual(fail({ code: 'unreadable' }));
});

it('opens a file that is up to date while another process writes in it', () => {
  const path = join(folder, 'records.db');
  const writing = valueOf(openDatabase(path, SCHEMA));
  writing.exec('BEGIN IMMEDIATE');
  valueOf(openDatabase(path, SCHEMA)).close();
  writing.close();
});

it('looks at a large file of an earlier schema before it is rewritten, and leaves a damaged one as it is', () => {
  const path = join(folder, 'records.db');
  const database = valueOf(openDatabase(path, SCHEMA));
  const insert = database.prepare('INSERT INTO notes VALUES (?)');
  for (let n = 0; n < 300; n += 1) insert.run('x'.repeat(8_000));
  database.close();
  expect(isAside(path, process.versions['sqlite'])).toBe(true);
  // Its log is not for a second connection.
  expect(isAside(path, '3.51.2')).toBe(false);
  const damaged = readFileSync(path).fill(0x55, 2 ** 20, 2 ** 20 + 4_096);
  writeFileSync(path, damaged);
  const later = { ...SCHEMA, steps: [...SCHEMA.steps, 'CREATE INDEX notes_text ON notes (text)'] };
  expect(openDatabase(path, later, { aside: true })).toEqual(fail({ code: 'unreadable' }));
  expect(readFileSync(path).equals(damaged)).toBe(true);
});

it.each([
  [11, true, false],
  [26, true, false],
  // SQLITE_CORRUPT_INDEX and SQLITE_BUSY_SNAPSHOT: the kind is in the last byte.
  [779, true, false],
  [517, false, true],
  [5, false, true],
  [13, false, false],
])('of SQLite’s code %i: damage %s, busy %s', (errcode, damage, busy) => {
  const error = Object.assign(new Error(), { errcode });
  expect([isDamage(error), isBusy(error)]).toEqual([damage, busy]);
});
