/** @file A page whose process died comes back, and one that keeps dying does not keep the machine busy. */
import { describe, expect, it } from 'vitest';
import { createRevival } from '../../../src/main/page/revival.ts';

function revivalAt(clock: { now: number }) {
  const done: string[] = [];
  const told = createRevival({
    giveUp: () => done.push('give up'),
    log: () => undefined,
    monotonic: () => clock.now,
  });
  const gone = (reason: string) => told(reason, () => done.push('reload'));
  return { gone, done };
}

describe('a page whose process is gone', () => {
  it.each(['crashed', 'killed', 'oom', 'abnormal-exit', 'launch-failed', 'integrity-failure'])(
    'is brought back when it %s',
    (reason) => {
      const { gone, done } = revivalAt({ now: 0 });
      gone(reason);
      expect(done).toEqual(['reload']);
    },
  );

  it('is left alone when it ended by itself', () => {
    const { gone, done } = revivalAt({ now: 0 });
    gone('clean-exit');
    expect(done).toEqual([]);
  });

  it('is given up at its fourth death within a minute, and only then', () => {
    const clock = { now: 0 };
    const { gone, done } = revivalAt(clock);
    for (const at of [0, 20_000, 40_000, 60_000]) {
      clock.now = at;
      gone('crashed');
    }
    expect(done, 'a minute after the first').toEqual(['reload', 'reload', 'reload', 'reload']);
    clock.now = 60_001;
    gone('crashed');
    expect(done.at(-1)).toBe('give up');
  });
});
