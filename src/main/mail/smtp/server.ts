/**
 * @file Which mail server an account sends through. It never holds the secret: it holds the way to ask for it,
 * at the moment of signing in.
 */
import { GMAIL_SMTP } from '../../../shared/mail-servers.ts';
import type { AccountForm, Security } from '../../../shared/words.ts';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  /** The app password or the server's; null when there is none. Asked for at every sign-in, kept nowhere here. */
  readonly secret: () => Promise<string | null>;
  /** Trusts this certificate (PEM) instead of the usual authorities. The practice server's only. */
  readonly trust?: { readonly ca: string };
}

/** Personal Gmail and Google Workspace alike. */
export const gmailServer = (user: string, secret: SmtpServer['secret']): SmtpServer => ({
  ...GMAIL_SMTP,
  user,
  secret,
});

/** Null when a form for another server names no server. */
export function serverFor(form: AccountForm, secret: SmtpServer['secret']): SmtpServer | null {
  if (form.kind !== 'server') return gmailServer(form.address, secret);
  return form.server === undefined ? null : { ...form.server, secret };
}

/** True for Gmail and Workspace: replies.ts then reads its `gmail` rows. */
export const isGmail = (server: Pick<SmtpServer, 'host'>): boolean =>
  server.host.toLowerCase() === GMAIL_SMTP.host;
