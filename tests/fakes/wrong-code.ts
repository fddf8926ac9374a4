/** @file Codes that are surely wrong. */

/** The right code with its last digit changed; another one for each `by` from 1 to 9. */
export const wrong = (code: string, by = 1): string =>
  `${code.slice(0, -1)}${(Number(code.at(-1)) + by) % 10}`;
