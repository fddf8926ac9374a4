/**
 * @file The form of the app password in the vault: bound to the sign-in it belongs to, so that an account whose
 * server was changed behind the program's back (settings are a plain file) is never sent the secret of another.
 */
import { createHash } from 'node:crypto';
import type { AccountForm } from '../../shared/words.ts';

const VERSION = '1';

/** The secret also goes to where the mailbox is, if that is somewhere else. */
const mailboxOf = ({ mailbox }: AccountForm): readonly (string | number)[] =>
  mailbox?.server === undefined ? [] : [mailbox.server.host.toLowerCase(), mailbox.server.port];

/** Who signs in where. Two forms with the same sign-in may share a secret; any others may not. */
export function signInOf(form: AccountForm): string {
  const { server } = form;
  const parts =
    form.kind === 'server' && server !== undefined
      ? ['server', server.host.toLowerCase(), server.port, server.security, server.user, ...mailboxOf(form)]
      : ['google', form.signInAs ?? form.address];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** ASCII, for any keychain; the password is UTF-8 in base64. */
export const encodeSecret = (form: AccountForm, secret: string): string =>
  [VERSION, signInOf(form), Buffer.from(secret).toString('base64')].join(' ');

/** The secret, if this is one and it belongs to this account's sign-in. */
export function decodeSecret(form: AccountForm, stored: string): string | null {
  const [version, signIn, secret, ...more] = stored.split(' ');
  if (version !== VERSION || signIn !== signInOf(form) || secret === undefined || more.length > 0)
    return null;
  return Buffer.from(secret, 'base64').toString();
}
