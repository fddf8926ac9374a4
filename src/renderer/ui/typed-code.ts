/**
 * @file Tells a code that is still being typed from one that main should judge. It judges nothing itself: what
 * is not plainly digits goes to main as it was typed.
 */

/** What people put between digits, and what comes along when a code is copied: what main leaves out as well. */
const BETWEEN = /[\p{White_Space}\p{Pd}\p{Cf}\u2212.]/gu;
const DIGITS = /^\p{Nd}*$/u;

/** Whole characters: some scripts' digits take two UTF-16 units. */
export const charactersOf = (text: string): readonly string[] => Array.from(text);

/** The digits typed so far, in the script they were typed in; null when there is more than digits. */
export function digitsOf(raw: string, wanted: number): string | null {
  const rest = raw.replace(BETWEEN, '');
  return DIGITS.test(rest) && charactersOf(rest).length <= wanted ? rest : null;
}

/** How the slots are grouped, so that six digits read "409 313": the first group is the longer one. */
export const firstGroup = (length: number): number => Math.ceil(length / 2);
