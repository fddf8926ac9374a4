/** @file A clock that moves at every look, as it does on a busy machine: a decision that looked twice would contradict itself. */
import { beforeEach, expect, it } from 'vitest';
import { wrong } from '../../fakes/scene.ts';
import { ok } from '../../../src/shared/result.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

const FIFTY = Array.from({ length: 50 }, (_, n) => `guest${n}@example.test`);

openSceneForEach();
beforeEach(() => scene.clock.tick());

/** The wall clock is where the page would enable the button of this one. */
function waitFor(at: number): void {
  const { now } = scene.verifier.look();
  if (at > now) scene.clock.pass(at - now);
}

it('takes "Send again" of fifty side by side at the moment each is offered, and the one after it [T-send-ticking]', async () => {
  const opened: string[] = [];
  for (const address of FIFTY) {
    opened.push((await scene.start(address)).id);
    scene.clock.pass(37);
  }
  for (let round = 0; round < 2; round += 1)
    for (const id of opened) {
      waitFor(scene.verifier.get(id)?.resendAt ?? Infinity);
      expect(await scene.verifier.resend(id)).toEqual(ok(null));
      await scene.written();
    }
});

it('verifies in the last second of each of fifty', async () => {
  for (const address of FIFTY) {
    const { id, code } = await scene.start(address);
    const expiresAt = scene.verifier.get(id)?.expiresAt ?? 0;
    waitFor(expiresAt - 1_000);
    expect(await scene.verifier.check(id, wrong(code))).toMatchObject({ value: { outcome: 'wrong' } });
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  }
});
