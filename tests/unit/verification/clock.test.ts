/** @file The clock, set and slept through, and what is ended and deleted by it. */
import { describe, expect, it } from 'vitest';
import { requestOf } from '../../../src/shared/request.ts';
import { fail } from '../../../src/shared/result.ts';
import { asking, spendsIn } from '../../fakes/scene.ts';
import { DAY, MINUTE } from '../../fakes/time.ts';
import { EXPIRED, VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

describe('the clock', () => {
  it('ends an open verification when it was set back over a restart [T-clock-back-restart]', async () => {
    const { id, code } = await scene.start();
    scene.clock.pass(9 * MINUTE);
    scene.verifier.sweep();
    await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() - 5 * MINUTE));
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'clock' });
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
    const again = await scene.start('mario@example.test');
    expect(await scene.verifier.check(again.id, again.code)).toEqual(VERIFIED);
  });

  it('is believed after that: what was opened since outlives the next restart', async () => {
    await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() - 25 * 60 * MINUTE));
    const { id, code } = await scene.start();
    await scene.restart();
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('gives no more time when it is set back within a run [T-clock-set-back]', async () => {
    const { id, code } = await scene.start();
    scene.clock.setWall(scene.clock.wall() - 60 * MINUTE);
    scene.clock.pass(10 * MINUTE);
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
  });

  it('frees no budget when it is set forward within a run [T-clock-forward]', async () => {
    for (let n = 0; n < 5; n += 1)
      await scene.start('maria@example.test', requestOf('other', { what: String(n) }));
    scene.clock.setWall(scene.clock.wall() + 25 * 60 * MINUTE);
    const refused = await scene.verifier.start(asking('maria@example.test'));
    expect(refused).toMatchObject(fail({ code: 'address-delayed', why: 'sends' }));
  });

  it('frees no budget when it is set forward and back over restarts [T-clock-forward-back]', async () => {
    for (let n = 0; n < 5; n += 1)
      await scene.start('maria@example.test', requestOf('other', { what: String(n) }));
    await scene.verifier.close();
    const morning = scene.clock.wall();
    scene.clock.setWall(morning - 48 * 60 * MINUTE);
    await scene.reopen();
    await scene.whileClosed(() => scene.clock.setWall(morning));
    expect((await scene.verifier.start(asking('maria@example.test'))).ok).toBe(false);
  });

  it('ends what is open when the machine slept and the clock went back meanwhile', async () => {
    const { id } = await scene.start();
    scene.clock.pass(5 * MINUTE);
    scene.clock.setWall(scene.clock.wall() - 4 * MINUTE);
    scene.verifier.resumed();
    await scene.written();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'clock' });
  });

  it('is believed from then on: what was opened since outlives the next restart', async () => {
    scene.clock.setWall(scene.clock.wall() - 25 * 60 * MINUTE);
    scene.verifier.resumed();
    const { id, code } = await scene.start();
    await scene.restart();
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('counts the time asleep towards the expiry', async () => {
    const { id, code } = await scene.start();
    scene.clock.sleep(11 * MINUTE);
    scene.verifier.resumed();
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
  });
});

describe('sweep', () => {
  it('ends what is due and says when to look again', async () => {
    const openedAt = scene.clock.wall();
    const { id } = await scene.start();
    const { expiresAt = 0 } = scene.verifier.get(id) ?? {};
    expect(scene.verifier.sweep()).toBe(scene.clock.wall() + 15_000);
    scene.clock.pass(10 * MINUTE - 5_000);
    expect(scene.verifier.sweep()).toBe(expiresAt);
    scene.clock.pass(5_000);
    expect(scene.verifier.sweep(), 'with nothing open, to delete what is old').toBe(openedAt + 60 * MINUTE);
    await scene.restart();
    expect(scene.file.verification(id)).toMatchObject({ state: 'expired', endedAt: expiresAt });
  });

  it('deletes within the hour what is not needed any more, in a program that stays open', async () => {
    const { id } = await scene.start();
    scene.clock.pass(31 * DAY);
    scene.verifier.sweep();
    await scene.written();
    expect(scene.file.verification(id)).toBeNull();
    expect(spendsIn(scene.file)).toEqual([]);
  });

  it('writes the time down, so that a clock set back gains less than fifteen seconds', async () => {
    await scene.start();
    scene.clock.pass(15_000);
    scene.verifier.sweep();
    await expect.poll(() => scene.file.meta()?.highest).toBe(scene.clock.wall());
  });
});
