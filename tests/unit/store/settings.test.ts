/** @file The owner's choices survive, and a file edited by hand brings nothing into force that is out of range. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings, type StoredSettings } from '../../../src/main/store/settings.ts';
import { type Choices, defaultChoices } from '../../../src/shared/choices.ts';
import type { AccountForm } from '../../../src/shared/words.ts';
import { fail } from '../../../src/shared/result.ts';
import { editFile } from '../../fakes/edit.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';
import { valueOf } from '../../fakes/value-of.ts';

makeFolderForEach();
let path: string;
let settings: StoredSettings;
beforeEach(() => {
  path = join(folder, 'settings.db');
  settings = open();
});
afterEach(() => settings.close());

const open = (): StoredSettings => valueOf(openSettings(path));

function reopen(): StoredSettings {
  settings.close();
  settings = open();
  return settings;
}

/** Edits the file as a person with a database browser would. */
function edit(name: string, value: string): void {
  const database = new DatabaseSync(path);
  database.prepare('INSERT OR REPLACE INTO choices VALUES (?, ?)').run(name, value);
  database.close();
}

const gmail: AccountForm = { kind: 'gmail', address: 'desk@gmail.com', name: 'Harbour Clinic' };
const server: AccountForm = {
  kind: 'server',
  address: 'desk@clinic.example',
  name: 'Harbour Clinic',
  server: { host: 'mail.clinic.example', port: 465, security: 'implicit-tls', user: 'desk' },
};

const watched: AccountForm = { ...gmail, mailbox: { watch: true, tidySent: false } };
const elsewhere: AccountForm = {
  ...server,
  mailbox: { watch: true, tidySent: true, server: { host: 'imap.clinic.example', port: 993 } },
};

describe('the account', () => {
  it.each<[unknown, AccountForm['mailbox']]>([
    [null, { watch: false, tidySent: false }],
    [
      { watch: 'yes', tidySent: 1 },
      { watch: false, tidySent: false },
    ],
    [{ watch: true }, { watch: true, tidySent: false }],
    [
      { watch: true, tidySent: true, server: { host: 7 } },
      { watch: false, tidySent: false },
    ],
    [
      { watch: true, tidySent: true, server: { host: 'a.example', port: 0 } },
      { watch: false, tidySent: false },
    ],
  ])('has its mailbox left alone when the file does not clearly say otherwise: %j', (mailbox, read) => {
    edit('account', JSON.stringify({ ...server, mailbox }));
    expect(reopen().account()).toEqual({ ...server, mailbox: read });
  });

  const group: AccountForm = {
    ...gmail,
    kind: 'workspace',
    address: 'front@clinic.test',
    signInAs: 'desk@clinic.test',
  };
  const scanned: AccountForm = { ...gmail, authorities: [{ name: 'A scanner', fingerprint: 'AA:01' }] };
  it.each([gmail, server, watched, elsewhere, group, scanned])('is there after a restart: $kind', (form) => {
    expect(settings.account()).toBeNull();
    settings.setAccount(form);
    expect(reopen().account()).toEqual(form);
    settings.setAccount(null);
    expect(reopen().account()).toBeNull();
  });

  it.each([
    ['not JSON', '{'],
    ['not an object', '7'],
    ['of no kind', JSON.stringify({ ...gmail, kind: 'imap' })],
    ['without an address', JSON.stringify({ ...gmail, address: '' })],
    ['with a number for a name', JSON.stringify({ ...gmail, name: 7 })],
    ['with a very long name', JSON.stringify({ ...gmail, name: 'n'.repeat(501) })],
    ['on a server without one', JSON.stringify({ ...server, server: undefined })],
    ['on a port that is none', JSON.stringify({ ...server, server: { ...server.server, port: 65_536 } })],
    ['without security', JSON.stringify({ ...server, server: { ...server.server, security: 'none' } })],
  ])('that was edited and is %s reads as none', (_, value) => {
    edit('account', value);
    expect(reopen().account()).toBeNull();
  });

  it.each([7, 'yes', [7], [{ name: 'A scanner' }]])(
    'was asked about no authority when the file says %j',
    (authorities) => {
      edit('account', JSON.stringify({ ...gmail, authorities }));
      expect(reopen().account()?.authorities ?? []).toEqual([]);
    },
  );

  it('brings nothing along that is not part of a form', () => {
    edit('account', JSON.stringify({ ...gmail, password: 'abcd', server: server.server }));
    expect(reopen().account()).toEqual(gmail);
  });
});

