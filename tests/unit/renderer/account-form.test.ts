/**
 * @file What the set-up screen makes of what is entered, before main looks at it.
 */
import { describe, expect, it } from 'vitest';
import { CAUSE_NAMES, CAUSES } from '../../../src/shared/causes.ts';
import { signInOf as mainSignInOf } from '../../../src/main/desk/stored-secret.ts';
import { accountForm, looksNormal, signInKey } from '../../../src/renderer/screens/setup/use-account-form.ts';

const entered = {
  address: ' desk@gmail.com ',
  name: 'Harbour Clinic ',
  password: 'abcd efgh ijkl mnop',
  host: 'mail.example.com',
  port: '465',
  security: 'implicit-tls',
  user: '',
  authorities: [],
  watch: true,
  tidySent: false,
  mailboxHost: '',
  mailboxPort: '993',
} as const;

describe('the form for main', () => {
  it('holds neither the password nor a server for a Google account', () => {
    const form = accountForm('gmail', entered);
    expect(form).toEqual({
      kind: 'gmail',
      address: 'desk@gmail.com',
      name: 'Harbour Clinic',
      mailbox: { watch: true, tidySent: false },
    });
    expect(JSON.stringify(form)).not.toContain('abcd');
  });

  it('signs in to another server with the address, unless a user name is entered', () => {
    expect(accountForm('server', entered)?.server?.user).toBe('desk@gmail.com');
    expect(accountForm('server', { ...entered, user: 'desk' })?.server?.user).toBe('desk');
  });

  it('looks for the inbox where mail is sent through, unless another place is entered', () => {
    expect(accountForm('server', entered)?.mailbox).toEqual({ watch: true, tidySent: false });
    const place = (change: object) => accountForm('server', { ...entered, ...change })?.mailbox?.server;
    expect(place({ mailboxHost: ' imap.example.com' })).toEqual({ host: 'imap.example.com', port: 993 });
    expect(place({ mailboxPort: '9993' })).toEqual({ host: 'mail.example.com', port: 9993 });
    expect(place({ mailboxPort: 'abc' }), 'main says that this is no port').toEqual({
      host: 'mail.example.com',
      port: 0,
    });
  });

  it('has no place for an inbox where nothing is to be done, whatever stands in its fields', () => {
    const off = { ...entered, watch: false, mailboxPort: 'abc' };
    expect(accountForm('server', off)?.mailbox).toEqual({ watch: false, tidySent: false });
  });

  it.each(['', 'abc', '12.5', '-1', '465465', '0x1d1'])('is none with %j for a port', (port) => {
    expect(accountForm('server', { ...entered, port })).toBeNull();
  });
});

describe('a stored password', () => {
  const before = accountForm('server', entered);
  const same = (change: object) => {
    const after = accountForm('server', { ...entered, ...change });
    return before !== null && after !== null && signInKey(after) === signInKey(before);
  };

  it.each<object>([
    { name: 'West wing' },
    { host: 'MAIL.example.com' },
    { tidySent: true },
    { user: 'desk@gmail.com' },
  ])('stays good after %j', (change) => {
    expect(same(change)).toBe(true);
  });

  it.each<object>([
    { host: 'mail.example.org' },
    { port: '587' },
    { security: 'starttls' },
    { user: 'desk' },
    { address: 'other@gmail.com' },
    { mailboxHost: 'imap.example.com' },
  ])('is needed again after %j', (change) => {
    expect(same(change)).toBe(false);
  });

  it('is said to be good exactly where main takes it', () => {
    const forms = [
      ...[{}, { host: 'Mail.Example.com' }, { port: '587' }, { user: 'desk' }, { mailboxPort: '9993' }].map(
        (change) => accountForm('server', { ...entered, ...change }),
      ),
      accountForm('gmail', entered),
      accountForm('workspace', entered),
      accountForm('gmail', { ...entered, address: 'other@gmail.com', name: 'West wing' }),
    ].filter((form) => form !== null);
    for (const one of forms) {
      for (const other of forms)
        expect(signInKey(one) === signInKey(other)).toBe(mainSignInOf(one) === mainSignInOf(other));
    }
  });
});

describe('an account that sends from another address', () => {
  it('has who signs in beside it, and a password of its own', () => {
    const group = { ...entered, address: 'front@clinic.test', user: ' mia@clinic.test ' };
    const form = accountForm('workspace', group);
    expect(form).toMatchObject({ address: 'front@clinic.test', signInAs: 'mia@clinic.test' });
    const another = accountForm('workspace', { ...group, address: 'desk@clinic.test' });
    if (form === null || another === null) throw new Error('no form');
    expect(signInKey(form), 'another address of the same account').toBe(signInKey(another));
    expect(mainSignInOf(form)).toBe(mainSignInOf(another));
  });

  it('keeps what was said yes to', () => {
    const authorities = [{ name: 'A scanner', fingerprint: 'AA:01' }];
    expect(accountForm('gmail', { ...entered, authorities })).toMatchObject({ authorities });
    expect(accountForm('gmail', entered)).not.toHaveProperty('authorities');
  });
});

describe('a password as it is typed', () => {
  it.each(['', 'abcd', 'abcd efgh ijkl mnop', 'ABCDEFGHIJKLMNOP', 'abcd\u00a0efgh'])(
    '%j may become an app password',
    (password) => {
      expect(looksNormal(password)).toBe(false);
    },
  );
  it.each(['hunter2', 'Summer-2026', 'pass word!'])('%j cannot', (password) => {
    expect(looksNormal(password)).toBe(true);
  });
});

describe('the next step after a cause', () => {
  it('asks for a new password only where a password is the trouble', () => {
    expect(CAUSE_NAMES.filter((cause) => CAUSES[cause].next === 'password').sort()).toEqual([
      'normal-password',
      'secret-missing',
      'wrong-password',
      'wrong-password-server',
    ]);
  });
  it('lets nobody save an account untested whose sign-in or certificate was refused', () => {
    for (const cause of CAUSE_NAMES.filter((name) =>
      /password|certificate|tls|refused|not-smtp/.test(name),
    )) {
      expect(CAUSES[cause].account, cause).not.toBe('not-reached');
    }
  });
});
