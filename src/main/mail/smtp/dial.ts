/**
 * @file Opens the line to a mail server, and for implicit TLS makes it secure. It never accepts a certificate that
 * does not check out, and leaves no socket behind when it fails.
 */
import net from 'node:net';
import tls from 'node:tls';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Authority } from '../../../shared/words.ts';
import { trusting } from '../authorities.ts';
import { type Failure, type Step } from './replies.ts';
import { type SmtpServer } from './server.ts';
import { type Timing } from './timing.ts';

/** For both ways to TLS. */
export const tlsOptions = (
  server: SmtpServer,
  meet: (authority: Authority) => void,
): tls.ConnectionOptions => ({
  host: server.host,
  // RFC 6066 §3: no literal addresses in SNI.
  ...(net.isIP(server.host) === 0 ? { servername: server.host } : {}),
  ...trusting(server.trust, meet),
});

// Node gives each address of a host 250 ms by default, less than a satellite or a busy hotspot takes.
const ATTEMPT_MS = 1_000;

/** The code that says most: with several addresses Node wraps one error for each. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(errorCode);
    return (
      codes.find((code) => !/^E(?:NETUNREACH|HOSTUNREACH|ADDRNOTAVAIL)$/u.test(code)) ??
      codes[0] ??
      'INTERNAL'
    );
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return 'INTERNAL';
  // nodemailer's own class of an error hides Node's code in `originalCode`.
  return 'originalCode' in error && typeof error.originalCode === 'string' ? error.originalCode : error.code;
}

/** Settles once: connected, failed, out of time, or called off. */
function settled(
  socket: net.Socket,
  event: 'connect' | 'secureConnect',
  step: Step,
  ms: number,
  signal: AbortSignal,
): Promise<Failure | null> {
  return new Promise((resolve) => {
    const end = (failure: Failure | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeListener(event, succeed).removeListener('error', miss).removeListener('close', lose);
      if (failure !== null) {
        // A socket that is being destroyed may still report an error; without a listener it would end the program.
        socket.on('error', () => undefined).destroy();
      }
      resolve(failure);
    };
    const failed = (error: string) => end({ step, reply: null, error });
    const succeed = () => end(null);
    const miss = (error: Error) => failed(errorCode(error));
    const lose = () => failed('CLOSED');
    const abort = () => failed('CALLED_OFF');
    const timer = setTimeout(() => failed('TIMEOUT'), ms);
    socket.once(event, succeed).once('error', miss).once('close', lose);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

/** `onOpen`: the line is open, security comes next. */
export async function dial(
  server: SmtpServer,
  options: {
    readonly timing: Timing;
    readonly signal: AbortSignal;
    readonly onOpen: () => void;
    readonly meet: (authority: Authority) => void;
  },
): Promise<Result<net.Socket, Failure>> {
  const { timing, signal, onOpen, meet } = options;
  const plain = net.connect({
    host: server.host,
    port: server.port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    // Commands leave in the batches they belong to; Nagle would hold a batch back for the other side's ACK.
    noDelay: true,
    keepAlive: true,
  });
  const unopened = await settled(plain, 'connect', 'connect', timing.connectMs, signal);
  if (unopened !== null) return fail(unopened);
  onOpen();
  if (server.security === 'starttls') return ok(plain);
  const secure = tls.connect({ ...tlsOptions(server, meet), socket: plain });
  const unsecured = await settled(secure, 'secureConnect', 'secure', timing.connectMs, signal);
  if (unsecured !== null) {
    plain.destroy();
    return fail(unsecured);
  }
  return ok(secure);
}
