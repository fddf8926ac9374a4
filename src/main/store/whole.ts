/**
 * @file Whether a file is whole: every page can be read, every number is one, and every index has what its table has. What is
 * damaged far from the header would otherwise be found by the query that happens on it, where it can't be said what is wrong;
 * and budgets are counted by indexes. A large file is looked at in a thread of its own, beside the desk's work.
 */
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/**
 * It costs 60 ms with 3,000 verifications, a month of a hundred a day, and 1 s with 57,000, the most a month can hold. Like the
 * next one it refers to nothing outside itself: the thread is given its text.
 */
export function hasWholePages(database: DatabaseSync): boolean {
  return database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'] === 'ok';
}

/**
 * A number that is larger than JavaScript's fails whatever reads its row, also what looks for changes. It costs a quarter of
 * {@link hasWholePages}.
 */
export function hasOnlyNumbers(database: DatabaseSync): boolean {
  const most = Number.MAX_SAFE_INTEGER;
  const tables = database
    .prepare(
      `SELECT t.name AS "table", group_concat(c.name || ' NOT BETWEEN -${most} AND ${most}', ' OR ') AS odd
       FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'INTEGER' GROUP BY t.name`,
    )
    .all();
  return tables.every(({ table, odd }) => {
    const sql = `SELECT 1 FROM ${String(table)} WHERE ${String(odd)} LIMIT 1`;
    return database.prepare(sql).get() === undefined;
  });
}

/** Says true, false, null for another file, or what else went wrong. A thread finds no file in a packed program's archive, so that it has its text. */
const THREAD = `
  const { DatabaseSync } = require('node:sqlite');
  const { parentPort, workerData } = require('node:worker_threads');
  const hasWholePages = ${hasWholePages.toString()};
  const hasOnlyNumbers = ${hasOnlyNumbers.toString()};
  const { path, seal, timeout, damaged } = workerData;
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout });
    database.exec('PRAGMA trusted_schema = OFF; BEGIN');
    const isIt = Buffer.compare(database.prepare('SELECT seal FROM meta').get()?.seal ?? Buffer.alloc(0), seal) === 0;
    parentPort.postMessage(isIt ? hasWholePages(database) && hasOnlyNumbers(database) : null);
    database.close();
  } catch (error) {
    if (!damaged.includes(error.errcode & 0xff)) throw error;
    parentPort.postMessage(false);
  }
`;

export interface Look {
  /** Null when another file lies at the path, or what it was told by was changed since. Rejects when it could not be looked. */
  readonly whole: Promise<boolean | null>;
  /** Ends it: then it says that it found nothing. */
  readonly stop: () => void;
}

/**
 * Looks at the file at `path` in a thread of its own. `seal`: of the line about the store, by which the file is told from
 * another one at its path; it must lie in the file itself and not in its log. `damaged`: SQLite's result codes that say so.
 */
export function lookAside(path: string, seal: Uint8Array, timeout: number, damaged: readonly number[]): Look {
  const thread = new Worker(THREAD, { eval: true, workerData: { path, seal, timeout, damaged } });
  const whole = new Promise<boolean | null>((resolve, reject) => {
    // It posts nothing else.
    thread.once('message', (said: boolean | null) => resolve(said));
    thread.once('error', reject);
    thread.once('exit', () => resolve(true));
  });
  return { whole, stop: () => void thread.terminate() };
}
