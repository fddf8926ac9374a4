/** @file A file that was edited, thinned out or put together from older parts is not believed, and nothing in it becomes "verified". */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { audited, editBetweenRuns, editFile, swapWhileOpening, thinOut } from '../../fakes/edit.ts';
import { asking } from '../../fakes/scene.ts';
import { wrong } from '../../fakes/wrong-code.ts';
import { fail } from '../../../src/shared/result.ts';
import { EXPIRED, NOT_OPEN, VERIFIED } from '../../fakes/answers.ts';
import { openSceneAnew, openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

const MARIA = 'maria@example.test';

const isFrozen = (): boolean => scene.verifier.notices().some(({ kind }) => kind === 'records-restored');

/** Guesses wrong five times. */
async function spendAll(): Promise<{ readonly id: string; readonly code: string }> {
  const started = await scene.start(MARIA);
  for (let n = 1; n <= 5; n += 1) await scene.verifier.check(started.id, wrong(started.code, n));
  return started;
}

/** The columns of a table, with something else than is in them. */
function columnsOf(table: string): readonly (readonly [string, string])[] {
  const database = new DatabaseSync(scene.path);
  const columns = database.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all();
  database.close();
  const other = (name: string, type: unknown): string => {
    if (type === 'BLOB') return 'zeroblob(60)';
    return type === 'INTEGER' ? `coalesce(${name}, 0) + 1` : `coalesce(${name}, '') || 'x'`;
  };
  return columns.map(({ name, type }) => [String(name), other(String(name), type)] as const);
}

describe('a row that was edited', () => {
  it('in any of its columns is shown as unreadable, is not open and never verified [T-sealed-columns]', async () => {
    const columns = columnsOf('verifications').filter(([name]) => !['id', 'seal'].includes(name));
    expect(columns.length).toBeGreaterThan(15);
    let rows = 0;
    for (const [name, value] of columns) {
      const { id, code } = await scene.start(MARIA);
      const edit = `UPDATE verifications SET ${name} = ${value} WHERE id = '${id}'`;
      const refused = await editBetweenRuns(scene, edit).catch((error: unknown) => String(error));
      if (refused === undefined) {
        expect(await scene.verifier.check(id, code), name).toEqual(NOT_OPEN);
        expect(scene.verifier.get(id), name).toBeNull();
        const line = expect.objectContaining({ id, state: 'unreadable' }) as unknown;
        // One that says that it was opened at another time may not be of this shift.
        if (name !== 'opened_at') expect(scene.verifier.shift(), name).toContainEqual(line);
        rows += 1;
      } else {
        // What breaks a rule of the table makes the whole file unreadable.
        expect(refused, name).toContain('records-unreadable');
      }
      await openSceneAnew();
    }
    expect(rows).toBeGreaterThan(7);
  });

  it('into "verified" says so nowhere [T-sealed-verified]', async () => {
    const { id } = await scene.start(MARIA);
    await editBetweenRuns(scene, "UPDATE verifications SET state = 'verified', ended_at = 1795424400000");
    expect(scene.verifier.get(id)).toBeNull();
    expect(scene.verifier.shift()).toMatchObject([{ id, state: 'unreadable' }]);
    expect(JSON.stringify([scene.verifier.shift(), scene.verifier.get(id)])).not.toContain('verified');
  });

  it('that was copied to another id is not open there [T-sealed-copied]', async () => {
    const { id, code } = await scene.start(MARIA);
    const copy = 'c'.repeat(32);
    const columns = columnsOf('verifications').map(([name]) => name);
    const values = columns.map((name) => (name === 'id' ? `'${copy}'` : name)).join(', ');
    await editBetweenRuns(
      scene,
      `INSERT INTO verifications (${columns.join(', ')}) SELECT ${values} FROM verifications`,
    );
    expect(await scene.verifier.check(copy, code)).toEqual(NOT_OPEN);
    expect(scene.verifier.shift()).toContainEqual(expect.objectContaining({ id: copy, state: 'unreadable' }));
    await audited(scene);
    expect(isFrozen()).toBe(true);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'records-restored' });
  });
});

