/**
 * @file The schemas of this program's files, and their way from one version to the next. A step that was released is
 * never changed, only followed by another; each runs in a transaction with its version number, so that a crash leaves
 * one or the other.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

export interface Schema {
  /** Stands in the file's header and says that it is one of ours (sqlite.org/pragma.html#pragma_application_id). */
  readonly applicationId: number;
  /** The step at index n leads from version n to n + 1. */
  readonly steps: readonly string[];
}

/** The records. schema.sql is the first step, and shows the whole as long as it is the only one. */
export const RECORDS_SCHEMA: Schema = {
  // "CSr1".
  applicationId: 0x43_53_72_31,
  steps: [readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8')],
};

const numberOf = (database: DatabaseSync, pragma: 'user_version' | 'application_id'): number => {
  const value = database.prepare(`PRAGMA ${pragma}`).get()?.[pragma];
  return typeof value === 'number' ? value : 0;
};

/** The version a file has; 0 for a new one. */
export const versionOf = (database: DatabaseSync): number => numberOf(database, 'user_version');

/** How a file stands to a schema. What came before the first release had versions, and no id. */
export function standingOf(database: DatabaseSync, schema: Schema): 'known' | 'newer' | 'older' {
  const version = versionOf(database);
  if (version > 0 && numberOf(database, 'application_id') !== schema.applicationId) return 'older';
  return version > schema.steps.length ? 'newer' : 'known';
}

/** Brings the schema up to date, step by step. The caller has made sure that it is known. */
export function migrate(database: DatabaseSync, { applicationId, steps }: Schema): void {
  steps.forEach((step, index) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      // Read inside the transaction: another process may have done this step meanwhile.
      if (versionOf(database) <= index) {
        database.exec(
          `${step}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}`,
        );
      }
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  });
}
