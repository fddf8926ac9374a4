/**
 * @file How moments and lengths of time read. Moments are main's (epoch ms); nothing here looks at a clock.
 */
import { type EpochMs } from '../../shared/words.ts';

const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** So that ten minutes do not read as nine in the moment after they began. */
const GRACE = 5 * SECOND;

// One 24-hour form everywhere: the mail says "14:14" as well, and the two are compared at the counter.
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const EXACT = { ...CLOCK, second: '2-digit' } as const;
const FORMS = {
  clock: CLOCK,
  exact: EXACT,
  zoned: { ...EXACT, timeZoneName: 'shortOffset' },
  day: { dateStyle: 'short' },
  moment: { ...CLOCK, weekday: 'short', day: 'numeric', month: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const made = new Map<string, Intl.DateTimeFormat>();

/**
 * A format is dear to make, and each row of the rail needs one with every push. One that was made keeps its time zone,
 * so that it is found by the offset, too: the computer may be in another zone by now.
 */
function formatted(at: EpochMs, language: string, form: keyof typeof FORMS): string {
  const key = `${language} ${form} ${new Date(at).getTimezoneOffset()}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(language, FORMS[form]);
  made.set(key, format);
  return format.format(at);
}

/** "14:14", in the time zone of this computer. */
export const clockTime = (at: EpochMs, language: string): string => formatted(at, language, 'clock');

/** "14:06:31". */
export const exactTime = (at: EpochMs, language: string): string => formatted(at, language, 'exact');

/** "14:06:31 UTC+1": on paper one hour of the year is there twice. */
export const zonedTime = (at: EpochMs, language: string): string =>
  formatted(at, language, 'zoned').replace('GMT', 'UTC');

/** "14:14" on the same day as `now`, otherwise with the day: "Tue 24 Nov, 09:30". */
export function moment(at: EpochMs, now: EpochMs, language: string): string {
  const [day, today] = [at, now].map((when) => formatted(when, language, 'day'));
  return formatted(at, language, day === today ? 'clock' : 'moment');
}

/** What is shown of the time that is left, in ms: whole minutes, and seconds in the last one. */
export const shownLeft = (ms: number): number =>
  ms >= MINUTE ? Math.floor((ms + GRACE) / MINUTE) * MINUTE : Math.max(0, Math.ceil(ms / SECOND)) * SECOND;

/**
 * What is shown of a wait, in ms: whole minutes, then every fifth second, and each of the last ten: a number that moves
 * beside the code draws the eye. Rounded up, so that it is over when it says so and not after.
 */
export function shownWait(ms: number): number {
  const step = ms > MINUTE ? MINUTE : ms > 10 * SECOND ? 5 * SECOND : SECOND;
  return Math.max(0, Math.ceil(ms / step)) * step;
}

const spans = new Map<string, Intl.NumberFormat>();

/** Of either, as people say it. */
export function timeLeft(shown: number, language: string): string {
  const [unit, ms] = shown >= MINUTE ? (['minute', MINUTE] as const) : (['second', SECOND] as const);
  const key = `${language} ${unit}`;
  const format =
    spans.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' });
  spans.set(key, format);
  return format.format(shown / ms);
}
