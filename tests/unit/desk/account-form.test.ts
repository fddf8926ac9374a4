/** @file What the owner may enter about an account, and what each mistake is called. */
import { describe, expect, it } from 'vitest';
import { checkForm, checkName, checkPassword } from '../../../src/main/desk/account-form.ts';
import { decodeSecret, encodeSecret } from '../../../src/main/desk/stored-secret.ts';
import type { AccountForm } from '../../../src/shared/words.ts';
import { fail, ok } from '../../../src/shared/result.ts';

const gmail: AccountForm = { kind: 'gmail', address: 'desk@gmail.com', name: 'Harbour Clinic' };
const own: AccountForm = {
  kind: 'server',
  address: 'desk@example.test',
  name: 'Harbour Clinic',
  server: { host: 'mail.example.test', port: 465, security: 'implicit-tls', user: 'desk' },
};
const server = (change: Partial<NonNullable<AccountForm['server']>>): AccountForm => ({
  ...own,
  server: { host: 'mail.example.test', port: 465, security: 'implicit-tls', user: 'desk', ...change },
});

describe('the app password', () => {
  it.each([
    'abcd efgh ijkl mnop',
    'abcdefghijklmnop',
    ' ABCD\u00a0efgh\u00a0ijkl\u00a0mnop\n',
    'abcd-efgh-ijkl-mnop',
  ])('is taken with or without what Google shows between its letters: %j [T-secret-pasted]', (typed) =>
    expect(checkPassword('gmail', typed)).toEqual(ok('abcdefghijklmnop')),
  );

  it.each(['Summer2026!', 'correct horse battery staple 9', 'abcdefgh1jklmnop'])(
    'is told from a normal password: %j [T-secret-normal-password]',
    (typed) =>
      expect(checkPassword('workspace', typed)).toEqual(fail({ field: 'password', why: 'normal-password' })),
  );

  it.each(['abcd efgh ijkl mno', 'abcdefghijklmnopq'])(
    'has sixteen letters, not %j [T-secret-letters]',
    (typed) =>
      expect(checkPassword('gmail', typed)).toMatchObject({ problem: { why: 'not-an-app-password' } }),
  );

  it('is wanted', () => expect(checkPassword('gmail', '   ')).toMatchObject({ problem: { why: 'empty' } }));

  it('of another server is passed on to the letter, spaces and all [T-secret-to-the-letter]', () =>
    expect(checkPassword('server', ' p w ')).toEqual(ok(' p w ')));

  it('of another server cannot carry a line break into the conversation', () =>
    expect(checkPassword('server', 'p\r\nQUIT')).toMatchObject({ problem: { why: 'control-character' } }));
});

describe('the form', () => {
  it('comes back with its texts trimmed', () =>
    expect(checkForm({ ...gmail, address: ' desk@gmail.com ', name: '  Harbour Clinic ' })).toEqual(
      ok(gmail),
    ));

  it.each<[string, AccountForm, unknown]>([
    [
      'an alias of a personal account',
      { ...gmail, address: 'desk@clinic.test', signInAs: ' Desk@gmail.com ' },
      { signInAs: 'Desk@gmail.com' },
    ],
    [
      'a group of an organisation',
      { ...gmail, kind: 'workspace', address: 'front@clinic.test', signInAs: 'mia@clinic.test' },
      { signInAs: 'mia@clinic.test' },
    ],
  ])('may send from %s', (_what, form, expected) => expect(checkForm(form)).toMatchObject(ok(expected)));

  it('signs in as the address itself unless something else is said', () => {
    for (const signInAs of ['', '  ', 'desk@gmail.com'])
      expect(checkForm({ ...gmail, signInAs })).toEqual(ok(gmail));
  });

  it.each<[string, AccountForm, string, string]>([
    ['an alias with nobody to sign in', { ...gmail, address: 'desk@clinic.test' }, 'address', 'not-gmail'],
    ['an account that is not personal', { ...gmail, signInAs: 'mia@clinic.test' }, 'user', 'not-gmail'],
    ['an account that is no address', { ...gmail, signInAs: 'mia' }, 'user', 'not-an-address'],
  ])('is wrong with %s', (_what, form, field, why) =>
    expect(checkForm(form)).toMatchObject(fail([{ field, why }])),
  );

  it('takes googlemail.com as Gmail', () =>
    expect(checkForm({ ...gmail, address: 'desk@googlemail.com' }).ok).toBe(true));

  it.each<[string, AccountForm, string, string]>([
    ['no address', { ...gmail, address: ' ' }, 'address', 'empty'],
    ['a malformed address', { ...gmail, address: 'desk@' }, 'address', 'not-an-address'],
    ['another domain as Gmail', { ...gmail, address: 'desk@example.com' }, 'address', 'not-gmail'],
    ['no name', { ...gmail, name: '' }, 'name', 'empty'],
    [
      'a line break in the name',
      { ...gmail, name: 'Harbour\r\nBcc: x@example.com' },
      'name',
      'control-character',
    ],
    ['a placeholder as name', { ...gmail, name: '{company}' }, 'name', 'like-a-placeholder'],
    ['a name of 65 characters', { ...gmail, name: 'x'.repeat(65) }, 'name', 'too-long'],
    ['no host', server({ host: '' }), 'host', 'empty'],
    ['a URL as host', server({ host: 'smtp://mail.example.test' }), 'host', 'not-a-host'],
    [
      'a host with a label that ends in a hyphen',
      server({ host: 'mail-.example.test' }),
      'host',
      'not-a-host',
    ],
    ['port 0', server({ port: 0 }), 'port', 'not-a-port'],
    ['port 65536', server({ port: 65_536 }), 'port', 'not-a-port'],
    ['port 46.5', server({ port: 46.5 }), 'port', 'not-a-port'],
    ['no user', server({ user: ' ' }), 'user', 'empty'],
    ['a line break in the user', server({ user: 'desk\nx' }), 'user', 'control-character'],
  ])('names the field that is wrong: %s', (_what, form, field, why) =>
    expect(checkForm(form)).toMatchObject(fail([{ field, why }])),
  );

  it('names everything that is wrong at once', () =>
    expect(
      checkForm({
        kind: 'server',
        address: 'desk@example',
        name: ' ',
        server: { host: 'mail example', port: NaN, security: 'implicit-tls', user: 'desk\n1' },
        mailbox: { watch: true, tidySent: false, server: { host: 'imap/', port: 0 } },
      }),
    ).toMatchObject({
      problem: [
        { field: 'address', why: 'not-an-address', address: { problem: 'domain-without-dot' } },
        { field: 'name', why: 'empty' },
        { field: 'host', why: 'not-a-host' },
        { field: 'port', why: 'not-a-port' },
        { field: 'user', why: 'control-character' },
        { field: 'mailbox-host', why: 'not-a-host' },
        { field: 'mailbox-port', why: 'not-a-port' },
      ],
    }));

  it('offers the one address that a refused one obviously holds, as the desk does', () =>
    expect(checkForm({ ...own, address: '“Desk” <desk@example.test>,' })).toMatchObject({
      problem: [{ field: 'address', address: { problem: 'display-name', repair: 'desk@example.test' } }],
    }));

  it('has nothing of another kind of account in it', () =>
    expect(checkForm({ ...own, kind: 'workspace' })).toEqual(
      ok({ kind: 'workspace', address: own.address, name: own.name }),
    ));

  it('keeps a name of exactly 64 characters', () => expect(checkName('x'.repeat(64)).ok).toBe(true));
});

