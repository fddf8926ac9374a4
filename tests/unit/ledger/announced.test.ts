/**
 * @file Whatever fails in the middle of a step, and whatever is written next: what was announced is charged once or not at all, and
 * the records never look like an older copy's.
 */
import { describe, expect, it } from 'vitest';
import { asking, openScene, wrong, type Scene } from '../../fakes/scene.ts';
import { EXPIRED, VAULT_LOCKED, VERIFIED, wrongWith } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { Killed } from '../../fakes/vault.ts';

type Started = Awaited<ReturnType<Scene['start']>>;

/** Writes what spends nothing. */
const note = ({ verifier }: Scene, id: string) => verifier.history.note(id, { ticket: 'x', text: '' });

/** The nth call to the file or the vault from now on fails. `failed`: which one did; `end`: from then on none does. */
function failAt({ file, vault }: Scene, nth: number) {
  const ends: (() => void)[] = [];
  let calls = 0;
  let failed: string | null = null;
  function spoil<T extends object>(port: T, names: readonly (keyof T & string)[]): void {
    for (const name of names) {
      const call: unknown = port[name];
      if (typeof call !== 'function') continue;
      const spoiled = (...values: unknown[]): unknown => {
        calls += 1;
        if (calls !== nth) return Reflect.apply(call, port, values);
        failed = name;
        throw new Error('it fails here');
      };
      Object.assign(port, { [name]: spoiled });
      ends.push(() => void Object.assign(port, { [name]: call }));
    }
  }
  spoil(file, ['begin', 'commit', 'writtenElsewhere', 'setMeta', 'version', 'verification', 'spend']);
  spoil(file, ['insertVerification', 'updateVerification', 'insertSpend', 'updateSpend', 'insertEntry']);
  spoil(vault, ['read', 'write']);
  return { failed: () => failed, end: () => ends.forEach((end) => end()) };
}

const STEPS: readonly (readonly [string, (scene: Scene, started: Started) => Promise<unknown>])[] = [
  ['a right guess', ({ verifier }, { id, code }) => verifier.check(id, code)],
  ['a wrong guess', ({ verifier }, { id, code }) => verifier.check(id, wrong(code))],
  ['another mail', ({ verifier }, { id }) => verifier.resend(id)],
  ['a start', ({ verifier }) => verifier.start(asking('other@example.test'))],
];

it.each(STEPS)(
  'at any call that %s makes: the codes still verify, and no budget is taken for an older one’s [T-announced-anywhere]',
  async (_, step) => {
    for (let nth = 1; ; nth += 1) {
      const scene = await openScene();
      const [started, other] = [await scene.start(), await scene.start('another@example.test')];
      scene.clock.pass(MINUTE);
      const failing = failAt(scene, nth);
      await step(scene, started).catch(() => undefined);
      await new Promise(setImmediate);
      failing.end();
      const failed = failing.failed();
      if (failed !== null) {
        const where = `call ${nth}: ${failed}`;
        await note(scene, other.id);
        for (const { id, code } of [other, started]) {
          await scene.verifier.check(id, code);
          expect(scene.verifier.get(id)?.state, where).toBe('verified');
        }
        await scene.restart();
        expect(scene.verifier.notices(), where).toEqual([]);
      }
      await scene.end();
      if (failed === null) return;
    }
  },
);

describe('what is written next', () => {
  openSceneForEach();

  it('charges a guess that was announced and not committed [T-announced-charged]', async () => {
    scene.post.outcome = null;
    const { id, code } = await scene.start();
    scene.killAtCommit(1);
    await expect(scene.verifier.check(id, wrong(code))).rejects.toThrow(Killed);
    scene.post.release({ state: 'accepted', tookMs: 1 });
    await scene.settled();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'open', guessesLeft: 4 });
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it.each(['refuse', 'late'] as const)(
    'does not charge one that the keychain did not take (%s), whenever it arrives [T-announced-untaken]',
    async (kind) => {
      const { id, code } = await scene.start();
      scene.vault.atWrite('anchor', { kind, state: 'locked' });
      expect(await scene.verifier.check(id, code)).toEqual(VAULT_LOCKED);
      await note(scene, id);
      await scene.killAndReopen();
      expect(scene.verifier.notices()).toEqual([]);
      expect(await scene.verifier.check(id, wrong(code))).toEqual(wrongWith(4));
      expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    },
  );

  it('tells the keychain of an end also after one that it did not take: a copy from before is noticed [T-announced-ended]', async () => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('anchor', { kind: 'refuse', state: 'locked' });
    expect(await scene.verifier.check(id, wrong(code))).toEqual(VAULT_LOCKED);
    await note(scene, id);
    const [putBack, then] = [scene.copy(), scene.clock.wall()];
    scene.clock.pass(11 * MINUTE);
    scene.verifier.sweep();
    await scene.settled();
    scene.file.close();
    putBack();
    scene.clock.setWall(then);
    await scene.reopen();
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
    expect(scene.verifier.notices()).toMatchObject([{ kind: 'records-restored' }]);
  });
});
