/**
 * @file A server that may say anything and still keeps honest books: it knows for each connection what it was asked,
 * refuses a message for a recipient it refused, and counts a message as accepted when it has said 250 to all of it.
 */
import net from 'node:net';
import tls from 'node:tls';
import { listen } from '../fakes/loopback.ts';
import type { Security } from '../../src/shared/words.ts';
import type { SmtpServer } from '../../src/main/mail/smtp/server.ts';
import { WELL_BEHAVED } from '../integration/mail/smtp/scripted-peer.ts';
import { PASSWORD, USER } from '../integration/mail/smtp/smtp-peer.ts';

/** What is asked: the greeting, a command, the whole message behind DATA (`body`), or BDAT with its message. */
export type Event =
  'connect' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'BDAT' | 'RSET';

/** What it offers. `plain`: one command at a time. `chunking`: a message in one flight. */
export type Ability = 'plain' | 'pipelining' | 'chunking';
export const ABILITIES: readonly Ability[] = ['plain', 'pipelining', 'chunking'];

/** How an answer leaves: whole, byte by byte, or so many milliseconds late. Null: not at all. */
export interface Answer {
  readonly bytes: string | Buffer;
  readonly manner?: 'whole' | 'bytewise' | 'late';
  readonly lateMs?: number;
  /** Then the connection ends, with a FIN or an RST. */
  readonly end?: 'fin' | 'rst';
}
export type Twist = (event: Event, usual: string, connection: number) => Answer | null | undefined;

export interface Judge {
  readonly port: number;
  readonly server: SmtpServer;
  readonly open: () => number;
  /** How many messages it took, for this recipient or for all. */
  readonly accepted: (recipient?: string) => number;
  readonly sawBody: () => boolean;
  readonly stop: () => Promise<void>;
}

const LATE_MS = 20;
const EXTENSIONS: Readonly<Record<Ability, string>> = {
  plain: '',
  pipelining: '250-PIPELINING\r\n',
  chunking: '250-PIPELINING\r\n250-CHUNKING\r\n',
};

async function say(
  socket: net.Socket,
  { bytes, manner = 'whole', lateMs = LATE_MS, end }: Answer,
): Promise<void> {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  if (manner === 'late') await new Promise((resolve) => setTimeout(resolve, lateMs));
  const pieces = manner === 'bytewise' ? [...whole].map((byte) => Buffer.of(byte)) : [whole];
  for (const piece of pieces) {
    if (socket.destroyed || socket.writableEnded) return;
    socket.write(piece);
    if (manner === 'bytewise') await new Promise((resolve) => setImmediate(resolve));
  }
  if (end === 'fin') socket.end();
}

export async function startJudge(
  twist: Twist,
  certificate: { readonly key: string; readonly cert: string },
  options: { readonly security?: Security | 'none'; readonly ability?: Ability } = {},
): Promise<Judge> {
  const { security = 'implicit-tls', ability = 'pipelining' } = options;
  const secureContext = tls.createSecureContext(certificate);
  const counts = new Map<string, number>();
  let connections = 0;
  let sawBody = false;

  const converse = (socket: net.Socket, plain: net.Socket, connection: number, greet: boolean) => {
    let buffer = '';
    let inBody = false;
    let sender = false;
    let recipient: string | null = null;
    let turn = Promise.resolve();

    const usual = (event: Event): string => {
      if (event === 'RCPT' && !sender) return '503 5.5.1 no sender\r\n';
      if ((event === 'DATA' || event === 'BDAT') && recipient === null) return '503 5.5.1 no recipient\r\n';
      if (event === 'STARTTLS') return '220 2.0.0 go on\r\n';
      if (event === 'BDAT' && ability !== 'chunking') return '500 5.5.2 what\r\n';
      if (event !== 'EHLO') return WELL_BEHAVED[event] ?? '500 5.5.2 what\r\n';
      return security === 'starttls' && !(socket instanceof tls.TLSSocket)
        ? '250-peer\r\n250 STARTTLS\r\n'
        : `250-peer\r\n${EXTENSIONS[ability]}250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN\r\n`;
    };
    const answer = (event: Event, line: string) => {
      const given = twist(event, usual(event), connection);
      const chosen = given === undefined ? { bytes: usual(event) } : given;
      const said = chosen === null ? '' : chosen.bytes.toString('latin1');
      const isYes = /^250(?:[ -]|\r\n)/u.test(said);
      if (event === 'MAIL') [sender, recipient] = [said.startsWith('2'), null];
      if (event === 'RCPT')
        recipient = sender && said.startsWith('2') ? (/<(.*)>/u.exec(line)?.[1] ?? '') : null;
      if (event === 'DATA') inBody = recipient !== null && said.startsWith('354');
      if ((event === 'body' || event === 'BDAT') && isYes && recipient !== null)
        counts.set(recipient, (counts.get(recipient) ?? 0) + 1);
      if (event === 'body' || event === 'BDAT') [sender, recipient] = [false, null];
      // Answers leave in the order of the questions, however slowly.
      if (chosen !== null)
        turn = turn.then(async () => {
          await say(socket, chosen);
          // Only TCP knows a reset; TLS on top of it has none.
          if (chosen.end === 'rst') plain.resetAndDestroy();
        });
      if (event === 'STARTTLS' && said.startsWith('220')) upgrade();
    };
    const upgrade = () => {
      socket.removeListener('data', hear);
      void turn.then(() => {
        const secure = new tls.TLSSocket(socket, { isServer: true, ...certificate });
        secure.on('error', () => socket.destroy());
        converse(secure, plain, connection, false);
      });
    };
    const hear = (chunk: Buffer) => {
      buffer += chunk.toString('latin1');
      for (;;) {
        if (inBody && buffer !== '') sawBody = true;
        const end = inBody ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        const [, length = '0'] = /^BDAT (\d+) LAST$/u.exec(inBody ? '' : line) ?? [];
        if (Number(length) > 0 && buffer.length > end + 2) sawBody = true;
        if (buffer.length < end + 2 + Number(length)) return;
        buffer = buffer.slice(end + (inBody ? 5 : 2) + Number(length));
        // Any other verb gets its usual answer, so the cast only names what `usual` knows how to miss.
        const event = inBody ? 'body' : ((line.split(' ')[0] ?? '').toUpperCase() as Event);
        inBody = false;
        answer(event, line);
      }
    };
    socket.on('data', hear);
    if (greet) answer('connect', '');
  };

  const open = (socket: net.Socket, plain: net.Socket) => {
    socket.on('error', () => undefined);
    connections += 1;
    converse(socket, plain, connections, true);
  };
  const listener = net.createServer((socket) => {
    if (security === 'implicit-tls') {
      const secure = new tls.TLSSocket(socket, { isServer: true, secureContext });
      secure.on('error', () => socket.destroy());
      secure.once('secure', () => open(secure, socket));
    } else open(socket, socket);
  });
  const { port, sockets, stop } = await listen(listener);
  return {
    port,
    server: {
      host: 'localhost',
      port,
      security: security === 'starttls' ? 'starttls' : 'implicit-tls',
      user: USER,
      secret: () => Promise.resolve(PASSWORD),
      trust: { ca: certificate.cert },
    },
    open: () => sockets.size,
    accepted: (recipient) =>
      recipient === undefined
        ? [...counts.values()].reduce((sum, count) => sum + count, 0)
        : (counts.get(recipient) ?? 0),
    sawBody: () => sawBody,
    stop,
  };
}
