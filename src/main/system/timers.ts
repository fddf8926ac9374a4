/**
 * @file The timers of the program, on Node's. A wait that is too long for them must not end at once.
 */
import type { Timers } from '../ports/clock.ts';

/** Node counts in 32 bits, and takes anything longer for 1 ms (nodejs.org/api/timers.html, setTimeout): 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1;

export const timers: Timers = {
  after: (ms, callback) => {
    // A caller that waits for weeks looks again when called, as after a changed clock.
    const timer = setTimeout(callback, Math.min(ms, LONGEST_MS));
    return () => clearTimeout(timer);
  },
};
