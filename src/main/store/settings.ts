/**
 * @file The account and the owner's choices in a small file of their own, a row each. Everything is checked when it is
 * read, because the file can be edited by hand; no secret is ever in it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Choices } from '../../shared/choices.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type AccountForm, SECURITY } from '../../shared/words.ts';
import { CHOICE_NAMES, choicesFor, readChoice } from '../choices/choices.ts';
import type { Settings, WindowPlace } from '../ports/settings.ts';
import { openDatabase, removeDatabase, type StoreProblem } from './database.ts';
import type { Schema } from './migrations.ts';

const SCHEMA: Schema = {
  applicationId: 0,
  steps: ['CREATE TABLE choices (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID'],
};

/** No text of an account form is longer; one that is was not written by this program. */
const text = z.string().min(1).max(500);
const port = z.int().min(1).max(65_535);
/** What is not clearly a choice is none, so that no mailbox is watched or tidied by mistake. */
const chosen = z.boolean().catch(false);
/** What cannot be read was not said yes to. */
const authorities = z
  .array(z.object({ name: text, fingerprint: text }))
  .catch([])
  .exactOptional();
const NO_CHOICE = { watch: false, tidySent: false };

/** The stored account. Where Google's mailbox is is a constant of ours, so a stored place for it is left out. */
const ACCOUNT: z.ZodType<AccountForm> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['gmail', 'workspace']),
    address: text,
    name: text,
    signInAs: text.exactOptional(),
    authorities,
    mailbox: z.object({ watch: chosen, tidySent: chosen }).catch(NO_CHOICE).exactOptional(),
  }),
  z.object({
    kind: z.literal('server'),
    address: text,
    name: text,
    authorities,
    server: z.object({ host: text, port, security: z.enum(SECURITY), user: text }),
    mailbox: z
      .object({
        watch: chosen,
        tidySent: chosen,
        // An unreadable place means: do nothing in the mailbox.
        server: z.object({ host: text, port }).exactOptional(),
      })
      .catch(NO_CHOICE)
      .exactOptional(),
  }),
]);

const PLACE: z.ZodType<WindowPlace> = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});

export interface StoredSettings extends Settings {
  /** Null when none is kept, or what is kept is none. */
  readonly windowPlace: () => WindowPlace | null;
  readonly keepWindowPlace: (place: WindowPlace) => void;
  close(): void;
}

/** Opens the settings at `path`. A damaged file is replaced by an empty one, which reads as the defaults. */
export function openSettings(path: string): Result<StoredSettings, StoreProblem> {
  const opened = openDatabase(path, SCHEMA);
  if (opened.ok) return ok(settingsIn(opened.value, false));
  if (opened.problem.code === 'newer') return opened;
  removeDatabase(path);
  const afresh = openDatabase(path, SCHEMA);
  return afresh.ok ? ok(settingsIn(afresh.value, true)) : afresh;
}

/** Settings in memory, empty. */
export function memorySettings(): Settings {
  const opened = openSettings(':memory:');
  if (!opened.ok) throw new Error('settings in memory are always new');
  return opened.value;
}

function settingsIn(database: DatabaseSync, replaced: boolean): StoredSettings {
  const read = database.prepare('SELECT value FROM choices WHERE name = ?');
  const write = database.prepare('INSERT OR REPLACE INTO choices (name, value) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM choices WHERE name = ?');

  /** What is stored under this name: undefined when nothing is, null when it is no JSON. */
  const stored = (name: 'account' | 'owner' | 'window' | keyof Choices): unknown => {
    const value = read.get(name)?.['value'];
    try {
      return typeof value === 'string' ? JSON.parse(value) : undefined;
    } catch {
      return null;
    }
  };

  let account = ACCOUNT.safeParse(stored('account')).data ?? null;
  // What is there can close the desk, and opens nothing.
  let owner = stored('owner') !== undefined;
  const { choices: found, bad } = readChoices(stored);
  let choices = found;
  // Only what is none is taken out: the other choices hold, and a later start has nothing to tell.
  for (const name of bad) remove.run(name);
  const trouble = bad.length > 0 ? 'choices-reset' : null;

  return {
    trouble: replaced ? 'settings-reset' : trouble,
    account: () => account,
    setAccount(form) {
      account = form;
      if (form === null) remove.run('account');
      else write.run('account', JSON.stringify(form));
    },
    choices: () => choicesFor(account?.kind ?? null, choices),
    choose(change) {
      choices = { ...choices, ...change };
      for (const [name, value] of Object.entries(change)) write.run(name, JSON.stringify(value));
    },
    hasOwner: () => owner,
    keepHasOwner(has) {
      if (has === owner) return;
      owner = has;
      if (has) write.run('owner', 'true');
      else remove.run('owner');
    },
    removeAll() {
      account = null;
      owner = false;
      choices = {};
      database.exec('DELETE FROM choices; PRAGMA wal_checkpoint(TRUNCATE)');
    },
    windowPlace: () => PLACE.safeParse(stored('window')).data ?? null,
    keepWindowPlace: (place) => {
      if (database.isOpen) write.run('window', JSON.stringify(place));
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** The stored choices, each judged by itself, and the names of those that are none. */
function readChoices(stored: (name: keyof Choices) => unknown): {
  readonly choices: Readonly<Partial<Choices>>;
  readonly bad: readonly (keyof Choices)[];
} {
  const there = CHOICE_NAMES.map((name) => ({ name, value: stored(name) })).filter(
    ({ value }) => value !== undefined,
  );
  const judged = there.map(({ name, value }) => ({ name, read: readChoice(name, value) }));
  return {
    choices: Object.assign({}, ...judged.map(({ read }) => (read.ok ? read.value : {}))) as Partial<Choices>,
    bad: judged.filter(({ read }) => !read.ok).map(({ name }) => name),
  };
}
