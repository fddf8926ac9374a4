/**
 * @file The records on SQLite. It does what the port says, row by row, and judges nothing: what may be spent, and whether
 * a row is what it says, is decided by the ledger, inside the transactions it begins here.
 */
import { existsSync } from 'node:fs';
import { type DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { RecordsTrouble } from '../../shared/words.ts';
import type { RecordsFile, SpendQuery } from '../ports/records.ts';
import {
  isAside,
  isDamage,
  isWhole,
  lookAtPages,
  mustBeAlone,
  openDatabase,
  removeDatabase,
} from './database.ts';
import { readPage } from './history-page.ts';
import { beginImmediate, emptyLog, isLogEmptied } from './locks.ts';
import { rowsIn, snapshotOf } from './snapshot.ts';
import type { Look } from './whole.ts';
import { isOnly, RECORDS_SCHEMA } from './migrations.ts';
import {
  fromAccount,
  fromEntry,
  fromMeta,
  fromSpend,
  fromVerification,
  insertInto,
  setTo,
  toAccount,
  toCeiling,
  toEntry,
  toMeta,
  toSpend,
  toVerification,
  toVersion,
} from './rows.ts';

/**
 * Opens the records at `path`, or new ones in memory at ":memory:". A large file is looked at while it is used: its
 * {@link RecordsFile.isWhole} says what came of it. `sqlite`: the version that is at work.
 */
export function openRecords(
  path: string,
  sqlite = process.versions['sqlite'],
): Result<RecordsFile, { readonly code: RecordsTrouble }> {
  const opened = openDatabase(path, RECORDS_SCHEMA, { sqlite, aside: true });
  return opened.ok
    ? ok(
        recordsIn(
          opened.value,
          path === ':memory:' || mustBeAlone(sqlite) ? null : path,
          isAside(path, sqlite),
        ),
      )
    : fail({ code: `records-${opened.problem.code}` });
}

/** Whether something was spent in the records at `path`, as far as they can be read. */
export function areRecordsUsed(path: string): boolean {
  if (!existsSync(path)) return false;
  const opened = openRecords(path);
  if (!opened.ok) return true;
  const { value: file } = opened;
  try {
    return (file.meta()?.counter ?? 0) > 0;
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  } finally {
    file.close();
  }
}

/** Records in memory that last until they are removed, however often a verifier on them is closed: those of a session. */
export function createLastingRecords(): { readonly open: () => RecordsFile; readonly remove: () => void } {
  let lasting: RecordsFile | null = null;
  return {
    open: () => {
      if (lasting === null) {
        const opened = openRecords(':memory:');
        if (!opened.ok) throw new Error('records in memory are always new');
        lasting = opened.value;
      }
      return { ...lasting, close: () => undefined };
    },
    remove: () => {
      lasting?.close();
      lasting = null;
    },
  };
}

/** Deletes the records at `path`. They must be closed. */
export const removeRecords = removeDatabase;

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
  if ('account' in query)
    return [
      'counts = 1 AND account_hash IS NOT NULL AND account_hash = ? AND at > ?',
      [query.account, query.after],
    ];
  return query.kind === 'guess'
    ? [`${GUESSES} AND address_hash = ?`, [query.after, query.address]]
    : ["counts = 1 AND kind = 'send' AND address_hash = ? AND at > ?", [query.address, query.after]];
}

