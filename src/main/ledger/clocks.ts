/**
 * @file The two clocks joined so that setting one of them gains nothing (ARCHITECTURE.md, "Decisions" 4).
 * What ends uses the later clock, what frees uses the earlier one, and neither ever runs backwards within a run.
 */
import type { EpochMs } from '../../shared/words.ts';
import type { BudgetMs, Clock } from '../ports/clock.ts';

/** How far the wall clock may stand behind what was seen before: an NTP step, and not a person's change. */
export const SET_BACK_TOLERANCE_MS = 2_000;

/** What has to survive the end of the program for time not to go back. */
export interface SeenTime {
  /** The highest {@link Clocks.now} seen. */
  readonly highest: EpochMs;
  readonly budget: BudgetMs;
}

export interface Clocks {
  /** For expiry: the later of the wall clock and the wall clock first seen plus the time that really passed. */
  now(): EpochMs;
  /** For budgets and cool-downs: counts only what both clocks agree on. */
  budgetNow(): BudgetMs;
  /** When, on {@link Clocks.now}, budget time will have reached `at`. */
  onWall(at: BudgetMs): EpochMs;
  seen(): SeenTime;
  /**
   * The machine was asleep: the wall clock's jump is legitimate, since the monotonic one may have stood still.
   * True when the wall clock stands behind what was already seen, so that it is not known how long it slept.
   */
  resumed(): boolean;
}

/**
 * Starts from what an earlier run saw (null: there was none) and from when something was last spent, as the vault has
 * it. `setBack`: the wall clock is behind what was seen.
 */
export function startClocks(
  clock: Clock,
  saved: SeenTime | null,
  spentAt: BudgetMs | null = null,
): { readonly clocks: Clocks; readonly setBack: boolean } {
  let wall = clock.wall();
  let monotonic = clock.monotonic();
  const setBack = saved !== null && wall < saved.highest - SET_BACK_TOLERANCE_MS;
  let later = saved === null || setBack ? wall : Math.max(wall, saved.highest);
  let budget = Math.max(wall, saved?.budget ?? wall, spentAt ?? wall);

  const observe = () => {
    const nowWall = clock.wall();
    const nowMonotonic = clock.monotonic();
    const passed = nowMonotonic - monotonic;
    later = Math.max(later + passed, nowWall);
    budget += Math.max(0, Math.min(passed, nowWall - wall));
    wall = nowWall;
    monotonic = nowMonotonic;
  };
  const now = () => {
    observe();
    return Math.floor(later);
  };
  const budgetNow = () => {
    observe();
    return Math.floor(budget);
  };

  const clocks: Clocks = {
    now,
    budgetNow,
    onWall: (at) => now() + Math.max(0, at - budgetNow()),
    seen: () => ({ highest: now(), budget: budgetNow() }),
    resumed: () => {
      observe();
      const back = wall < later - SET_BACK_TOLERANCE_MS;
      if (back) later = wall;
      budget = Math.max(budget, wall);
      return back;
    },
  };
  return { clocks, setBack };
}