describe('the stored secret', () => {
  const stored = encodeSecret(own, 'pässword – 🔑');

  it('is used again for the same user at the same server [T-secret-reused]', () => {
    expect(decodeSecret({ ...own, name: 'Another name' }, stored)).toBe('pässword – 🔑');
    const google = encodeSecret(gmail, 'abcdefghijklmnop');
    expect(decodeSecret({ ...gmail, kind: 'workspace' }, google)).toBe('abcdefghijklmnop');
  });

  it.each([
    server({ host: 'evil.example.test' }),
    server({ port: 2525 }),
    server({ security: 'starttls' }),
    server({ user: 'other' }),
    gmail,
  ])('is never given for another server, port, security or user [T-secret-elsewhere]', (changed) =>
    expect(decodeSecret(changed, stored)).toBeNull(),
  );

  it.each(['', 'abcdefghijklmnop', `2 ${stored.slice(2)}`, `${stored} x`])('is not read from %j', (other) =>
    expect(decodeSecret(own, other)).toBeNull(),
  );

  it('is plain ASCII, as every keychain keeps it, however long', () =>
    expect(encodeSecret(own, '🔑'.repeat(200))).toMatch(/^[\x20-\x7e]{1,2000}$/));
});

describe('the inbox', () => {
  const place = (host: string, port: number): AccountForm => ({
    ...own,
    mailbox: { watch: true, tidySent: false, server: { host, port } },
  });

  it('may be somewhere else than the server that sends', () => {
    expect(checkForm(place(' imap.example.test ', 993))).toEqual(ok(place('imap.example.test', 993)));
  });

  it.each([
    ['mailbox-host', 'not-a-host', place('imap example', 993)],
    ['mailbox-host', 'empty', place('', 993)],
    ['mailbox-port', 'not-a-port', place('imap.example.test', 0)],
    ['mailbox-port', 'not-a-port', place('imap.example.test', 70_000)],
  ])('is blamed on its own field: %s, %s', (field, why, form) => {
    expect(checkForm(form)).toEqual(fail([{ field, why }]));
  });

  it('is Google’s for a Google account, whatever the form says', () => {
    const form: AccountForm = {
      ...gmail,
      mailbox: { watch: true, tidySent: true, server: { host: 'evil.example', port: 1 } },
    };
    expect(checkForm(form)).toEqual(ok({ ...gmail, mailbox: { watch: true, tidySent: true } }));
  });

  it('somewhere else gets no secret that was entered for the server alone [T-secret-server-only]', () => {
    const stored = encodeSecret(own, 'secret');
    expect(decodeSecret({ ...own, mailbox: { watch: true, tidySent: true } }, stored)).toBe('secret');
    expect(decodeSecret(place('evil.example', 993), stored)).toBeNull();
  });
});
