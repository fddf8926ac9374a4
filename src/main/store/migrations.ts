/**
 * @file The schemas of this program's files, and their way from one version to the next. A step that was released is
 * never changed, only followed by another; each runs in a transaction with its version number, so that a crash leaves
 * one or the other.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Schema {
  /** Stands in the file's header and says that it is one of ours (sqlite.org/pragma.html#pragma_application_id). */
  readonly applicationId: number;
  /** The step at index n leads from version n to n + 1. */
  readonly steps: readonly string[];
}

/** The records. schema.sql is the first step, and shows the whole but for what followed. */
export const RECORDS_SCHEMA: Schema = {
  // "CSr1".
  applicationId: 0x43_53_72_31,
  steps: [
    readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8'),
    // An index costs every guess or message a page. By time alone spends were looked for once an hour, to delete old ones; and
    // guesses of a day are so few that those of an address are found among them.
    `DROP INDEX spends_at;
     DROP INDEX spends_of_address;
     DROP INDEX spends_of_guesses;
     CREATE INDEX spends_of_address ON spends (address_hash, at) WHERE counts = 1 AND kind = 'send';
     CREATE INDEX spends_of_guesses ON spends (at, address_hash, odds) WHERE counts = 1 AND kind = 'guess'`,
  ],
};

const numberOf = (database: DatabaseSync, pragma: 'user_version' | 'application_id'): number => {
  const value = database.prepare(`PRAGMA ${pragma}`).get()?.[pragma];
  return typeof value === 'number' ? value : 0;
};

/** The version a file has; 0 for a new one. */
export const versionOf = (database: DatabaseSync): number => numberOf(database, 'user_version');

/**
 * What stands in the schema of a database, without the comments and the layout of its statements. Both are SQLite's own
 * (sqlite.org/lang_comment.html): a comment that was taken to end sooner would hide what follows from us alone.
 */
const statementsIn = (database: DatabaseSync): readonly string[] =>
  database
    .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
    .all()
    .map(({ type, name, tbl_name, sql }) => {
      const bare = String(sql)
        .replace(/--[^\n]*/g, '')
        .replace(/[ \t\n\f\r]+/g, ' ');
      return [type, name, tbl_name, bare].map(String).join(' | ');
    });

const expected = new WeakMap<Schema, readonly string[]>();

/** The same of a new file. */
function statementsOf(schema: Schema): readonly string[] {
  const known = expected.get(schema);
  if (known !== undefined) return known;
  const database = new DatabaseSync(':memory:');
  migrate(database, schema);
  const statements = statementsIn(database);
  database.close();
  expected.set(schema, statements);
  return statements;
}

/**
 * Whether a file holds the tables and indexes of this schema and nothing else. A trigger, a view or a table that was
 * planted would be run by SQLite, and none of ours is there to be read.
 */
export function isOnly(database: DatabaseSync, schema: Schema): boolean {
  const found = statementsIn(database);
  const wanted = statementsOf(schema);
  return found.length === wanted.length && found.every((statement, index) => statement === wanted[index]);
}

/**
 * How a file stands to a schema. `older`: it has versions, and no id of ours, like what came before the first release.
 * `unreadable`: something is in it that no version of ours made.
 */
export function standingOf(
  database: DatabaseSync,
  schema: Schema,
): 'known' | 'newer' | 'older' | 'unreadable' {
  const version = versionOf(database);
  if (version === 0) return isEmpty(database) || versionOf(database) > 0 ? 'known' : 'unreadable';
  if (numberOf(database, 'application_id') !== schema.applicationId) return 'older';
  return version > schema.steps.length ? 'newer' : 'known';
}

/** Another process may be making the schema this moment: the version is asked again after a no. */
const isEmpty = (database: DatabaseSync): boolean =>
  database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0;

/** Whether nothing is to be done to bring a file up to date. */
export const isCurrent = (database: DatabaseSync, { steps }: Schema): boolean =>
  versionOf(database) === steps.length;

/**
 * Brings the schema up to date, step by step. The caller has made sure that it is known. False, and a step is not taken, where
 * something else is there than the steps before it have made.
 */
export function migrate(database: DatabaseSync, { applicationId, steps }: Schema): boolean {
  return steps.every((step, index) => {
    // What is up to date is opened without the lock, which another process may hold for long.
    if (versionOf(database) > index) return true;
    database.exec('BEGIN IMMEDIATE');
    try {
      // Read inside the transaction: another process may have done this step meanwhile.
      const isDone = versionOf(database) > index;
      const isOurs = isDone || isOnly(database, { applicationId, steps: steps.slice(0, index) });
      if (!isDone && isOurs)
        database.exec(
          `${step}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}`,
        );
      database.exec('COMMIT');
      return isOurs;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  });
}
