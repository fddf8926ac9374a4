/**
 * @file How moments and lengths of time read on the page.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { shareLeft, tookTime } from '../../../src/renderer/i18n/spans.ts';
import {
  clockTime,
  exactTime,
  moment,
  shownLeft,
  shownWait,
  timeLeft,
} from '../../../src/renderer/i18n/time.ts';
import { HOUR } from '../../fakes/time.ts';

const AFTERNOON = Date.UTC(2026, 10, 23, 14, 14, 5);

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe('a moment', () => {
  it('reads as a 24-hour clock time, as in the mail, in every language', () => {
    expect(clockTime(AFTERNOON, 'en')).toBe('14:14');
    expect(clockTime(AFTERNOON, 'en-US')).toBe('14:14');
    expect(clockTime(AFTERNOON, 'de')).toBe('14:14');
  });

  it('reads as 00:05 after midnight, not as 24:05', () => {
    expect(clockTime(Date.UTC(2026, 10, 24, 0, 5), 'en')).toBe('00:05');
  });

  it('reads with seconds on the slip', () => {
    expect(exactTime(AFTERNOON, 'en')).toBe('14:14:05');
  });

  it('follows the time zone of the computer', () => {
    vi.stubEnv('TZ', 'Europe/Zurich');
    expect(clockTime(AFTERNOON, 'en')).toBe('15:14');
    vi.stubEnv('TZ', 'UTC');
  });

  it('has no day on the same day, and one on any other', () => {
    expect(moment(AFTERNOON, AFTERNOON - HOUR, 'en')).toBe('14:14');
    expect(moment(AFTERNOON + 20 * HOUR, AFTERNOON, 'en')).toMatch(/Tue.*24.*10:14/);
  });
});

describe('a wait', () => {
  it.each([
    [900_000, '15 min'],
    [60_001, '2 min'],
    [60_000, '1 min'],
    [55_001, '1 min'],
    [55_000, '55 sec'],
    [22_000, '25 sec'],
    [10_001, '15 sec'],
    [10_000, '10 sec'],
    [9_001, '10 sec'],
    [9_000, '9 sec'],
    [1, '1 sec'],
    [0, '0 sec'],
    [-5000, '0 sec'],
  ])('of %i ms reads %s: never less than there is', (ms, reads) => {
    expect(timeLeft(shownWait(ms), 'en')).toBe(reads);
  });
});

describe('the time left', () => {
  it.each([
    [492_000, '8 min'],
    [599_100, '10 min'],
    [114_999, '1 min'],
    [60_000, '1 min'],
    [59_999, '1 min'],
    [59_000, '59 sec'],
    [42_000, '42 sec'],
    [0, '0 sec'],
  ])('of %i ms reads %s: whole minutes, hardly ever more than there is', (ms, reads) => {
    expect(timeLeft(shownLeft(ms), 'en')).toBe(reads);
  });
});

it('runs out in steps, and not before the time is over', () => {
  const steps = Array.from({ length: 600 }, (_, second) => shareLeft((600 - second) * 1000, 600_000));
  expect(new Set(steps).size).toBe(60);
  expect(steps.at(0)).toBe(1);
  expect(shareLeft(1, 600_000)).toBeGreaterThan(0);
  expect(shareLeft(0, 600_000)).toBe(0);
  expect(shareLeft(-5000, 600_000)).toBe(0);
});

it('says that a send took some time, however fast it was', () => {
  expect(tookTime(212, 'en')).toBe('0.2 sec');
  expect(tookTime(3, 'en')).toBe('0.1 sec');
  expect(tookTime(1960, 'en')).toBe('2.0 sec');
});
