/** @file An SQLite that can damage a file shared by two processes is kept from sharing one. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { mustBeAlone, openDatabase } from '../../../src/main/store/database.ts';
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
