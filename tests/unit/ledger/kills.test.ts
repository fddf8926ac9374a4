/** @file A crash costs at most the guess that it interrupted, whatever was written last. */
import { describe, expect, it } from 'vitest';
import { removeRecords } from '../../../src/main/store/records.ts';
import { Killed } from '../../fakes/vault.ts';
import { asking, wrong } from '../../fakes/scene.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

describe('killed', () => {
  const steps = [
    ['before the guess is announced', 'kill-before', 5],
    ['between the announcement and the store', 'kill-after', 4],
  ] as const;

  it.each(steps)('%s: costs no more than that guess [T-kill-guess]', async (_, kind, left) => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('anchor', { kind });
    await expect(scene.verifier.check(id, wrong(code))).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'open', guessesLeft: left });
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('between the announcement of a right guess and the store: it is verified [T-kill-right]', async () => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('anchor', { kind: 'kill-after' });
    await expect(scene.verifier.check(id, code)).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'verified', guessesLeft: 4 });
  });

  it('at the last guess: it is locked, not refunded [T-kill-last-guess]', async () => {
    const { id, code } = await scene.start();
    for (let n = 1; n <= 4; n += 1) await scene.verifier.check(id, wrong(code, n));
    scene.vault.atWrite('anchor', { kind: 'kill-after' });
    await expect(scene.verifier.check(id, wrong(code, 5))).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'locked', endReason: 'guesses' });
  });

  it('after judging the last guess, before its commit: it is locked', async () => {
    const { id, code } = await scene.start();
    for (let n = 1; n <= 4; n += 1) await scene.verifier.check(id, wrong(code, n));
    scene.killAtCommit(1);
    await expect(scene.verifier.check(id, wrong(code, 5))).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'locked', endReason: 'guesses' });
  });

  it('while starting: the message is counted, nothing was sent, and the person starts again [T-kill-start]', async () => {
    scene.vault.atWrite('anchor', { kind: 'kill-after' });
    await expect(scene.verifier.start(asking('maria@example.test'))).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.post.letters).toHaveLength(0);
    expect(scene.verifier.sends().left).toBe(399);
    expect((await scene.start()).code).toMatch(/^\d{6}$/);
  });

  it.each([
    ['anchor', 'kill-before'],
    ['anchor', 'kill-after'],
    ['keys', 'kill-before'],
    ['keys', 'kill-after'],
  ] as const)(
    'at the very first start, at the %s, %s: the next is a first start again',
    async (item, kind) => {
      await scene.verifier.close();
      removeRecords(scene.path);
      scene.vault.items.clear();
      scene.vault.atWrite(item, { kind });
      await expect(scene.reopen()).rejects.toThrow(Killed);
      if (item === 'keys' && kind === 'kill-after') expect(scene.vault.items.has('anchor')).toBe(true);
      await scene.reopen();
      expect(scene.verifier.notices()).toEqual([]);
      const { id, code } = await scene.start();
      expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    },
  );
});
