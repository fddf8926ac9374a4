/** @file All rows of the records, as they are, or as they were when a second connection began to read. */
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import type { AnyRow, Snapshot } from '../ports/records.ts';
import { BUSY_TIMEOUT_MS } from './database.ts';
import { toAccount, toEntry, toMeta, toSpend, toVerification } from './rows.ts';

/** So many rows are read at once for a snapshot: a few milliseconds of work. */
const PIECE = 250;

/** Every row of every table, one by one. */
export function* rowsIn(database: DatabaseSync): Generator<AnyRow> {
  for (const row of database.prepare('SELECT * FROM verifications').iterate())
    yield { table: 'verifications', row: toVerification(row) };
  for (const row of database.prepare('SELECT * FROM spends').iterate())
    yield { table: 'spends', row: toSpend(row) };
  for (const row of database.prepare('SELECT * FROM accounts').iterate())
    yield { table: 'accounts', row: toAccount(row) };
  for (const row of database.prepare('SELECT * FROM entries').iterate())
    yield { table: 'entries', row: toEntry(row) };
}

async function* inPieces(rows: Iterable<AnyRow>): AsyncGenerator<readonly AnyRow[]> {
  let piece: AnyRow[] = [];
  for (const row of rows) {
    piece.push(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
    await turn();
  }
  yield piece;
}

/** A connection of its own, in a transaction that sees what was committed when it began (sqlite.org/isolation.html). */
export function snapshotOf(path: string): Omit<Snapshot, 'version'> {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
  database.exec('PRAGMA trusted_schema = OFF; BEGIN');
  const meta = database.prepare('SELECT * FROM meta').get();
  return {
    meta: meta === undefined ? null : toMeta(meta),
    rows: inPieces(rowsIn(database)),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}
