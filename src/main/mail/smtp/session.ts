/**
 * @file One conversation with a mail server over nodemailer's SMTPConnection, from the greeting to a signed-in line
 * and one message at a time. It is stricter than nodemailer where a false claim could come of it, it never retries,
 * and nothing it returns carries a library's message.
 */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { type SendStage } from '../../../shared/words.ts';
import { dial, errorCode, tlsOptions } from './dial.ts';
import { type ComposedMessage } from '../message/compose.ts';
import { type Failure, type Step } from './replies.ts';
import { parseReply, type Reply } from './reply.ts';
import { type SmtpServer } from './server.ts';
import { type Capabilities, signIn } from './sign-in.ts';
import { type Timing } from './timing.ts';

export type Sent =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly failure: Failure; readonly dataSent: boolean }
  | { readonly outcome: 'unknown' };

/** A signed-in line. It is good for one message at a time, and for no other once `open()` is false. */
export interface Session {
  readonly open: () => boolean;
  /** `firstReplyMs`: how long the envelope's answers may take. */
  readonly send: (
    message: ComposedMessage,
    options: { readonly firstReplyMs: number; readonly onDataSent: () => void },
  ) => Promise<Sent>;
  /** A sign of life; false when the line is dead. */
  readonly touch: () => Promise<boolean>;
  /** Says QUIT and closes; RFC 5321 §4.1.1.10 asks for it. */
  readonly leave: () => Promise<void>;
  /** Closes at once. Whoever waits for an answer gets `CLOSED`. */
  readonly destroy: () => void;
}

/** The largest answer worth reading. nodemailer's own limit is 1 MB. */
const MAX_REPLY_BYTES = 64 * 1024;

/** nodemailer's name for the command that failed → the step it belongs to. */
const STEP_OF: Readonly<Record<string, Step>> = {
  EHLO: 'hello',
  HELO: 'hello',
  STARTTLS: 'starttls',
  'MAIL FROM': 'sender',
  'RCPT TO': 'recipient',
  DATA: 'data',
};

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
  const code = text(error, 'timeoutType') === undefined ? errorCode(error) : 'TIMEOUT';
  return { step: at, reply: null, error: code };
}

/** Stages a line goes through before a message; `connecting` is where it starts. */
export type OpeningStage = Extract<SendStage, 'connecting' | 'securing' | 'signing-in'>;

