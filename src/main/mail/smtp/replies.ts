/**
 * @file What can go wrong on the way, and what each answer or error means: one table from (step, code, enhanced
 * code, error code) to a cause. It matches on codes only, never on wording, which servers change and translate.
 */
import type { MailCause } from '../../../shared/causes.ts';
import type { Authority, DeliveryProblem } from '../../../shared/words.ts';
import { type Reply, sayable } from './reply.ts';

/** Where in the conversation it went wrong. */
export const STEPS = [
  'connect',
  'secure',
  'greeting',
  'hello',
  'starttls',
  'sign-in',
  'sender',
  'recipient',
  'data',
  'message',
] as const;
export type Step = (typeof STEPS)[number];

/** A failure as it was met: the server's whole reply if it gave one, else the code of the error. */
export interface Failure {
  readonly step: Step;
  readonly reply: Reply | null;
  /** A code of Node's, of its TLS, or one of {@link ErrorCode}. Null when `reply` says it all. */
  readonly error: string | null;
  /** What the server sent, when it was no reply at all. */
  readonly raw?: string;
  /** Who opens the connection, where the owner was not asked about that. */
  readonly authority?: Authority;
  /** It has said the same, at the same step, to the connection before. */
  readonly repeated?: true;
}

/** Errors that are ours to tell apart, beside Node's own. */
export type ErrorCode =
  | 'TIMEOUT'
  /** The line was closed. */
  | 'CLOSED'
  /** Something that is not SMTP, or an answer to nothing we asked. */
  | 'GARBLED'
  | 'TLS_INJECTION'
  /** The certificate is from an authority that the owner has not been asked about. */
  | 'AUTHORITY_UNLISTED'
  /** STARTTLS was chosen, and the port waits for TLS. */
  | 'TLS_FROM_START'
  | 'AUTH_NOT_OFFERED'
  /** Signing in is offered, and not with a password. */
  | 'PASSWORD_NOT_OFFERED'
  | 'NO_SECRET'
  | 'NO_SMTPUTF8'
  | 'TOO_LARGE'
  | 'CALLED_OFF'
  | 'INTERNAL';

export interface Row {
  readonly at?: readonly Step[];
  readonly code?: RegExp;
  readonly enhanced?: RegExp;
  readonly error?: RegExp;
  readonly repeated?: true;
  /** Whose dialect: Google's replies name Google's own remedies. */
  readonly of?: 'gmail' | 'server';
  readonly cause: MailCause;
}

const beforeMail: readonly Step[] = ['greeting', 'hello'];
const envelope: readonly Step[] = ['sender', 'recipient', 'data', 'message'];
const afterSender: readonly Step[] = ['recipient', 'data', 'message'];
const content: readonly Step[] = ['data', 'message'];

/**
 * First match wins. Sources: RFC 5321 §4.2.2 (codes), RFC 3463 (enhanced codes), RFC 4954 §6 (AUTH), RFC 3207 §4
 * (STARTTLS), RFC 6531 §3.5 and RFC 5336 (5.6.7), Google's "SMTP error reference" for the Gmail rows, Node's list
 * of X509 verification codes (tls.TLSSocket) for the certificate rows.
 */
