/**
 * @file How lengths of time read, as people say them. The first screen has none.
 */
const SECOND = 1000;

/** In how many steps a bar runs out: each is painted, and a computer at the counter runs all day. */
const STEPS = 60;

/** What is left of `whole`, from 1 to 0. Rounded up, so that the bar is empty when the time is over and not before. */
export const shareLeft = (ms: number, whole: number): number =>
  Math.ceil((Math.max(0, ms) / Math.max(1, whole)) * STEPS) / STEPS;

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
