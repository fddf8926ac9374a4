/** @file The records on SQLite: what the file guarantees by itself. */
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/main/store/database.ts';
import { migrate, RECORDS_SCHEMA, type Schema, versionOf } from '../../../src/main/store/migrations.ts';
import { areRecordsUsed, openRecords, removeRecords } from '../../../src/main/store/records.ts';
import type { Kept, RecordsFile, VerificationRow } from '../../../src/main/ports/records.ts';
import { fail } from '../../../src/shared/result.ts';
import { OPEN_ROW } from '../../fakes/row.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';
import { valueOf } from '../../fakes/value-of.ts';

makeFolderForEach();
let path: string;
beforeEach(() => (path = join(folder, 'records.db')));

const open = (at = path): RecordsFile => valueOf(openRecords(at));

const row: Kept<VerificationRow> = {
  ...OPEN_ROW,
  leftBy: null,
  sealed: new Uint8Array([1, 2, 3]),
  seal: new Uint8Array(32),
};

describe('the file', () => {
  it('is for its owner only, with everything SQLite keeps beside it [T-store-owner-only]', async () => {
    const records = open();
    await records.begin();
    records.insertVerification(row);
    records.commit();
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o077).toBe(0);
    records.close();
  });

  it('keeps a write-ahead log and waits for the disk', () => {
    const database = valueOf(openDatabase(path, RECORDS_SCHEMA));
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    // Of this connection alone, and not kept in the file: 2 is FULL (sqlite.org/pragma.html).
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    database.close();
  });

  it('keeps nothing of a row that was deleted', async () => {
    const records = open();
    const secret = Buffer.from('the sealed part of somebody who was here');
    await records.begin();
    records.insertVerification({ ...row, state: 'expired', endedAt: 5, sealed: secret });
    records.commit();
    records.close();
    expect(readFileSync(path).includes(secret)).toBe(true);
    const again = open();
    await again.begin();
    again.deleteVerification(row.id);
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
    expect(openRecords(path)).toEqual(fail({ code: 'records-unreadable' }));
    expect(statSync(path).size).toBe(before);
  });

  it.each(['verifications', 'verifications_opened', 'meta'])(
    'with the first page of %s overwritten is told apart from a healthy one, and left alone',
    async (name) => {
      const records = open();
      await records.begin();
      for (let n = 0; n < 500; n += 1)
        records.insertVerification({ ...row, id: n.toString(16).padStart(32, '0') });
      records.commit();
      records.close();
      const database = new DatabaseSync(path);
      const found = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
      const size = Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
      database.close();
      const file = readFileSync(path);
      file.fill(0x55, (Number(found?.['rootpage']) - 1) * size, Number(found?.['rootpage']) * size);
      writeFileSync(path, file);
      expect(openRecords(path)).toEqual(fail({ code: 'records-unreadable' }));
      expect(readFileSync(path).equals(file)).toBe(true);
    },
  );

  it.each([
    ['the next version', RECORDS_SCHEMA.steps.length + 1, RECORDS_SCHEMA.applicationId, 'records-newer'],
    ['a version before the first release', 4, 0, 'records-older'],
  ])('of %s is told apart and left alone', (_, version, application, code) => {
    const database = new DatabaseSync(path);
    database.exec(
      `CREATE TABLE meta (x); PRAGMA user_version = ${version}; PRAGMA application_id = ${application}`,
    );
    database.close();
    const before = readFileSync(path);
    expect(openRecords(path)).toEqual(fail({ code }));
    // To the byte: not even its way of writing is another.
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('the schema', () => {
  it('of an opened file is schema.sql, statement by statement, but for the indexes of the second step', () => {
    open().close();
    const database = new DatabaseSync(path);
    const found = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
    database.close();
    const text = readFileSync('src/main/store/schema.sql', 'utf8');
    const bare = (sql: string) => sql.replace(/--.*$/gm, '').replace(/\s+/g, ' ').trim();
    const ofFirst = bare(text).split(';').map(bare).filter(Boolean);
    const isReplaced = (sql: string) => /^CREATE INDEX spends_(at|of_address|of_guesses) /.test(sql);
    expect(found.map((row) => bare(String(row['sql']))).toSorted()).toEqual(
      [
        ...ofFirst.filter((sql) => !isReplaced(sql)),
        "CREATE INDEX spends_of_address ON spends (address_hash, at) WHERE counts = 1 AND kind = 'send'",
        "CREATE INDEX spends_of_guesses ON spends (at, address_hash, odds) WHERE counts = 1 AND kind = 'guess'",
      ].toSorted(),
    );
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

  it('are not begun in a file that holds something else than the steps before have made', () => {
    const database = new DatabaseSync(path);
    migrate(database, schema(...steps.slice(0, 1)));
    database.exec('CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END');
    expect(migrate(database, schema(...steps))).toBe(false);
    expect(versionOf(database)).toBe(1);
    database.close();
  });

  it('are seen by a copy of the file taken at any time', () => {
    open().close();
    copyFileSync(path, `${path}.copy`);
    expect(open(`${path}.copy`).meta()).toBeNull();
  });
});

describe('the constraints', () => {
  it.each<[string, Partial<Kept<VerificationRow>>]>([
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
    expect(() => records.insertVerification({ ...row, ...change })).toThrow('CHECK constraint failed');
    records.rollback();
    records.close();
  });
});

describe('an update', () => {
  let records: RecordsFile;
  beforeEach(async () => {
    records = open(':memory:');
    await records.begin();
    records.insertVerification(row);
  });
  afterEach(() => records.close());

  it('takes the place of the row with the seal that it names, whole [T-store-update]', () => {
    const seal = new Uint8Array(32).fill(7);
    const next = { ...row, guessesUsed: 1, leftBy: 1, outcome: new Uint8Array([9]), seal };
    expect(records.updateVerification(next, row)).toBe(true);
    expect(records.verification(row.id)).toEqual(next);
  });

  it('changes nothing when another row is there by now', () => {
    const seal = new Uint8Array(32).fill(7);
    expect(records.updateVerification({ ...row, guessesUsed: 1, seal }, { ...row, seal })).toBe(false);
    expect(records.verification(row.id)).toEqual(row);
    const spend = {
      verificationId: row.id,
      kind: 'guess',
      ordinal: 1,
      at: 1,
      addressHash: row.addressHash,
    } as const;
    const kept = { ...spend, accountHash: null, odds: 100, counts: true, ceiling: null, seal: row.seal };
    records.insertSpend(kept);
    expect(records.updateSpend({ ...kept, counts: false }, { ...kept, seal })).toBe(false);
    expect(records.spend(row.id, 'guess', 1)).toEqual(kept);
  });

  it('passes no limit of the table [T-store-limit]', () => {
    const seal = new Uint8Array(32).fill(7);
    expect(() => records.updateVerification({ ...row, guessesUsed: 6, seal }, row)).toThrow('CHECK');
  });
});

it('records that can’t be read may have been spent in: a session beside them waits', () => {
  const path = join(folder, 'damaged.db');
  expect(areRecordsUsed(path)).toBe(false);
  writeFileSync(path, 'no database');
  expect(areRecordsUsed(path)).toBe(true);
});

describe('what is not ours in the schema', () => {
  it.each([
    ['a trigger', 'CREATE TRIGGER t AFTER UPDATE ON verifications BEGIN SELECT 1; END'],
    ['a view', 'CREATE VIEW v AS SELECT * FROM verifications'],
    ['a table', 'CREATE TABLE t (x)'],
    ['an index', 'CREATE INDEX i ON verifications (id)'],
    ['a column', 'ALTER TABLE spends ADD COLUMN x TEXT'],
    ['one index less', 'DROP INDEX spends_of_address'],
    [
      'a view in the place of a table',
      'ALTER TABLE accounts RENAME TO a; CREATE VIEW accounts AS SELECT * FROM a',
    ],
  ])('(%s) makes a file unreadable, and it is left alone [T-store-planted]', (_, planted) => {
    open().close();
    const database = new DatabaseSync(path);
    database.exec(planted);
    database.close();
    const before = readFileSync(path);
    expect(openRecords(path)).toEqual(fail({ code: 'records-unreadable' }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    ['another limit', 'BETWEEN 0 AND guesses_allowed', 'BETWEEN 0 AND 1000000000000000'],
    // SQLite's comments end at a line feed only.
    ['a comment that hides a limit', "\n  CHECK ((state = 'open')", "--\rCHECK ((state = 'open')"],
  ])('(%s, written into the file itself) makes it unreadable', (_, ours, theirs) => {
    open().close();
    const text = readFileSync(path, 'latin1');
    const edited = text.replace(ours, theirs);
    expect(edited).not.toBe(text);
    writeFileSync(path, edited, 'latin1');
    expect(openRecords(path)).toEqual(fail({ code: 'records-unreadable' }));
  });

  it('makes a new file unreadable too: nothing is created beside it', () => {
    const database = new DatabaseSync(path);
    database.exec('CREATE VIEW verifications AS SELECT 1');
    database.close();
    expect(openRecords(path)).toEqual(fail({ code: 'records-unreadable' }));
  });
});

describe('a transaction', () => {
  it('waits for another to end, without blocking the process that has to end it', async () => {
    const [first, second] = [open(), open()];
    await first.begin();
    first.insertVerification(row);
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
