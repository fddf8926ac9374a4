/**
 * @file Opens a SQLite file the one way this program uses them. It must never leave a file that other users of
 * the machine can read, and never lose what was committed.
 */
import { closeSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fail, ok, type Result } from '../../shared/result.ts';
import { migrate, versionOf } from './migrations.ts';

/** A process that holds the lock lets go of it within a vault call's time-out; reads and plain writes wait so long. */
export const BUSY_TIMEOUT_MS = 5_000;

export type StoreProblem =
  /** Written by a later version of this program; it is left untouched. */
  | { readonly code: 'newer-schema'; readonly found: number; readonly known: number }
  /** Not a database, or a damaged one; it is left untouched. */
  | { readonly code: 'unreadable' };

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGED = new Set([11, 26]);

function isDamaged(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && DAMAGED.has(Number(error.errcode) & 0xff);
}

export function openDatabase(
  path: string,
  migrations: readonly string[],
): Result<DatabaseSync, StoreProblem> {
  // SQLite gives the -wal and -shm files the mode of the main one.
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // FULL: a spend is on the disk before it is answered, also when the power goes (sqlite.org/pragma.html).
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    const found = versionOf(database);
    if (found > migrations.length) {
      database.close();
      return fail({ code: 'newer-schema', found, known: migrations.length });
    }
    migrate(database, migrations);
    return ok(database);
  } catch (error) {
    database.close();
    if (isDamaged(error)) return fail({ code: 'unreadable' });
    throw error;
  }
}

/** Deletes a database with everything SQLite keeps beside it. It must be closed. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}
