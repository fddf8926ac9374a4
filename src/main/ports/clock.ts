/** @file Time as the rooms get it: two clocks, one-shot timers, and the time that budgets are counted in. */
import type { EpochMs } from '../../shared/words.ts';

/** Two clocks: what people see, and one that can't be set. */
export interface Clock {
  /** Wall clock. */
  wall(): EpochMs;
  /** Milliseconds from an arbitrary point; never goes back, not settable; need not advance while asleep. */
  monotonic(): number;
}

/** One-shot timers, so that pure rooms never touch the global ones. */
export interface Timers {
  /** Calls back once after `ms`; returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

/**
 * Time that budgets are counted in. Within a run it advances only by what both clocks agree has passed; over a
 * restart or a sleep it catches up with the wall clock, but only where that is ahead, so that setting the clock
 * back and forth again frees nothing. {@link Clocks.onWall} in ledger/clocks.ts makes it presentable.
 */
export type BudgetMs = number;
