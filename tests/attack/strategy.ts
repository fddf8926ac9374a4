/**
 * @file What an attack on the budgets is, and the pieces all of them are made of. A guess counts as judged when the
 * product compared it, which is observed and not asked.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestOf, type Request } from '../../src/shared/request.ts';
import type { Verifier } from '../../src/main/verification/verifier.ts';
import { asking, openScene, type Scene } from '../fakes/scene.ts';
import { comparisons } from './comparisons.ts';

export interface Finding {
  readonly strategy: string;
  /** Guesses submitted. */
  readonly tried: number;
  /** Guesses compared with the code. */
  readonly judged: number;
  /** Verifications that were verified. */
  readonly successes: number;
  /** Most guesses that may be judged. */
  readonly bound: number;
  /** Most successes that may happen; null where guesses are blind and luck is no fault. */
  readonly successBound: number | null;
}

/** What came of one run of a strategy. */
export type Found = Omit<Finding, 'strategy'>;

export interface Strategy {
  readonly name: string;
  /** `size`: how many guesses to submit, about. */
  run(size: number): Promise<Found>;
}

export const held = (finding: Finding): boolean =>
  finding.judged <= finding.bound &&
  (finding.successBound === null || finding.successes <= finding.successBound);

/** The attacker: knows everything that crosses the bridge, and counts. */
export interface Attacker {
  readonly scene: Scene;
  tried: number;
  successes: number;
  guess(id: string, code: string, verifier?: Verifier): Promise<string>;
  /** Asks for a verification; null when the desk refuses. The code is never looked at. */
  open(address: string, request?: Request): Promise<string | null>;
  judged(): number;
  finding(bound: number, successBound?: number): Found;
}

/** An attacker at a fresh desk with keys of its own. */
export async function attackDesk(): Promise<Attacker> {
  const scene = await openScene({ random: { bytes: (length) => randomBytes(length) } });
  const before = comparisons();
  const attacker: Attacker = {
    scene,
    tried: 0,
    successes: 0,
    async guess(id, code, verifier = scene.verifier) {
      attacker.tried += 1;
      const answer = await verifier.check(id, code);
      if (!answer.ok) return answer.problem.code;
      if (answer.value.outcome === 'verified') attacker.successes += 1;
      return answer.value.outcome;
    },
    async open(address, request) {
      const started = await scene.verifier.start(asking(address, request));
      if (!started.ok) return null;
      const { id } = started.value;
      // The attacker waits for the mail to be out, as far as it comes.
      while (scene.verifier.get(id)?.delivery.state === 'sending') await new Promise(setImmediate);
      return id;
    },
    judged: () => comparisons() - before,
    finding: (bound, successBound) => ({
      tried: attacker.tried,
      judged: attacker.judged(),
      successes: attacker.successes,
      bound,
      successBound: successBound ?? null,
    }),
  };
  return attacker;
}

export const codeNumber = (n: number, length = 6): string => String(n % 10 ** length).padStart(length, '0');
export const randomCode = (length = 6): string => codeNumber(randomInt(10 ** length), length);

/** Runs `attack` at a fresh desk and closes it. */
export async function atDesk(attack: (attacker: Attacker) => Promise<Found>): Promise<Found> {
  const attacker = await attackDesk();
  try {
    return await attack(attacker);
  } finally {
    await attacker.scene.end();
  }
}

/**
 * An attack at a fresh desk. `bounds`: how many guesses may be judged, and how many may succeed, where luck is a fault.
 * What the attack answers takes the place of what the attacker counted.
 */
export const strategy = (
  name: string,
  bounds: number | readonly [judged: number, successes: number],
  attack: (attacker: Attacker, size: number) => Promise<Partial<Found> | undefined>,
): Strategy => ({
  name,
  run: (size) =>
    atDesk(async (attacker) => {
      const found = await attack(attacker, size);
      const [bound, successBound] = typeof bounds === 'number' ? [bounds] : bounds;
      return { ...attacker.finding(bound, successBound), ...found };
    }),
});

/** The id of a verification of the one mailbox that is attacked; of none where the desk refuses. */
export const openMaria = async (attacker: Attacker, request?: Request): Promise<string> =>
  (await attacker.open('maria@example.test', request)) ?? '0'.repeat(32);

export async function guessMany(attacker: Attacker, id: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await attacker.guess(id, randomCode());
}

/** A distinct request each time, so that it is never taken for the same click. */
export const requestNumber = (n: number): Request => requestOf('other', { what: `request ${n}` });

/** Gives an attack a profile folder of its own. */
export async function withProfile<T>(attack: (profile: string) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'countersign-attack-'));
  try {
    return await attack(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
