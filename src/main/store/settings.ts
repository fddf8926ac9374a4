/**
 * @file The owner's choices in a small file of their own. Everything is checked when it is read, because the file
 * can be edited by hand; no secret is ever in it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { ok, type Result } from '../../shared/result.ts';
import {
  ACCOUNT_KINDS,
  type AccountForm,
  type MailboxChoice,
  type MessageChoice,
  SECURITY,
} from '../../shared/words.ts';
import { checkMessage, DEFAULT_MESSAGE } from '../verification/message-choice.ts';
import { accountSendsLimit } from '../../shared/policy-ranges.ts';
import { checkPolicy, defaultPolicy } from '../ledger/policy.ts';
import type { Settings } from '../ports/settings.ts';
import { openDatabase, removeDatabase, type StoreProblem } from './database.ts';
import type { Schema } from './migrations.ts';

const SCHEMA: Schema = {
  applicationId: 0,
  steps: ['CREATE TABLE choices (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID'],
};

/** No text of an account form is longer; one that is was not written by this program. */
const TEXT_LENGTH = 500;

export interface StoredSettings extends Settings {
  close(): void;
}

/** Opens the choices at `path`. A damaged file is replaced by an empty one, which reads as the defaults. */
export function openSettings(path: string): Result<StoredSettings, StoreProblem> {
  const opened = openDatabase(path, SCHEMA);
  if (opened.ok) return ok(settingsIn(opened.value, false));
  if (opened.problem.code === 'newer') return opened;
  removeDatabase(path);
  const afresh = openDatabase(path, SCHEMA);
  return afresh.ok ? ok(settingsIn(afresh.value, true)) : afresh;
}

function settingsIn(database: DatabaseSync, replaced: boolean): StoredSettings {
  let reset = false;
  const read = database.prepare('SELECT value FROM choices WHERE name = ?');
  const write = database.prepare('INSERT OR REPLACE INTO choices (name, value) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM choices WHERE name = ?');

  const stored = (name: 'account' | 'policy' | 'message'): unknown => {
    const value = read.get(name)?.['value'];
    try {
      return typeof value === 'string' ? JSON.parse(value) : undefined;
    } catch {
      return null;
    }
  };

  const account = () => readForm(stored('account'));
  return {
    replaced,
    account,
    setAccount(form) {
      if (form === null) remove.run('account');
      else write.run('account', JSON.stringify(form));
    },
    policy() {
      const kind = account()?.kind ?? null;
      const value = stored('policy');
      // Judged by the widest range: a smaller account afterwards is no tampering, only a lower limit.
      const checked = value === undefined ? null : checkPolicy(value, 'server');
      if (checked?.ok) {
        const { accountSends } = checked.value;
        return {
          policy: { ...checked.value, accountSends: Math.min(accountSends, accountSendsLimit(kind)) },
          reset,
        };
      }
      if (checked !== null) {
        reset = true;
        remove.run('policy');
      }
      return { policy: defaultPolicy(kind), reset };
    },
    setPolicy(policy) {
      reset = false;
      write.run('policy', JSON.stringify(policy));
    },
    message: () => readMessage(stored('message')),
    setMessage(choice) {
      write.run('message', JSON.stringify(choice));
    },
    removeAll() {
      reset = false;
      database.exec('DELETE FROM choices; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= TEXT_LENGTH;

/** The account form, or null when it is not one: the owner then sets the account up again. */
function readForm(value: unknown): AccountForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind: someKind, address, name, server } = value as Readonly<Record<string, unknown>>;
  const kind = ACCOUNT_KINDS.find((known) => known === someKind);
  if (kind === undefined || !isText(address) || !isText(name)) return null;
  const { mailbox: someMailbox } = value as Readonly<Record<string, unknown>>;
  const mailbox = someMailbox === undefined ? {} : { mailbox: readMailbox(someMailbox, kind) };
  if (kind !== 'server') return { kind, address, name, ...mailbox };
  const place = readServer(server);
  return place === null ? null : { kind, address, name, server: place, ...mailbox };
}

const isPort = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;

/** Whatever is not clearly a choice is none: nothing is watched or removed by mistake. */
function readMailbox(value: unknown, kind: AccountForm['kind']): MailboxChoice {
  const given =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const choice = { watch: given['watch'] === true, tidySent: given['tidySent'] === true };
  if (kind !== 'server' || given['server'] === undefined) return choice;
  const { server } = given;
  const { host, port } =
    typeof server === 'object' && server !== null ? (server as Readonly<Record<string, unknown>>) : {};
  // Somewhere else than where it was chosen to be is nowhere.
  return isText(host) && isPort(port)
    ? { ...choice, server: { host, port } }
    : { watch: false, tidySent: false };
}

/** What is not clearly a choice of the owner's is the default. */
function readMessage(value: unknown): MessageChoice {
  if (typeof value !== 'object' || value === null) return DEFAULT_MESSAGE;
  const { codeInSubject, sentence, origin } = value as Readonly<Record<string, unknown>>;
  if (typeof codeInSubject !== 'boolean' || typeof sentence !== 'string' || typeof origin !== 'string') {
    return DEFAULT_MESSAGE;
  }
  const checked = checkMessage({ codeInSubject, sentence, origin });
  return checked.ok ? checked.value : DEFAULT_MESSAGE;
}

function readServer(value: unknown): NonNullable<AccountForm['server']> | null {
  if (typeof value !== 'object' || value === null) return null;
  const { host, port, security: someSecurity, user } = value as Readonly<Record<string, unknown>>;
  const security = SECURITY.find((known) => known === someSecurity);
  if (!isText(host) || !isText(user) || security === undefined) return null;
  if (!isPort(port)) return null;
  return { host, port, security, user };
}
