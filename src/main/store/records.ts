/**
 * @file The records on SQLite. It does what the port says, row by row, and judges nothing: what may be spent is
 * decided by the domain, inside the transactions it begins here.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { RecordsTrouble } from '../../shared/words.ts';
import type { Records, SpendQuery } from '../ports/records.ts';
import { BUSY_TIMEOUT_MS, isBusy, openDatabase, removeDatabase } from './database.ts';
import { RECORDS_SCHEMA } from './migrations.ts';
import {
  fromMeta,
  fromSpend,
  fromVerification,
  insertInto,
  toCeiling,
  toMeta,
  toSpend,
  toVerification,
} from './rows.ts';

/** Another process holds the lock for two vault calls at most; after this something is wrong. */
const LOCK_PATIENCE_MS = 60_000;
const LOCK_RETRY_MS = 5;

/** Opens the records at `path`, or new ones in memory at ":memory:". */
export function openRecords(path: string): Result<Records, { readonly code: RecordsTrouble }> {
  const opened = openDatabase(path, RECORDS_SCHEMA);
  return opened.ok ? ok(recordsIn(opened.value)) : fail({ code: `records-${opened.problem.code}` });
}

/** Deletes the records at `path`. They must be closed. */
export const removeRecords = removeDatabase;

/** Waits for the write lock without blocking: its holder may be waiting for the vault in this very process. */
async function beginImmediate(database: DatabaseSync): Promise<void> {
  for (let waited = 0; ; waited += LOCK_RETRY_MS) {
    database.exec('PRAGMA busy_timeout = 0');
    try {
      database.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error) || waited >= LOCK_PATIENCE_MS) throw error;
    } finally {
      database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
    await sleep(LOCK_RETRY_MS);
  }
}

/** Prepares each statement once. */
function statements(database: DatabaseSync): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}

/** The condition of a spend query, and the values it needs. */
function where(query: SpendQuery): readonly [string, readonly SQLInputValue[]] {
  return 'address' in query
    ? ['counts = 1 AND address_hash = ? AND kind = ? AND at > ?', [query.address, query.kind, query.after]]
    : [
        'counts = 1 AND account_hash IS NOT NULL AND account_hash = ? AND at > ?',
        [query.account, query.after],
      ];
}

