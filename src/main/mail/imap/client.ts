/**
 * @file Opens the account's own mailbox over IMAP: TLS from the first byte with certificates verified (RFC 8314),
 * the account's own secret, limits on everything the server may send, and no log. A server's words and imapflow's
 * errors go no further than here.
 */
import type { ImapFlow as Client } from 'imapflow';
import { type Cause, CAUSES } from '../../../shared/causes.ts';
import { GMAIL_IMAP, IMAPS_PORT } from '../../../shared/mail-servers.ts';
import type { AccountForm } from '../../../shared/words.ts';
import { REPORT_BYTES } from './reports.ts';
import { errorCode } from '../smtp/dial.ts';
import { causeOf } from '../smtp/replies.ts';
import type { SmtpServer } from '../smtp/server.ts';

export type ImapServer = Pick<SmtpServer, 'host' | 'port' | 'user' | 'secret' | 'trust'>;

/** Null when a form for another server names no server. */
export function imapServerFor(form: AccountForm, secret: SmtpServer['secret']): ImapServer | null {
  if (form.kind !== 'server') return { ...GMAIL_IMAP, user: form.address, secret };
  const { server, mailbox } = form;
  if (server === undefined) return null;
  const place = mailbox?.server ?? { host: server.host, port: IMAPS_PORT };
  return { ...place, user: server.user, secret };
}

const CONNECT_MS = 10_000;
const ANSWER_MS = 20_000;
/** IDLE is renewed this often; home routers forget a silent line after 2 to 5 minutes. */
const IDLE_MS = 90_000;

/** Null without a secret. It is not connected yet; the caller must `close` it. */
export async function imapClient(server: ImapServer): Promise<Client | null> {
  const pass = await server.secret();
  if (pass === null) return null;
  // Loaded when a mailbox is opened and not before: it is the largest part of the program, and most starts never need it.
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: true,
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(server.trust === undefined ? {} : { ca: server.trust.ca }),
    },
    auth: { user: server.user, pass },
    // RFC 2971: the name of the program, and nothing about the machine, its system and its versions.
    clientInfo: { name: 'Countersign', version: false, vendor: false, 'support-url': false },
    logger: false,
    disableCompression: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    // Longer than the pause between two renewals of IDLE, which is silent when all is well.
    socketTimeout: IDLE_MS + ANSWER_MS,
    maxIdleTime: IDLE_MS,
    autoIdleDelay: 50,
    maxLineLength: REPORT_BYTES,
    maxLiteralSize: REPORT_BYTES + 1_024,
    maxResponseSize: 2 * REPORT_BYTES,
    maxResponseTokens: 50_000,
  });
  // Every failure also ends a call or the connection; without a listener it would end the program.
  client.on('error', () => undefined);
  return client;
}

export const isSignInRefused = (error: unknown): boolean =>
  error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true;

/** Why a mailbox could not be opened, from what imapflow rejected with. */
export function mailboxCause(server: Pick<ImapServer, 'host'>, error: unknown): Cause {
  if (isSignInRefused(error)) return 'mailbox-refused';
  const gmail = server.host === GMAIL_IMAP.host;
  const cause = causeOf({ step: 'connect', reply: null, error: errorCode(error) }, gmail);
  return CAUSES[cause].onAnyLine ? cause : 'mailbox-unreachable';
}
