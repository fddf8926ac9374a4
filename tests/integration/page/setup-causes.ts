/**
 * @file How each cause is brought about in set-up: by a real server on this computer that answers so, or is not there. A
 * cause without a line here does not compile.
 */
import type { SmtpServer } from '../../../src/main/mail/smtp/server.ts';
import type { Timing } from '../../../src/main/mail/smtp/timing.ts';
import type { SetupStep } from '../../../src/shared/desk-view.ts';
import type { Cause } from '../../../src/shared/causes.ts';
import type { AccountKind, Security } from '../../../src/shared/words.ts';
import { makeCertificate } from '../mail/certificates.ts';
import { startInjectingPeer } from '../mail/smtp/injecting-peer.ts';
import { CUT, type Script, SILENT, startScriptedPeer } from '../mail/smtp/scripted-peer.ts';
import { startSmtpPeer } from '../mail/smtp/smtp-peer.ts';
import type { SecretServicePeer } from '../peers/secret-service.ts';

export interface Peer {
  readonly server: Pick<SmtpServer, 'port' | 'security' | 'trust'>;
  readonly stop: () => Promise<void>;
}

/** A failure that set-up shows. */
export interface Reached {
  readonly kind?: Extract<AccountKind, 'gmail' | 'server'>;
  /** What is entered as the outgoing server, where it is not this computer. */
  readonly host?: string;
  readonly start: () => Promise<Peer>;
  readonly step: SetupStep;
  /** The field that has the focus; null: the button that tests again. */
  readonly field: 'Outgoing server' | 'Port' | 'Password' | 'App password' | null;
  /** Shorter waits, where a wait is what it is about. */
  readonly timing?: Partial<Timing>;
  /** What becomes of the keyring while the test runs. */
  readonly keyring?: (keyring: SecretServicePeer) => Promise<void>;
}
/** Why set-up never shows it as a failure. */
type Elsewhere =
  | 'it hands over no message'
  | 'it is told once the account is saved'
  | 'it is a question to the owner'
  | 'it is a fault of the form'
  | 'the owner did it';

/** Names that this computer's look-ups fail for in the test, by the error (or never answer); all others lead to this computer. */
export const NAMES: Readonly<Record<string, string>> = {
  'no-such-host.test': 'ENOTFOUND',
  'blocked.test': 'EACCES',
  'unheard-of.test': 'EUNHEARDOF',
  'silent.test': 'never',
};

const none: Peer = { server: { port: 465, security: 'implicit-tls' }, stop: () => Promise.resolve() };
const nowhere = (): Promise<Peer> => Promise.resolve(none);
const says =
  (script: Script, options: Parameters<typeof startScriptedPeer>[1] = {}): Reached['start'] =>
  () =>
    startScriptedPeer(script, options);
/** Where Gmail is looked for. */
const gmailSays = (script: Script): Reached['start'] => {
  const certificate = makeCertificate({ host: 'smtp.gmail.com' });
  return async () => {
    const peer = await startScriptedPeer(script, { tlsOptions: certificate });
    return { ...peer, server: { ...peer.server, trust: { ca: certificate.cert } } };
  };
};
const shows = (certificate: ReturnType<typeof makeCertificate>): Reached['start'] => {
  return async () => {
    const peer = await startScriptedPeer({}, { tlsOptions: certificate });
    return { ...peer, server: { ...peer.server, trust: { ca: certificate.cert } } };
  };
};
const closed = async (): Promise<Peer> => {
  const peer = await startScriptedPeer({});
  await peer.stop();
  return { ...peer, stop: () => Promise.resolve() };
};
const starttls: { security: Security; tls: boolean } = { security: 'starttls', tls: false };

const NO_MESSAGE: Elsewhere = 'it hands over no message';
const SAVED: Elsewhere = 'it is told once the account is saved';

