/**
 * @file Carries composed messages to one mail server and says honestly how each ended. It tries again only what the
 * server cannot have taken, and keeps one signed-in line ready, so that a click costs one round trip, or two.
 */
import { type Cause, CAUSES } from '../../../shared/causes.ts';
import { type Result } from '../../../shared/result.ts';
import { type DeliveryProblem, type EpochMs, type SendStage } from '../../../shared/words.ts';
import type { DeliverOptions, Outcome } from '../../ports/mail.ts';
import { createKeptLine } from './kept-line.ts';
import { type ComposedMessage } from '../message/compose.ts';
import { causeOf, type Failure, problemOf } from './replies.ts';
import { isGmail, type SmtpServer } from './server.ts';
import { sleep } from './sleep.ts';
import { type OpeningStage, openSession, type Session } from './session.ts';
import { createSignInGate, type SignInGate } from './sign-in-gate.ts';
import { TIMING, type Timing } from './timing.ts';
import type { Sent } from './transaction.ts';

export interface SendOptions extends Omit<DeliverOptions, 'onLeaving'> {
  readonly onLeaving?: DeliverOptions['onLeaving'];
  /** The message anew for another try: by then it promises less time. Left out, the same one goes again. */
  readonly recompose?: () => Promise<ComposedMessage>;
}

export interface Carrier {
  /** Opens and signs in ahead of a send. Returns at once; a failure shows when something is sent. */
  readonly warm: () => void;
  /** Lets the kept line go, politely; the next send opens another. */
  readonly rest: () => void;
  /** The network changed: a line that was in use is opened afresh. */
  readonly renew: () => void;
  /** Never rejects. */
  readonly send: (message: ComposedMessage, options: SendOptions) => Promise<Outcome>;
  /** Ends everything; a message whose data is out ends as `unknown`. No socket and no timer is left. */
  readonly close: () => Promise<void>;
}

export interface CarrierOptions {
  readonly timing?: Timing;
  /** Wall clock, for what expires. */
  readonly now?: () => EpochMs;
  /** Milliseconds of a clock that is never set, for pauses and idle times. */
  readonly monotonic?: () => number;
  /** 0 to 1, for jitter. */
  readonly random?: () => number;
  /** Shared by all that sign in to this account. */
  readonly gate?: SignInGate;
}

/** Two desks of one business must not knock in step. */
export const jitter =
  (random: () => number) =>
  (ms: number): number =>
    ms * (0.75 + random() / 2);

