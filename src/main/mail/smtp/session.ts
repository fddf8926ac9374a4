/**
 * @file Opens a line to a mail server with nodemailer's SMTPConnection, which greets, secures and signs in, and takes
 * the socket over from it once that is done. It never retries, and nothing it returns carries a library's message.
 */
import type net from 'node:net';
import { setImmediate as aTurn } from 'node:timers/promises';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { type Authority, type SendStage } from '../../../shared/words.ts';
import { AUTHORITY_UNLISTED } from '../authorities.ts';
import type { ComposedMessage } from '../message/compose.ts';
import { capabilitiesOf } from './capabilities.ts';
import { converse, MAX_REPLY_BYTES } from './conversation.ts';
import { dial, errorCode, tlsOptions } from './dial.ts';
import { type Failure, type Step } from './replies.ts';
import { parseReply } from './reply.ts';
import { type SmtpServer } from './server.ts';
import { signIn } from './sign-in.ts';
import { type Timing } from './timing.ts';
import { type Form, type Sent, transact } from './transaction.ts';

/** A signed-in line. It is good for one message at a time, and for no other once `open()` is false. */
export interface Session {
  readonly open: () => boolean;
  readonly send: (message: ComposedMessage, options: SendOptions) => Promise<Sent>;
  /** How long ago the server answered, in milliseconds. */
  readonly silentMs: () => number;
  /** A message may go out in one flight, which is worth it only while the line is known to be alive. */
  readonly canFly: () => boolean;
  /** A sign of life; false when the line is dead. */
  readonly touch: () => Promise<boolean>;
  /** Says QUIT and closes; RFC 5321 §4.1.1.10 asks for it. */
  readonly leave: () => Promise<void>;
  /** Closes at once. What waits for an answer gets `CLOSED`. */
  readonly destroy: () => void;
}

interface SendOptions {
  /** How long the first answer may take. */
  readonly firstReplyMs: number;
  /** BDAT may be used where it is offered. */
  readonly mayChunk: boolean;
  /** Before the last byte of the message: waited for; when it fails that byte is not sent. */
  readonly onLeaving?: (() => Promise<void>) | undefined;
  readonly onDataSent: () => void;
}

/** nodemailer's name for the command that failed → the step it belongs to. */
const STEP_OF: Readonly<Record<string, Step>> = { EHLO: 'hello', HELO: 'hello', STARTTLS: 'starttls' };

