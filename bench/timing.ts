/**
 * @file Whether the time of judging a code tells anything about it: right, wrong in the first digit and wrong in the
 * last are judged in random order and compared with Welch's t-test, the way dudect does (Reparaz, Balasch,
 * Verbauwhede 2017). A measurement for a quiet machine: it belongs to no test. Last line: JSON.
 */
import { requestOf } from '../src/shared/request.ts';
import { createSecretKey, randomBytes, randomInt } from 'node:crypto';
import { type Code, deriveCode, sameCode } from '../src/main/verification/code.ts';
import { cleanCode } from '../src/main/verification/clean.ts';

/** dudect's: above it, a difference is certain; far more than a p of 10⁻⁵. */
const T_BOUND = 4.5;
/** Guesses a sample: one alone is shorter than the clock can tell. */
const BATCH = 16;
const samples = Number(process.argv[2] ?? 200_000);

const KINDS = ['right', 'wrong first digit', 'wrong last digit'] as const;
type Kind = (typeof KINDS)[number];

const key = createSecretKey(randomBytes(32));
const request = requestOf('registration');
const verification = () => ({
  key,
  id: randomBytes(16).toString('hex'),
  signIn: '["smtp.gmail.com","desk@gmail.com","desk@gmail.com"]',
  canonical: 'maria@example.test',
  request,
  length: 6,
});
const other = (digit: string | undefined) => String((Number(digit) + 1 + randomInt(9)) % 10);

function typedFor(kind: Kind, code: string): string {
  if (kind === 'wrong first digit') return other(code[0]) + code.slice(1);
  if (kind === 'wrong last digit') return code.slice(0, -1) + other(code.at(-1));
  // A copy: the same characters in another string, as if it had been typed.
  return Buffer.from(code).toString();
}

/** What a guess costs from its text to the verdict, without the store, which does the same for every guess. */
function judge(of: ReturnType<typeof verification>, typed: string): boolean {
  const cleaned = cleanCode(typed, of.length);
  return cleaned.ok && sameCode(cleaned.value, deriveCode(of));
}

const times: Record<Kind, number[]> = { right: [], 'wrong first digit': [], 'wrong last digit': [] };
let verdicts = 0;
for (let n = 0; n < samples; n += 1) {
  const kind = KINDS[randomInt(3)] ?? 'right';
  const guesses = Array.from({ length: BATCH }, () => {
    const of = verification();
    const code: Code = deriveCode(of);
    return { of, typed: typedFor(kind, code) };
  });
  const began = process.hrtime.bigint();
  for (const { of, typed } of guesses) verdicts += Number(judge(of, typed));
  const took = Number(process.hrtime.bigint() - began);
  // The first tenth warms the compiler up.
  if (n > samples / 10) times[kind].push(took / BATCH);
}

/** Without the slowest tenth: what the machine did besides (dudect crops likewise). */
function cropped(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b).slice(0, Math.floor(values.length * 0.9));
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
function welch(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const spread = (values: readonly number[], m: number) =>
    values.reduce((sum, value) => sum + (value - m) ** 2, 0) / (values.length - 1) / values.length;
  return (ma - mb) / Math.sqrt(spread(a, ma) + spread(b, mb));
}

const kept = {
  right: cropped(times.right),
  first: cropped(times['wrong first digit']),
  last: cropped(times['wrong last digit']),
};
const t = {
  rightFirst: welch(kept.right, kept.first),
  rightLast: welch(kept.right, kept.last),
  firstLast: welch(kept.first, kept.last),
};
const held = Object.values(t).every((value) => Math.abs(value) < T_BOUND);
for (const kind of KINDS) {
  const values = cropped(times[kind]);
  console.log(
    `${kind.padEnd(20)} ${String(values.length).padStart(8)} samples ${mean(values).toFixed(1).padStart(10)} ns a guess`,
  );
}
console.log(
  `t: right/first ${t.rightFirst.toFixed(2)}, right/last ${t.rightLast.toFixed(2)}, first/last ${t.firstLast.toFixed(2)}; bound ${T_BOUND}`,
);
console.log(JSON.stringify({ samples, batch: BATCH, verdicts, t, bound: T_BOUND, held }));
process.exitCode = held ? 0 : 1;
