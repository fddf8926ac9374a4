/**
 * @file The clocks joined so that setting one of them gains nothing (ARCHITECTURE.md, "Decisions" 4). What ends uses the
 * later time, what frees uses the earlier one, and neither ever runs backwards within a run. A decision looks once.
 */
import type { EpochMs } from '../../shared/words.ts';
import type { BudgetMs, Clock } from '../ports/clock.ts';

/** How far the wall clock may stand behind what was seen before: an NTP step, and not a person's change. */
export const SET_BACK_TOLERANCE_MS = 2_000;

/** The wall clock tells whole milliseconds: so much more may have passed. */
const WALL_TICK_MS = 1;

/** One look at the clocks: what a decision calls "now", from its beginning to its end. */
export interface Moment {
  /** For expiry: the later of the wall clock and the wall clock first seen plus the time that really passed. */
  readonly now: EpochMs;
  /** For budgets and cool-downs: counts only what the wall clock and the machine agree on. */
  readonly budget: BudgetMs;
}

/** What has to survive the end of the program for time not to go back: the latest of each that was seen. */
export interface SeenTime {
  readonly highest: EpochMs;
  readonly budget: BudgetMs;
}

export interface Clocks {
  look(): Moment;
  /**
   * The machine was asleep. True when the wall clock stands behind what was already seen: it is not known how long it
   * slept, and from here on it is the wall clock that is believed.
   */
  resumed(): boolean;
}

/** When, on {@link Moment.now}, budget time will have reached `at`. */
export const onWall = (at: BudgetMs, { now, budget }: Moment): EpochMs => now + Math.max(0, at - budget);

/**
 * Starts from what an earlier run saw (null: there was none) and from when something was last spent, as the vault has
 * it. `setBack`: the wall clock is behind what was seen.
 */
export function startClocks(
  clock: Clock,
  saved: SeenTime | null,
  spentAt: BudgetMs | null = null,
): { readonly clocks: Clocks; readonly setBack: boolean } {
  const started = { monotonic: clock.monotonic(), uptime: clock.uptime() };
  let wall = clock.wall();
  let elapsed = 0;
  const setBack = saved !== null && wall < saved.highest - SET_BACK_TOLERANCE_MS;
  let later = saved === null || setBack ? wall : Math.max(wall, saved.highest);
  let budget = Math.max(wall, saved?.budget ?? wall, spentAt ?? wall);
  /** Since when both have agreed on what passed: measured in one go, so that many looks lose no time between them. */
  let since = { wall, elapsed, budget };

  const observe = () => {
    wall = clock.wall();
    // The uptime goes on while the machine sleeps; the monotonic clock is the finer one.
    const nowElapsed = Math.max(
      elapsed,
      clock.monotonic() - started.monotonic,
      clock.uptime() - started.uptime,
    );
    later = Math.max(later + (nowElapsed - elapsed), wall);
    elapsed = nowElapsed;
    const byWall = wall - since.wall + WALL_TICK_MS;
    const byMachine = elapsed - since.elapsed;
    budget = Math.max(budget, since.budget + Math.min(byWall, byMachine));
    if (byWall < byMachine - SET_BACK_TOLERANCE_MS) since = { wall, elapsed, budget };
  };

  const clocks: Clocks = {
    look: () => {
      observe();
      return { now: Math.floor(later), budget: Math.floor(budget) };
    },
    resumed: () => {
      observe();
      const back = wall < later - SET_BACK_TOLERANCE_MS;
      if (back) later = wall;
      return back;
    },
  };
  return { clocks, setBack };
}
