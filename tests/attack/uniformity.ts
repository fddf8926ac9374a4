/**
 * @file Measures how evenly derived codes fall. The reduction is exact by construction (its unit tests show that);
 * this looks for what construction may have missed.
 */
import { requestOf } from '../../src/shared/request.ts';
import { createSecretKey } from 'node:crypto';
import { deriveCode } from '../../src/main/verification/code.ts';

export interface Evenness {
  readonly length: number;
  readonly codes: number;
  /** Pearson's statistic over all 10ⁿ codes, in standard deviations from its mean. */
  readonly z: number;
  /** The same for the ten digits of each position, the largest. */
  readonly digitZ: number;
  readonly held: boolean;
}

/** Five standard deviations: p below 6·10⁻⁷. The keys are fixed, so that a run that held holds again. */
export const Z_BOUND = 5;

/** Pearson's chi-square for equal expectations. */
const chiSquare = (squares: number, samples: number, bins: number) => (squares * bins) / samples - samples;
/** Its distance from the mean: under the multinomial E = k−1 and Var = 2(k−1)(N−1)/N, for any expectations. */
const zOf = (statistic: number, samples: number, bins: number) =>
  (statistic - (bins - 1)) / Math.sqrt((2 * (bins - 1) * (samples - 1)) / samples);

/** Derives `samples` codes of `length` digits for verifications that differ in their id only. */
export function measureEvenness(length: number, samples: number): Evenness {
  const bins = 10 ** length;
  const counts = new Uint16Array(bins);
  const digits = Array.from({ length }, () => new Uint32Array(10));
  const key = createSecretKey(new Uint8Array(32).fill(length));
  for (let n = 0; n < samples; n += 1) {
    const code = deriveCode({
      key,
      id: n.toString(16).padStart(32, '0'),
      signIn: 'desk@gmail.com',
      canonical: 'maria@example.test',
      request: requestOf('registration'),
      length,
    });
    const value = Number(code);
    counts[value] = (counts[value] ?? 0) + 1;
    digits.forEach((column, position) => {
      const digit = code.charCodeAt(position) - 0x30;
      column[digit] = (column[digit] ?? 0) + 1;
    });
  }
  const squares = (column: Uint16Array | Uint32Array) => {
    let sum = 0;
    for (const count of column) sum += count * count;
    return sum;
  };
  const z = zOf(chiSquare(squares(counts), samples, bins), samples, bins);
  const digitZ = Math.max(
    ...digits.map((column) => Math.abs(zOf(chiSquare(squares(column), samples, 10), samples, 10))),
  );
  return { length, codes: samples, z, digitZ, held: Math.abs(z) < Z_BOUND && digitZ < Z_BOUND };
}
