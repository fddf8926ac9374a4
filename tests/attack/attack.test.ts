/**
 * @file `npm run attack -- --quick`, as part of the tests: in a process of its own, because it counts comparisons
 * where Node makes them, below anything a test runner puts in between.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from './run.ts';
import { held } from './strategy.ts';

const PROGRAM = new URL('../../scripts/attack.mjs', import.meta.url).pathname;

describe('the attack', () => {
  let report: Report;
  beforeAll(async () => {
    // A failed attack ends with 1 and still prints its report: the tests below say what failed.
    const run = promisify(execFile)(process.execPath, [PROGRAM, '--quick'], { maxBuffer: 1e8 });
    const { stdout, stderr } = await run.catch(
      (error: unknown) => error as { stdout: string; stderr: string },
    );
    const last = stdout.trim().split('\n').at(-1) ?? '';
    if (!last.startsWith('{')) throw new Error(`the attack ended without its report:\n${stdout}\n${stderr}`);
    report = JSON.parse(last) as Report;
  }, 600_000);

  it('tries a hundred thousand guesses with more than fifty strategies', () => {
    expect(report.strategies.length).toBeGreaterThan(50);
    expect(report.tried).toBeGreaterThanOrEqual(100_000);
  });

  it('is judged no guess more than the budget of any strategy', () => {
    expect(report.strategies.filter((finding) => !held(finding))).toEqual([]);
  });

  it('reaches the budget where it should: what is bounded is really exercised', () => {
    const full = report.strategies.filter(({ judged, bound }) => bound > 0 && judged === bound);
    expect(full.length).toBeGreaterThan(15);
  });

  it('kills a real process without a refund, a loss, a result without its entry or an unreadable store', () => {
    const none = { refunded: 0, overcharged: 0, lost: 0, unpaired: 0, unreadable: 0 };
    expect(report.kills).toMatchObject({ kills: 100, ...none });
    expect(report.kills.interrupted).toBeGreaterThan(0);
  });

  it('takes no forged receipt or journal for genuine, and names each for what it is [T-attack-forged]', () => {
    expect(report.forgeries.length).toBeGreaterThan(15);
    expect(report.forgeries.filter(({ tried }) => tried < 5)).toEqual([]);
    expect(report.forgeries.filter(({ accepted, misnamed }) => accepted + misnamed > 0)).toEqual([]);
  });

  it('finds codes spread evenly', () => {
    expect(report.evenness.map(({ length, held: even }) => [length, even])).toEqual([
      [6, true],
      [7, true],
      [8, true],
    ]);
  });

  it('keeps the chance of all guesses of a day below its bound, and says so [T-attack-day]', () => {
    expect(report.day.spent).toBeGreaterThan(report.day.bound / 2);
    expect(report.day.spent).toBeLessThanOrEqual(report.day.bound);
  });

  it('says in its last line that the bound held', () => {
    expect(report.bound_held).toBe(true);
  });
});
