/** @file Attacks with the computer's clock: back, forward, to and fro, within a run, over restarts and sleeps. */
import { defaultChoices } from '../../src/shared/choices.ts';
import { type Attacker, randomCode, requestNumber, strategy, type Strategy } from './strategy.ts';
import { MINUTE, DAY } from '../fakes/time.ts';

const { guesses: PER_VERIFICATION, addressGuesses: PER_ADDRESS, addressSends } = defaultChoices('gmail');
const RESTARTS = 10;

/** Opens what can be opened for one mailbox and guesses at all of it, `rounds` times, with `between` after each. */
async function siege(
  attacker: Attacker,
  size: number,
  rounds: number,
  between: (round: number) => Promise<void> | void,
): Promise<void> {
  const ids: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < addressSends; n += 1) {
      const id = await attacker.open('maria@example.test', requestNumber(round * addressSends + n));
      if (id !== null) ids.push(id);
    }
    for (let n = 0; n < size / rounds; n += 1) await attacker.guess(ids[n % ids.length] ?? '', randomCode());
    await between(round);
  }
}

export const TIME: readonly Strategy[] = [
  strategy('clock forward within a run', PER_ADDRESS, async (attacker, size) => {
    const { clock } = attacker.scene;
    await siege(attacker, size, 20, () => clock.setWall(clock.wall() + DAY));
  }),
  strategy('clock back within a run', PER_ADDRESS, async (attacker, size) => {
    const { clock } = attacker.scene;
    await siege(attacker, size, 20, () => {
      clock.setWall(clock.wall() - DAY);
      clock.pass(MINUTE);
    });
  }),
  strategy('clock to and fro within a run', PER_ADDRESS, async (attacker, size) => {
    const { clock } = attacker.scene;
    await siege(attacker, size, 40, (round) => {
      clock.setWall(clock.wall() + (round % 2 ? -DAY : DAY));
      clock.pass(MINUTE);
    });
  }),
  strategy(
    'clock back over restarts, to lengthen one verification',
    PER_VERIFICATION,
    async (attacker, size) => {
      const { scene } = attacker;
      const id = await attacker.open('maria@example.test');
      for (let round = 0; round < 10; round += 1) {
        for (let n = 0; n < size / 10; n += 1) await attacker.guess(id ?? '', randomCode());
        scene.clock.pass(9 * MINUTE);
        await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() - 9 * MINUTE));
      }
    },
  ),
  strategy('clock back for one run and forward for the next', PER_ADDRESS, async (attacker, size) => {
    const { scene } = attacker;
    await siege(attacker, size, 20, async (round) => {
      await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() + (round % 2 ? 2 : -2) * DAY));
    });
  }),
  strategy('clock back for one sleep and forward for the next', PER_ADDRESS, async (attacker, size) => {
    const { scene } = attacker;
    await siege(attacker, size, 20, (round) => {
      scene.clock.setWall(scene.clock.wall() + (round % 2 ? 2 : -2) * DAY);
      scene.verifier.resumed();
    });
  }),
  strategy('clock a day on, then suspend and resume', PER_ADDRESS, async (attacker, size) => {
    const { scene } = attacker;
    await siege(attacker, size, 20, (round) => {
      scene.clock.setWall(scene.clock.wall() + DAY);
      scene.clock.sleep(round * 1_000);
      scene.verifier.resumed();
    });
  }),
  // No program can tell a machine that was off for a day from a clock that was set a day on. What it buys is what
  // waiting would: one day's budget for every day the clock is moved, visible in every mail's date.
  strategy(
    'clock a day on at each restart: a day’s budget a day',
    RESTARTS * PER_ADDRESS,
    async (attacker, size) => {
      const { scene } = attacker;
      await siege(attacker, size, RESTARTS, async () => {
        await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() + DAY));
      });
    },
  ),
];