export const TABLE: readonly Row[] = [
  // The way there.
  { error: /^NO_SECRET$/u, cause: 'secret-missing' },
  { error: /^AUTH_NOT_OFFERED$/u, cause: 'sign-in-not-offered' },
  { error: /^PASSWORD_NOT_OFFERED$/u, cause: 'password-sign-in-off' },
  { error: /^NO_SMTPUTF8$/u, cause: 'address-needs-smtputf8' },
  { error: /^TOO_LARGE$/u, cause: 'too-large' },
  { error: /^CALLED_OFF$/u, cause: 'called-off' },
  { error: /^TLS_INJECTION$/u, cause: 'tls-injection' },
  { error: /^AUTHORITY_UNLISTED$/u, cause: 'authority-unlisted' },
  { error: /^(?:ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EAI_AGAIN)$/u, cause: 'offline' },
  // Gmail's name exists: when it is not found, there is no name service, that is, no network.
  { error: /^(?:ENOTFOUND|ENODATA|EAI_.*|EDNS)$/u, of: 'gmail', cause: 'offline' },
  { error: /^(?:ENOTFOUND|ENODATA|EAI_.*|EDNS)$/u, cause: 'host-not-found' },
  // Windows' firewall and virus scanners, and a `prohibit` route of Linux: nothing left this computer.
  { error: /^(?:EACCES|EPERM)$/u, cause: 'blocked-here' },
  // Gmail answers at its ports; a filter on the way says no in its place.
  { error: /^ECONNREFUSED$/u, of: 'gmail', cause: 'network-in-between' },
  { error: /^ECONNREFUSED$/u, cause: 'connection-refused' },
  { error: /^(?:TIMEOUT|ETIMEDOUT)$/u, at: ['connect'], cause: 'connect-timeout' },
  { error: /^(?:TIMEOUT|ETIMEDOUT)$/u, cause: 'server-timeout' },
  { error: /^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/u, cause: 'certificate-expired' },
  // Where Gmail's server is, and how it is spoken to, are constants of ours: what answers otherwise is not Gmail.
  {
    error:
      /^(?:ERR_TLS_.*|HOSTNAME_MISMATCH|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*|CERT_.*|INVALID_CA|INVALID_PURPOSE|ERR_SSL_.*|ERR_OSSL_.*|EPROTO|ETLS)$/u,
    of: 'gmail',
    cause: 'network-in-between',
  },
  { error: /^(?:GARBLED|EPROTOCOL)$/u, of: 'gmail', at: beforeMail, cause: 'network-in-between' },
  { error: /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/u, cause: 'certificate-other-host' },
  {
    error:
      /^(?:.*SELF_SIGNED_CERT.*|UNABLE_TO_.*|CERT_.*|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CRL_.*)$/u,
    cause: 'certificate-untrusted',
  },
  { error: /^(?:ERR_SSL_.*|ERR_TLS_.*|ERR_OSSL_.*|EPROTO|ETLS)$/u, cause: 'tls-failed' },
  {
    error: /^(?:CLOSED|ECONNRESET|ENETRESET|ECONNABORTED|EPIPE|ESOCKET|ECONNECTION)$/u,
    cause: 'connection-lost',
  },
  { at: ['sign-in', ...envelope], error: /^(?:GARBLED|EPROTOCOL)$/u, cause: 'out-of-step' },
  { error: /^TLS_FROM_START$/u, cause: 'tls-from-start' },
  { error: /^(?:GARBLED|EPROTOCOL)$/u, cause: 'not-smtp' },

  // Google's relay answers EHLO so for ever, from a network that it was not told of.
  { at: ['hello'], code: /^421$/u, repeated: true, cause: 'greeting-refused' },
  // RFC 5321 §3.8: 421 may answer anything. Gmail's 421 4.3.0, 4.4.5 and 4.7.0 are load and rate.
  { code: /^421$/u, cause: 'busy' },

  // Greeting and EHLO.
  { at: beforeMail, code: /^4/u, cause: 'busy' },
  { at: ['hello'], code: /^50[0-4]$/u, cause: 'not-smtp' },
  { at: beforeMail, code: /^5/u, cause: 'service-refused' },
  // The answer does not matter: the server does not go over to TLS, or something in between prevents it.
  { at: ['starttls'], cause: 'tls-missing' },

  // Signing in.
  { at: ['sign-in'], code: /^4/u, cause: 'sign-in-later' },
  // Google: 5.7.9 "application-specific password required", 5.7.14 "please log in via your web browser".
  { at: ['sign-in'], code: /^534$/u, enhanced: /^5\.7\.14$/u, of: 'gmail', cause: 'sign-in-blocked' },
  { at: ['sign-in'], code: /^534$/u, of: 'gmail', cause: 'normal-password' },
  // Microsoft 365, where SMTP with a password is off for the mailbox, the tenant, or everybody.
  {
    at: ['sign-in'],
    code: /^5/u,
    enhanced: /^5\.7\.(?:30|139)$/u,
    of: 'server',
    cause: 'password-sign-in-off',
  },
  { at: ['sign-in'], code: /^535$/u, of: 'gmail', cause: 'wrong-password' },
  { at: ['sign-in'], code: /^535$/u, cause: 'wrong-password-server' },
  // RFC 4954 §6: 534 "mechanism is too weak", 504 "not implemented"; RFC 5321: 502 "command not implemented".
  { at: ['sign-in'], code: /^(?:50[0-4]|534)$/u, cause: 'sign-in-not-offered' },
  { at: ['sign-in'], code: /^538$/u, cause: 'tls-missing' },
  { at: ['sign-in'], code: /^5/u, cause: 'service-refused' },

  // The address is international and the way is not.
  { at: envelope, enhanced: /^5\.6\.7$/u, cause: 'address-needs-smtputf8' },
  // Google: "550 5.4.5 Daily sending quota exceeded"; Microsoft 365: 550 5.1.90. 4.4.5 is congestion that passes (RFC 3463
  // §3.5).
  { at: envelope, enhanced: /^5\.(?:4\.5|1\.90)$/u, code: /^55/u, cause: 'daily-limit' },
  { at: envelope, enhanced: /^5\.(?:3\.4|2\.3)$/u, cause: 'too-large' },

  // The sender, told in the recipient's place or after the data: RFC 3463's two codes for it, and Microsoft 365's (5.7.60,
  // and 5.2.252 "SendAsDenied").
  { at: afterSender, enhanced: /^5\.(?:1\.[78]|7\.60|2\.252)$/u, cause: 'sender-refused' },
  // Postfix says so at RCPT of an address that belongs to another sign-in, and 553 with this of nothing else.
  { at: afterSender, code: /^553$/u, enhanced: /^5\.7\.1$/u, cause: 'sender-refused' },

  // The recipient. Some servers judge it only after the data.
  { at: afterSender, enhanced: /^4\.2\.1$/u, cause: 'recipient-busy' },
  { at: afterSender, enhanced: /^[45]\.2\.2$/u, cause: 'recipient-full' },
  { at: afterSender, enhanced: /^5\.1\.(?:1|2|10)$/u, cause: 'no-such-mailbox' },
  { at: ['recipient'], code: /^552$/u, cause: 'recipient-full' },
  { at: ['recipient'], code: /^4/u, enhanced: /^4\.(?:3|4)\./u, cause: 'busy' },
  // 503: the session was out of step; a new one is not.
  { at: ['sender', 'recipient', 'data'], code: /^503$/u, cause: 'refused-later' },
  { at: ['recipient'], code: /^4/u, cause: 'refused-later' },
  { at: ['recipient'], code: /^5/u, cause: 'recipient-refused' },

  // The sender.
  { at: ['sender'], code: /^4/u, enhanced: /^4\.(?:3|4)\./u, cause: 'busy' },
  { at: ['sender'], code: /^4/u, cause: 'refused-later' },
  { at: ['sender'], code: /^552$/u, cause: 'too-large' },
  { at: ['sender'], code: /^530$/u, cause: 'service-refused' },
  { at: ['sender'], code: /^5/u, cause: 'sender-refused' },

  // The message itself. RFC 5321 §4.2.2: 552 without more is "exceeded storage allocation".
  { at: content, code: /^4/u, enhanced: /^4\.(?:3|4)\./u, cause: 'busy' },
  { at: content, code: /^4/u, cause: 'refused-later' },
  { at: content, code: /^55[0-9]$/u, enhanced: /^5\.[67]\./u, cause: 'content-refused' },
  { at: content, code: /^552$/u, cause: 'too-large' },
  { at: ['message'], code: /^554$/u, cause: 'content-refused' },
  { at: content, code: /^5/u, cause: 'refused' },

  // An answer to nothing that was asked: 2yz where 3yz is due, and so on.
  { at: ['sign-in', ...envelope], code: /^[2-5]/u, cause: 'out-of-step' },
  { code: /^[2-5]/u, cause: 'not-smtp' },
];

