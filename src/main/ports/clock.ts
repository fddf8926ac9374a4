/** @file Time as the rooms get it: three clocks, one-shot timers, and the time that budgets are counted in. */
import type { EpochMs } from '../../shared/words.ts';

/** What people see, and two that can't be set. */
export interface Clock {
  /** Wall clock. */
  wall(): EpochMs;
  /** Milliseconds from an arbitrary point; never goes back; need not advance while the machine sleeps. */
  monotonic(): number;
  /** Milliseconds since the machine was started, its sleep included; to a second at worst. */
  uptime(): number;
  /** How many minutes people's clocks here are ahead of UTC at this time. */
  offset(at: EpochMs): number;
}

/** One-shot timers, so that pure rooms never touch the global ones. */
export interface Timers {
  /** Calls back once after `ms`; returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

/**
 * Time that budgets are counted in. Within a run, sleep included, it advances only by what the wall clock and the machine
 * agree has passed; over a restart it catches up with the wall clock, but only where that is ahead, so that setting the
 * clock back and forth again frees nothing. `onWall` in ledger/clocks.ts makes it presentable.
 */
export type BudgetMs = number;
