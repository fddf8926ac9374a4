/**
 * @file Opens the account's own mailbox over IMAP: TLS from the first byte with certificates verified (RFC 8314),
 * the account's own secret, limits on everything the server may send, and no log. A server's words and imapflow's
 * errors go no further than here.
 */
import type { ImapFlow as Client } from 'imapflow';
import { type Cause, CAUSES } from '../../../shared/causes.ts';
import { foldedHost, GMAIL_IMAP, IMAPS_PORT } from '../../../shared/mail-servers.ts';
import type { AccountForm, Authority } from '../../../shared/words.ts';
import { trusting } from '../authorities.ts';
import { REPORT_BYTES } from './reports.ts';
import { errorCode } from '../smtp/dial.ts';
import { causeOf } from '../smtp/replies.ts';
import type { SmtpServer } from '../smtp/server.ts';

export type ImapServer = Pick<SmtpServer, 'host' | 'port' | 'user' | 'secret' | 'trust'>;

/** Null when a form for another server names no server. */
export function imapServerFor(form: AccountForm, secret: SmtpServer['secret']): ImapServer | null {
  const trust = { consented: form.authorities ?? [] };
  if (form.kind !== 'server') return { ...GMAIL_IMAP, user: form.signInAs ?? form.address, secret, trust };
  const { server, mailbox } = form;
  if (server === undefined) return null;
  const place = mailbox?.server ?? { host: server.host, port: IMAPS_PORT };
  return { ...place, user: server.user, secret, trust };
}

const CONNECT_MS = 10_000;
/** How long any question to a mailbox may take, however much of the answer has come by then. */
export const ANSWER_MS = 20_000;
/** A waiting line is asked this often; home routers forget a silent one after 2 to 5 minutes. */
export const SIGN_OF_LIFE_MS = 90_000;

/** More than the answer to any question of ours: what comes beyond is a flood. */
export const ANSWER_BYTES = 1024 * 1024;
const LOOK_MS = 25;

/** One question. It hangs up when the answer takes too long, a byte at a time or not at all, or when it never ends. */
export function asked<T>(client: Client, question: Promise<T>, ms = ANSWER_MS): Promise<T> {
  const before = client.stats().received;
  return new Promise((resolve, reject) => {
    const giveUp = (code: string) => {
      reject(Object.assign(new Error('the mailbox gave no proper answer'), { code }));
      client.close();
    };
    const timer = setTimeout(() => giveUp('ETIMEDOUT'), ms);
    const watch = setInterval(() => {
      if (client.stats().received - before > ANSWER_BYTES) giveUp('EPROTOCOL');
    }, LOOK_MS);
    void question.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      clearInterval(watch);
    });
  });
}

/**
 * Null without a secret, or when it cannot be read. It is not connected yet; the caller must `close` it. `meet` is told of
 * an authority that is not on Node's list; where the owner was not asked about it, the connection ends before the sign-in.
 */
export async function imapClient(
  server: ImapServer,
  meet: (authority: Authority) => void = () => undefined,
): Promise<Client | null> {
  const pass = await server.secret().catch(() => null);
  if (pass === null) return null;
  // Loaded when a mailbox is opened and not before: it is the largest part of the program, and most starts never need it.
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: true,
    tls: trusting(server.trust, meet),
    auth: { user: server.user, pass },
    // RFC 2971: the name of the program, and nothing about the machine, its system and its versions.
    clientInfo: { name: 'Countersign', version: false, vendor: false, 'support-url': false },
    logger: false,
    disableCompression: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    // Silence is normal while it waits in IDLE; watch.ts asks for a sign of life, and gives all else its time.
    socketTimeout: 2 * SIGN_OF_LIFE_MS,
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

const text = (error: unknown, key: string): unknown =>
  error instanceof Error ? Reflect.get(error, key) : undefined;

/** RFC 5530 section 3: not now, and the password is not judged. Google says OVERQUOTA when too much was read. */
const NOT_NOW = new Set<unknown>(['UNAVAILABLE', 'INUSE', 'LIMIT', 'OVERQUOTA']);
const isForNow = (error: unknown): boolean => NOT_NOW.has(text(error, 'serverResponseCode'));

/**
 * BYE, from a server that takes no connection, or not this one (RFC 3501 section 7.1.5): its words are the reason that
 * imapflow gives for the end of a connection. Errors of TLS have reasons, too.
 */
const isGoodbye = (error: unknown): boolean =>
  text(error, 'reason') !== undefined && /^(?:NoConnection|ClosedAfterConnect)/u.test(errorCode(error));

/** A plain no to what was asked, as imapflow marks it. */
const NO = { responseStatus: 'NO' } as const;
const isRefusal = (error: unknown): boolean => ['NO', 'BAD'].includes(String(text(error, 'responseStatus')));

/** The server would not do what the program cannot go on without, where imapflow only answers false. */
export const refusal = (): Error => Object.assign(new Error('the mailbox refused a command'), NO);

/** For good, until the account or its password is changed. */
export const isSignInRefused = (error: unknown): boolean =>
  text(error, 'authenticationFailed') === true && !isForNow(error);

/** Why a mailbox could not be opened, from what imapflow rejected with. */
export function mailboxCause(server: Pick<ImapServer, 'host'>, error: unknown): Cause {
  if (isForNow(error) || isGoodbye(error)) return 'mailbox-busy';
  if (isSignInRefused(error) || isRefusal(error)) return 'mailbox-refused';
  const gmail = foldedHost(server.host) === GMAIL_IMAP.host;
  const cause = causeOf({ step: 'connect', reply: null, error: errorCode(error) }, gmail);
  return CAUSES[cause].onAnyLine ? cause : 'mailbox-unreachable';
}
