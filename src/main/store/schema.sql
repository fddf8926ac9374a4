-- The records as they are on disk. This text makes a new file, the steps in migrations.ts change it, and every file is
-- compared with what comes of that.
-- Times are milliseconds; hashes are HMAC-SHA-256 in base64url; what is sealed is AES-256-GCM. The seal of a row is half
-- of an HMAC-SHA-512 over the rest of it: what was changed by hand is noticed.

-- One line about the store itself.
CREATE TABLE meta (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- Tells this store from one that was put in its place.
  store_id TEXT NOT NULL CHECK (length(store_id) = 32),
  -- Moves by one with everything that is spent, and so does the anchor in the keychain; the link is random, new each time.
  counter INTEGER NOT NULL CHECK (counter >= 0),
  link TEXT NOT NULL CHECK (length(link) = 32),
  -- The name of the keys that the rows are sealed and hashed with.
  keys TEXT NOT NULL CHECK (length(keys) = 16),
  -- The latest times seen, by the clock of expiries and by that of budgets.
  highest INTEGER NOT NULL,
  budget INTEGER NOT NULL,
  -- Nothing is spent before then, because the budgets can't be trusted.
  frozen_until INTEGER,
  frozen_why TEXT CHECK (frozen_why IN ('records-restored', 'keys-gone', 'pin-removed')),
  -- Over all rows of the other tables, hidden by the keys and the nonce: rows that were deleted or put back are noticed.
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  nonce BLOB NOT NULL CHECK (length(nonce) = 16),
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  -- The last entry of the journal: its journal, number, digest and time, and the key that signs the next one.
  entry_journal TEXT,
  entry_number INTEGER CHECK (entry_number >= 1),
  entry_digest TEXT CHECK (length(entry_digest) = 43),
  entry_at INTEGER,
  entry_key TEXT CHECK (length(entry_key) = 43),
  CHECK ((frozen_until IS NULL) = (frozen_why IS NULL)),
  CHECK (
    (entry_journal IS NULL) = (entry_number IS NULL)
    AND (entry_journal IS NULL) = (entry_digest IS NULL)
    AND (entry_journal IS NULL) = (entry_at IS NULL)
    AND (entry_journal IS NULL) = (entry_key IS NULL)
  )
) STRICT;

CREATE TABLE verifications (
  id TEXT PRIMARY KEY CHECK (length(id) = 32),
  state TEXT NOT NULL CHECK (state IN ('open', 'verified', 'expired', 'locked', 'cancelled')),
  end_reason TEXT
    CHECK (
      end_reason IN
        ('time', 'clock', 'guesses', 'records-restored', 'keys-gone', 'pin-removed', 'account', 'desk')
    ),
  opened_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL CHECK (expires_at - opened_at BETWEEN 120000 AND 600000),
  ended_at INTEGER,
  code_length INTEGER NOT NULL CHECK (code_length BETWEEN 6 AND 8),
  guesses_allowed INTEGER NOT NULL CHECK (guesses_allowed BETWEEN 3 AND 5),
  guesses_used INTEGER NOT NULL CHECK (guesses_used BETWEEN 0 AND guesses_allowed),
  -- Messages tried, and those of them that went out or may have.
  attempts INTEGER NOT NULL CHECK (attempts >= 1),
  sends INTEGER NOT NULL CHECK (sends BETWEEN 0 AND attempts),
  last_sent_at INTEGER NOT NULL,
  -- The message by which its code may have left, written before the last byte of it. While there is none no code is judged.
  left_by INTEGER CHECK (left_by BETWEEN 1 AND attempts),
  delivery_state TEXT NOT NULL
    CHECK (delivery_state IN ('sending', 'accepted', 'refused', 'unknown', 'interrupted', 'returned')),
  address_hash TEXT NOT NULL CHECK (length(address_hash) = 43),
  reference_hash TEXT NOT NULL CHECK (length(reference_hash) = 43),
  -- Its messages were removed from the account's Sent.
  tidied INTEGER NOT NULL CHECK (tidied IN (0, 1)),
  -- Whom it is about; and how its last message ended, because a server's words may name the address.
  sealed BLOB NOT NULL,
  outcome BLOB,
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  CHECK ((state = 'open') = (ended_at IS NULL)),
  CHECK (state NOT IN ('open', 'verified') OR end_reason IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX verifications_open ON verifications (expires_at) WHERE state = 'open';
CREATE INDEX verifications_opened ON verifications (opened_at);
CREATE INDEX verifications_of_address ON verifications (address_hash, opened_at);
CREATE INDEX verifications_of_reference ON verifications (reference_hash);
CREATE INDEX verifications_ended ON verifications (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX verifications_sending ON verifications (opened_at) WHERE delivery_state = 'sending';
CREATE INDEX verifications_untidied ON verifications (opened_at) WHERE tidied = 0 AND state <> 'open';

-- One guess or message, as long as it counts.
CREATE TABLE spends (
  verification_id TEXT NOT NULL CHECK (length(verification_id) = 32),
  kind TEXT NOT NULL CHECK (kind IN ('guess', 'send')),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
  at INTEGER NOT NULL,
  address_hash TEXT NOT NULL CHECK (length(address_hash) = 43),
  account_hash TEXT CHECK (length(account_hash) = 43),
  -- The chance that the guess is right, in 10^-8.
  odds INTEGER CHECK (odds IN (1, 10, 100)),
  -- 0: the guess was right, or the message reached no one.
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  -- How many messages had been counted when the server refused this one because of its own limit.
  ceiling INTEGER CHECK (ceiling IS NULL OR (ceiling >= 0 AND kind = 'send')),
  seal BLOB NOT NULL CHECK (length(seal) = 32),
  PRIMARY KEY (verification_id, kind, ordinal),
  CHECK ((kind = 'send') = (account_hash IS NOT NULL)),
  CHECK ((kind = 'guess') = (odds IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX spends_of_address ON spends (address_hash, kind, at) WHERE counts = 1;
CREATE INDEX spends_of_account ON spends (account_hash, at) WHERE counts = 1 AND account_hash IS NOT NULL;
CREATE INDEX spends_of_guesses ON spends (at, odds) WHERE counts = 1 AND odds IS NOT NULL;
CREATE INDEX spends_with_ceiling ON spends (account_hash, at) WHERE ceiling IS NOT NULL;
CREATE INDEX spends_at ON spends (at);

-- The accounts that messages were sent by, one row a change.
CREATE TABLE accounts (
  ordinal INTEGER PRIMARY KEY CHECK (ordinal >= 1),
  since INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;

-- The journal: one signed entry a row, never changed and never deleted. It names no customer.
CREATE TABLE entries (
  ordinal INTEGER PRIMARY KEY CHECK (ordinal >= 1),
  token TEXT NOT NULL,
  -- What can be shown of it; of one about a verification, that lies with the verification.
  sealed BLOB,
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;
