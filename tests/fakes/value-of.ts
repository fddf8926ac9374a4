/** @file The value of a result that a test needs to go on at all. */
import type { Result } from '../../src/shared/result.ts';

export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`it failed: ${JSON.stringify(result.problem)}`);
  return result.value;
}
