/** @file What is written about calls that were turned away, and how little a flood of them can write. */
import { describe, expect, it } from 'vitest';
import { createRefusalLog } from '../../../src/main/log/refusal-log.ts';
import { createFakeClock } from '../../fakes/clock.ts';

function openLog() {
  const clock = createFakeClock();
  const lines: string[] = [];
  return {
    clock,
    lines,
    log: createRefusalLog(
      (line) => lines.push(line),
      () => clock.monotonic(),
    ),
  };
}

describe('the log of calls that were turned away', () => {
  it('names the channel and the reason', () => {
    const { log, lines } = openLog();
    log('verification.start', 'refused-sender');
    log('verification.start', 'invalid-input');
    log('desk.view', 'invalid-input');
    expect(lines).toEqual([
      'verification.start refused-sender',
      'verification.start invalid-input',
      'desk.view invalid-input',
    ]);
  });

  it('has one line a minute for a flood, which says how many there were [T-refusal-log-flood]', () => {
    const { clock, lines, log } = openLog();
    for (let call = 0; call < 100_000; call += 1) log('desk.draft', 'invalid-input');
    expect(lines).toEqual(['desk.draft invalid-input']);
    clock.pass(59_999);
    log('desk.draft', 'invalid-input');
    expect(lines).toHaveLength(1);
    clock.pass(1);
    log('desk.draft', 'invalid-input');
    expect(lines.slice(1)).toEqual(['desk.draft invalid-input, and 100000 more since the last line']);
    clock.pass(60_000);
    log('desk.draft', 'invalid-input');
    expect(lines.slice(2)).toEqual(['desk.draft invalid-input']);
  });

  it('is neither silenced nor opened by a changed clock', () => {
    const { clock, lines, log } = openLog();
    log('desk.draft', 'invalid-input');
    clock.setWall(clock.wall() + 3_600_000);
    log('desk.draft', 'invalid-input');
    expect(lines).toHaveLength(1);
    clock.setWall(0);
    clock.pass(60_000);
    log('desk.draft', 'invalid-input');
    expect(lines).toHaveLength(2);
  });
});