describe('the choices', () => {
  const usual = defaultChoices(null);

  it('are the defaults until something is chosen, and what was chosen after a restart', () => {
    expect(settings.choices()).toEqual(usual);
    settings.choose({ guesses: 3, codeLength: 8 });
    settings.choose({
      codeInSubject: false,
      sentence: 'Second floor.',
      contact: '040 1',
      origin: 'https://clinic.example',
    });
    const chosen = {
      ...usual,
      guesses: 3,
      codeLength: 8,
      codeInSubject: false,
      sentence: 'Second floor.',
      contact: '040 1',
      origin: 'https://clinic.example',
    };
    expect(settings.choices()).toEqual(chosen);
    expect(reopen().choices()).toEqual(chosen);
    expect(settings.trouble).toBeNull();
    settings.removeAll();
    expect(settings.choices()).toEqual(usual);
    expect(reopen().choices()).toEqual(usual);
  });

  it.each<[keyof Choices, string]>([
    ['guesses', '6'],
    ['guesses', '1e9'],
    ['guesses', '"3"'],
    ['codeLength', '4'],
    ['codeLength', '6.5'],
    ['addressGuesses', '21'],
    ['accountSends', '1901'],
    ['lifetimeMinutes', 'null'],
    ['addressSends', '{'],
    ['codeInSubject', '"yes"'],
    ['sentence', '"a\\r\\nBcc: b@example.org"'],
    ['sentence', JSON.stringify('x'.repeat(1_000))],
    ['origin', JSON.stringify('https://clinic.example"; x="')],
    ['origin', '"http://clinic.example"'],
  ])(
    'that were edited out of range are at their default, the others as chosen, and it is said once: %s %s [T-settings-out-of-range]',
    (name, value) => {
      const other = name === 'codeLength' ? { guesses: 4 } : { codeLength: 7 };
      settings.choose(other);
      edit(name, value);
      expect(reopen().choices()).toEqual({ ...usual, ...other });
      expect(settings.trouble).toBe('choices-reset');
      expect(reopen().trouble).toBeNull();
      expect(settings.choices()).toEqual({ ...usual, ...other });
    },
  );

  it('never let a Gmail account send more than Gmail’s share, without calling that tampering', () => {
    settings.setAccount(server);
    settings.choose({ accountSends: 1_900 });
    settings.setAccount(gmail);
    expect(reopen().choices().accountSends).toBe(400);
    expect(settings.trouble).toBeNull();
    settings.setAccount(server);
    expect(settings.choices().accountSends).toBe(1_900);
  });

  it('of a later version are left where they are', () => {
    edit('brightness', '7');
    expect(reopen().trouble).toBeNull();
    settings.choose({ guesses: 3 });
    settings.close();
    const database = new DatabaseSync(path);
    const row = database.prepare("SELECT value FROM choices WHERE name = 'brightness'").get();
    database.close();
    settings = open();
    expect(row).toEqual({ value: '7' });
  });
});

describe('the file', () => {
  it('is empty after everything was removed', () => {
    settings.setAccount({ ...gmail, address: 'very-private-desk@gmail.com' });
    const holds = (suffix: string) => readFileSync(path + suffix).includes('very-private-desk');
    expect(holds('-wal')).toBe(true);
    settings.removeAll();
    expect([holds(''), holds('-wal')], 'at once, and not only when the program ends').toEqual([false, false]);
    expect(settings.account()).toBeNull();
    expect(reopen().account()).toBeNull();
  });

  it.each([
    ['no database', () => writeFileSync(path, 'not a database, although it is long enough'.repeat(20))],
    [
      'a view in the place of its table',
      () => editFile(path, 'ALTER TABLE choices RENAME TO c; CREATE VIEW choices AS SELECT * FROM c'),
    ],
  ])('that is damaged (%s) is replaced, and says so until the next start', (_, damage) => {
    expect(settings.trouble).toBeNull();
    settings.close();
    damage();
    settings = open();
    expect(settings.account()).toBeNull();
    expect(settings.trouble).toBe('settings-reset');
    expect(settings.choices()).toEqual(defaultChoices(null));
    expect(reopen().trouble).toBeNull();
  });

  it('of a later version is left alone', () => {
    settings.close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 9');
    database.close();
    expect(openSettings(path)).toEqual(fail({ code: 'newer' }));
    rmSync(path);
    settings = open();
  });
});