const fits = (pattern: RegExp | undefined, value: string | null): boolean =>
  pattern === undefined || (value !== null && pattern.test(value));

/** The first row that fits; `gmail` tells whose dialect the server speaks. */
export function rowOf({ step, reply, error, repeated }: Failure, gmail: boolean): Row | undefined {
  return TABLE.find(
    (candidate) =>
      (candidate.at === undefined || candidate.at.includes(step)) &&
      (candidate.of === undefined || (candidate.of === 'gmail') === gmail) &&
      (candidate.repeated === undefined || repeated === true) &&
      fits(candidate.code, reply === null ? null : String(reply.code)) &&
      fits(candidate.enhanced, reply?.enhanced ?? null) &&
      fits(candidate.error, reply === null ? error : null),
  );
}

export const causeOf = (failure: Failure, gmail: boolean): MailCause =>
  rowOf(failure, gmail)?.cause ?? 'internal';

/**
 * What crosses to the desk. `conceal`: what the server's words must not give away. What is no mail server is not quoted:
 * set-up would otherwise read out the banner of any port of any host.
 */
export function problemOf(failure: Failure, gmail: boolean, conceal: readonly string[]): DeliveryProblem {
  const cause = causeOf(failure, gmail);
  const said = failure.reply?.text ?? failure.raw;
  return {
    cause,
    serverSaid: said === undefined || cause === 'not-smtp' ? null : sayable(said, conceal),
    ...(failure.authority === undefined ? {} : { authority: failure.authority }),
  };
}
