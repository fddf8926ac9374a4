/** @file Attacks on what is kept: restarts, copies put back, files and keychain items deleted. */
import { removeRecords } from '../../src/main/store/records.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import type { Scene } from '../fakes/scene.ts';
import { atDesk, type Attacker, randomCode, requestNumber, type Strategy } from './strategy.ts';

const { guesses: PER_VERIFICATION, addressGuesses: PER_ADDRESS } = defaultChoices('gmail');
const ROUNDS = 30;

async function guessMany(attacker: Attacker, id: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await attacker.guess(id, randomCode());
}

/** Guesses `apart` times, closes, puts the older copy back, opens, and again. */
const restoring = (name: string, apart: number): Strategy => ({
  name,
  run: (size) =>
    atDesk(async (attacker) => {
      const { scene } = attacker;
      const id = (await attacker.open('maria@example.test')) ?? '';
      await scene.restart();
      let putBack = await scene.whileClosed(scene.copy);
      for (let round = 0; round < ROUNDS; round += 1) {
        await guessMany(attacker, id, apart);
        await scene.whileClosed(putBack);
        await guessMany(attacker, id, size / ROUNDS);
        if (round % 5 !== 0) continue;
        putBack = await scene.whileClosed(scene.copy);
      }
      return attacker.finding(PER_VERIFICATION);
    }),
});

/** Guesses, loses what the budget is kept in, and again. */
const losing = (what: string, lose: (scene: Scene) => void): Strategy => ({
  name: `${what} deleted`,
  run: (size) =>
    atDesk(async (attacker) => {
      const { scene } = attacker;
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = (await attacker.open('maria@example.test', requestNumber(round))) ?? '0'.repeat(32);
        await guessMany(attacker, id, size / ROUNDS);
        await scene.whileClosed(() => lose(scene));
      }
      return attacker.finding(PER_ADDRESS);
    }),
});

export const FILES: readonly Strategy[] = [
  {
    name: 'a restart between guesses',
    run: (size) =>
      atDesk(async (attacker) => {
        const id = (await attacker.open('maria@example.test')) ?? '';
        for (let round = 0; round < ROUNDS; round += 1) {
          await attacker.guess(id, randomCode());
          await attacker.scene.restart();
          if (round > ROUNDS / 2) await guessMany(attacker, id, size / (ROUNDS / 2));
        }
        return attacker.finding(PER_VERIFICATION);
      }),
  },
  restoring('a copy one guess old, put back', 1),
  restoring('a copy two guesses old, put back', 2),
  restoring('a copy from before all guesses, put back', 5),
  {
    name: 'a copy and its keychain, one guess apart, each put back',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        const id = (await attacker.open('maria@example.test')) ?? '';
        for (let round = 0; round < ROUNDS; round += 1) {
          const anchor = await scene.whileClosed(() => scene.vault.items.get('anchor') ?? '');
          await attacker.guess(id, randomCode());
          await scene.whileClosed(() => scene.vault.items.set('anchor', anchor));
          await guessMany(attacker, id, size / ROUNDS);
        }
        return attacker.finding(PER_VERIFICATION);
      }),
  },
  losing('records', (scene) => removeRecords(scene.path)),
  {
    name: 'anchor deleted',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        const id = (await attacker.open('maria@example.test')) ?? '';
        for (let round = 0; round < ROUNDS; round += 1) {
          await attacker.guess(id, randomCode());
          await scene.verifier.close();
          scene.vault.items.delete('anchor');
          if (round % 3 === 0) removeRecords(scene.path);
          await scene.reopen();
          const next = (await attacker.open('maria@example.test', requestNumber(round))) ?? id;
          await guessMany(attacker, next, size / ROUNDS);
        }
        return attacker.finding(PER_ADDRESS);
      }),
  },
  losing('keys', (scene) => scene.vault.items.delete('keys')),
  {
    name: 'a second program on a copy, with the same keychain',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        const id = (await attacker.open('maria@example.test')) ?? '';
        const original = scene.verifier;
        scene.copy()();
        await scene.reopen();
        for (let n = 0; n < size; n += 1) {
          await attacker.guess(id, randomCode(), n % 2 ? original : scene.verifier);
        }
        await original.close();
        return attacker.finding(PER_VERIFICATION);
      }),
  },
];
