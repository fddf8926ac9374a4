/** @file What is put into the schema of the records while the program runs has no hand in anything that is written. */
import { expect, it } from 'vitest';
import { editFile } from '../../fakes/edit.ts';
import { wrong } from '../../fakes/wrong-code.ts';
import { VERIFIED, wrongWith } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

it.each([
  [
    'a trigger that swallows spends',
    'CREATE TRIGGER planted BEFORE INSERT ON spends BEGIN SELECT raise(IGNORE); END',
    'DROP TRIGGER planted',
  ],
  [
    'a trigger that puts the old row back, under its own seal',
    `CREATE TRIGGER planted AFTER UPDATE ON verifications WHEN new.guesses_used > old.guesses_used
     BEGIN UPDATE verifications SET guesses_used = old.guesses_used, seal = old.seal WHERE id = old.id; END`,
    'DROP TRIGGER planted',
  ],
  [
    'an index that counts nothing',
    "DROP INDEX spends_of_address; CREATE INDEX spends_of_address ON spends (address_hash, at) WHERE counts = 2 AND kind = 'send'",
    `DROP INDEX spends_of_address;
     CREATE INDEX spends_of_address ON spends (address_hash, at) WHERE counts = 1 AND kind = 'send'`,
  ],
])(
  '%s: nothing is judged until it is gone, and nothing is lost [T-sealed-planted]',
  async (_, plant, uproot) => {
    const { id, code } = await scene.start();
    expect(await scene.verifier.check(id, wrong(code))).toEqual(wrongWith(4));
    editFile(scene.path, plant);
    for (const typed of [wrong(code, 2), code])
      await expect(scene.verifier.check(id, typed)).rejects.toThrow('not ours');
    editFile(scene.path, uproot);
    expect(await scene.verifier.check(id, wrong(code, 2))).toEqual(wrongWith(3));
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  },
);
