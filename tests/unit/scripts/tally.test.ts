/** @file The verdict of `npm test`: it never calls good what did not run, and under CI nothing is skipped for free. */
import { describe, expect, it } from 'vitest';
import { settle, tallyOfPlaywright, tallyOfVitest, verdict } from '../../../scripts/tally.mjs';

const passed = (count: number) => ({ passed: count, failed: 0, skipped: [] });

describe('what a report says', () => {
  it('counts vitest, and names what was skipped', () => {
    const report = {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        {
          assertionResults: [
            { status: 'passed', fullName: 'a' },
            { status: 'failed', fullName: 'b' },
          ],
        },
        {
          assertionResults: [
            { status: 'skipped', fullName: 'c' },
            { status: 'pending', fullName: 'd' },
            { status: 'todo', fullName: 'e' },
          ],
        },
      ],
    };
    expect(tallyOfVitest(report)).toEqual({ passed: 1, failed: 1, skipped: ['c', 'd', 'e'] });
  });

  it('counts Playwright through all its nested suites, a flaky test as failed', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const report = {
      suites: [
        {
          title: 'a file',
          specs: [spec('a', 'expected'), spec('b', 'flaky')],
          suites: [
            {
              title: 'a group',
              specs: [spec('c', 'unexpected'), spec('d', 'skipped'), spec('e', 'expected')],
            },
          ],
        },
      ],
    };
    expect(tallyOfPlaywright(report)).toEqual({ passed: 2, failed: 2, skipped: ['d'] });
  });
});

describe('what a step counts for', () => {
  it.each([
    ['left no report', null, true, 1],
    ['ran nothing', passed(0), true, 1],
    ['ended badly although every test passed', passed(3), false, 1],
    ['ended badly with two failures', { passed: 3, failed: 2, skipped: [] }, false, 2],
    ['ended well', passed(3), true, 0],
    ['skipped everything', { passed: 0, failed: 0, skipped: ['a'] }, true, 0],
  ])('%s', (_, counted, endedWell, failed) => {
    expect(settle(counted, endedWell).failed).toBe(failed);
  });
});

describe('the last line', () => {
  const some = [passed(7), { passed: 1, failed: 0, skipped: ['a', 'b'] }];

  it('names what was skipped, and is good without it', () => {
    expect(verdict(some, { strict: false })).toEqual({ line: '8 passed, 0 failed, 2 skipped', good: true });
  });
  it('counts it as failed under CI', () => {
    expect(verdict(some, { strict: true })).toEqual({ line: '8 passed, 2 failed', good: false });
  });
  it('is bad with one failure', () => {
    expect(verdict([passed(7), { passed: 0, failed: 1, skipped: [] }], { strict: false })).toEqual({
      line: '7 passed, 1 failed',
      good: false,
    });
  });
  it('is bad when nothing ran', () => {
    expect(verdict([], { strict: false })).toEqual({ line: '0 passed, 0 failed', good: false });
  });
});
