/**
 * @file How lengths of time read, as people say them. The first screen has none.
 */
const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** So that ten minutes do not read as nine in the moment after they began. */
const GRACE = 5 * SECOND;

/** What is left, as people say it: whole minutes, and seconds in the last one. */
export function timeLeft(ms: number, language: string): string {
  const unit = (value: number, name: 'minute' | 'second') =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  return ms >= MINUTE
    ? unit(Math.floor((ms + GRACE) / MINUTE), 'minute')
    : unit(Math.max(0, Math.ceil(ms / SECOND)), 'second');
}

/** How long something took, in seconds with one digit, never "0.0". */
export function tookTime(ms: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(Math.max(0.1, ms / SECOND));
}
