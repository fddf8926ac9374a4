/**
 * @file A clock that tests move by hand, the timers that go with it, and randomness that repeats. They stand in
 * for what no test can control; everything else in a test is real.
 */
import { createHash } from 'node:crypto';
import type { Clock, Timers } from '../../src/main/ports/clock.ts';
import type { Random } from '../../src/main/ports/random.ts';

/** Monday 23 November 2026, 09:00 UTC. */
export const MORNING = Date.UTC(2026, 10, 23, 9);

export interface FakeClock extends Clock {
  readonly timers: Timers;
  /** Time passes, on both clocks; timers that are due call back, in order. */
  pass(ms: number): void;
  /** The wall clock is set; no time passes. */
  setWall(to: number): void;
  /** The machine sleeps: the wall clock and the uptime go on, the monotonic one stands still. */
  sleep(ms: number): void;
  /** From now on a millisecond passes at every look at a clock, as it does on a busy machine. */
  tick(): void;
  /** The program starts anew: the monotonic clock begins somewhere else. */
  restart(): void;
}

export function createFakeClock(start = MORNING): FakeClock {
  let wall = start;
  let monotonic = 5_000.25;
  let uptime = 86_400_000;
  let ticking = false;
  const look = (): void => {
    if (!ticking) return;
    wall += 1;
    monotonic += 1;
    uptime += 1;
  };
  const due = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    wall: () => {
      look();
      return wall;
    },
    monotonic: () => {
      look();
      return monotonic;
    },
    uptime: () => {
      look();
      return uptime;
    },
    // Central European time, in winter.
    offset: () => 60,
    tick: () => void (ticking = true),
    timers: {
      after(ms, callback) {
        const timer = { at: monotonic + ms, callback };
        due.add(timer);
        return () => void due.delete(timer);
      },
    },
    pass(ms) {
      wall += ms;
      monotonic += ms;
      uptime += ms;
      for (const timer of [...due].sort((a, b) => a.at - b.at)) {
        if (timer.at <= monotonic && due.delete(timer)) timer.callback();
      }
    },
    setWall: (to) => void (wall = to),
    sleep: (ms) => {
      wall += ms;
      uptime += ms;
    },
    restart: () => void (monotonic = 17.5),
  };
}

/** SHA-256 over a seed and a counter: even, and the same in every run. */
export function createFakeRandom(seed = 'countersign'): Random {
  let counter = 0;
  return {
    bytes(length) {
      const blocks: Buffer[] = [];
      for (let made = 0; made < length; made += 32) {
        counter += 1;
        blocks.push(createHash('sha256').update(`${seed} ${counter}`).digest());
      }
      return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
    },
  };
}
