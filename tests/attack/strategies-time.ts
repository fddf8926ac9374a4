/** @file Attacks with the computer's clock: back, forward, to and fro, within a run, over restarts and sleeps. */
import { defaultChoices } from '../../src/shared/choices.ts';
import { atDesk, type Attacker, randomCode, requestNumber, type Strategy } from './strategy.ts';
import { MINUTE, DAY } from '../fakes/time.ts';

const { guesses: PER_VERIFICATION, addressGuesses: PER_ADDRESS, addressSends } = defaultChoices('gmail');

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
  {
    name: 'clock forward within a run',
    run: (size) =>
      atDesk(async (attacker) => {
        const { clock } = attacker.scene;
        await siege(attacker, size, 20, () => clock.setWall(clock.wall() + DAY));
        return attacker.finding(PER_ADDRESS);
      }),
  },
  {
    name: 'clock back within a run',
    run: (size) =>
      atDesk(async (attacker) => {
        const { clock } = attacker.scene;
        await siege(attacker, size, 20, () => {
          clock.setWall(clock.wall() - DAY);
          clock.pass(MINUTE);
        });
        return attacker.finding(PER_ADDRESS);
      }),
  },
  {
    name: 'clock to and fro within a run',
    run: (size) =>
      atDesk(async (attacker) => {
        const { clock } = attacker.scene;
        await siege(attacker, size, 40, (round) => {
          clock.setWall(clock.wall() + (round % 2 ? -DAY : DAY));
          clock.pass(MINUTE);
        });
        return attacker.finding(PER_ADDRESS);
      }),
  },
  {
    name: 'clock back over restarts, to lengthen one verification',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        const id = await attacker.open('maria@example.test');
        for (let round = 0; round < 10; round += 1) {
          for (let n = 0; n < size / 10; n += 1) await attacker.guess(id ?? '', randomCode());
          scene.clock.pass(9 * MINUTE);
          await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() - 9 * MINUTE));
        }
        return attacker.finding(PER_VERIFICATION);
      }),
  },
  {
    name: 'clock back for one run and forward for the next',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        await siege(attacker, size, 20, async (round) => {
          await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() + (round % 2 ? 2 : -2) * DAY));
        });
        return attacker.finding(PER_ADDRESS);
      }),
  },
  {
    name: 'clock back for one sleep and forward for the next',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        await siege(attacker, size, 20, (round) => {
          scene.clock.setWall(scene.clock.wall() + (round % 2 ? 2 : -2) * DAY);
          scene.verifier.resumed();
        });
        return attacker.finding(PER_ADDRESS);
      }),
  },
  {
    name: 'clock a day on, then suspend and resume',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        await siege(attacker, size, 20, (round) => {
          scene.clock.setWall(scene.clock.wall() + DAY);
          scene.clock.sleep(round * 1_000);
          scene.verifier.resumed();
        });
        return attacker.finding(PER_ADDRESS);
      }),
  },
  {
    // No program can tell a machine that was off for a day from a clock that was set a day on. What it buys is what
    // waiting would: one day's budget for every day the clock is moved, visible in every mail's date.
    name: 'clock a day on at each restart: a day’s budget a day',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        const rounds = 10;
        await siege(attacker, size, rounds, async () => {
          await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() + DAY));
        });
        return attacker.finding(rounds * PER_ADDRESS);
      }),
  },
];
