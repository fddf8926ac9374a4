/** @file The chance of all guesses of a day together: counted, kept, shown, and never more than the owner chose. */
import { describe, expect, it, vi } from 'vitest';
import { asking } from '../../fakes/scene.ts';
import { DAY, HOUR } from '../../fakes/time.ts';
import { wrong } from '../../fakes/wrong-code.ts';
import { fail } from '../../../src/shared/result.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

// Real files, written through to the disk: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

/** As strict as can be chosen: 50 guesses at six digits. */
const STRICT = { deskOneIn: 20_000 };

openSceneForEach({ policy: STRICT });

let guests = 0;
/** Guesses wrong at one address after the other; answers how many guesses were judged. */
async function guess(count: number): Promise<number> {
  let judged = 0;
  while (judged < count) {
    guests += 1;
    const { id, code } = await scene.start(`guest${guests}@example.test`);
    for (let n = 1; n <= 5 && judged < count; n += 1) {
      const answer = await scene.verifier.check(id, wrong(code, n));
      if (!answer.ok) return judged;
      judged += 1;
    }
  }
  return judged;
}

/** As if someone had guessed for hours: the odds of guesses that were judged, in the file. */
const spent = (): number => scene.file.guessesCounted(0).odds;

describe('the chance of all guesses of a day', () => {
  it('makes codes longer from half of it on, and closes nothing by that [T-desk-longer]', async () => {
    expect((await scene.start('first@example.test')).code).toHaveLength(6);
    expect(await guess(24)).toBe(24);
    expect((await scene.start('before@example.test')).code).toHaveLength(6);
    expect(await guess(1)).toBe(1);
    const { id, code } = await scene.start('after@example.test');
    expect(code).toHaveLength(8);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('is never passed: at it everything waits, and says until when [T-desk-bound]', async () => {
    const open: { readonly id: string; readonly code: string }[] = [];
    for (let n = 0; n < 11; n += 1) open.push(await scene.start(`open${n}@example.test`));
    const began = scene.clock.wall();
    let judged = 0;
    for (const { id, code } of open) {
      for (let n = 1; n <= 5; n += 1) {
        const answer = await scene.verifier.check(id, wrong(code, n));
        if (answer.ok) judged += 1;
        else expect(answer.problem).toEqual({ code: 'desk-delayed', until: began + DAY });
      }
    }
    expect(judged).toBe(50);
    const waits = fail({ code: 'desk-delayed', until: began + DAY });
    const last = open.at(-1) ?? { id: '', code: '' };
    expect(await scene.verifier.check(last.id, last.code), 'also the right one').toEqual(waits);
    expect(await scene.verifier.start(asking('new@example.test'))).toEqual(waits);
    scene.clock.pass(40_000);
    expect(await scene.verifier.resend(last.id)).toMatchObject(waits);
    await scene.restart();
    expect(await scene.verifier.start(asking('new@example.test'))).toMatchObject(waits);
    scene.clock.pass(began + DAY - scene.clock.wall());
    expect((await scene.verifier.start(asking('new@example.test'))).ok).toBe(true);
  });

  it('counts no right guess [T-desk-right]', async () => {
    for (let n = 0; n < 60; n += 1) {
      const { id, code } = await scene.start(`guest${n}@example.test`);
      await scene.verifier.check(id, code);
    }
    expect(spent()).toBe(0);
    expect((await scene.start('last@example.test')).code).toHaveLength(6);
  });

  it('frees with the oldest guesses, and not before', async () => {
    await guess(25);
    scene.clock.pass(HOUR);
    await guess(5);
    expect(spent()).toBe(25 * 100 + 5);
    scene.clock.pass(23 * HOUR);
    expect((await scene.start('a-day-on@example.test')).code).toHaveLength(6);
  });

  it('holds at once when the owner chooses another', async () => {
    await guess(10);
    scene.policy = { ...scene.policy, deskOneIn: 1_000 };
    expect((await scene.start('more@example.test')).code).toHaveLength(6);
  });
});