const text = (value: unknown, key: string): string | undefined => {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** nodemailer's error → ours. `step`: where we were, when the error does not say. */
function failureFrom(error: unknown, step: Step): Failure {
  const response = text(error, 'response');
  const reply = response === undefined ? null : parseReply(response);
  const at = STEP_OF[text(error, 'command') ?? ''] ?? step;
  if (reply !== null) return { step: at, reply, error: null };
  if (response !== undefined) return { step: at, reply: null, error: 'GARBLED', raw: response };
  if (text(error, 'timeoutType') !== undefined) return { step: at, reply: null, error: 'TIMEOUT' };
  const code = errorCode(error);
  // nodemailer's own code, with no error of TLS behind it, for a line that ended during the handshake.
  return { step: at, reply: null, error: code === 'ETLS' ? 'CLOSED' : code };
}

/** Stages a line goes through before a message; `connecting` is where it starts. */
export type OpeningStage = Extract<SendStage, 'connecting' | 'securing' | 'signing-in'>;

export async function openSession(
  server: SmtpServer,
  options: {
    readonly timing: Timing;
    readonly signal: AbortSignal;
    readonly onStage: (stage: OpeningStage) => void;
    /** Told of an authority that is not on Node's list, whether the owner was asked about it or not. */
    readonly meet?: (authority: Authority) => void;
  },
): Promise<Result<Session, Failure>> {
  const { timing, signal, onStage } = options;
  onStage('connecting');
  const secret = await server.secret().catch(() => undefined);
  if (secret === undefined) return fail({ step: 'sign-in', reply: null, error: 'INTERNAL' });
  if (secret === null) return fail({ step: 'sign-in', reply: null, error: 'NO_SECRET' });

  let authority: Authority | null = null;
  const meet = (met: Authority): void => {
    authority = met;
    options.meet?.(met);
  };
  const failed = (failure: Failure): Result<never, Failure> =>
    fail(failure.error === AUTHORITY_UNLISTED && authority !== null ? { ...failure, authority } : failure);
  const line = await dial(server, { timing, signal, onOpen: () => onStage('securing'), meet });
  if (!line.ok) return failed(line.problem);

  const implicit = server.security === 'implicit-tls';
  const injection = { found: false };
  const connection = new SMTPConnection({
    connection: line.value,
    secure: implicit,
    secured: implicit,
    // A server without EHLO has no way to sign in: HELO would only hide its answer.
    requireTLS: true,
    host: server.host,
    tls: tlsOptions(server, meet),
    name: addressLiteral(line.value.localAddress),
    customAuth: { PLAIN: (context) => login.handler(context) },
    greetingTimeout: timing.greetingMs,
    connectionTimeout: timing.greetingMs + timing.replyMs,
    // Silence is watched below, for each answer.
    socketTimeout: timing.greetingMs + 4 * timing.replyMs,
    socketCloseTimeout: 0,
    maxResponseSize: MAX_REPLY_BYTES,
    logger: watchForInjection(injection),
  });
  const login = signIn({ user: server.user, secret, methods: () => capabilities.auth });
  let capabilities = capabilitiesOf('');

  let waiting: ((failure: Failure) => void) | null = null;
  let step: Step = 'greeting';
  connection.on('error', (error: unknown) => waiting?.(failureFrom(error, step)));
  connection.on('end', () => {
    // A reply that came with the end of the line is handed over in microtasks: it goes first.
    setImmediate(() => waiting?.({ step, reply: null, error: 'CLOSED' }));
  });

  /** One question; null is success. Silence, an error and a closed line are all failures. */
  const ask = (ms: number, start: (done: (error: unknown) => void) => void): Promise<Failure | null> =>
    new Promise((resolve) => {
      const end = (failure: Failure | null) => {
        clearTimeout(timer);
        waiting = null;
        if (failure !== null) connection.close();
        resolve(failure);
      };
      const timer = setTimeout(() => end({ step, reply: null, error: 'TIMEOUT' }), ms);
      waiting = end;
      start((error) => end(error === null || error === undefined ? null : failureFrom(error, step)));
    });

  const callOff = () => connection.close();
  signal.addEventListener('abort', callOff, { once: true });
  try {
    const ungreeted = await ask(timing.greetingMs + timing.replyMs, (done) => connection.connect(done));
    if (injection.found) {
      connection.close();
      return fail({ step: 'starttls', reply: null, error: 'TLS_INJECTION' });
    }
    if (ungreeted !== null) return failed(calledOff(signal, ungreeted));
    const greeted = connection.lastServerResponse || '';
    // Any other yes is the answer to something else.
    if (parseReply(greeted)?.code !== 250) {
      connection.close();
      return fail({ step: 'hello', reply: null, error: 'GARBLED', raw: greeted });
    }
    capabilities = capabilitiesOf(greeted);
    onStage('signing-in');
    step = 'sign-in';
    const refused = await ask(timing.replyMs, (done) => connection.login({ method: 'PLAIN' }, done));
    if (refused !== null) return fail(calledOff(signal, login.failure() ?? refused));
    // A reply that came with the one to the sign-in, and answers nothing, has nodemailer close the line by now.
    await aTurn();
    if (connection.destroyed && !signal.aborted) return fail({ step, reply: null, error: 'GARBLED' });
  } finally {
    signal.removeEventListener('abort', callOff);
  }

  // After STARTTLS it is another socket than the one that was dialled.
  const socket = connection._socket;
  if (!socket) return fail({ step: 'sign-in', reply: null, error: 'CLOSED' });
  return ok(sessionOn(socket, login.roundTripMs()));

  function sessionOn(socket: net.Socket, signInMs: number): Session {
    // nodemailer keeps its listeners for errors and the end, which close the socket; replies are read here from now on.
    socket.removeAllListeners('data');
    socket.setTimeout(0);
    const conversation = converse(socket, () => performance.now());
    const silentMs = (): number => performance.now() - conversation.answeredAt();
    let roundTripMs = signInMs;
    const earlier: { verdict: string | null; reset: string | null } = { verdict: null, reset: null };

    const canFly = (): boolean =>
      capabilities.pipelining && capabilities.chunking && roundTripMs >= timing.flightFromMs;
    const formFor = (mayChunk: boolean): Form => {
      if (!mayChunk || !canFly()) return 'data';
      return silentMs() <= timing.aliveMs ? 'one-flight' : 'mail-first';
    };

    return {
      open: conversation.open,
      silentMs,
      canFly,
      send: async (message, { firstReplyMs, mayChunk, onLeaving, onDataSent }) => {
        const sent = await transact(conversation, {
          message,
          form: formFor(mayChunk),
          server: capabilities,
          earlier,
          limits: { firstMs: firstReplyMs, replyMs: timing.replyMs, verdictMs: timing.verdictMs },
          onLeaving: onLeaving ?? (() => Promise.resolve()),
          onDataSent,
        });
        if (sent.outcome === 'accepted') earlier.verdict = sent.verdict.text;
        return sent;
      },
      touch: async () => {
        if (!conversation.begin()) return false;
        const askedAt = performance.now();
        void conversation.write(Buffer.from('RSET\r\n'));
        const { reply } = await conversation.next(timing.keptReplyMs);
        roundTripMs = Math.min(roundTripMs, performance.now() - askedAt);
        conversation.rest();
        if (reply?.code === 250) earlier.reset = reply.text;
        else conversation.destroy();
        return conversation.open();
      },
      leave: async () => {
        if (conversation.begin()) {
          void conversation.write(Buffer.from('QUIT\r\n'));
          await conversation.next(timing.leaveMs);
        }
        conversation.destroy();
      },
      destroy: conversation.destroy,
    };
  }
}

/** What the caller asked for outranks what came of it. */
const calledOff = (signal: AbortSignal, failure: Failure): Failure =>
  signal.aborted ? { step: failure.step, reply: null, error: 'CALLED_OFF' } : failure;

/**
 * RFC 5321 §4.1.3: a client without a name that others could look up says its own address. Some servers turn away one
 * that is not its own (Google's relay answers [127.0.0.1] with 421); the computer's name would be no one's business.
 */
export function addressLiteral(address = '127.0.0.1'): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/iu, '').replace(/%.*$/u, '');
  return bare.includes(':') ? `[IPv6:${bare}]` : `[${bare}]`;
}

/**
 * RFC 3207 §6: bytes that came in plain text after the answer to STARTTLS. nodemailer throws them away and mentions
 * it to its logger only; a person should know that the line is tampered with.
 */
function watchForInjection(injection: { found: boolean }) {
  const ignore = () => undefined;
  const warn = (entry: unknown) => {
    if (typeof entry === 'object' && entry !== null && 'discarded' in entry) injection.found = true;
  };
  return { trace: ignore, debug: ignore, info: ignore, warn, error: ignore, fatal: ignore };
}
