/** @file Nothing is judged that can't have left: a code that no one was sent can only be guessed. */
import { describe, expect, it } from 'vitest';
import { ACCEPTED, REFUSED } from '../../fakes/post.ts';
import { MINUTE } from '../../fakes/time.ts';
import { wrong } from '../../fakes/wrong-code.ts';
import { ok } from '../../../src/shared/result.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

const notSent = ok({ outcome: 'not-sent' });

describe('a code that was typed', () => {
  it('before its mail can have left is not judged and costs nothing, right or wrong [T-unsent-free]', async () => {
    scene.post.outcome = null;
    scene.post.leaves = false;
    const { id, code } = await scene.start();
    const { reads, writes } = scene.vault.counts;
    const committed = scene.file.meta()?.seal;
    expect(await scene.verifier.check(id, code)).toEqual(notSent);
    expect(await scene.verifier.check(id, wrong(code))).toEqual(notSent);
    expect(scene.file.meta()?.seal, 'nothing is written either').toEqual(committed);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'open', guessesLeft: 5, mayHaveLeft: false });
    expect(scene.vault.counts).toEqual({ reads, writes });
  });

  it('while the server still holds its answer back is judged: the mail may be read by then [T-unsent-held]', async () => {
    scene.post.outcome = null;
    scene.post.handedOver = true;
    const { id, code } = await scene.start();
    scene.clock.pass(30_000);
    expect(scene.verifier.get(id)).toMatchObject({ delivery: { state: 'sending' }, mayHaveLeft: true });
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    scene.post.release(ACCEPTED);
  });

  it.each([
    ['before', false],
    ['after', true],
  ])(
    'of a first mail that was accepted verifies after a resend refused %s its last byte [T-unsent-sticks]',
    async (_, leaves) => {
      const { id, code } = await scene.start();
      scene.clock.pass(MINUTE);
      scene.post.outcome = REFUSED;
      scene.post.leaves = leaves;
      expect((await scene.verifier.resend(id)).ok).toBe(true);
      await expect.poll(() => scene.verifier.get(id)?.delivery.state).toBe('refused');
      expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    },
  );

  it('of a refused mail is never judged, nor of any number of them [T-unsent-refused]', async () => {
    scene.post.outcome = REFUSED;
    for (let n = 0; n < 10; n += 1) {
      const { id, code } = await scene.start(`guest${n}@example.test`);
      expect(await scene.verifier.check(id, code)).toEqual(notSent);
    }
    expect(scene.verifier.sends().left, 'what was refused costs no send').toBe(400);
  });

  it('is judged after a restart as before it, by what may have left', async () => {
    scene.post.outcome = null;
    const may = await scene.start('a@example.test');
    scene.post.leaves = false;
    const none = await scene.start('b@example.test');
    await scene.killAndReopen();
    expect(scene.verifier.get(may.id)).toMatchObject({ delivery: { state: 'interrupted' }, sends: 1 });
    expect(scene.verifier.get(none.id)).toMatchObject({
      delivery: { state: 'refused', problem: { cause: 'called-off' } },
      sends: 0,
    });
    expect(await scene.verifier.check(may.id, may.code)).toEqual(VERIFIED);
    expect(await scene.verifier.check(none.id, none.code)).toEqual(notSent);
  });
});

it('is written before the last byte leaves: when it can’t be, nothing is sent [T-unsent-written]', async () => {
  scene.post.outcome = null;
  scene.post.leaves = false;
  let leaving: Promise<void> | undefined;
  const deliver = scene.post.deliver.bind(scene.post);
  scene.post.deliver = (letter, options) => {
    leaving = options.onLeaving();
    return deliver(letter, options);
  };
  const { file } = scene;
  file.updateVerification = () => {
    throw new Error('database or disk is full');
  };
  await scene.start();
  await expect(leaving).rejects.toThrow('disk is full');
});
