/**
 * @file Runs the cases, many at once, and holds every claim against the server's books. The only file that decides
 * what a false claim, and a wrong one, is.
 */
import type { Case, Claim, Trial } from './trial.ts';

export interface Books {
  readonly cases: number;
  readonly byClaim: Readonly<Record<Claim, number>>;
  readonly families: ReadonlyMap<string, Record<Claim, number>>;
  /** "accepted" for nothing, or "refused" for something. */
  readonly falseClaims: readonly string[];
  readonly duplicates: readonly string[];
  /** True, but not the right one of three: "unknown" without need, or a retry that was missed. */
  readonly wrong: readonly string[];
  /** Not the right one of three, because the machine was too slow for the fault to strike. */
  readonly unmet: readonly string[];
  /** Refused, and put down to something else than what happened. */
  readonly wrongCauses: readonly string[];
}

/** A prime: multiples of it, taken modulo the number of cases, visit them all, far apart. */
const STEP = 7_919;

export async function keepBooks(
  cases: readonly Case[],
  atOnce: number,
  settled: () => Promise<void>,
): Promise<Books> {
  const trials: { readonly one: Case; readonly trial: Trial }[] = [];
  // Those that wait for a silence stand together in the list. Spread out, they leave the machine to the others, and
  // do not all come back at once, when none of them would be served in time.
  const order = [...cases.keys()].sort((a, b) => ((a * STEP) % cases.length) - ((b * STEP) % cases.length));
  const worker = async () => {
    for (let index = order.pop(); index !== undefined; index = order.pop()) {
      const one = cases[index];
      if (one === undefined) return;
      // One length for all: where the claim changes is counted in bytes.
      const recipient = `case-${String(index).padStart(5, '0')}@example.com`;
      for (const trial of [await one.run(recipient)].flat()) trials.push({ one, trial });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // What a server still has in hand counts as well.
  await settled();

  const families = new Map<string, Record<Claim, number>>();
  const byClaim: Record<Claim, number> = { accepted: 0, refused: 0, unknown: 0 };
  const falseClaims: string[] = [];
  const duplicates: string[] = [];
  const wrong: string[] = [];
  const unmet: string[] = [];
  const wrongCauses: string[] = [];
  for (const { one, trial } of trials) {
    const { outcome } = trial;
    const claim = outcome.state;
    const accepted = trial.accepted();
    const because = outcome.state === 'refused' ? ` because of ${outcome.problem.cause}` : '';
    const line = `${one.family}: ${one.name}: claimed ${claim}${because}, the server accepted ${accepted}`;
    const counts = families.get(one.family) ?? { accepted: 0, refused: 0, unknown: 0 };
    counts[claim] += 1;
    families.set(one.family, counts);
    byClaim[claim] += 1;
    if ((claim === 'accepted' && accepted === 0) || (claim === 'refused' && accepted > 0))
      falseClaims.push(line);
    if (accepted > 1) duplicates.push(line);
    const causes = trial.causes ?? one.causes;
    if (outcome.state === 'refused' && !causes.includes(outcome.problem.cause))
      wrongCauses.push(`${line}, right would be ${causes.join(' or ')}`);
    if (one.expected !== null && claim !== one.expected)
      (trial.met === false ? unmet : wrong).push(`${line}, right would be ${one.expected}`);
    else if (claim === 'unknown' && trial.sawBody?.() === false) wrong.push(`${line} and saw no body`);
  }
  return { cases: trials.length, byClaim, families, falseClaims, duplicates, wrong, unmet, wrongCauses };
}
