/** @file Two verifiers on one file, as two processes whose lock was bypassed: together they have one budget. */
import { requestOf } from '../../../src/shared/request.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Verifier } from '../../../src/main/verification/verifier.ts';
import { asking, spendsIn, wrong } from '../../fakes/scene.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();
let other: Verifier;
beforeEach(async () => (other = await scene.second()));

describe('two verifiers', () => {
  it('judge five wrong guesses between them [T-processes-guesses]', async () => {
    const { id, code } = await scene.start();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        (n % 2 ? other : scene.verifier).check(id, wrong(code, (n % 9) + 1)),
      ),
    );
    const outcomes = answers.map((answer) => (answer.ok ? answer.value.outcome : answer.problem.code));
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(4);
    expect(scene.file.verification(id)).toMatchObject({ state: 'locked', guessesUsed: 5 });
    expect(spendsIn(scene.file).filter(({ kind }) => kind === 'guess')).toHaveLength(5);
  });

  it('verify once between them [T-processes-verify]', async () => {
    const { id, code } = await scene.start();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 ? other : scene.verifier).check(id, code)),
    );
    const outcomes = answers.map((answer) => (answer.ok ? answer.value.outcome : answer.problem.code));
    expect(outcomes.filter((outcome) => outcome === 'verified')).toHaveLength(1);
  });

  it('send five messages to one address between them [T-processes-sends]', async () => {
    const starts = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? other : scene.verifier).start(
        asking('maria@example.test', requestOf('other', { what: String(n) })),
      ),
    );
    const answers = await Promise.all(starts);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    expect(scene.verifier.notices()).toEqual([]);
    expect(other.notices()).toEqual([]);
  });

  it('see each other’s verifications', async () => {
    const { id, code } = await scene.start();
    expect(other.get(id)?.sentTo).toBe('maria@example.test');
    expect(await other.check(id, code)).toMatchObject({ value: { outcome: 'verified' } });
    expect(scene.verifier.get(id)?.state).toBe('verified');
  });
});
