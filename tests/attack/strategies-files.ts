/** @file Attacks on what is kept: restarts, copies put back, files and keychain items deleted. */
import { removeRecords } from '../../src/main/store/records.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import type { Scene } from '../fakes/scene.ts';
import { guessMany, openMaria, randomCode, requestNumber, strategy, type Strategy } from './strategy.ts';

const { guesses: PER_VERIFICATION, addressGuesses: PER_ADDRESS } = defaultChoices('gmail');
const ROUNDS = 30;

/** Guesses `apart` times, closes, puts the older copy back, opens, and again. */
const restoring = (name: string, apart: number): Strategy =>
  strategy(name, PER_VERIFICATION, async (attacker, size) => {
    const { scene } = attacker;
    const id = await openMaria(attacker);
    await scene.restart();
    let putBack = await scene.whileClosed(scene.copy);
    for (let round = 0; round < ROUNDS; round += 1) {
      await guessMany(attacker, id, apart);
      await scene.whileClosed(putBack);
      await guessMany(attacker, id, size / ROUNDS);
      if (round % 5 !== 0) continue;
      putBack = await scene.whileClosed(scene.copy);
    }
  });

/** Guesses, loses what the budget is kept in, and again. */
const losing = (what: string, lose: (scene: Scene) => void): Strategy =>
  strategy(`${what} deleted`, PER_ADDRESS, async (attacker, size) => {
    const { scene } = attacker;
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await openMaria(attacker, requestNumber(round));
      await guessMany(attacker, id, size / ROUNDS);
      await scene.whileClosed(() => lose(scene));
    }
  });

export const FILES: readonly Strategy[] = [
  strategy('a restart between guesses', PER_VERIFICATION, async (attacker, size) => {
    const id = await openMaria(attacker);
    for (let round = 0; round < ROUNDS; round += 1) {
      await attacker.guess(id, randomCode());
      await attacker.scene.restart();
      if (round > ROUNDS / 2) await guessMany(attacker, id, size / (ROUNDS / 2));
    }
  }),
  restoring('a copy one guess old, put back', 1),
  restoring('a copy two guesses old, put back', 2),
  restoring('a copy from before all guesses, put back', 5),
  strategy(
    'a copy and its keychain, one guess apart, each put back',
    PER_VERIFICATION,
    async (attacker, size) => {
      const { scene } = attacker;
      const id = await openMaria(attacker);
      for (let round = 0; round < ROUNDS; round += 1) {
        const anchor = await scene.whileClosed(() => scene.vault.items.get('anchor') ?? '');
        await attacker.guess(id, randomCode());
        await scene.whileClosed(() => scene.vault.items.set('anchor', anchor));
        await guessMany(attacker, id, size / ROUNDS);
      }
    },
  ),
  losing('records', (scene) => removeRecords(scene.path)),
  strategy('anchor deleted', PER_ADDRESS, async (attacker, size) => {
    const { scene } = attacker;
    const id = await openMaria(attacker);
    for (let round = 0; round < ROUNDS; round += 1) {
      await attacker.guess(id, randomCode());
      await scene.verifier.close();
      scene.vault.items.delete('anchor');
      if (round % 3 === 0) removeRecords(scene.path);
      await scene.reopen();
      const next = (await attacker.open('maria@example.test', requestNumber(round))) ?? id;
      await guessMany(attacker, next, size / ROUNDS);
    }
  }),
  losing('keys', (scene) => scene.vault.items.delete('keys')),
  strategy('a second program on a copy, with the same keychain', PER_VERIFICATION, async (attacker, size) => {
    const { scene } = attacker;
    const id = await openMaria(attacker);
    const original = scene.verifier;
    scene.copy()();
    await scene.reopen();
    for (let n = 0; n < size; n += 1) {
      await attacker.guess(id, randomCode(), n % 2 ? original : scene.verifier);
    }
    await original.close();
  }),
];
