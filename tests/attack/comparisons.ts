/**
 * @file Counts how often the product really compares a guess with a code, independently of what the product says
 * about it: every constant-time comparison of six to eight bytes in this process goes through here.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

let compared = 0;
const listeners = new Set<() => void>();

const original = crypto.timingSafeEqual;
crypto.timingSafeEqual = (a, b) => {
  if (a.byteLength >= 6 && a.byteLength <= 8) {
    compared += 1;
    for (const listener of listeners) listener();
  }
  return original(a, b);
};
// Makes the named import in the product the function above (nodejs.org/api/module.html).
syncBuiltinESMExports();

/** How many guesses this process has compared so far. */
export const comparisons = (): number => compared;

/** Calls back just before each comparison, until what it gives back is called. */
export function onComparison(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