describe('what is gone, or back', () => {
  it.each([
    ['a guess that was deleted', "DELETE FROM spends WHERE kind = 'guess' AND ordinal = 3"],
    ['all spends deleted', 'DELETE FROM spends'],
    [
      'a guess that does not count any more',
      "UPDATE spends SET counts = 0 WHERE kind = 'guess' AND ordinal = 3",
    ],
    ['a guess made yesterday', "UPDATE spends SET at = at - 90000000 WHERE kind = 'guess'"],
    [
      'a guess at another address',
      "UPDATE spends SET address_hash = replace(address_hash, substr(address_hash, 1, 1), '!') WHERE kind = 'guess'",
    ],
    ['a guess that weighs less', "UPDATE spends SET odds = 1 WHERE kind = 'guess'"],
    ['a verification that was deleted', 'DELETE FROM verifications'],
    ['an account that was deleted', 'DELETE FROM accounts'],
    ['a digest that was changed', 'UPDATE meta SET digest = zeroblob(32)'],
    ['a counter that was changed', 'UPDATE meta SET counter = counter - 1'],
    ['times that were changed', 'UPDATE meta SET budget = budget + 90000000'],
    ['a line about the store that is gone', 'DELETE FROM meta'],
  ])('(%s) is noticed, and nothing starts for a day [T-sealed-rows]', async (_, sql) => {
    await spendAll();
    await editBetweenRuns(scene, sql);
    await audited(scene);
    expect(isFrozen()).toBe(true);
    expect(await scene.verifier.start(asking(MARIA))).toMatchObject(fail({ code: 'records-restored' }));
  });

  it('(spends that are gone, beside a number that can’t be read) makes the records unreadable [T-sealed-number]', async () => {
    await spendAll();
    await scene.verifier.close();
    const at = 2n ** 60n;
    editFile(
      scene.path,
      `DELETE FROM spends; INSERT INTO spends VALUES
       ('${'a'.repeat(32)}', 'guess', 1, ${at}, '${'b'.repeat(43)}', NULL, 1, 0, NULL, zeroblob(32))`,
    );
    await expect(scene.reopen()).rejects.toThrow('records-unreadable');
  });

  it('(spends that are gone, in a file that took its place for the comparison) is noticed [T-sealed-swapped]', async () => {
    await spendAll();
    await scene.verifier.close();
    const whole = scene.copy();
    editFile(scene.path, 'DELETE FROM spends');
    const read = scene.vault.read.bind(scene.vault);
    // By now the file is open; what is at its path is read again for the comparison.
    scene.vault.read = (item) => {
      scene.vault.read = read;
      for (const suffix of ['', '-wal', '-shm'])
        if (existsSync(scene.path + suffix)) renameSync(scene.path + suffix, `${scene.path}.open${suffix}`);
      whole();
      return read(item);
    };
    await scene.reopen();
    await audited(scene);
    expect(await scene.verifier.start(asking(MARIA))).toMatchObject({ ok: false });
    expect(isFrozen()).toBe(true);
  });

  it('(spends that are gone, in a file to which the log of the open one was left) is noticed [T-sealed-log]', async () => {
    const { id } = await spendAll();
    await scene.verifier.close();
    const whole = readFileSync(scene.path);
    editFile(scene.path, "DELETE FROM spends WHERE kind = 'guess'");
    swapWhileOpening(scene.vault, scene.path, whole);
    await scene.reopen();
    await audited(scene);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'locked' });
    expect(await scene.verifier.start(asking(MARIA))).toMatchObject({ ok: false });
    expect(isFrozen()).toBe(true);
  });

  it('(spends that are gone, where no second connection can read) is noticed [T-sealed-alone]', async () => {
    await spendAll();
    await scene.whileClosed(() => {
      editFile(scene.path, 'DELETE FROM spends');
      scene.sqlite = '3.50.4';
    });
    expect(await scene.verifier.start(asking(MARIA))).toMatchObject(fail({ code: 'records-restored' }));
    expect(scene.reports).toEqual([]);
  });

  it('(an old row, put back with its own seal) is noticed [T-sealed-old-row]', async () => {
    const { id, code } = await scene.start(MARIA);
    await scene.written();
    const database = new DatabaseSync(scene.path);
    database.exec(`ATTACH '${scene.path}.old' AS old; CREATE TABLE old.rows AS SELECT * FROM verifications`);
    database.close();
    for (let n = 1; n <= 4; n += 1) await scene.verifier.check(id, wrong(code, n));
    await editBetweenRuns(
      scene,
      `ATTACH '${scene.path}.old' AS old; DELETE FROM verifications; INSERT INTO verifications SELECT * FROM old.rows`,
    );
    // Its own seal is right: it is the digest over all rows that is not.
    expect(scene.verifier.get(id)?.guessesLeft).toBe(5);
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
    expect(isFrozen()).toBe(true);
  });

  it('(the freeze, taken out) is noticed, and put back [T-sealed-freeze]', async () => {
    await spendAll();
    await editBetweenRuns(scene, 'DELETE FROM spends');
    await audited(scene);
    for (let n = 0; n < 3; n += 1) {
      await editBetweenRuns(scene, 'UPDATE meta SET frozen_until = NULL, frozen_why = NULL');
      await audited(scene);
      expect(isFrozen()).toBe(true);
    }
  });

  it('goes on by itself a day after the last guess', async () => {
    await spendAll();
    await editBetweenRuns(scene, 'DELETE FROM spends');
    await audited(scene);
    scene.clock.pass(24 * 60 * 60_000);
    expect(isFrozen()).toBe(false);
    const { id, code } = await scene.start(MARIA);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    await scene.restart();
    await audited(scene);
    expect(isFrozen()).toBe(false);
  });
});

