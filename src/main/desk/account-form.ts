/**
 * @file Judges what the owner enters about the sending account: all of it at once, so that the owner is not told one mistake a
 * press. It decides form only; whether the server accepts it is the live test's business.
 */
import type { ParsedAddress } from '../address/address.ts';
import { faultOf } from '../address/fault.ts';
import { parseAddress } from '../address/parse.ts';
import type { FieldFault, FormFault, FormField } from '../../shared/problems.ts';
import { LIKE_A_PLACEHOLDER } from '../../shared/purposes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { NAME_LENGTH, type AccountForm, type AccountKind, type MailboxChoice } from '../../shared/words.ts';

type Checked<T> = Result<T, FieldFault>;
const fault = (field: FormField, why: FormFault) => fail<FieldFault>({ field, why });

/** Everything that is wrong in these. */
export const faultsIn = (...checks: readonly Checked<unknown>[]): readonly FieldFault[] =>
  checks.flatMap((checked) => (checked.ok ? [] : [checked.problem]));

/** RFC 1035 section 2.3.4. */
const HOST_LENGTH = 253;
/** RFC 4954 leaves it open; 400 characters of any script fit every keychain as stored-secret.ts writes them. */
const PASSWORD_LENGTH = 400;
/** Google shows an app password as four groups of four letters. */
const APP_PASSWORD = /^[a-z]{16}$/i;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const HOST = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i;

/** The name recipients see, trimmed; one line. */
export function checkName(name: string): Checked<string> {
  const trimmed = name.trim();
  if (trimmed === '') return fault('name', 'empty');
  if (CONTROL.test(trimmed)) return fault('name', 'control-character');
  if (LIKE_A_PLACEHOLDER.test(trimmed)) return fault('name', 'like-a-placeholder');
  return trimmed.length > NAME_LENGTH ? fault('name', 'too-long') : ok(trimmed);
}

/** The form with its texts cleaned and nothing in it that an account of its kind does not have; or all that is wrong. */
export function checkForm(form: AccountForm): Result<AccountForm, readonly FieldFault[]> {
  const address = checkAddress('address', form.address);
  const name = checkName(form.name);
  const places = form.kind === 'server' ? checkPlaces(form) : checkGoogle(form, address);
  if (!address.ok || !name.ok || !places.ok)
    return fail([...faultsIn(address, name), ...(places.ok ? [] : places.problem)]);
  return ok({ kind: form.kind, address: address.value.delivery, name: name.value, ...places.value });
}

function checkGoogle(
  form: AccountForm,
  address: Checked<ParsedAddress>,
): Result<Pick<AccountForm, 'signInAs' | 'mailbox'>, readonly FieldFault[]> {
  const signInAs = checkGoogleSignIn(form, address);
  return signInAs.ok ? ok({ ...signInAs.value, ...googleMailbox(form.mailbox) }) : fail([signInAs.problem]);
}

function checkAddress(field: 'address' | 'user', typed: string): Checked<ParsedAddress> {
  const address = parseAddress(typed);
  if (address.ok) return address;
  if (address.problem === 'empty') return fault(field, 'empty');
  return fail({ field, why: 'not-an-address', address: faultOf(typed, address.problem) });
}

/** Who signs in at Google. A personal account is one of gmail.com; what it sends from may be an alias elsewhere. */
function checkGoogleSignIn(
  { kind, signInAs = '' }: AccountForm,
  address: Checked<ParsedAddress>,
): Checked<Pick<AccountForm, 'signInAs'>> {
  const own = signInAs.trim() === '';
  const user = own ? address : checkAddress('user', signInAs);
  // What is wrong with the address itself is said of it.
  if (!user.ok) return own ? ok({}) : user;
  if (kind === 'gmail' && !user.value.canonical.endsWith('@gmail.com'))
    return fault(own ? 'address' : 'user', 'not-gmail');
  return ok(
    !address.ok || user.value.delivery === address.value.delivery ? {} : { signInAs: user.value.delivery },
  );
}

/** Where Google's inboxes are is a constant of ours. */
const googleMailbox = (mailbox: MailboxChoice | undefined): Pick<AccountForm, 'mailbox'> =>
  mailbox === undefined ? {} : { mailbox: { watch: mailbox.watch, tidySent: mailbox.tidySent } };

function checkPlaces({
  server,
  mailbox,
}: AccountForm): Result<Pick<AccountForm, 'server' | 'mailbox'>, readonly FieldFault[]> {
  const host = checkHost('host', server?.host ?? '');
  const port = checkPort('port', server?.port ?? NaN);
  const user = checkUser(server?.user ?? '');
  const inbox = mailbox?.server;
  const inboxHost = inbox === undefined ? ok('') : checkHost('mailbox-host', inbox.host);
  const inboxPort = inbox === undefined ? ok(0) : checkPort('mailbox-port', inbox.port);
  if (server === undefined || !host.ok || !port.ok || !user.ok || !inboxHost.ok || !inboxPort.ok)
    return fail(faultsIn(host, port, user, inboxHost, inboxPort));
  const place = inbox === undefined ? {} : { server: { host: inboxHost.value, port: inboxPort.value } };
  return ok({
    server: { host: host.value, port: port.value, security: server.security, user: user.value },
    ...(mailbox === undefined
      ? {}
      : { mailbox: { watch: mailbox.watch, tidySent: mailbox.tidySent, ...place } }),
  });
}

function checkHost(field: 'host' | 'mailbox-host', typed: string): Checked<string> {
  const host = typed.trim();
  if (host === '') return fault(field, 'empty');
  return host.length <= HOST_LENGTH && HOST.test(host) ? ok(host) : fault(field, 'not-a-host');
}

const checkPort = (field: 'port' | 'mailbox-port', port: number): Checked<number> =>
  Number.isInteger(port) && port >= 1 && port <= 65_535 ? ok(port) : fault(field, 'not-a-port');

function checkUser(typed: string): Checked<string> {
  const user = typed.trim();
  if (user === '') return fault('user', 'empty');
  if (CONTROL.test(user)) return fault('user', 'control-character');
  return user.length > PASSWORD_LENGTH ? fault('user', 'too-long') : ok(user);
}

/**
 * The password as the server wants it. Google's is taken with or without the spaces it is shown with; anything
 * that cannot be an app password is turned away here, so that a normal password never reaches a server.
 */
export function checkPassword(kind: AccountKind, typed: string): Checked<string> {
  if (kind === 'server') {
    if (typed === '') return fault('password', 'empty');
    if (CONTROL.test(typed)) return fault('password', 'control-character');
    return typed.length > PASSWORD_LENGTH ? fault('password', 'too-long') : ok(typed);
  }
  const letters = typed.replace(/[\s\u00a0\u200b-\u200d\u2060\ufeff-]/gu, '');
  if (letters === '') return fault('password', 'empty');
  if (APP_PASSWORD.test(letters)) return ok(letters.toLowerCase());
  return fault('password', /^[a-z]+$/i.test(letters) ? 'not-an-app-password' : 'normal-password');
}
