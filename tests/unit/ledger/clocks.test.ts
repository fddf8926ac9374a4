/** @file Setting a clock gains nothing: neither time to guess nor budgets that free early. */
import { describe, expect, it } from 'vitest';
import { startClocks } from '../../../src/main/ledger/clocks.ts';
import { createFakeClock, MORNING } from '../../fakes/clock.ts';
import { HOUR } from '../../fakes/time.ts';

function first() {
  const clock = createFakeClock();
  return { clock, ...startClocks(clock, null) };
}

/** The program ends and starts again; `between` happens meanwhile. */
function again({ clock, clocks }: ReturnType<typeof first>, between: () => void) {
  const { now, budget } = clocks.look();
  const saved = { highest: now, budget };
  between();
  clock.restart();
  return startClocks(clock, saved);
}

describe('within a run', () => {
  it('follows both clocks while they agree', () => {
    const { clock, clocks } = first();
    clock.pass(90_000);
    expect(clocks.look().now).toBe(MORNING + 90_000);
    expect(clocks.look().budget).toBe(MORNING + 90_000);
  });

  it('does not give time back when the wall clock is set back [T-clocks-set-back]', () => {
    const { clock, clocks } = first();
    clock.setWall(MORNING - HOUR);
    clock.pass(60_000);
    expect(clocks.look().now).toBe(MORNING + 60_000);
  });

  it('ends sooner but frees nothing when the wall clock is set forward [T-clocks-set-forward]', () => {
    const { clock, clocks } = first();
    clock.setWall(MORNING + 24 * HOUR);
    clock.pass(60_000);
    expect(clocks.look().now).toBe(MORNING + 24 * HOUR + 60_000);
    expect(clocks.look().budget).toBeLessThanOrEqual(MORNING + 60_000);
  });

  it('frees only what both clocks saw pass: nothing of what the wall clock was set back by [T-clocks-agree]', () => {
    const { clock, clocks } = first();
    clock.setWall(MORNING - HOUR);
    clock.pass(HOUR / 2);
    expect(clocks.look().budget).toBe(MORNING);
  });

  it('does not go back with an uptime that does', () => {
    const { clock, clocks } = first();
    clock.sleep(HOUR);
    const { now } = clocks.look();
    clock.uptime = () => 0;
    clock.setWall(MORNING);
    expect(clocks.look().now).toBe(now);
  });

  it('does not go back after a jump forward was taken back', () => {
    const { clock, clocks } = first();
    clock.setWall(MORNING + HOUR);
    expect(clocks.look().now).toBe(MORNING + HOUR);
    clock.setWall(MORNING);
    clock.pass(1_000);
    expect(clocks.look().now).toBe(MORNING + HOUR + 1_000);
  });

  it('frees nothing early through many small jumps to and fro', () => {
    const { clock, clocks } = first();
    for (let n = 0; n < 1_000; n += 1) {
      clock.setWall(clock.wall() + HOUR);
      clocks.look();
      clock.setWall(clock.wall() - HOUR);
      clocks.look();
      clock.pass(1_000);
    }
    expect(clocks.look().budget).toBeLessThanOrEqual(MORNING + 1_000_000);
  });

  it('goes on counting budgets after the wall clock was set back by a year', () => {
    const { clock, clocks } = first();
    clock.setWall(MORNING - 365 * 24 * HOUR);
    clocks.look();
    clock.pass(HOUR);
    expect(clocks.look().budget).toBe(MORNING + HOUR);
  });

  it('is not moved by daylight saving, because epoch time is not', () => {
    const spring = Date.UTC(2027, 2, 28, 0, 59, 59);
    const clock = createFakeClock(spring);
    const { clocks } = startClocks(clock, null);
    clock.pass(2_000);
    expect(clocks.look().now).toBe(spring + 2_000);
  });
});

describe('sleep', () => {
  it('counts towards expiry and towards budgets: the machine knows how long it slept', () => {
    const { clock, clocks } = first();
    clock.sleep(8 * HOUR);
    expect(clocks.look()).toEqual({ now: MORNING + 8 * HOUR, budget: MORNING + 8 * HOUR });
    expect(clocks.resumed()).toBe(false);
  });

  it.each([
    ['before it', [24 * HOUR, 0]],
    ['during it', [0, 24 * HOUR]],
  ])('frees nothing for a clock that was set a day on %s', (_, [before = 0, after = 0]) => {
    const { clock, clocks } = first();
    clock.setWall(clock.wall() + before);
    clock.sleep(HOUR);
    clock.setWall(clock.wall() + after);
    expect(clocks.resumed()).toBe(false);
    expect(clocks.look().budget).toBe(MORNING + HOUR);
  });

  it('is told apart from a clock that was set back meanwhile', () => {
    const { clock, clocks } = first();
    clock.pass(HOUR);
    clock.setWall(MORNING);
    expect(clocks.resumed()).toBe(true);
    expect(clocks.look().now).toBe(MORNING);
  });
});

describe('many looks', () => {
  it('lose no time between them, although the wall clock tells whole milliseconds only', () => {
    let ms = 0;
    const clock = {
      wall: () => MORNING + Math.floor(ms),
      monotonic: () => ms,
      uptime: () => ms,
      offset: () => 0,
    };
    const { clocks } = startClocks(clock, null);
    for (; ms < 60_000; ms += 0.3) clocks.look();
    expect(clocks.look().budget).toBeGreaterThanOrEqual(MORNING + Math.floor(ms) - 1);
  });
});

describe('across a restart', () => {
  it('goes on where the wall clock says', () => {
    const run = first();
    const { clocks, setBack } = again(run, () => run.clock.sleep(3 * HOUR));
    expect(setBack).toBe(false);
    expect(clocks.look().now).toBe(MORNING + 3 * HOUR);
    expect(clocks.look().budget).toBe(MORNING + 3 * HOUR);
  });

  it('notices a wall clock behind the last one seen, and gives budgets no time', () => {
    const run = first();
    run.clock.pass(HOUR);
    const { clocks, setBack } = again(run, () => run.clock.setWall(MORNING));
    expect(setBack).toBe(true);
    expect(clocks.look().budget).toBe(MORNING + HOUR);
    expect(clocks.look().now).toBe(MORNING);
  });

  it('gives budgets nothing for a clock that was set back for one run and forward for the next [T-clock-runs]', () => {
    const run = first();
    run.clock.pass(HOUR);
    const back = again(run, () => run.clock.setWall(MORNING - 48 * HOUR));
    const forth = again({ ...run, clocks: back.clocks }, () => run.clock.setWall(MORNING + HOUR));
    expect(forth.clocks.look().budget).toBe(MORNING + HOUR);
  });

  it('gives budgets nothing for a clock that was set back for one sleep and forward for the next', () => {
    const { clock, clocks } = first();
    clock.setWall(MORNING - 48 * HOUR);
    clocks.resumed();
    clock.setWall(MORNING);
    clocks.resumed();
    expect(clocks.look().budget).toBe(MORNING);
  });

  it('takes two seconds for a correction of the clock', () => {
    const run = first();
    run.clock.pass(HOUR);
    const { clocks, setBack } = again(run, () => run.clock.setWall(MORNING + HOUR - 2_000));
    expect(setBack).toBe(false);
    expect(clocks.look().now).toBe(MORNING + HOUR);
  });

  it('takes a millisecond more for somebody’s hand', () => {
    const run = first();
    run.clock.pass(HOUR);
    expect(again(run, () => run.clock.setWall(MORNING + HOUR - 2_001)).setBack).toBe(true);
  });
});