export async function openSession(
  server: SmtpServer,
  options: {
    readonly timing: Timing;
    readonly signal: AbortSignal;
    readonly onStage: (stage: OpeningStage) => void;
  },
): Promise<Result<Session, Failure>> {
  const { timing, signal, onStage } = options;
  onStage('connecting');
  const secret = await server.secret().catch(() => undefined);
  if (secret === undefined) return fail({ step: 'sign-in', reply: null, error: 'INTERNAL' });
  if (secret === null) return fail({ step: 'sign-in', reply: null, error: 'NO_SECRET' });

  const line = await dial(server, { timing, signal, onOpen: () => onStage('securing') });
  if (!line.ok) return line;

  const implicit = server.security === 'implicit-tls';
  const login = signIn(server.user, secret);
  const injection = { found: false };
  const connection = new SMTPConnection({
    connection: line.value,
    secure: implicit,
    secured: implicit,
    requireTLS: !implicit,
    host: server.host,
    tls: tlsOptions(server),
    // The machine's name is nobody's business, and would stand in the Received header of every message.
    name: '[127.0.0.1]',
    customAuth: { PLAIN: login.handler },
    greetingTimeout: timing.greetingMs,
    connectionTimeout: timing.greetingMs + timing.replyMs,
    // Silence is watched below, for each answer; an idle line is silent on purpose.
    socketTimeout: timing.idleMs + timing.keepAliveMs + timing.verdictMs,
    socketCloseTimeout: 0,
    maxResponseSize: MAX_REPLY_BYTES,
    logger: watchForInjection(injection),
  });

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
      start((error) => end(isError(error) ? failureFrom(error, step) : null));
    });

  const callOff = () => connection.close();
  signal.addEventListener('abort', callOff, { once: true });
  try {
    const ungreeted = await ask(timing.greetingMs + timing.replyMs, (done) => connection.connect(done));
    if (injection.found) {
      connection.close();
      return fail({ step: 'starttls', reply: null, error: 'TLS_INJECTION' });
    }
    if (ungreeted !== null) return fail(calledOff(signal, ungreeted));
    onStage('signing-in');
    step = 'sign-in';
    const refused = await ask(timing.replyMs, (done) => connection.login({ method: 'PLAIN' }, done));
    if (refused !== null) return fail(calledOff(signal, login.failure() ?? refused));
  } finally {
    signal.removeEventListener('abort', callOff);
  }
  step = 'sender';
  let leaving = false;

  const send: Session['send'] = (message, { firstReplyMs, onDataSent }) => {
    const impossible = unfit(message, login.capabilities());
    if (impossible !== null) {
      const failure: Failure = { step: 'sender', reply: null, error: impossible };
      return Promise.resolve({ outcome: 'refused', failure, dataSent: false });
    }
    return new Promise<Sent>((resolve) => {
      let dataBegan = false;
      const end = (sent: Sent) => {
        clearTimeout(timer);
        waiting = null;
        resolve(sent);
      };
      const give = (failure: Failure) => {
        end(dataBegan ? { outcome: 'unknown' } : { outcome: 'refused', failure, dataSent: false });
        connection.close();
      };
      const silence = () => give({ step, reply: null, error: 'TIMEOUT' });
      let timer = setTimeout(silence, firstReplyMs);
      waiting = give;
      // nodemailer reads the message only once DATA was answered: this is where the first byte goes out. It takes
      // any 2yz for that answer; after a doubled reply that would be the answer to RCPT, and every later one would
      // be off by one, up to a "250" for a message that was never taken.
      const source = new Readable({
        read() {
          const answer = connection.lastServerResponse;
          if (answer === false || parseReply(answer)?.code !== 354) {
            give({ step: 'data', reply: null, error: 'GARBLED', raw: answer === false ? '' : answer });
            return;
          }
          dataBegan = true;
          clearTimeout(timer);
          timer = setTimeout(silence, timing.verdictMs);
          this.push(message.source);
          this.push(null);
        },
      });
      source.once('end', onDataSent);
      const envelope = {
        from: message.envelope.from,
        to: [...message.envelope.to],
        size: message.source.length,
      };
      connection.send(envelope, source, (error, info) => {
        if (!isError(error)) {
          // RFC 5321 §4.3.2: 250 is the only success of the data.
          const taken = dataBegan && parseReply(info.response)?.code === 250;
          end(taken ? { outcome: 'accepted' } : { outcome: 'unknown' });
          return;
        }
        if (!dataBegan) {
          end({ outcome: 'refused', failure: failureFrom(error, step), dataSent: false });
          return;
        }
        const verdict = verdictOf(error);
        end(
          verdict === null
            ? { outcome: 'unknown' }
            : {
                outcome: 'refused',
                failure: { step: 'message', reply: verdict, error: null },
                dataSent: true,
              },
        );
      });
    });
  };

  return ok({
    open: () => !connection.destroyed && !leaving,
    send,
    // nodemailer offers RSET and no NOOP; to both ends it is the same sign of life (RFC 5321 §4.1.1.5).
    touch: async () => (await ask(timing.keptReplyMs, (done) => connection.reset(done))) === null,
    leave: () => {
      leaving = true;
      if (connection.destroyed) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(() => connection.close(), timing.leaveMs);
        connection.once('end', () => {
          clearTimeout(timer);
          resolve();
        });
        connection.quit();
      });
    },
    destroy: () => connection.close(),
  });
}

const isError = (error: unknown): boolean => error !== null && error !== undefined;

/** A definite no to the whole message; anything less may have been accepted. */
function verdictOf(error: unknown): Reply | null {
  if (text(error, 'code') !== 'EMESSAGE') return null;
  const reply = parseReply(text(error, 'response') ?? '');
  return reply !== null && reply.code >= 400 ? reply : null;
}

/** What the caller asked for outranks what came of it. */
const calledOff = (signal: AbortSignal, failure: Failure): Failure =>
  signal.aborted ? { step: failure.step, reply: null, error: 'CALLED_OFF' } : failure;

/** RFC 6531 §3.4: an international address may only go where SMTPUTF8 is offered; nodemailer would send it anyway. */
function unfit(message: ComposedMessage, server: Capabilities): 'NO_SMTPUTF8' | 'TOO_LARGE' | null {
  const international = [message.envelope.from, ...message.envelope.to].some((address) =>
    /[^\x20-\x7e]/u.test(address),
  );
  if (international && !server.smtpUtf8) return 'NO_SMTPUTF8';
  return server.maxBytes !== null && message.source.length > server.maxBytes ? 'TOO_LARGE' : null;
}

/**
 * RFC 3207 §6: bytes that came in plain text after the answer to STARTTLS. nodemailer throws them away and mentions
 * it to its logger only; a person should know that somebody is on the line.
 */
function watchForInjection(injection: { found: boolean }) {
  const ignore = () => undefined;
  const warn = (entry: unknown) => {
    if (typeof entry === 'object' && entry !== null && 'discarded' in entry) injection.found = true;
  };
  return { trace: ignore, debug: ignore, info: ignore, warn, error: ignore, fatal: ignore };
}
