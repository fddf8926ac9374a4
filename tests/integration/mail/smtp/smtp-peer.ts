/**
 * @file A real SMTP server (smtp-server) that can be told what to answer, and that counts what it accepted: the
 * truth a claim is held against.
 */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import type { Security } from '../../../../src/shared/words.ts';
import type { SelfSigned } from '../../../../src/main/mail/self-signed.ts';
import { makeCertificate } from '../certificates.ts';

export const USER = 'desk@example.test';
export const PASSWORD = 'qwherkzlmvtaypno';

/** Where an answer can be put. `message`: after the dot. */
export type Place = 'connect' | 'auth' | 'mail' | 'rcpt' | 'message';
/** `times`: how often, before it behaves; always when left out. */
export interface Injected {
  readonly code: number;
  readonly text: string;
  readonly times?: number;
}

export interface SmtpPeer {
  readonly server: SmtpServer;
  /** One entry a message that was taken: answered with 250, or about to be while `hold` keeps the answer back. */
  readonly accepted: { readonly from: string; readonly to: readonly string[]; readonly source: string }[];
  /** Every sign-in and every connection so far. */
  readonly signIns: () => number;
  readonly connections: () => number;
  /** Answers this at this place from now on. */
  readonly inject: (place: Place, answer: Injected) => void;
  /** Takes messages without saying so, until the function that it returns is called. */
  readonly hold: () => () => void;
  /** Breaks every open connection. */
  readonly cutAll: () => void;
  readonly open: () => number;
  readonly stop: () => Promise<void>;
}

export async function startSmtpPeer(
  options: {
    readonly security?: Security;
    readonly certificate?: SelfSigned;
    readonly trusted?: boolean;
    readonly port?: number;
    readonly smtp?: Partial<SMTPServerOptions>;
  } = {},
): Promise<SmtpPeer> {
  const { security = 'implicit-tls', trusted = true } = options;
  const certificate = options.certificate ?? makeCertificate();
  const injected = new Map<Place, { answer: Injected; left: number }>();
  const accepted: { from: string; to: readonly string[]; source: string }[] = [];
  let held: Promise<unknown> | null = null;
  let signIns = 0;
  let connections = 0;

  const due = (place: Place): Error | null => {
    const found = injected.get(place);
    if (found === undefined || found.left === 0) return null;
    found.left -= 1;
    return Object.assign(new Error(found.answer.text), { responseCode: found.answer.code });
  };

  const smtp = new SMTPServer({
    secure: security === 'implicit-tls',
    ...certificate,
    disableReverseLookup: true,
    closeTimeout: 50,
    authMethods: ['PLAIN', 'LOGIN'],
    onConnect: (_session, callback) => {
      connections += 1;
      callback(due('connect'));
    },
    onAuth: (auth, _session, callback) => {
      signIns += 1;
      const refusal = due('auth');
      if (refusal !== null) callback(refusal);
      else if (auth.username === USER && auth.password === PASSWORD) callback(null, { user: USER });
      else callback(Object.assign(new Error('5.7.8 not accepted'), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, callback) => callback(due('mail')),
    onRcptTo: (_address, _session, callback) => callback(due('rcpt')),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refusal = due('message');
        if (refusal !== null) {
          callback(refusal);
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        accepted.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        });
        const answer = () => callback(null, '2.0.0 taken');
        if (held === null) answer();
        else void held.then(answer);
      });
    },
    ...options.smtp,
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    smtp.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = smtp.server.address() as AddressInfo;

  return {
    server: {
      host: 'localhost',
      port,
      security,
      user: USER,
      secret: () => Promise.resolve(PASSWORD),
      ...(trusted ? { trust: { ca: certificate.cert } } : {}),
    },
    accepted,
    signIns: () => signIns,
    connections: () => connections,
    inject: (place, answer) => injected.set(place, { answer, left: answer.times ?? Infinity }),
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<null>();
      held = promise;
      return () => {
        held = null;
        resolve(null);
      };
    },
    cutAll: () => {
      for (const connection of smtp.connections) connection._socket.destroy();
    },
    open: () => smtp.connections.size,
    stop: () =>
      new Promise((resolve) => {
        smtp.close(resolve);
      }),
  };
}
