/** @file What must still work beside all that is refused: the right code, read from a mail that arrived, verifies. */
import { ACCEPTED, REFUSED } from '../fakes/post.ts';
import { openDesk, saving, startFor } from '../fakes/desk-scene.ts';
import { MINUTE, SECOND } from '../fakes/time.ts';
import { atDesk, type Attacker, type Found, type Strategy } from './strategy.ts';

const verifies = (name: string, run: () => Promise<Found>): Strategy => ({
  name: `must verify: ${name}`,
  run: async () => {
    const found = await run();
    if (found.successes !== found.tried) throw new Error(`${name}: the right code was not verified`);
    return found;
  },
});

const atFreshDesk = (work: (attacker: Attacker) => Promise<void>) => () =>
  atDesk(async (attacker) => {
    await work(attacker);
    return attacker.finding(1, 1);
  });

export const WORKING: readonly Strategy[] = [
  verifies(
    'typed while the server holds its 250 back for 30 s',
    atFreshDesk(async (attacker) => {
      const { post, clock, verifier } = attacker.scene;
      post.outcome = null;
      const { id, code } = await attacker.scene.start();
      clock.pass(30 * SECOND);
      await attacker.guess(id, code);
      clock.pass(SECOND);
      post.release(ACCEPTED);
      if (verifier.get(id)?.state !== 'verified') throw new Error('a late 250 undid it');
    }),
  ),
  verifies(
    'from the first mail, after a refused second one',
    atFreshDesk(async (attacker) => {
      const { post, clock, verifier } = attacker.scene;
      const { id, code } = await attacker.scene.start();
      clock.pass(MINUTE);
      post.outcome = REFUSED;
      await verifier.resend(id);
      while (verifier.get(id)?.delivery.state === 'sending') await new Promise(setImmediate);
      await attacker.guess(id, code);
    }),
  ),
  verifies('after the app password was renewed', async () => {
    const scene = await openDesk();
    await scene.setUp();
    const { id, code } = await startFor(scene);
    const saved = await scene.desk.handlers['setup.save'](saving({ password: 'zzzzyyyyxxxxwwww' }));
    if (!saved.ok) throw new Error(`it was not renewed: ${saved.problem.code}`);
    const answer = await scene.desk.handlers['verification.check']({ id, code });
    await scene.desk.close();
    const successes = Number(answer.ok && answer.value.outcome === 'verified');
    return { tried: 1, judged: successes, successes, bound: 1, successBound: 1 };
  }),
];
