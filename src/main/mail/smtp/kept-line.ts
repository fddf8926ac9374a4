/**
 * @file The one signed-in line that is kept ready between sends. It opens ahead of need, gives signs of life, is
 * let go when it is not used, and opens no line to a server that refuses before the pause after the refusal is over.
 */
import { type Result } from '../../../shared/result.ts';
import { type Failure } from './replies.ts';
import { type OpeningStage, type Session } from './session.ts';
import { type Timing } from './timing.ts';

export interface KeptLine {
  readonly warm: () => void;
  /**
   * The kept line, or the one being opened, for the caller alone; null when there is neither. `signal` ends the
   * waiting, not the opening.
   */
  take(signal: AbortSignal, onStage: (stage: OpeningStage) => void): Promise<Result<Session, Failure> | null>;
  /** Keeps a line that has just served. */
  readonly put: (session: Session) => void;
  readonly rest: () => void;
  /** The network changed: what is open, or was a moment ago, is opened afresh. It counts as no use of the line. */
  readonly renew: () => void;
  /** Lets go for good. */
  readonly close: () => void;
  /** When nothing is being opened any more. */
  readonly settled: () => Promise<void>;
}

interface Opening {
  readonly result: Promise<Result<Session, Failure>>;
  readonly called: AbortController;
  stage: OpeningStage;
  /** Set by the send that waits for it; without one the line is kept when it is ready. */
  taker: ((stage: OpeningStage) => void) | null;
}

interface Idle {
  readonly session: Session;
  /** While it is asked for a sign of life. */
  touching: Promise<boolean> | null;
}

export function createKeptLine(needs: {
  readonly open: (
    signal: AbortSignal,
    onStage: (stage: OpeningStage) => void,
  ) => Promise<Result<Session, Failure>>;
  readonly timing: Timing;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
  readonly jittered: (ms: number) => number;
  readonly letGo: (session: Session) => void;
}): KeptLine {
  const { open, timing, now, jittered, letGo } = needs;
  let idle: Idle | null = null;
  let opening: Opening | null = null;
  let usedAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let notBefore = -Infinity;
  let closed = false;
  let signedInAt = -Infinity;
  /** The last failure was the server's answer to the sign-in, and not the network's. */
  let signInFailed = false;

  function drop(): Session | null {
    clearTimeout(timer);
    const session = idle?.session ?? null;
    idle = null;
    return session;
  }

  function keep(session: Session): void {
    const other = drop();
    if (other !== null) letGo(other);
    idle = { session, touching: null };
    watch();
  }

  function watch(): void {
    timer = setTimeout(() => void look(), timing.keepAliveMs);
  }

  async function look(): Promise<void> {
    const line = idle;
    if (line === null) return;
    if (!line.session.open() || now() - usedAt >= timing.idleMs) {
      drop();
      letGo(line.session);
      return;
    }
    if ((await touched(line)) && idle === line) watch();
  }

  /** Asks the line for a sign of life, once at a time; one that is dead is kept no longer. */
  async function touched(line: Idle): Promise<boolean> {
    line.touching ??= line.session.touch();
    const alive = await line.touching;
    line.touching = null;
    if (!alive && idle === line) drop();
    return alive;
  }

  /** Asks a line that was silent for a while: by the click it is known to be alive, or another one is open. */
  async function rouse(): Promise<void> {
    const line = idle;
    if (line === null || !line.session.canFly() || line.session.silentMs() < timing.aliveMs / 2) return;
    if (!(await touched(line))) openAhead();
  }

  function openAhead(): void {
    if (closed) return;
    if (idle !== null && !idle.session.open()) drop();
    if (idle !== null || opening !== null || now() < notBefore) return;
    if (now() - signedInAt < timing.warmEveryMs) return;
    const called = new AbortController();
    const started: Opening = {
      result: open(called.signal, (stage) => {
        // The first stage is told before `started` exists.
        if (opening?.called === called) {
          opening.stage = stage;
          opening.taker?.(stage);
        }
      }),
      called,
      stage: 'connecting',
      taker: null,
    };
    opening = started;
    void started.result.then((opened) => {
      opening = null;
      // Called off is no failure of the server's, and nothing to wait for.
      if (called.signal.aborted) {
        if (opened.ok && started.taker === null) letGo(opened.value);
        return;
      }
      if (!opened.ok) {
        const pause = timing.warmRetryMs[Math.min(failures, timing.warmRetryMs.length - 1)] ?? 0;
        failures += 1;
        notBefore = now() + jittered(pause);
        signInFailed = opened.problem.step === 'sign-in';
        return;
      }
      failures = 0;
      notBefore = -Infinity;
      signedInAt = now();
      if (started.taker === null) keep(opened.value);
    });
  }

  function rest(): void {
    const session = drop();
    if (session !== null) letGo(session);
    if (opening !== null && opening.taker === null) opening.called.abort();
  }

  return {
    warm: () => {
      usedAt = now();
      openAhead();
      void rouse();
    },
    take: async (signal, onStage) => {
      usedAt = now();
      const line = idle;
      if (line !== null) {
        drop();
        // Dead: the line that is opened in its place is one, for the send and for what asked after it.
        if (line.touching !== null && !(await line.touching)) openAhead();
        if (line.session.open()) return { ok: true, value: line.session };
      }
      const current = opening;
      if (current === null || current.taker !== null || current.called.signal.aborted) return null;
      current.taker = onStage;
      onStage(current.stage);
      const callOff = () => current.called.abort();
      signal.addEventListener('abort', callOff, { once: true });
      if (signal.aborted) callOff();
      const result = await current.result;
      signal.removeEventListener('abort', callOff);
      return result;
    },
    put: (session) => {
      usedAt = now();
      failures = 0;
      notBefore = -Infinity;
      keep(session);
    },
    rest,
    renew: () => {
      const inUse = idle !== null || opening !== null || now() - usedAt < timing.idleMs;
      const earlier = opening?.taker === null ? opening.result : null;
      rest();
      // What the old network refused, the new one may allow; what the server refused, it will refuse again.
      if (!signInFailed) notBefore = -Infinity;
      if (inUse) void Promise.resolve(earlier).then(openAhead);
    },
    close: () => {
      closed = true;
      rest();
    },
    settled: async () => {
      await opening?.result;
    },
  };
}
