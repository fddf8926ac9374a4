/**
 * @file The schema of the records, one step a version. A step that was released is never changed, only followed
 * by another; each runs in a transaction with its version number, so that a crash leaves one or the other.
 */
import type { DatabaseSync } from 'node:sqlite';

/** The step at index n leads from version n to n + 1. */
export const RECORD_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    store_id TEXT NOT NULL CHECK (length(store_id) = 32),
    counter INTEGER NOT NULL CHECK (counter >= 0),
    link TEXT NOT NULL CHECK (length(link) = 32),
    generation INTEGER NOT NULL CHECK (generation >= 1),
    highest INTEGER NOT NULL,
    budget INTEGER NOT NULL,
    frozen_until INTEGER,
    frozen_why TEXT CHECK (frozen_why IN ('records-restored', 'keys-gone')),
    CHECK ((frozen_until IS NULL) = (frozen_why IS NULL))
  ) STRICT;

  CREATE TABLE verifications (
    id TEXT PRIMARY KEY CHECK (length(id) = 32),
    state TEXT NOT NULL CHECK (state IN ('open', 'verified', 'expired', 'locked', 'cancelled')),
    end_reason TEXT
      CHECK (end_reason IN ('time', 'clock', 'guesses', 'records-restored', 'keys-gone', 'desk')),
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at - opened_at BETWEEN 120000 AND 600000),
    ended_at INTEGER,
    code_length INTEGER NOT NULL CHECK (code_length BETWEEN 6 AND 8),
    guesses_allowed INTEGER NOT NULL CHECK (guesses_allowed BETWEEN 3 AND 5),
    guesses_used INTEGER NOT NULL CHECK (guesses_used BETWEEN 0 AND guesses_allowed),
    attempts INTEGER NOT NULL CHECK (attempts >= 1),
    sends INTEGER NOT NULL CHECK (sends BETWEEN 0 AND attempts),
    last_sent_at INTEGER NOT NULL,
    delivery_state TEXT NOT NULL
      CHECK (delivery_state IN ('sending', 'accepted', 'refused', 'unknown', 'interrupted')),
    address_hash TEXT NOT NULL CHECK (length(address_hash) = 43),
    code_generation INTEGER NOT NULL CHECK (code_generation >= 1),
    generation INTEGER NOT NULL CHECK (generation >= code_generation),
    sealed BLOB NOT NULL,
    outcome BLOB,
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK (state NOT IN ('open', 'verified') OR end_reason IS NULL)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX verifications_open ON verifications (expires_at) WHERE state = 'open';
  CREATE INDEX verifications_opened ON verifications (opened_at);

  CREATE TABLE spends (
    verification_id TEXT NOT NULL CHECK (length(verification_id) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('guess', 'send')),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    at INTEGER NOT NULL,
    address_hash TEXT NOT NULL CHECK (length(address_hash) = 43),
    account_hash TEXT CHECK (length(account_hash) = 43),
    counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
    generation INTEGER NOT NULL CHECK (generation >= 1),
    sealed BLOB NOT NULL,
    PRIMARY KEY (verification_id, kind, ordinal),
    CHECK ((kind = 'send') = (account_hash IS NOT NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX spends_of_address ON spends (address_hash, kind, at) WHERE counts = 1;
  CREATE INDEX spends_of_account ON spends (account_hash, at) WHERE counts = 1 AND account_hash IS NOT NULL;
  CREATE INDEX spends_at ON spends (at);
  `,
  // A message can come back. A CHECK cannot be changed, only its table be made again.
  `
  CREATE TABLE verifications_next (
    id TEXT PRIMARY KEY CHECK (length(id) = 32),
    state TEXT NOT NULL CHECK (state IN ('open', 'verified', 'expired', 'locked', 'cancelled')),
    end_reason TEXT
      CHECK (end_reason IN ('time', 'clock', 'guesses', 'records-restored', 'keys-gone', 'desk')),
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL CHECK (expires_at - opened_at BETWEEN 120000 AND 600000),
    ended_at INTEGER,
    code_length INTEGER NOT NULL CHECK (code_length BETWEEN 6 AND 8),
    guesses_allowed INTEGER NOT NULL CHECK (guesses_allowed BETWEEN 3 AND 5),
    guesses_used INTEGER NOT NULL CHECK (guesses_used BETWEEN 0 AND guesses_allowed),
    attempts INTEGER NOT NULL CHECK (attempts >= 1),
    sends INTEGER NOT NULL CHECK (sends BETWEEN 0 AND attempts),
    last_sent_at INTEGER NOT NULL,
    delivery_state TEXT NOT NULL
      CHECK (delivery_state IN ('sending', 'accepted', 'refused', 'unknown', 'interrupted', 'returned')),
    address_hash TEXT NOT NULL CHECK (length(address_hash) = 43),
    code_generation INTEGER NOT NULL CHECK (code_generation >= 1),
    generation INTEGER NOT NULL CHECK (generation >= code_generation),
    sealed BLOB NOT NULL,
    outcome BLOB,
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK (state NOT IN ('open', 'verified') OR end_reason IS NULL)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO verifications_next SELECT * FROM verifications;
  DROP TABLE verifications;
  ALTER TABLE verifications_next RENAME TO verifications;
  CREATE INDEX verifications_open ON verifications (expires_at) WHERE state = 'open';
  CREATE INDEX verifications_opened ON verifications (opened_at);
  `,
  // What a server said about its own limit: how many messages had been counted when it refused this one.
  `
  ALTER TABLE spends ADD COLUMN ceiling INTEGER CHECK (ceiling IS NULL OR (ceiling >= 0 AND kind = 'send'));
  CREATE INDEX spends_with_ceiling ON spends (account_hash, at) WHERE ceiling IS NOT NULL;
  `,
  // Whether its messages were removed from Sent, if the owner wants that.
  `
  ALTER TABLE verifications ADD COLUMN tidied INTEGER NOT NULL DEFAULT 0 CHECK (tidied IN (0, 1));
  CREATE INDEX verifications_untidied ON verifications (opened_at) WHERE tidied = 0 AND state <> 'open';
  `,
];

/** The version a file has; 0 for a new one. */
export function versionOf(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  return typeof version === 'number' ? version : 0;
}

/** Brings the schema up to date, step by step. The caller has made sure that it is not newer. */
export function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  migrations.forEach((step, index) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      // Read inside the transaction: another process may have done this step meanwhile.
      if (versionOf(database) <= index) database.exec(`${step}; PRAGMA user_version = ${index + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  });
}
