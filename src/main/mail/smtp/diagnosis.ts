/**
 * @file Finds out what it is that gives no greeting: a port that waits for TLS, or a server that is none for mail. It is
 * asked at set-up only, on a connection of its own, and is told nothing but a greeting.
 */
import type net from 'node:net';
import { dial } from './dial.ts';
import type { Failure } from './replies.ts';
import type { SmtpServer } from './server.ts';
import type { Timing } from './timing.ts';

/** How long it may take to greet, and then to answer: it has been silent to another connection before. */
const PATIENCE_MS = 2_000;
/** Both a command of SMTP and the end of a request of HTTP, so that a server of either kind answers. */
const GREETING = 'EHLO [127.0.0.1]\r\n\r\n';

/** The first bytes that come; empty when none do. */
function heard(socket: net.Socket, ms: number): Promise<string> {
  return new Promise((resolve) => {
    const end = (text: string) => {
      clearTimeout(timer);
      socket.removeAllListeners('data').removeListener('close', close);
      resolve(text);
    };
    const close = () => end('');
    const timer = setTimeout(() => end(''), ms);
    socket.once('data', (chunk: Buffer) => end(chunk.subarray(0, 1_000).toString('latin1')));
    socket.once('close', close);
  });
}

/** What explains the silence; null when nothing is found that does. */
export async function whatIsSilent(
  server: SmtpServer,
  options: { readonly timing: Timing; readonly signal: AbortSignal },
): Promise<Failure | null> {
  const nothing = () => undefined;
  const line = await dial(
    { ...server, security: 'implicit-tls' },
    { ...options, onOpen: nothing, meet: nothing },
  );
  const wrongSecurity: Failure = { step: 'greeting', reply: null, error: 'TLS_FROM_START' };
  const awaited = server.security === 'implicit-tls';
  if (!line.ok) {
    // A certificate that does not check out is one of a server that speaks TLS, too.
    const isTls = /CERT|ALTNAME|HOSTNAME|AUTHORITY|UNABLE_TO/u.test(line.problem.error ?? '');
    return isTls && !awaited ? wrongSecurity : null;
  }
  const socket = line.value.on('error', nothing);
  let said = await heard(socket, PATIENCE_MS);
  if (said === '' && !socket.destroyed) {
    socket.write(GREETING);
    said = await heard(socket, PATIENCE_MS);
  }
  socket.destroy();
  if (said === '') return null;
  if (!/^\d{3}[ -]/u.test(said)) return { step: 'greeting', reply: null, error: 'GARBLED', raw: said };
  return awaited ? null : wrongSecurity;
}
