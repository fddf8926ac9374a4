/**
 * @file How long the next PIN waits after wrong ones. How many were wrong is kept in the vault; a wait is kept nowhere: it
 * runs on the monotonic clock and begins anew when the program starts, so that neither a set clock nor a restart ends it.
 */

/** A slip of the finger waits for nothing. */
const FREE = 3;
const FIRST_MS = 30_000;
/** Never longer: a colleague who types wrong PINs on purpose must not lock the owner out for a day. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/** 30 s after the third wrong PIN in a row, twice as long after each further one. */
export const waitMs = (wrong: number): number =>
  wrong < FREE ? 0 : Math.min(FIRST_MS * 2 ** Math.min(wrong - FREE, 10), LONGEST_WAIT_MS);