export function createCarrier(server: SmtpServer, options: CarrierOptions = {}): Carrier {
  const { timing = TIMING, now = Date.now, random = Math.random } = options;
  const { monotonic = () => performance.now() } = options;
  const gmail = isGmail(server);
  /** Until the server refuses BDAT, or answers out of step. */
  let mayChunk = true;
  const ending = new AbortController();
  const leaving = new Set<Promise<void>>();
  const inFlight = new Set<Promise<unknown>>();
  const jittered = jitter(random);
  const { gate = createSignInGate({ timing, now: monotonic, jittered }) } = options;

  const open = async (
    signal: AbortSignal,
    onStage: (stage: OpeningStage) => void,
  ): Promise<Result<Session, Failure>> => {
    const shut = gate.shut();
    if (shut !== null) return { ok: false, problem: shut.failure };
    const turnMs = gate.turn();
    if (turnMs > 0) {
      await sleep(turnMs, signal);
      // The one that had the turn before may have been refused.
      const meanwhile = gate.shut();
      if (meanwhile !== null) return { ok: false, problem: meanwhile.failure };
    }
    const opened = await openSession(server, { timing, signal, onStage });
    return gate.learn(opened);
  };

  const kept = createKeptLine({ open, timing, now: monotonic, jittered, letGo });

  function letGo(session: Session): void {
    const gone = session.leave();
    leaving.add(gone);
    void gone.then(() => leaving.delete(gone));
  }

  /** One attempt: on the line that is kept, and on a fresh one if that one has died. */
  async function attempt(
    message: ComposedMessage,
    signal: AbortSignal,
    onStage: (stage: SendStage) => void,
    onLeaving: SendOptions['onLeaving'],
  ): Promise<Sent> {
    const ready = await kept.take(signal, onStage);
    if (ready !== null && !ready.ok) return refusedBefore(ready.problem);
    if (ready !== null) {
      const sent = await hand(ready.value, message, timing.keptReplyMs, signal, onStage, onLeaving);
      if (!isStale(sent, gmail)) return sent;
    }
    for (;;) {
      const fresh = await open(signal, onStage);
      if (!fresh.ok) return refusedBefore(fresh.problem);
      const sent = await hand(fresh.value, message, timing.replyMs, signal, onStage, onLeaving);
      // Refused was the command, and not the message; it is not used again.
      if (!(sent.outcome === 'refused' && sent.useData === true)) return sent;
    }
  }

  async function hand(
    session: Session,
    message: ComposedMessage,
    firstReplyMs: number,
    signal: AbortSignal,
    onStage: (stage: SendStage) => void,
    onLeaving: SendOptions['onLeaving'],
  ): Promise<Sent> {
    let dataSent = false;
    // Once all of it is out only the answer says what became of it: that is worth waiting for, but not for the end.
    const callOff = () => {
      if (!dataSent || ending.signal.aborted) session.destroy();
    };
    const signals = [signal, ending.signal];
    for (const one of signals) one.addEventListener('abort', callOff);
    if (signal.aborted) callOff();
    onStage('handing-over');
    const sent = await session.send(message, {
      firstReplyMs,
      mayChunk,
      onLeaving,
      onDataSent: () => {
        dataSent = true;
        onStage('data-sent');
      },
    });
    if (sent.useData === true) mayChunk = false;
    for (const one of signals) one.removeEventListener('abort', callOff);
    // After anything but a clean success it is not certain where the conversation stands.
    if (sent.outcome === 'accepted' && session.open() && !ending.signal.aborted) kept.put(session);
    else letGo(session);
    return sent;
  }

  async function deliver(composed: ComposedMessage, sending: SendOptions): Promise<Outcome> {
    let message = composed;
    const { notAfter, onStage } = sending;
    const signal = AbortSignal.any([sending.signal, ending.signal]);
    const startedAt = performance.now();
    // By the end of the program or a changed address, and not by the deadline.
    const isCalledOff = (): boolean => sending.signal.aborted || ending.signal.aborted;
    const calledOff: DeliveryProblem = { cause: 'called-off', serverSaid: null };
    const tooLate: DeliveryProblem = { cause: 'too-late', serverSaid: null };
    let problem: DeliveryProblem | null = null;
    for (let count = 1; !signal.aborted && now() < notAfter; count += 1) {
      const sent = await attempt(message, signal, (stage) => onStage(stage, count), sending.onLeaving);
      if (sent.outcome === 'accepted') {
        return { state: 'accepted', tookMs: Math.round(performance.now() - startedAt) };
      }
      if (sent.outcome === 'unknown') return { state: 'unknown' };
      if (isCalledOff()) break;
      problem = await explain(sent.failure, message);
      const pause = sent.judged ? null : pauseBefore(causeOf(sent.failure, gmail), count, timing);
      if (pause === null || now() + pause >= notAfter) break;
      // Timers fire up to a millisecond early, when the gate would still be shut.
      const wait = Math.ceil(Math.max(jittered(pause), gate.shut()?.ms ?? 0)) + 1;
      sending.onPause?.({ cause: problem.cause, until: now() + wait });
      await sleep(wait, signal);
      message = (await sending.recompose?.()) ?? message;
    }
    return { state: 'refused', problem: problem ?? (isCalledOff() ? calledOff : tooLate) };
  }

  /** Asks for the secret once more, only to keep it out of the server's words. */
  async function explain(failure: Failure, message: ComposedMessage): Promise<DeliveryProblem> {
    const secret = await server.secret().catch(() => null);
    const problem = problemOf(failure, gmail, [...message.conceal, ...(secret === null ? [] : [secret])]);
    const shut = gate.shut();
    return shut?.failure === failure ? { ...problem, notBefore: Math.ceil(now() + shut.ms) } : problem;
  }

  return {
    warm: () => {
      if (!ending.signal.aborted) kept.warm();
    },
    rest: kept.rest,
    renew: () => {
      if (!ending.signal.aborted) kept.renew();
    },
    send: async (message, sending) => {
      const delivery = deliver(message, sending);
      inFlight.add(delivery);
      try {
        return await delivery;
      } finally {
        inFlight.delete(delivery);
      }
    },
    close: async () => {
      ending.abort();
      kept.close();
      await Promise.allSettled(inFlight);
      await kept.settled();
      await Promise.allSettled(leaving);
    },
  };
}

const refusedBefore = (failure: Failure): Sent => ({ outcome: 'refused', failure, judged: false });

/**
 * What a line looks like that died, or was signed out, while it was kept: the line failed and not the message, or the
 * sender is refused who was accepted before. Nothing was handed over, so that a fresh one is opened without a pause.
 */
function isStale(sent: Sent, gmail: boolean): boolean {
  if (sent.outcome !== 'refused' || sent.judged) return false;
  if (sent.useData === true) return true;
  const cause = causeOf(sent.failure, gmail);
  const { reply, step } = sent.failure;
  if (step === 'sender' && reply !== null) return cause !== 'daily-limit' && cause !== 'too-large';
  return CAUSES[cause].again === 'soon' || cause === 'busy' || cause === 'not-smtp';
}

/** How long to wait before try number `count + 1`; null when there is to be none. */
function pauseBefore(cause: Cause, count: number, timing: Timing): number | null {
  switch (CAUSES[cause].again) {
    case 'soon':
      return timing.lineRetryMs[count - 1] ?? null;
    case 'wait':
      return timing.busyRetryMs[count - 1] ?? timing.busyRetryMs.at(-1) ?? null;
    case 'later':
    case 'never':
    case null:
      return null;
  }
}
