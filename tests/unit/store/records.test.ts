/** @file The records on SQLite: what the file guarantees by itself, whatever the program asks of it. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/main/store/database.ts';
import { migrate, RECORDS_SCHEMA, type Schema, versionOf } from '../../../src/main/store/migrations.ts';
import { openRecords, removeRecords } from '../../../src/main/store/records.ts';
import type { Records, VerificationRow } from '../../../src/main/ports/records.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-store-'));
  path = join(folder, 'records.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(at = path): Records {
  const opened = openRecords(at);
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

const row: VerificationRow = {
  id: 'a'.repeat(32),
  state: 'open',
  endReason: null,
  openedAt: 1_000_000,
  expiresAt: 1_600_000,
  endedAt: null,
  codeLength: 6,
  guessesAllowed: 5,
  guessesUsed: 0,
  attempts: 1,
  sends: 1,
  lastSentAt: 1_000_000,
  deliveryState: 'sending',
  addressHash: 'h'.repeat(43),
  sealed: new Uint8Array([1, 2, 3]),
  outcome: null,
};

describe('the file', () => {
  it('is for its owner only, with everything SQLite keeps beside it [T-store-owner-only]', async () => {
    const records = open();
    await records.begin();
    records.insert(row);
    records.commit();
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o077).toBe(0);
    records.close();
  });

  it('keeps a write-ahead log and waits for the disk', () => {
    const opened = openDatabase(path, RECORDS_SCHEMA);
    if (!opened.ok) throw new Error(opened.problem.code);
    const database = opened.value;
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    // Of this connection alone, and not kept in the file: 2 is FULL (sqlite.org/pragma.html).
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    database.close();
  });

  it('keeps nothing of a row that was deleted', async () => {
    const records = open();
    const secret = Buffer.from('the sealed part of somebody who was here');
    await records.begin();
    records.insert({ ...row, state: 'expired', endedAt: 5, sealed: secret });
    records.commit();
    records.close();
    expect(readFileSync(path).includes(secret)).toBe(true);
    const again = open();
    await again.begin();
    again.purge(6, 6);
    again.commit();
    again.close();
    expect(readFileSync(path).includes(secret)).toBe(false);
  });

  it('goes away whole', () => {
    open().close();
    // What a killed program leaves.
    for (const suffix of ['-wal', '-shm']) writeFileSync(path + suffix, '');
    removeRecords(path);
    for (const suffix of ['', '-wal', '-shm']) expect(existsSync(path + suffix)).toBe(false);
  });

  it('is told apart from something that is no database, and left alone', () => {
    writeFileSync(path, 'nothing that SQLite ever wrote, but long enough to have a header'.repeat(20));
    const before = statSync(path).size;
    expect(openRecords(path)).toEqual({ ok: false, problem: { code: 'records-unreadable' } });
    expect(statSync(path).size).toBe(before);
  });

  it.each(['verifications', 'verifications_opened', 'meta'])(
    'with the first page of %s overwritten is told apart from a healthy one, and left alone',
    async (name) => {
      const records = open();
      await records.begin();
      for (let n = 0; n < 500; n += 1) records.insert({ ...row, id: n.toString(16).padStart(32, '0') });
      records.commit();
      records.close();
      const database = new DatabaseSync(path);
      const found = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
      const size = Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
      database.close();
      const file = readFileSync(path);
      file.fill(0x55, (Number(found?.['rootpage']) - 1) * size, Number(found?.['rootpage']) * size);
      writeFileSync(path, file);
      expect(openRecords(path)).toEqual({ ok: false, problem: { code: 'records-unreadable' } });
      expect(readFileSync(path).equals(file)).toBe(true);
    },
  );

  it.each([
    ['a later version', 7, RECORDS_SCHEMA.applicationId, 'records-newer'],
    ['a version before the first release', 4, 0, 'records-older'],
  ])('of %s is told apart and left alone', (_, version, application, code) => {
    const database = new DatabaseSync(path);
    database.exec(
      `CREATE TABLE meta (x); PRAGMA user_version = ${version}; PRAGMA application_id = ${application}`,
    );
    database.close();
    expect(openRecords(path)).toEqual({ ok: false, problem: { code } });
    const after = new DatabaseSync(path);
    expect(after.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'meta' }]);
    after.close();
  });
});

describe('the schema', () => {
  it('of an opened file is schema.sql, statement by statement', () => {
    open().close();
    const database = new DatabaseSync(path);
    const found = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
    database.close();
    const text = readFileSync('src/main/store/schema.sql', 'utf8');
    const bare = (sql: string) => sql.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim();
    const statements = bare(text).split(';').map(bare).filter(Boolean);
    expect(found.map((row) => bare(String(row['sql']))).toSorted()).toEqual(statements.toSorted());
  });
});

describe('migrations', () => {
  const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD y', 'CREATE TABLE b (z)'];
  const schema = (...to: readonly string[]): Schema => ({ applicationId: 7, steps: to });

  it('are taken one by one and never twice', () => {
    const database = new DatabaseSync(path);
    migrate(database, schema(...steps.slice(0, 1)));
    database.exec('INSERT INTO a VALUES (1)');
    migrate(database, schema(...steps));
    migrate(database, schema(...steps));
    expect(versionOf(database)).toBe(3);
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: null }]);
    database.close();
  });

  it('leave the version before a step that fails, and its data', () => {
    const database = new DatabaseSync(path);
    const broken = schema(...steps.slice(0, 2), 'CREATE TABLE b (z); INSERT INTO nowhere VALUES (1)');
    expect(() => migrate(database, broken)).toThrow('no such table');
    expect(versionOf(database)).toBe(2);
    expect(() => database.prepare('SELECT * FROM b')).toThrow('no such table');
    migrate(database, schema(...steps));
    expect(versionOf(database)).toBe(3);
    database.close();
  });

  it('are seen by a copy of the file taken at any time', () => {
    open().close();
    copyFileSync(path, `${path}.copy`);
    expect(open(`${path}.copy`).meta()).toBeNull();
  });
});

describe('the constraints', () => {
  it.each<[string, Partial<VerificationRow>]>([
    ['a sixth guess', { guessesUsed: 6 }],
    ['fewer guesses than none', { guessesUsed: -1 }],
    ['more guesses than the policy knows', { guessesAllowed: 6 }],
    ['a code of five digits', { codeLength: 5 }],
    ['a life of eleven minutes', { expiresAt: row.openedAt + 660_000 }],
    ['an open one that has ended', { endedAt: 5 }],
    ['an ended one without a time', { state: 'expired' }],
    ['a verified one with a reason for its end', { state: 'verified', endedAt: 5, endReason: 'time' }],
    ['more messages than were tried', { sends: 2 }],
    ['an address in place of its hash', { addressHash: 'maria@example.test' }],
    ['a short id', { id: 'abc' }],
  ])('refuse %s [T-store-refuses]', async (_, change) => {
    const records = open();
    await records.begin();
    expect(() => records.insert({ ...row, ...change })).toThrow('CHECK constraint failed');
    records.rollback();
    records.close();
  });
});

describe('the conditional updates', () => {
  let records: Records;
  beforeEach(async () => {
    records = open(':memory:');
    await records.begin();
    records.insert(row);
  });
  afterEach(() => records.close());

  it('count guesses up to the last and no further [T-store-guess-limit]', () => {
    const counted = Array.from({ length: 7 }, () => records.countGuess(row.id));
    expect(counted).toEqual([true, true, true, true, true, false, false]);
  });

  it('verify once, and only what is open [T-store-verify-once]', () => {
    expect(records.verify(row.id, 5)).toBe(true);
    expect(records.verify(row.id, 6)).toBe(false);
    expect(records.end(row.id, 'cancelled', 'desk', 7)).toBe(false);
    expect(records.countGuess(row.id)).toBe(false);
    expect(records.verification(row.id)).toMatchObject({ state: 'verified', endedAt: 5 });
  });

  it('do not let an earlier message’s outcome overwrite a later one’s', () => {
    records.countSend(row.id, 2, 5);
    records.setDelivery(row.id, 1, { state: 'accepted', outcome: new Uint8Array([9]) });
    expect(records.verification(row.id)).toMatchObject({ deliveryState: 'sending', outcome: null });
  });
});

describe('a transaction', () => {
  it('waits for another to end, without blocking the process that has to end it', async () => {
    const [first, second] = [open(), open()];
    await first.begin();
    first.insert(row);
    const waiting = second.begin();
    expect(second.verification(row.id)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 20));
    first.commit();
    await waiting;
    expect(second.verification(row.id)?.id).toBe(row.id);
    second.rollback();
    first.close();
    second.close();
  });
});
