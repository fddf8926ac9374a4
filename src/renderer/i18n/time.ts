/**
 * @file How moments and countdowns read. Moments are main's (epoch ms); nothing here looks at a clock.
 */
import { type EpochMs } from '../../shared/words.ts';

const SECOND = 1000;

// One 24-hour form everywhere: the mail says "14:14" as well, and the two are compared at the counter.
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** "14:14", in the time zone of this computer. */
export function clockTime(at: EpochMs, language: string): string {
  return new Intl.DateTimeFormat(language, CLOCK).format(at);
}

/** "14:06:31". */
export function exactTime(at: EpochMs, language: string): string {
  return new Intl.DateTimeFormat(language, { ...CLOCK, second: '2-digit' }).format(at);
}

/** "14:06:31 UTC+1": on paper one hour of the year is there twice. */
export function zonedTime(at: EpochMs, language: string): string {
  const format = new Intl.DateTimeFormat(language, {
    ...CLOCK,
    second: '2-digit',
    timeZoneName: 'shortOffset',
  });
  return format.format(at).replace('GMT', 'UTC');
}

/** "14:14" on the same day as `now`, otherwise with the day: "Tue 24 Nov, 09:30". */
export function moment(at: EpochMs, now: EpochMs, language: string): string {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'short' });
  if (day.format(at) === day.format(now)) return clockTime(at, language);
  return new Intl.DateTimeFormat(language, {
    ...CLOCK,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  }).format(at);
}

/** A countdown, "8:12"; rounded up, so that it reaches 0:00 when the time is over and not before. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
