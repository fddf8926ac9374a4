/**
 * @file Which mail server an account sends through. It never holds the secret: it holds the way to ask for it,
 * at the moment of signing in.
 */
import { foldedHost, GMAIL_SMTP } from '../../../shared/mail-servers.ts';
import type { AccountForm, Security } from '../../../shared/words.ts';
import type { Trust } from '../authorities.ts';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  /** The app password or the server's; null when there is none. Asked for at every sign-in, kept nowhere here. */
  readonly secret: () => Promise<string | null>;
  readonly trust?: Trust;
}

/** Personal Gmail and Google Workspace alike. */
export const gmailServer = (user: string, secret: SmtpServer['secret']): SmtpServer => ({
  ...GMAIL_SMTP,
  user,
  secret,
});

/** Null when a form for another server names no server. */
export function serverFor(form: AccountForm, secret: SmtpServer['secret']): SmtpServer | null {
  const trust = { consented: form.authorities ?? [] };
  if (form.kind !== 'server') return { ...gmailServer(form.signInAs ?? form.address, secret), trust };
  return form.server === undefined ? null : { ...form.server, secret, trust };
}

/** A user's name in one form: no server keeps two that differ in letters only. */
export const foldedUser = (user: string): string => user.normalize('NFKC').toLowerCase();

/** True for Gmail and Workspace: replies.ts then reads its `gmail` rows. */
export const isGmail = ({ host }: Pick<SmtpServer, 'host'>): boolean => foldedHost(host) === GMAIL_SMTP.host;