function recordsIn(database: DatabaseSync): Records {
  const prepare = statements(database);
  const get = (sql: string, ...values: readonly SQLInputValue[]) => prepare(sql).get(...values);
  const all = (sql: string, ...values: readonly SQLInputValue[]) => prepare(sql).all(...values);
  const run = (sql: string, ...values: readonly SQLInputValue[]) =>
    Number(prepare(sql).run(...values).changes);

  return {
    begin: () => beginImmediate(database),
    commit: () => database.exec('COMMIT'),
    rollback: () => {
      if (database.isTransaction) database.exec('ROLLBACK');
    },
    close: () => {
      if (database.isOpen) database.close();
    },

    meta: () => {
      const row = get('SELECT * FROM meta');
      return row === undefined ? null : toMeta(row);
    },
    setMeta: (meta) => {
      const row = { one: 1, ...fromMeta(meta) };
      prepare(`INSERT OR REPLACE ${insertInto('meta', row)}`).run(row);
    },

    verification: (id) => {
      const row = get('SELECT * FROM verifications WHERE id = ?', id);
      return row === undefined ? null : toVerification(row);
    },
    openedSince: (since, limit) =>
      all(
        'SELECT * FROM verifications WHERE opened_at >= ? ORDER BY opened_at DESC, id LIMIT ?',
        since,
        limit,
      ).map(toVerification),
    open: () => all("SELECT * FROM verifications WHERE state = 'open'").map(toVerification),
    nextExpiry: (after) => {
      const row = get(
        "SELECT min(expires_at) AS next FROM verifications WHERE state = 'open' AND expires_at > ?",
        after,
      );
      const next = row?.['next'];
      return typeof next === 'number' ? next : null;
    },
    all: () => all('SELECT * FROM verifications').map(toVerification),
    insert: (verification) => {
      const row = fromVerification(verification);
      prepare(`INSERT ${insertInto('verifications', row)}`).run(row);
    },
    countGuess: (id) =>
      run(
        `UPDATE verifications SET guesses_used = guesses_used + 1
         WHERE id = ? AND state = 'open' AND guesses_used < guesses_allowed`,
        id,
      ) === 1,
    verify: (id, at) =>
      run(
        "UPDATE verifications SET state = 'verified', ended_at = ? WHERE id = ? AND state = 'open'",
        at,
        id,
      ) === 1,
    end: (id, as, why, at) =>
      run(
        "UPDATE verifications SET state = ?, end_reason = ?, ended_at = ? WHERE id = ? AND state = 'open'",
        as,
        why,
        at,
        id,
      ) === 1,
    endOpen: (why, at) =>
      run(
        "UPDATE verifications SET state = 'expired', end_reason = ?, ended_at = ? WHERE state = 'open'",
        why,
        at,
      ),
    endDue: (now) =>
      run(
        `UPDATE verifications SET state = 'expired', end_reason = 'time', ended_at = expires_at
         WHERE state = 'open' AND expires_at <= ?`,
        now,
      ),
    lockSpent: (at) => {
      run(
        `UPDATE verifications SET state = 'locked', end_reason = 'guesses', ended_at = ?
         WHERE state = 'open' AND guesses_used >= guesses_allowed`,
        at,
      );
    },
    countSend: (id, ordinal, at) => {
      run(
        'UPDATE verifications SET attempts = ?, sends = sends + 1, last_sent_at = ? WHERE id = ?',
        ordinal,
        at,
        id,
      );
    },
    setDelivery: (id, ordinal, { state, outcome }) => {
      run(
        'UPDATE verifications SET delivery_state = ?, outcome = ? WHERE id = ? AND attempts = ?',
        state,
        outcome,
        id,
        ordinal,
      );
    },
    uncountSend: (id, ordinal) => {
      const uncounted = run(
        "UPDATE spends SET counts = 0 WHERE verification_id = ? AND kind = 'send' AND ordinal = ? AND counts = 1",
        id,
        ordinal,
      );
      if (uncounted === 1) run('UPDATE verifications SET sends = sends - 1 WHERE id = ?', id);
    },
    accountOf: (id, ordinal) => {
      const sql =
        "SELECT account_hash FROM spends WHERE verification_id = ? AND kind = 'send' AND ordinal = ?";
      const account = get(sql, id, ordinal)?.['account_hash'];
      return typeof account === 'string' ? account : null;
    },
    setCeiling: (id, ordinal, ceiling) => {
      run(
        "UPDATE spends SET ceiling = ? WHERE verification_id = ? AND kind = 'send' AND ordinal = ?",
        ceiling,
        id,
        ordinal,
      );
    },
    ceiling: ({ account, after }) => {
      const row = get(
        `SELECT ceiling, at FROM spends WHERE ceiling IS NOT NULL AND account_hash = ? AND at > ?
         ORDER BY at DESC, ceiling LIMIT 1`,
        account,
        after,
      );
      return row === undefined ? null : toCeiling(row);
    },
    liftCeiling: (account) => {
      run('UPDATE spends SET ceiling = NULL WHERE ceiling IS NOT NULL AND account_hash = ?', account);
    },
    untidied: (limit) =>
      all(
        `SELECT * FROM verifications WHERE tidied = 0 AND state <> 'open' AND delivery_state <> 'sending'
         ORDER BY opened_at LIMIT ?`,
        limit,
      ).map(toVerification),
    setTidied: (id) => {
      run('UPDATE verifications SET tidied = 1 WHERE id = ?', id);
    },
    interruptSending: () => {
      run("UPDATE verifications SET delivery_state = 'interrupted' WHERE delivery_state = 'sending'");
    },
    reseal: (id, sealed) => {
      run('UPDATE verifications SET sealed = ? WHERE id = ?', sealed, id);
    },

    insertSpend: (spend) => {
      const row = fromSpend(spend);
      prepare(`INSERT ${insertInto('spends', row)}`).run(row);
    },
    uncountGuess: (verificationId, ordinal) => {
      run(
        "UPDATE spends SET counts = 0 WHERE verification_id = ? AND kind = 'guess' AND ordinal = ?",
        verificationId,
        ordinal,
      );
    },
    countSpends: (query) => {
      const [condition, values] = where(query);
      const counted = get(`SELECT count(*) AS n FROM spends WHERE ${condition}`, ...values)?.['n'];
      return typeof counted === 'number' ? counted : 0;
    },
    spendBefore: (query, newer) => {
      const [condition, values] = where(query);
      const sql = `SELECT at FROM spends WHERE ${condition} ORDER BY at DESC LIMIT 1 OFFSET ?`;
      const at = get(sql, ...values, newer)?.['at'];
      return typeof at === 'number' ? at : null;
    },
    spends: () => all('SELECT * FROM spends').map(toSpend),

    purge: (endedBefore, spentBefore) => {
      run('DELETE FROM verifications WHERE ended_at < ?', endedBefore);
      run('DELETE FROM spends WHERE at < ?', spentBefore);
    },
  };
}