// A partial index is used where its condition stands in the text.
const GUESSES = "counts = 1 AND kind = 'guess' AND at > ?";

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** `path`: where a second connection can read them; null when none can. `aside`: they are still to be looked at. */
function recordsIn(database: DatabaseSync, path: string | null, aside: boolean): RecordsFile {
  let look: Look | null = null;
  const prepare = statements(database);
  const get = (sql: string, ...values: readonly SQLInputValue[]) => prepare(sql).get(...values);
  const all = (sql: string, ...values: readonly SQLInputValue[]) => prepare(sql).all(...values);
  const verifications = (sql: string, ...values: readonly SQLInputValue[]) =>
    all(`SELECT * FROM verifications ${sql}`, ...values).map(toVerification);
  const inserts = new Map<string, StatementSync>();
  /** `row`: with the same columns each time. */
  const insert = (table: string, row: Readonly<Record<string, SQLInputValue>>, how = 'INSERT'): void => {
    const statement = inserts.get(table) ?? database.prepare(`${how} ${insertInto(table, row)}`);
    inserts.set(table, statement);
    statement.run(...Object.values(row));
  };
  const versions = (sql: string, ...values: readonly SQLInputValue[]) =>
    all(`SELECT id, seal FROM verifications ${sql}`, ...values).map(toVersion);

  function writtenElsewhere(): number {
    const version = get('PRAGMA data_version')?.['data_version'];
    return isNumber(version) ? version : 0;
  }

  return {
    begin: () => beginImmediate(database),
    commit: () => database.exec('COMMIT'),
    rollback: () => {
      if (database.isTransaction) database.exec('ROLLBACK');
    },
    close: () => {
      look?.stop();
      if (database.isOpen) database.close();
    },
    isWhole: async () => {
      if (!aside || path === null) return true;
      while (database.isOpen && database.isTransaction) await turn();
      if (!database.isOpen) return true;
      const seal = isLogEmptied(database) ? get('SELECT seal FROM meta')?.['seal'] : null;
      if (seal instanceof Uint8Array) look = lookAtPages(path, seal);
      return (await look?.whole) ?? isWhole(database);
    },
    isDamage,
    writtenElsewhere,
    isOnlyOurs: () => isOnly(database, RECORDS_SCHEMA),
    snapshot: async () => {
      while (database.isOpen && database.isTransaction) await turn();
      if (path === null || !database.isOpen) return null;
      const version = writtenElsewhere();
      // With the log of this file another one at the path would look like it.
      return isLogEmptied(database) ? { ...snapshotOf(path), version } : null;
    },
    rows: () => rowsIn(database),

    meta: () => {
      const row = get('SELECT * FROM meta');
      return row === undefined ? null : toMeta(row);
    },
    setMeta: (meta) => insert('meta', { one: 1, ...fromMeta(meta) }, 'INSERT OR REPLACE'),

    version: (id) => {
      const row = get('SELECT id, seal FROM verifications WHERE id = ?', id);
      return row === undefined ? null : toVersion(row);
    },
    verification: (id) => verifications('WHERE id = ?', id)[0] ?? null,
    openedSince: (since, limit) =>
      versions('WHERE opened_at >= ? ORDER BY opened_at DESC, id LIMIT ?', since, limit),
    openedFor: (addressHash, since) =>
      versions('WHERE address_hash = ? AND opened_at >= ? ORDER BY opened_at DESC, id', addressHash, since),
    page: (query, limit) => readPage(all, query, limit),
    kept: () => {
      const kept = get('SELECT count(*) AS n FROM verifications')?.['n'];
      return isNumber(kept) ? kept : 0;
    },
    open: () => versions("WHERE state = 'open'"),
    sending: () => versions("WHERE delivery_state = 'sending'"),
    untidied: (limit) =>
      versions(
        "WHERE tidied = 0 AND state <> 'open' AND delivery_state <> 'sending' ORDER BY opened_at LIMIT ?",
        limit,
      ),
    endedBefore: (at) => verifications('WHERE ended_at IS NOT NULL AND ended_at < ?', at),
    insertVerification: (verification) => insert('verifications', fromVerification(verification)),
    updateVerification: (verification, replaced) => {
      const [set, values] = setTo(fromVerification(verification), fromVerification(replaced));
      const sql = `UPDATE verifications ${set} WHERE id = ? AND seal = ?`;
      return prepare(sql).run(...values, verification.id, replaced.seal).changes === 1;
    },
    deleteVerification: (id) => {
      prepare('DELETE FROM verifications WHERE id = ?').run(id);
    },
    wipe: () => emptyLog(database),

    spend: (verificationId, kind, ordinal) => {
      const sql = 'SELECT * FROM spends WHERE verification_id = ? AND kind = ? AND ordinal = ?';
      const row = get(sql, verificationId, kind, ordinal);
      return row === undefined ? null : toSpend(row);
    },
    spentBefore: (at) => all('SELECT * FROM spends WHERE at < ?', at).map(toSpend),
    withCeiling: (account) =>
      all('SELECT * FROM spends WHERE ceiling IS NOT NULL AND account_hash = ?', account).map(toSpend),
    insertSpend: (spend) => insert('spends', fromSpend(spend)),
    updateSpend: (spend, replaced) => {
      const { verificationId, kind, ordinal } = spend;
      const [set, values] = setTo(fromSpend(spend), fromSpend(replaced));
      const sql = `UPDATE spends ${set} WHERE verification_id = ? AND kind = ? AND ordinal = ? AND seal = ?`;
      return prepare(sql).run(...values, verificationId, kind, ordinal, replaced.seal).changes === 1;
    },
    deleteSpend: ({ verificationId, kind, ordinal }) => {
      const sql = 'DELETE FROM spends WHERE verification_id = ? AND kind = ? AND ordinal = ?';
      prepare(sql).run(verificationId, kind, ordinal);
    },
    countSpends: (query) => {
      const [condition, values] = where(query);
      const counted = get(`SELECT count(*) AS n FROM spends WHERE ${condition}`, ...values)?.['n'];
      return isNumber(counted) ? counted : 0;
    },
    spendBefore: (query, newer) => {
      const [condition, values] = where(query);
      const sql = `SELECT at FROM spends WHERE ${condition} ORDER BY at DESC LIMIT 1 OFFSET ?`;
      const at = get(sql, ...values, newer)?.['at'];
      return isNumber(at) ? at : null;
    },
    guessesCounted: (after, address = '') => {
      const row = get(
        `SELECT sum(odds) AS odds, sum(address_hash = ?) AS own FROM spends WHERE ${GUESSES}`,
        address,
        after,
      );
      return { odds: Number(row?.['odds'] ?? 0), ofAddress: Number(row?.['own'] ?? 0) };
    },
    guessesSpent: function* (after) {
      const sql = `SELECT at, odds FROM spends WHERE ${GUESSES} ORDER BY at`;
      for (const { at, odds } of prepare(sql).iterate(after))
        if (isNumber(at) && isNumber(odds)) yield { at, odds };
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

    accounts: () => all('SELECT * FROM accounts ORDER BY ordinal DESC LIMIT 2').map(toAccount),
    insertAccount: (account) => insert('accounts', fromAccount(account)),

    breathe: () => turn(),
    entriesAfter: (ordinal, limit) =>
      all('SELECT * FROM entries WHERE ordinal > ? ORDER BY ordinal LIMIT ?', ordinal, limit).map(toEntry),
    lastOrdinal: () => {
      const last = get('SELECT max(ordinal) AS last FROM entries')?.['last'];
      return isNumber(last) ? last : 0;
    },
    insertEntry: (entry) => insert('entries', fromEntry(entry)),
  };
}
