/** @file Waits of any length end when they should, and not before. */
import { describe, expect, it } from 'vitest';
import { timers } from '../../../src/main/system/timers.ts';

const MONTH_MS = 30 * 24 * 3_600_000;
const some = () => new Promise<void>((resolve) => void timers.after(5, resolve));

describe('a timer', () => {
  it('calls back once, unless it is called off', async () => {
    let calls = 0;
    timers.after(1, () => (calls += 1));
    timers.after(1, () => (calls += 1_000))();
    await some();
    await some();
    expect(calls).toBe(1);
  });

  it('set for a month ahead, which is more than Node can count, does not go off at once', async () => {
    let calls = 0;
    const off = timers.after(MONTH_MS, () => (calls += 1));
    await some();
    off();
    expect(calls).toBe(0);
  });
});
