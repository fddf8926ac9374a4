/** @file Rows that are edited while the program has them open: what it remembers of them is no way round their seals. */
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { comparisons } from '../../attack/comparisons.ts';
import { editFile } from '../../fakes/edit.ts';
import { asking } from '../../fakes/scene.ts';
import { wrong } from '../../fakes/wrong-code.ts';
import { EXPIRED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';
import { MINUTE } from '../../fakes/time.ts';

openSceneForEach();

const MARIA = 'maria@example.test';

const isFrozen = (): boolean => scene.verifier.notices().some(({ kind }) => kind === 'records-restored');

it('a row that was edited is noticed before the next guess is judged [T-sealed-running]', async () => {
  const { id } = await scene.start(MARIA);
  const other = await scene.start('mario@example.test');
  editFile(
    scene.path,
    `UPDATE verifications SET guesses_used = 0, state = 'verified', ended_at = 1 WHERE id = '${id}'`,
  );
  expect(scene.verifier.get(id), 'what was sealed is what is known').toMatchObject({ state: 'open' });
  expect(await scene.verifier.check(other.id, wrong(other.code))).toEqual(EXPIRED);
  expect(isFrozen()).toBe(true);
});

it('a row that was hidden under its seal from what ends all, with the spends deleted, is not guessed at after it [T-sealed-hidden]', async () => {
  const opened: Awaited<ReturnType<typeof scene.start>>[] = [];
  for (let n = 0; n < 5; n += 1) {
    opened.push(await scene.start(MARIA));
    scene.clock.pass(MINUTE);
  }
  const guess = async (n: number): Promise<void> => {
    for (const { id, code } of opened) await scene.verifier.check(id, wrong(code, n));
  };
  const before = comparisons();
  for (let n = 1; n <= 4; n += 1) await guess(n);
  editFile(
    scene.path,
    "DELETE FROM spends WHERE kind = 'guess'; UPDATE verifications SET state = 'cancelled', ended_at = opened_at",
  );
  await guess(5);
  await scene.written();
  editFile(scene.path, "UPDATE verifications SET state = 'open', ended_at = NULL");
  await guess(6);
  expect(comparisons() - before).toBe(20);
  for (const { id } of opened) expect(scene.verifier.get(id)?.state).not.toBe('open');
});

it('a row that was edited under the seal it had is not sealed anew by what is written of it next [T-sealed-resealed]', async () => {
  const { id } = await scene.start(MARIA);
  expect(scene.verifier.get(id)).toMatchObject({ state: 'open' });
  editFile(scene.path, "UPDATE verifications SET state = 'verified', ended_at = 1795424400000");
  await scene.verifier.tidied([id]).catch(() => undefined);
  await scene.restart();
  expect(scene.verifier.get(id)).toBeNull();
  expect(JSON.stringify(scene.verifier.shift())).not.toContain('verified');
});

it('a row that was edited in its bytes, of which no connection is told, is not sealed anew by what is written of it next [T-sealed-bytes]', async () => {
  const { id, code } = await scene.start(MARIA);
  const before = scene.verifier.get(id);
  const { file } = scene;
  const verification = file.verification.bind(file);
  file.verification = (of) => {
    const row = verification(of);
    return row && { ...row, expiresAt: row.expiresAt + 120_000, guessesUsed: 0 };
  };
  await scene.verifier.check(id, wrong(code));
  await scene.verifier.check(id, wrong(code, 2));
  await scene.killAndReopen();
  expect(scene.verifier.get(id)).toMatchObject({ expiresAt: before?.expiresAt, guessesLeft: 3 });
});

it('a line about the store that was edited, freeze and seal, is noticed, and the freeze stays [T-sealed-meta]', async () => {
  await scene.start(MARIA);
  await scene.whileClosed(() => scene.vault.items.delete('anchor'));
  expect(isFrozen()).toBe(true);
  editFile(scene.path, 'UPDATE meta SET frozen_until = NULL, frozen_why = NULL, seal = zeroblob(32)');
  expect(await scene.verifier.start(asking(MARIA))).toMatchObject({ problem: { code: 'records-restored' } });
  expect(isFrozen()).toBe(true);
});

it('spends that were deleted while the file is compared with its digest are noticed [T-sealed-meanwhile]', async () => {
  const { id, code } = await scene.start(MARIA);
  await scene.verifier.check(id, wrong(code));
  await scene.whileClosed(() => {
    const { prototype } = DatabaseSync;
    const prepare: unknown = Object.getOwnPropertyDescriptor(prototype, 'prepare')?.value;
    if (typeof prepare !== 'function') throw new Error('statements are prepared otherwise');
    // What compares is a second connection, which sees the file as it was when it began.
    Object.assign(prototype, {
      prepare(this: DatabaseSync, sql: string): unknown {
        if (sql === 'SELECT * FROM spends') {
          Object.assign(prototype, { prepare });
          editFile(scene.path, 'DELETE FROM spends');
        }
        return Reflect.apply(prepare, this, [sql]);
      },
    });
  });
  await scene.settled();
  expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
  expect(isFrozen()).toBe(true);
});
