/** @file The owner's choices survive, and a file edited by hand brings no policy into force that is out of range. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings, type StoredSettings } from '../../../src/main/store/settings.ts';
import { defaultPolicy } from '../../../src/main/ledger/policy.ts';
import type { AccountForm } from '../../../src/shared/words.ts';

let folder: string;
let path: string;
let settings: StoredSettings;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-settings-'));
  path = join(folder, 'settings.db');
  settings = open();
});
afterEach(() => {
  settings.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): StoredSettings {
  const opened = openSettings(path);
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}

function reopen(): StoredSettings {
  settings.close();
  settings = open();
  return settings;
}

/** Edits the file as somebody with a database browser would. */
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
  ])('has its inbox left alone when the file does not clearly say otherwise: %j', (mailbox, read) => {
    edit('account', JSON.stringify({ ...server, mailbox }));
    expect(settings.account()).toEqual({ ...server, mailbox: read });
  });

  it.each([gmail, server, watched, elsewhere])('is there after a restart: $kind', (form) => {
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
    expect(settings.account()).toBeNull();
  });

  it('brings nothing along that is not part of a form', () => {
    edit('account', JSON.stringify({ ...gmail, password: 'abcd', server: server.server }));
    expect(settings.account()).toEqual(gmail);
  });
});

describe('the policy', () => {
  const strict = { ...defaultPolicy('gmail'), guesses: 3, codeLength: 8 };

  it('is the default until one is chosen, and the chosen one after a restart', () => {
    expect(settings.policy()).toEqual({ policy: defaultPolicy(null), reset: false });
    settings.setPolicy(strict);
    expect(reopen().policy()).toEqual({ policy: strict, reset: false });
  });

  it.each([
    JSON.stringify({ ...strict, guesses: 6 }),
    JSON.stringify({ ...strict, guesses: 1e9 }),
    JSON.stringify({ ...strict, codeLength: 4 }),
    JSON.stringify({ ...strict, addressGuesses: 21 }),
    JSON.stringify({ ...strict, accountSends: 1_901 }),
    JSON.stringify({ guesses: 3 }),
    '"none"',
    'null',
    '{',
  ])(
    'that was edited out of range falls back to the default and says so: %s [T-settings-out-of-range]',
    (value) => {
      edit('policy', value);
      expect(settings.policy()).toEqual({ policy: defaultPolicy(null), reset: true });
      expect(settings.policy().reset).toBe(true);
      settings.setPolicy(strict);
      expect(settings.policy()).toEqual({ policy: strict, reset: false });
    },
  );

  it('never lets a Gmail account send more than Gmail’s share, without calling that tampering', () => {
    settings.setAccount(server);
    settings.setPolicy({ ...defaultPolicy('server'), accountSends: 1_900 });
    settings.setAccount(gmail);
    expect(settings.policy()).toEqual({ policy: defaultPolicy('gmail'), reset: false });
  });
});

describe('the message', () => {
  const plain = { codeInSubject: true, sentence: '', origin: '' };
  const chosen = { codeInSubject: false, sentence: 'Second floor.', origin: 'https://clinic.example' };

  it('is plain until something is chosen, and as chosen after a restart', () => {
    expect(settings.message()).toEqual(plain);
    settings.setMessage(chosen);
    expect(reopen().message()).toEqual(chosen);
    settings.removeAll();
    expect(settings.message()).toEqual(plain);
  });

  it.each([
    ['with a header in the website', { ...chosen, origin: 'https://clinic.example"; x="' }],
    ['with another scheme', { ...chosen, origin: 'http://clinic.example' }],
    ['with two lines in the sentence', { ...chosen, sentence: 'a\r\nBcc: b@example.org' }],
    ['with a sentence of a thousand characters', { ...chosen, sentence: 'x'.repeat(1_000) }],
    ['with a word for yes', { ...chosen, codeInSubject: 'yes' }],
    ['with nothing in it', {}],
    ['a number', 7],
  ])('that was edited and is %s reads as plain', (_, value) => {
    edit('message', JSON.stringify(value));
    expect(settings.message()).toEqual(plain);
  });
});

describe('the file', () => {
  it('is empty after everything was removed', () => {
    settings.setAccount({ ...gmail, address: 'very-private-desk@gmail.com' });
    settings.removeAll();
    settings.close();
    expect(readFileSync(path).includes('very-private-desk')).toBe(false);
    settings = open();
    expect(settings.account()).toBeNull();
  });

  it('that is damaged is replaced, and says so until the next start', () => {
    expect(settings.replaced).toBe(false);
    settings.close();
    writeFileSync(path, 'not a database, although it is long enough to be one'.repeat(20));
    settings = open();
    expect(settings.account()).toBeNull();
    expect(settings.replaced).toBe(true);
    expect(settings.policy(), 'nothing in it was out of range').toEqual({
      policy: defaultPolicy(null),
      reset: false,
    });
    expect(reopen().replaced).toBe(false);
  });

  it('of a later version is left alone', () => {
    settings.close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 9');
    database.close();
    expect(openSettings(path)).toEqual({ ok: false, problem: { code: 'newer' } });
    rmSync(path);
    settings = open();
  });
});
