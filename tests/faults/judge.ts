/**
 * @file A server that may say anything and still keeps honest books: it knows for each connection what it was asked,
 * refuses data for a recipient it refused, and counts a message as accepted when it has said 250 to its dot.
 */
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { Security } from '../../src/shared/words.ts';
import type { SmtpServer } from '../../src/main/mail/smtp/server.ts';
import { WELL_BEHAVED } from '../integration/mail/smtp/scripted-peer.ts';
import { PASSWORD, USER } from '../integration/mail/smtp/smtp-peer.ts';

/** What is asked: the greeting, a command, or (`body`) the whole message behind DATA. */
export type Event = 'connect' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body';

/** How an answer leaves: whole, byte by byte, or late. Null: not at all. */
export interface Answer {
  readonly bytes: string | Buffer;
  readonly manner?: 'whole' | 'bytewise' | 'late';
  /** Then the connection ends. */
  readonly end?: boolean;
}
export type Twist = (event: Event, usual: string, connection: number) => Answer | null | undefined;

export interface Judge {
  readonly server: SmtpServer;
  readonly accepted: () => number;
  readonly sawBody: () => boolean;
  readonly stop: () => Promise<void>;
}

const LATE_MS = 20;

async function say(socket: net.Socket, { bytes, manner = 'whole', end = false }: Answer): Promise<void> {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  if (manner === 'late') await new Promise((resolve) => setTimeout(resolve, LATE_MS));
  const pieces = manner === 'bytewise' ? [...whole].map((byte) => Buffer.of(byte)) : [whole];
  for (const piece of pieces) {
    if (socket.destroyed) return;
    socket.write(piece);
    if (manner === 'bytewise') await new Promise((resolve) => setImmediate(resolve));
  }
  if (end) socket.end();
}

export async function startJudge(
  twist: Twist,
  certificate: { readonly key: string; readonly cert: string },
  security: Security = 'implicit-tls',
): Promise<Judge> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let accepted = 0;
  let sawBody = false;

  const converse = (socket: net.Socket, connection: number, greet: boolean) => {
    let buffer = '';
    let inBody = false;
    let recipient = false;
    let turn = Promise.resolve();

    const usual = (event: Event): string => {
      if (event === 'DATA' && !recipient) return '503 5.5.1 no recipient\r\n';
      if (event === 'STARTTLS') return '220 2.0.0 go on\r\n';
      const said = WELL_BEHAVED[event] ?? '500 5.5.2 what\r\n';
      return event === 'EHLO' && security === 'starttls' && !(socket instanceof tls.TLSSocket)
        ? '250-peer\r\n250 STARTTLS\r\n'
        : said;
    };
    const answer = (event: Event) => {
      const given = twist(event, usual(event), connection);
      const chosen = given === undefined ? { bytes: usual(event) } : given;
      const said = chosen === null ? '' : chosen.bytes.toString('latin1');
      if (event === 'RCPT') recipient = said.startsWith('2');
      if (event === 'MAIL' && !said.startsWith('2')) recipient = false;
      if (event === 'DATA') inBody = recipient && said.startsWith('354');
      if (event === 'body' && /^250(?:[ -]|\r\n)/u.test(said)) accepted += 1;
      // Answers leave in the order of the questions, however slowly.
      if (chosen !== null) turn = turn.then(() => say(socket, chosen));
      if (event === 'STARTTLS' && said.startsWith('220')) upgrade();
    };
    const upgrade = () => {
      socket.removeListener('data', hear);
      void turn.then(() => {
        const secure = new tls.TLSSocket(socket, { isServer: true, ...certificate });
        secure.on('error', () => socket.destroy());
        converse(secure, connection, false);
      });
    };
    const hear = (chunk: Buffer) => {
      buffer += chunk.toString('latin1');
      for (;;) {
        if (inBody && buffer !== '') sawBody = true;
        const end = inBody ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + (inBody ? 5 : 2));
        // Any other verb gets its usual answer, so the cast only names what `usual` knows how to miss.
        const event = inBody ? 'body' : ((line.split(' ')[0] ?? '').toUpperCase() as Event);
        inBody = false;
        answer(event);
      }
    };
    socket.on('data', hear);
    if (greet) answer('connect');
  };

  const open = (socket: net.Socket) => {
    socket.on('error', () => undefined);
    connections += 1;
    converse(socket, connections, true);
  };
  const listener = security === 'implicit-tls' ? tls.createServer(certificate, open) : net.createServer(open);
  listener.on('tlsClientError', () => undefined);
  listener.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  return {
    server: {
      host: 'localhost',
      port: (listener.address() as AddressInfo).port,
      security,
      user: USER,
      secret: () => Promise.resolve(PASSWORD),
      trust: { ca: certificate.cert },
    },
    accepted: () => accepted,
    sawBody: () => sawBody,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}