export const SETUP_CAUSES: Readonly<Record<Cause, Reached | Elsewhere>> = {
  // No route leads to the address of all.
  offline: { host: '255.255.255.255', start: nowhere, step: 'reach', field: null },
  'host-not-found': {
    host: 'no-such-host.test',
    start: nowhere,
    step: 'reach',
    field: 'Outgoing server',
  },
  'connection-refused': { start: closed, step: 'reach', field: 'Port' },
  'blocked-here': { host: 'blocked.test', start: nowhere, step: 'reach', field: null },
  'connect-timeout': {
    host: 'silent.test',
    start: nowhere,
    step: 'reach',
    field: 'Outgoing server',
    timing: { connectMs: 300 },
  },
  'server-timeout': {
    start: says({ AUTH: SILENT }),
    step: 'sign-in',
    field: null,
    timing: { replyMs: 1_500 },
  },
  'connection-lost': { start: says({ AUTH: CUT }), step: 'sign-in', field: null },
  'out-of-step': { start: says({ AUTH: 'what a day\r\n' }), step: 'sign-in', field: null },
  'not-smtp': {
    start: says({ connect: 'HTTP/1.1 400 Bad Request\r\n\r\n' }),
    step: 'secure',
    field: 'Port',
  },
  'network-in-between': { kind: 'gmail', start: closed, step: 'reach', field: null },
  'tls-missing': { start: says({}, starttls), step: 'secure', field: 'Port' },
  'tls-failed': {
    start: says({}, { tls: false, security: 'implicit-tls' }),
    step: 'secure',
    field: 'Port',
  },
  'tls-from-start': {
    start: async () => {
      const peer = await startSmtpPeer();
      return { ...peer, server: { ...peer.server, security: 'starttls' } };
    },
    step: 'secure',
    field: 'Port',
    timing: { greetingMs: 500 },
  },
  'tls-injection': { start: () => startInjectingPeer('250 ok\r\n'), step: 'secure', field: null },
  'certificate-untrusted': {
    start: async () => {
      const peer = await startScriptedPeer({});
      return { ...peer, server: { ...peer.server, trust: {} } };
    },
    step: 'secure',
    field: 'Outgoing server',
  },
  'certificate-expired': {
    start: shows(makeCertificate({ expired: true })),
    step: 'secure',
    field: 'Outgoing server',
  },
  'certificate-other-host': {
    start: shows(makeCertificate({ host: 'other.test' })),
    step: 'secure',
    field: 'Outgoing server',
  },
  'authority-unlisted': 'it is a question to the owner',
  'sign-in-not-offered': {
    start: says({ EHLO: '250-peer\r\n250 PIPELINING\r\n' }),
    step: 'sign-in',
    field: 'Port',
  },
  'password-sign-in-off': {
    start: says({ EHLO: '250-peer\r\n250 AUTH XOAUTH2\r\n' }),
    step: 'sign-in',
    field: 'Password',
  },
  'normal-password': {
    kind: 'gmail',
    start: gmailSays({ AUTH: '534 5.7.9 Application-specific password required\r\n' }),
    step: 'sign-in',
    field: 'App password',
  },
  'wrong-password': {
    kind: 'gmail',
    start: gmailSays({ AUTH: '535 5.7.8 Username and Password not accepted\r\n' }),
    step: 'sign-in',
    field: 'App password',
  },
  'wrong-password-server': {
    start: says({ AUTH: '535 5.7.8 authentication failed\r\n' }),
    step: 'sign-in',
    field: 'Password',
  },
  'sign-in-later': {
    start: says({ AUTH: '454 4.7.0 Temporary authentication failure\r\n' }),
    step: 'sign-in',
    field: null,
  },
  'sign-in-blocked': {
    kind: 'gmail',
    start: gmailSays({ AUTH: '534 5.7.14 Please log in via your web browser\r\n' }),
    step: 'sign-in',
    field: null,
  },
  busy: { start: says({ connect: '421 4.3.0 too many connections\r\n' }), step: 'secure', field: null },
  'greeting-refused': { start: says({ EHLO: '421 4.7.0 not now\r\n' }), step: 'secure', field: null },
  'service-refused': { start: says({ connect: '554 5.7.1 not from here\r\n' }), step: 'secure', field: null },
  'vault-locked': {
    start: () => startSmtpPeer(),
    step: 'store',
    field: null,
    keyring: (keyring) => keyring.lock(),
  },
  'vault-missing': {
    start: () => startSmtpPeer(),
    step: 'store',
    field: null,
    keyring: (keyring) => keyring.stop(),
  },
  internal: { host: 'unheard-of.test', start: nowhere, step: 'reach', field: null },

  'recipient-busy': NO_MESSAGE,
  'recipient-full': NO_MESSAGE,
  'no-such-mailbox': NO_MESSAGE,
  'recipient-refused': NO_MESSAGE,
  'sender-refused': NO_MESSAGE,
  'daily-limit': NO_MESSAGE,
  'content-refused': NO_MESSAGE,
  'too-large': NO_MESSAGE,
  'address-needs-smtputf8': NO_MESSAGE,
  'refused-later': NO_MESSAGE,
  refused: NO_MESSAGE,
  'too-late': NO_MESSAGE,
  'mailbox-unreachable': SAVED,
  'mailbox-refused': SAVED,
  'mailbox-busy': SAVED,
  'sent-not-tidied': SAVED,
  'message-id-replaced': SAVED,
  'secret-missing': 'it is a fault of the form',
  'called-off': 'the owner did it',
};
