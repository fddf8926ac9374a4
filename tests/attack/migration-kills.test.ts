/** @file Killed at every point while records with an open verification in them are brought from the first schema to today's. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StartReceipt } from '../../src/shared/contract.ts';
import type { Result } from '../../src/shared/result.ts';
import { startVictim } from './victim-process.ts';
import { wrong } from '../fakes/wrong-code.ts';

/** More than the steps of the migrations have points between two effects. */
const POINTS = 16;

/** Takes the file back to what the first version wrote: later steps only added to it. */
function downgrade(folder: string): void {
  const database = new DatabaseSync(join(folder, 'records.db'));
  database.exec(`
    DROP INDEX verifications_untidied;
    ALTER TABLE verifications DROP COLUMN tidied;
    DROP INDEX spends_with_ceiling;
    ALTER TABLE spends DROP COLUMN ceiling;
    PRAGMA user_version = 1;
  `);
  database.close();
}

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'countersign-migration-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('loses nothing and gives nothing back, whenever it is killed in the migration', async () => {
  const old = join(folder, 'old');
  mkdirSync(old);
  const maker = startVictim(old);
  await maker.ready();
  const started = await maker.order({ do: 'start', address: 'maria@example.test', what: 'kept' });
  // The victim answers a start order with what the verifier answered.
  const answer = started?.answer as Result<StartReceipt, unknown> | undefined;
  if (answer?.ok !== true) throw new Error('nothing was started');
  const { id } = answer.value;
  const code = started?.code ?? '';
  await maker.order({ do: 'check', id, code: wrong(code) });
  await maker.stop();
  downgrade(old);

  let killed = 0;
  for (let point = 1; point <= POINTS; point += 1) {
    const copy = join(folder, `copy-${point}`);
    cpSync(old, copy, { recursive: true });
    const victim = startVictim(copy, point);
    await victim.ready();
    victim.kill();
    if (await victim.gone) killed += 1;
    const after = startVictim(copy);
    await after.ready();
    const guessed = await after.order({ do: 'check', id, code: wrong(code) });
    expect(guessed?.answer, `killed at point ${point}`).toEqual({
      ok: true,
      value: { outcome: 'wrong', guessesLeft: 3 },
    });
    const right = await after.order({ do: 'check', id, code });
    expect(right?.answer, `killed at point ${point}`).toEqual({ ok: true, value: { outcome: 'verified' } });
    await after.stop();
  }
  expect(killed).toBe(POINTS);
});
