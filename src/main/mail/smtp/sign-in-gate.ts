/**
 * @file All sign-ins of one account go through here: a send, a line ahead of need, the test of set-up. After a refusal
 * there is a pause for all of them. Google counts sign-ins, and lengthens its own pause with each.
 */
import { type Result } from '../../../shared/result.ts';
import { causeOf, type Failure } from './replies.ts';
import { type Timing } from './timing.ts';

/** What was said, and for how many milliseconds it counts yet. */
export interface Shut {
  readonly failure: Failure;
  readonly ms: number;
}

export interface SignInGate {
  /** Why no line may be opened now: the server asked for a pause, or refused a sign-in a moment ago. */
  readonly shut: () => Shut | null;
  /** The same, but only for a pause that the server asked for (454 4.7.0): another password does not end that. */
  readonly asked: () => Shut | null;
  /** Takes the next turn to sign in, and says in how many milliseconds it comes. */
  readonly turn: () => number;
  /** How an opening ended; gives it back, with what is known from the openings before it. */
  readonly learn: <T>(opened: Result<T, Failure>) => Result<T, Failure>;
  /** There is another password perhaps: what was said to the earlier one counts no more. */
  readonly renew: () => void;
  /** A new gate would let no sign-in through earlier: no turn counts any more, and the longest pause is over. */
  readonly isIdle: () => boolean;
}

export function createSignInGate(needs: {
  readonly timing: Timing;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
  readonly jittered: (ms: number) => number;
}): SignInGate {
  const { timing, now, jittered } = needs;
  let last: { readonly failure: Failure; readonly until: number; readonly asked: boolean } | null = null;
  let refusals = 0;
  /** The last connection was greeted, and then told 421 for our EHLO. */
  let turnedAway = false;
  /** When the latest turns began or begin, oldest first. */
  const turns: number[] = [];

  const shut = (): Shut | null => {
    const ms = last === null ? 0 : last.until - now();
    return last === null || ms <= 0 ? null : { failure: last.failure, ms };
  };
  return {
    shut,
    asked: () => (last?.asked === true ? shut() : null),
    turn: () => {
      const { most, withinMs } = timing.signIns;
      const oldest = turns.length < most ? undefined : turns.shift();
      const at = Math.max(now(), oldest === undefined ? -Infinity : oldest + withinMs);
      turns.push(at);
      return Math.max(0, Math.ceil(at - now()));
    },
    learn: (opened) => {
      if (opened.ok) {
        refusals = 0;
        turnedAway = false;
        last = null;
        return opened;
      }
      // The server was not reached: it neither refused nor asked for a pause.
      if (opened.problem.reply === null) return opened;
      const repeated = turnedAway;
      turnedAway = opened.problem.step === 'hello' && opened.problem.reply.code === 421;
      const problem: Failure = turnedAway && repeated ? { ...opened.problem, repeated } : opened.problem;
      const asked = causeOf(problem, false) === 'sign-in-later';
      const pauses = timing.busyRetryMs;
      const pause = asked
        ? timing.signInPauseMs
        : (pauses[Math.min(refusals, pauses.length - 1)] ?? timing.signInPauseMs);
      refusals += 1;
      const until = now() + jittered(pause);
      // Several may have been under way: a longer pause that was asked for is not cut short by another's answer.
      if (last?.asked !== true || asked || last.until <= until) last = { failure: problem, until, asked };
      return { ok: false, problem };
    },
    renew: () => {
      if (last?.asked !== true) last = null;
      refusals = 0;
    },
    isIdle: () => {
      const { signIns, busyRetryMs } = timing;
      const pauseOver = last === null || last.until + Math.max(...busyRetryMs) <= now();
      return pauseOver && turns.every((at) => at + signIns.withinMs <= now());
    },
  };
}
