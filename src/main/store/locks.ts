/** @file What another connection can hold: the write lock, and the write-ahead log. It is waited for without blocking. */
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUSY_TIMEOUT_MS, isBusy } from './database.ts';

/** Another process holds the lock for two vault calls at most; after this something is wrong. */
const LOCK_PATIENCE_MS = 60_000;
const LOCK_RETRY_MS = 5;
const LOG_RETRY_MS = 50;

/** Waits for the write lock without blocking: its holder may be waiting for the vault in this very process. */
export async function beginImmediate(database: DatabaseSync): Promise<void> {
  for (let waited = 0; ; waited += LOCK_RETRY_MS) {
    try {
      database.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error) || waited >= LOCK_PATIENCE_MS) throw error;
    } finally {
      database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
    await sleep(LOCK_RETRY_MS);
  }
}

/** Moves what is committed from the write-ahead log into the file; false where another connection reads in the log. */
export function isLogEmptied(database: DatabaseSync): boolean {
  database.exec('PRAGMA busy_timeout = 0');
  const done = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  return done?.['busy'] === 0;
}

/** Empties the write-ahead log, which a reader on another connection keeps from being emptied while it reads. */
export async function emptyLog(database: DatabaseSync): Promise<void> {
  for (let waited = 0; waited < LOCK_PATIENCE_MS; waited += LOG_RETRY_MS) {
    if (isLogEmptied(database)) return;
    await sleep(LOG_RETRY_MS);
  }
  throw new Error('the write-ahead log cannot be emptied: another connection reads it');
}
