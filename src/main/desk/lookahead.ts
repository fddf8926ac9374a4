/**
 * @file Looks ahead to the next moment at which the desk changes by itself: a code expires, a message
 * is free again, a line leaves the rail. Without it the page would go on showing what was true before.
 */
import type { DeskCore } from './core.ts';

/** Never look again sooner than this, also after the clock was changed. */
const SOONEST_MS = 50;

export interface Lookahead {
  /** Ends what is due, and looks ahead afresh. */
  readonly plan: () => void;
  readonly stop: () => void;
}

export function createLookahead({ state, ports, changed }: DeskCore): Lookahead {
  let stop = (): void => undefined;
  return {
    plan: () => {
      stop();
      const verifier = state.station?.verifier;
      if (verifier === undefined) return;
      const at = verifier.look();
      stop = ports.timers.after(Math.max(verifier.sweep(at) - at.now, SOONEST_MS), changed);
    },
    stop: () => stop(),
  };
}