describe('an index that was thinned out', () => {
  it('makes the records unreadable: what is counted by it would be too little [T-sealed-index]', async () => {
    await spendAll();
    await scene.verifier.close();
    // A partial index that never had the rows, under the name and text of the right one.
    editFile(
      scene.path,
      `DROP INDEX spends_of_guesses;
       CREATE INDEX spends_of_guesses ON spends (at, address_hash, odds) WHERE counts = 9`,
    );
    await expect(scene.reopen()).rejects.toThrow('records-unreadable');
  });

  it.each(['spends_of_address', 'spends_of_account', 'spends_of_guesses', 'verifications_open'])(
    '(%s) makes them unreadable although it has the text of the right one again [T-sealed-index-text]',
    async (index) => {
      await spendAll();
      await scene.start('mario@example.test');
      await scene.verifier.close();
      thinOut(scene.path, index);
      await expect(scene.reopen()).rejects.toThrow('records-unreadable');
    },
  );
});

describe('the digest', () => {
  it('that was kept up to date row by row is that over all rows', async () => {
    const { id } = await spendAll();
    scene.clock.pass(60_000);
    await scene.replace(id);
    const { id: other, code } = await scene.start('mario@example.test');
    await scene.verifier.check(other, code);
    scene.clock.pass(31 * 24 * 60 * 60_000);
    scene.verifier.sweep();
    await scene.start('later@example.test');
    await scene.restart();
    await audited(scene);
    expect(scene.verifier.notices()).toEqual([]);
    expect(scene.reports).toEqual([]);
  });

  it('is hidden in the file: the same rows never look the same twice', async () => {
    const digests = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      await scene.written();
      digests.add(Buffer.from(scene.file.meta()?.digest ?? []).toString('hex'));
    }
    expect(digests.size).toBe(20);
  });
});
