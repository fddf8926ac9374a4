/** @file The steps that the keys for larger and smaller text take. */
import { TEXT_SIZES } from '../../shared/choices.ts';

/** The next size up (1) or down (-1), or the usual one (0). */
export function stepped(size: number, step: -1 | 0 | 1): number {
  if (step === 0) return TEXT_SIZES[0];
  const at = TEXT_SIZES.findIndex((one) => one >= size);
  return TEXT_SIZES[at + step] ?? size;
}
