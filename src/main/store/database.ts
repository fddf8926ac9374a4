/**
 * @file Opens a SQLite file the one way this program uses them. It must never leave a file that other users of
 * the machine can read, and never lose what was committed.
 */
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isCurrent, isOnly, migrate, type Schema, standingOf } from './migrations.ts';
import { hasOnlyNumbers, hasWholePages, lookAside, type Look } from './whole.ts';

/** A process that holds the lock lets go of it within a vault call's time-out; reads and plain writes wait so long. */
export const BUSY_TIMEOUT_MS = 5_000;

export type StoreProblem =
  /** Written by a later version of this program; it is left untouched. */
  | { readonly code: 'newer' }
  /** Written by a version before the first one that was released; it is left untouched. */
  | { readonly code: 'older' }
  /** Not a database, or a damaged one; it is left untouched. */
  | { readonly code: 'unreadable' };

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGED = [11, 26];

const SQLITE_BUSY = 5;
const BUSY_RETRY_MS = 5;

/** SQLite's own primary result code, without the extension; null for what is not SQLite's. */
const resultCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null;

/** SQLite met damage, or a number that JavaScript has not. */
export const isDamage = (error: unknown): boolean =>
  DAMAGED.includes(resultCode(error) ?? 0) ||
  (error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE');

/** Another process has the lock. */
export const isBusy = (error: unknown): boolean => resultCode(error) === SQLITE_BUSY;

/**
 * Turns the write-ahead log on. Two processes that make the same file both hold its read lock and both want it alone;
 * SQLite then answers "busy" at once instead of letting both wait for ever (sqlite.org/c3ref/busy_handler.html), so
 * the waiting is done here. 94 of 6,000 such openings failed without it.
 */
function useWriteAheadLog(database: DatabaseSync): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const until = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      // Some of these answers have waited for the whole time-out themselves.
      if (!isBusy(error) || performance.now() >= until) throw error;
    }
    Atomics.wait(clock, 0, 0, BUSY_RETRY_MS);
  }
}

/** The first version in which two connections that reset the log at once cannot damage the file (sqlite.org/wal.html). */
const SAFE_TOGETHER = [3, 51, 3] as const;

/** Whether this version of SQLite may damage a file that another process has open as well. Unknown ones may. */
export function mustBeAlone(version: string | undefined): boolean {
  const numbers = (version ?? '').split('.').map(Number);
  const differs = SAFE_TOGETHER.findIndex((safe, place) => numbers[place] !== safe);
  return differs >= 0 && !((numbers[differs] ?? 0) > (SAFE_TOGETHER[differs] ?? 0));
}

/** Up to here looking takes some 15 ms, and is quicker than a thread. */
const ASIDE_BYTES = 2 ** 20;

/** Whether the file is looked at beside the desk's work: a large one, where a second connection may read it. */
export const isAside = (path: string, sqlite: string | undefined): boolean =>
  path !== ':memory:' && !mustBeAlone(sqlite) && statSync(path).size >= ASIDE_BYTES;

/** Looks in a thread at an open file that was too large to be looked at on opening. */
export const lookAtPages = (path: string, seal: Uint8Array): Look =>
  lookAside(path, seal, BUSY_TIMEOUT_MS, DAMAGED);

/** Looks at an open file here and now. */
export const isWhole = (database: DatabaseSync): boolean =>
  hasWholePages(database) && hasOnlyNumbers(database);

/**
 * `sqlite`: the version that is at work, which in Electron is Electron's own. `aside`: a large file may be opened before all of it
 * was looked at, because the caller has {@link lookAtPages} do that where {@link isAside}.
 */
export function openDatabase(
  path: string,
  schema: Schema,
  {
    sqlite = process.versions['sqlite'],
    aside = false,
  }: { sqlite?: string | undefined; aside?: boolean } = {},
): Result<DatabaseSync, StoreProblem> {
  // SQLite gives the -wal and -shm files the mode of the main one.
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  const refuse = (code: StoreProblem['code']) => {
    database.close();
    return fail({ code });
  };
  try {
    // What stands in the schema of a file that someone else wrote is not to be run (sqlite.org/security.html).
    database.exec('PRAGMA trusted_schema = OFF');
    // First: turning the log on writes into the file, and one that is not ours is left as it is.
    const standing = standingOf(database, schema);
    if (standing !== 'known') return refuse(standing);
    // The program has one connection a file; a second program is kept out, if need be, until this one ends.
    if (mustBeAlone(sqlite)) database.exec('PRAGMA locking_mode = EXCLUSIVE');
    useWriteAheadLog(database);
    // FULL: a spend is on the disk before it is answered, also when the power goes (sqlite.org/pragma.html).
    database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    // What is rewritten is looked at first, however long it takes.
    const later = aside && isAside(path, sqlite) && isCurrent(database, schema);
    if (!later && !hasWholePages(database)) return refuse('unreadable');
    if (!migrate(database, schema)) return refuse('unreadable');
    // Nothing was read or written yet that a planted trigger, view or table could have had a hand in.
    if (!isOnly(database, schema)) return refuse('unreadable');
    return later || hasOnlyNumbers(database) ? ok(database) : refuse('unreadable');
  } catch (error) {
    database.close();
    if (isDamage(error)) return fail({ code: 'unreadable' });
    throw error;
  }
}

/** Deletes a database with everything SQLite keeps beside it. It must be closed. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}
