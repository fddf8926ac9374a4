/**
 * @file What the set-up screen makes of what is entered, before main looks at it.
 */
import { describe, expect, it } from 'vitest';
import { CAUSE_NAMES, CAUSES, type Cause } from '../../../src/shared/causes.ts';
import { ACCOUNT_KINDS, type AccountKind } from '../../../src/shared/words.ts';
import { fieldOfFailure } from '../../../src/renderer/screens/setup/field-of-cause.ts';
import { signInOf as mainSignInOf } from '../../../src/main/desk/stored-secret.ts';
import {
  accountForm,
  enteredFrom,
  looksNormal,
  signInKey,
  type Entered,
} from '../../../src/renderer/screens/setup/entered.ts';

const entered: Entered = {
  kind: 'server',
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
};
const formOf = (change: Partial<Entered> = {}) => accountForm({ ...entered, ...change });

describe('the form for main', () => {
  it('never holds the password, whatever the kind of account', () => {
    for (const kind of ACCOUNT_KINDS)
      expect(JSON.stringify(formOf({ kind })), kind).not.toContain(entered.password);
  });

  it('holds all else that was entered, so that another kind of account loses nothing', () => {
    const typed: Entered = {
      ...entered,
      kind: 'gmail',
      address: 'desk@example.com',
      name: 'Harbour Clinic',
      port: '2465',
      user: 'desk',
      tidySent: true,
      mailboxHost: 'imap.example.com',
      mailboxPort: '9993',
    };
    expect(enteredFrom('gmail', accountForm(typed))).toEqual({ ...typed, password: '' });
  });

  it('signs in to another server with the address, unless a user name is entered', () => {
    expect(formOf().server?.user).toBe('desk@gmail.com');
    expect(formOf({ user: 'desk' }).server?.user).toBe('desk');
    expect(enteredFrom('server', formOf()).user, 'and follows the address when that is put right').toBe('');
  });

  it('looks for the inbox where mail is sent through, unless another place is entered', () => {
    expect(formOf().mailbox).toEqual({ watch: true, tidySent: false });
    const place = (change: Partial<Entered>) => formOf(change).mailbox?.server;
    expect(place({ mailboxHost: ' imap.example.com' })).toEqual({ host: 'imap.example.com', port: 993 });
    expect(place({ mailboxPort: '9993' })).toEqual({ host: 'mail.example.com', port: 9993 });
    expect(place({ mailboxPort: 'abc' })?.port, 'main says that this is no port').toBeNaN();
  });

  it('has no place for an inbox where nothing is to be done, whatever stands in its fields', () => {
    expect(formOf({ watch: false, mailboxPort: 'abc' }).mailbox).toEqual({ watch: false, tidySent: false });
  });

  it.each(['', 'abc', '12.5', '-1', '465465', '0x1d1'])(
    'leaves it to main to refuse %j for a port',
    (port) => {
      const form = formOf({ port });
      expect(form.server?.port).toBeNaN();
      expect(enteredFrom('server', form).port).toBe('');
    },
  );
});

describe('a stored password', () => {
  const same = (change: Partial<Entered>) => signInKey(formOf(change)) === signInKey(formOf());

  it.each<Partial<Entered>>([
    { name: 'West wing' },
    { host: 'MAIL.example.com' },
    { tidySent: true },
    { user: 'desk@gmail.com' },
  ])('stays good after %j', (change) => {
    expect(same(change)).toBe(true);
  });

  it.each<Partial<Entered>>([
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
    const changes: readonly Partial<Entered>[] = [
      {},
      { host: 'Mail.Example.com' },
      { port: '587' },
      { user: 'desk' },
      { mailboxPort: '9993' },
      { kind: 'gmail' },
      { kind: 'workspace' },
      { kind: 'gmail', address: 'other@gmail.com', name: 'West wing' },
    ];
    const forms = changes.map(formOf);
    for (const one of forms) {
      for (const other of forms)
        expect(signInKey(one) === signInKey(other)).toBe(mainSignInOf(one) === mainSignInOf(other));
    }
  });
});

describe('an account that sends from another address', () => {
  it('has who signs in beside it, and a password of its own', () => {
    const group = { ...entered, address: 'front@clinic.test', user: ' mia@clinic.test ' };
    const form = accountForm({ ...group, kind: 'workspace' });
    expect(form).toMatchObject({ address: 'front@clinic.test', signInAs: 'mia@clinic.test' });
    const another = accountForm({ ...group, kind: 'workspace', address: 'desk@clinic.test' });
    expect(signInKey(form), 'another address of the same account').toBe(signInKey(another));
    expect(mainSignInOf(form)).toBe(mainSignInOf(another));
  });

  it('keeps what was said yes to', () => {
    const authorities = [{ name: 'A scanner', fingerprint: 'AA:01' }];
    expect(formOf({ kind: 'gmail', authorities })).toMatchObject({ authorities });
    expect(formOf({ kind: 'gmail' })).not.toHaveProperty('authorities');
  });
});

describe('the field that a failed test is about', () => {
  const field = (cause: Cause, kind: AccountKind) =>
    fieldOfFailure({ state: 'failed', step: 'sign-in', problem: { cause, serverSaid: null } }, kind);

  it('is the password wherever a new one is the next step', () => {
    for (const cause of CAUSE_NAMES.filter((name) => CAUSES[name].next === 'password'))
      for (const kind of ACCOUNT_KINDS) expect(field(cause, kind), cause).toBe('password');
  });

  it('is a field of the server for another server, and none for Google, whose servers cannot be entered', () => {
    expect(field('host-not-found', 'server')).toBe('host');
    expect(field('connection-refused', 'server')).toBe('port');
    for (const cause of ['host-not-found', 'connection-refused', 'tls-failed'] as const)
      expect(field(cause, 'gmail'), cause).toBeNull();
  });

  it('is none where only waiting, the network or the keychain can help', () => {
    for (const cause of ['offline', 'sign-in-later', 'vault-locked', 'called-off'] as const)
      for (const kind of ACCOUNT_KINDS) expect(field(cause, kind), cause).toBeNull();
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
