/**
 * @file A server that says exactly what a test scripts, for what no real server can be brought to say: nothing at
 * all, half a reply, two at once, or no SMTP.
 */
import net from 'node:net';
import tls from 'node:tls';
import { listen } from '../../../fakes/loopback.ts';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import type { Security } from '../../../../src/shared/words.ts';
import { makeCertificate } from '../certificates.ts';
import { PASSWORD, USER } from './smtp-peer.ts';

/** What a well-behaved submission server answers, by command; `connect` is the greeting, `body` after the dot. */
export const WELL_BEHAVED: Readonly<Record<string, string>> = {
  connect: '220 peer ESMTP\r\n',
  EHLO: '250-peer\r\n250-PIPELINING\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN\r\n',
  AUTH: '235 2.7.0 welcome\r\n',
  MAIL: '250 2.1.0 fine\r\n',
  RCPT: '250 2.1.5 fine\r\n',
  DATA: '354 go on\r\n',
  body: '250 2.0.0 taken\r\n',
  RSET: '250 2.0.0 fine\r\n',
  BDAT: '250 2.0.0 taken\r\n',
  QUIT: '221 2.0.0 bye\r\n',
};

/** Ends the connection instead of answering. */
export const CUT = Symbol('cut');
/** Says nothing from then on. */
export const SILENT = Symbol('silent');
/** Null: no answer to this one, but to those behind it. */
export type Script = Readonly<Record<string, string | typeof CUT | typeof SILENT | null>>;
/** A server that takes a message in one flight (RFC 3030). */
export const CHUNKING: Script = {
  EHLO: '250-peer\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n',
};

export interface ScriptedPeer {
  readonly server: SmtpServer;
  /** Commands in the order they came; `body` for a message behind DATA, `BDAT` with its message. */
  readonly heard: string[];
  /** The same, by the pieces they arrived in: what came together was sent in one flight. */
  readonly flights: string[][];
  /** What each EHLO gave as the client's name. */
  readonly greetedBy: string[];
  readonly connections: () => number;
  readonly open: () => number;
  /** The connections that there are now get no answer any more. */
  readonly silence: () => void;
  readonly stop: () => Promise<void>;
}

/** `script` overrides {@link WELL_BEHAVED}. */
export async function startScriptedPeer(
  script: Script,
  options: {
    readonly tls?: boolean;
    readonly security?: Security;
    readonly tlsOptions?: tls.TlsOptions;
  } = {},
): Promise<ScriptedPeer> {
  const certificate = makeCertificate();
  const heard: string[] = [];
  const greetedBy: string[] = [];
  const flights: string[][] = [];
  let connections = 0;
  /** The newest connection that is silent. */
  let silenced = 0;

  const converse = (socket: net.Socket) => {
    const number = (connections += 1);
    let buffer = '';
    let inBody = false;
    let silent = false;
    const answer = (event: string) => {
      const said = event in script ? script[event] : (WELL_BEHAVED[event] ?? '500 5.5.2 what\r\n');
      if (said === SILENT) silent = true;
      if (silent || number <= silenced) return;
      if (said === CUT) socket.destroy();
      else if (typeof said === 'string') socket.write(said);
      if (event === 'DATA' && typeof said === 'string' && said.startsWith('354')) inBody = true;
      if (event === 'QUIT') socket.end();
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1');
      const flight: string[] = [];
      for (;;) {
        const end = inBody ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        const [, chunk = '0'] = /^BDAT (\d+)/iu.exec(inBody ? '' : line) ?? [];
        if (buffer.length < end + 2 + Number(chunk)) return;
        buffer = buffer.slice(end + (inBody ? 5 : 2) + Number(chunk));
        const event = inBody ? 'body' : (line.split(' ')[0] ?? '').toUpperCase();
        inBody = false;
        heard.push(event);
        if (event === 'EHLO') greetedBy.push(line.slice(5));
        if (flight.push(event) === 1) flights.push(flight);
        answer(event);
        if (socket.destroyed) return;
      }
    });
    answer('connect');
  };

  const secure = options.tls ?? true;
  const listener = secure
    ? tls.createServer({ ...certificate, ...options.tlsOptions }, converse)
    : net.createServer(converse);
  listener.on('tlsClientError', () => undefined);
  const { port, sockets, stop } = await listen(listener);

  return {
    server: {
      host: 'localhost',
      port,
      security: options.security ?? 'implicit-tls',
      user: USER,
      secret: () => Promise.resolve(PASSWORD),
      trust: { ca: certificate.cert },
    },
    heard,
    greetedBy,
    flights,
    connections: () => connections,
    open: () => sockets.size,
    silence: () => {
      silenced = connections;
    },
    stop,
  };
}
