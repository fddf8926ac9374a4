/**
 * @file Judges what the owner enters about the sending account. It decides form only; whether the server
 * accepts it is the live test's business.
 */
import type { ParsedAddress } from '../address/address.ts';
import { parseAddress } from '../address/parse.ts';
import type { FormFault, FormField } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { NAME_LENGTH, type AccountForm, type AccountKind, type MailboxChoice } from '../../shared/words.ts';

export interface FormProblem<F extends FormField = FormField> {
  readonly code: 'form';
  readonly field: F;
  readonly why: FormFault;
}

const fault = <F extends FormField>(field: F, why: FormFault) =>
  fail<FormProblem<F>>({ code: 'form', field, why });

/** RFC 1035 section 2.3.4. */
const HOST_LENGTH = 253;
/** RFC 4954 leaves it open; 400 characters of any script fit every keychain as stored-secret.ts writes them. */
const PASSWORD_LENGTH = 400;
/** Google shows an app password as four groups of four letters. */
const APP_PASSWORD = /^[a-z]{16}$/i;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const HOST = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i;

/** The name recipients see, trimmed; one line. */
export function checkName(name: string): Result<string, FormProblem<'name'>> {
  const trimmed = name.trim();
  if (trimmed === '') return fault('name', 'empty');
  if (CONTROL.test(trimmed)) return fault('name', 'control-character');
  return trimmed.length > NAME_LENGTH ? fault('name', 'too-long') : ok(trimmed);
}

/** The form with its texts cleaned, or the first field that is wrong, in the order of the screen. */
export function checkForm(form: AccountForm): Result<AccountForm, FormProblem> {
  const address = parseAddress(form.address);
  if (!address.ok) return fault('address', address.problem === 'empty' ? 'empty' : 'not-an-address');
  const name = checkName(form.name);
  const base = {
    kind: form.kind,
    address: address.value.delivery,
  };
  if (form.kind !== 'server') {
    const signInAs = checkGoogleSignIn(form, address.value);
    if (!signInAs.ok) return signInAs;
    if (!name.ok) return name;
    return ok({ ...base, name: name.value, ...signInAs.value, ...googleMailbox(form.mailbox) });
  }
  if (!name.ok) return name;
  const server = checkServer(form.server);
  if (!server.ok) return server;
  const mailbox = form.mailbox === undefined ? ok(undefined) : checkMailbox(form.mailbox);
  if (!mailbox.ok) return mailbox;
  return ok({
    ...base,
    name: name.value,
    server: server.value,
    ...(mailbox.value === undefined ? {} : { mailbox: mailbox.value }),
  });
}

/** Who signs in at Google. A personal account is one of gmail.com; what it sends from may be an alias elsewhere. */
function checkGoogleSignIn(
  { kind, signInAs = '' }: AccountForm,
  address: ParsedAddress,
): Result<Pick<AccountForm, 'signInAs'>, FormProblem> {
  const user = signInAs.trim() === '' ? ok(address) : parseAddress(signInAs);
  if (!user.ok) return fault('user', 'not-an-address');
  if (kind === 'gmail' && !user.value.canonical.endsWith('@gmail.com'))
    return fault(user.value === address ? 'address' : 'user', 'not-gmail');
  return ok(user.value.delivery === address.delivery ? {} : { signInAs: user.value.delivery });
}

/** Where Google's inboxes are is a constant of ours. */
const googleMailbox = (mailbox: MailboxChoice | undefined): Pick<AccountForm, 'mailbox'> =>
  mailbox === undefined ? {} : { mailbox: { watch: mailbox.watch, tidySent: mailbox.tidySent } };

const isHost = (host: string): boolean => host.length <= HOST_LENGTH && HOST.test(host);
const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

function checkMailbox({ watch, tidySent, server }: MailboxChoice): Result<MailboxChoice, FormProblem> {
  if (server === undefined) return ok({ watch, tidySent });
  const host = server.host.trim();
  if (!isHost(host)) return fault('mailbox-host', 'not-a-host');
  if (!isPort(server.port)) return fault('mailbox-port', 'not-a-port');
  return ok({ watch, tidySent, server: { host, port: server.port } });
}

function checkServer(server: AccountForm['server']): Result<NonNullable<AccountForm['server']>, FormProblem> {
  const host = server?.host.trim() ?? '';
  if (server === undefined || host === '') return fault('host', 'empty');
  if (!isHost(host)) return fault('host', 'not-a-host');
  if (!isPort(server.port)) return fault('port', 'not-a-port');
  const user = server.user.trim();
  if (user === '') return fault('user', 'empty');
  if (CONTROL.test(user)) return fault('user', 'control-character');
  if (user.length > PASSWORD_LENGTH) return fault('user', 'too-long');
  return ok({ host, port: server.port, security: server.security, user });
}

/**
 * The password as the server wants it. Google's is taken with or without the spaces it is shown with; anything
 * that cannot be an app password is turned away here, so that a normal password never reaches a server.
 */
export function checkPassword(kind: AccountKind, typed: string): Result<string, FormProblem> {
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
