/**
 * @file Records that are damaged somewhere, in a file so large that the desk is there before all of it was looked at: wherever
 * the damage is, the desk opens, says so, and spends nothing.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { MARIA, openDesk, startFor, type DeskScene } from '../../fakes/desk-scene.ts';
import { editFile, swapWhileOpening, thinOut } from '../../fakes/edit.ts';
import { fail } from '../../../src/shared/result.ts';
import { folder as profile, makeFolderForEach } from '../../fakes/each-folder.ts';

makeFolderForEach();
let path: string;
let before: DeskScene;

/** A desk with an open verification, whose file is padded with free pages, as after a busy month. */
beforeEach(async () => {
  path = join(profile, 'verifications.db');
  before = await openDesk({ profile });
  await before.setUp();
  const { id } = await startFor(before);
  await before.desk.handlers['verification.check']({ id, code: '000000' });
  await startFor(before, { ...MARIA, address: 'mario@example.test' });
  await before.desk.close();
  editFile(
    path,
    'CREATE TABLE padding (x); INSERT INTO padding VALUES (zeroblob(2000000)); DROP TABLE padding',
  );
  editFile(path, 'PRAGMA wal_checkpoint(TRUNCATE)');
  expect(statSync(path).size).toBeGreaterThan(2_000_000);
});

const again = (): Promise<DeskScene> =>
  openDesk({ profile, vault: before.vault, clock: before.clock, settings: before.settings });
const troubles = ({ desk }: DeskScene): readonly string[] => desk.view().notices.map(({ kind }) => kind);

/** Where tables and indexes begin, by name. */
function roots(): ReadonlyMap<string, number> {
  const database = new DatabaseSync(path);
  const found = database.prepare('SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0').all();
  database.close();
  return new Map(found.map(({ name, rootpage }) => [String(name), Number(rootpage)]));
}

const unreadable = fail({ code: 'records-unreadable' });

const PAGE_BYTES = 4_096;
function overwrite(page: number): void {
  const file = readFileSync(path);
  file.fill(0x55, (page - 1) * PAGE_BYTES, page * PAGE_BYTES);
  writeFileSync(path, file);
}

describe('a large file of records', () => {
  it('that is whole opens as it was, and goes on', async () => {
    const scene = await again();
    expect(scene.desk.view().shift).toHaveLength(2);
    await startFor(scene, { ...MARIA, address: 'third@example.test' });
    expect(troubles(scene)).toEqual([]);
    expect(scene.reports).toEqual([]);
    await scene.desk.close();
  });

  it('with a damaged page, whichever it is, opens the desk, is told, and has nothing spent in it [T-store-damaged]', async () => {
    const whole = readFileSync(path);
    const pages = roots();
    expect(pages.size).toBeGreaterThan(10);
    for (const [name, page] of pages) {
      writeFileSync(path, whole);
      for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
      overwrite(page);
      const scene = await again();
      const sent = scene.post.letters.length;
      // At once, before it is known.
      expect(await scene.desk.handlers['verification.start'](MARIA), name).toEqual(unreadable);
      await expect
        .poll(() => troubles(scene), { message: name, timeout: 30_000 })
        .toEqual(['records-unreadable']);
      expect(await scene.desk.handlers['verification.start'](MARIA), name).toEqual(unreadable);
      expect(scene.post.letters, name).toHaveLength(sent);
      await scene.desk.close();
    }
    // Seventeen desks, one after the other.
  }, 180_000);

  it('with a number that can’t be read is told as damaged too', async () => {
    editFile(path, `UPDATE spends SET at = ${2n ** 60n} WHERE kind = 'guess'`);
    const scene = await again();
    await expect.poll(() => troubles(scene), { timeout: 30_000 }).toEqual(['records-unreadable']);
    await scene.desk.close();
  });

  it('with an index thinned out is told as damaged, also when a whole one lies there by the time it is looked at [T-store-swapped]', async () => {
    const whole = readFileSync(path);
    thinOut(path, 'spends_of_address');
    swapWhileOpening(before.vault, path, whole);
    const scene = await again();
    expect(await scene.desk.handlers['verification.start'](MARIA)).toEqual(unreadable);
    await expect.poll(() => troubles(scene), { timeout: 30_000 }).toEqual(['records-unreadable']);
    await scene.desk.close();
  });

  it('that turned out to be damaged can be removed, and the desk set up anew', async () => {
    overwrite(roots().get('spends_of_account') ?? 0);
    const scene = await again();
    await expect.poll(() => troubles(scene), { timeout: 30_000 }).toEqual(['records-unreadable']);
    expect(await scene.desk.handlers['settings.removeAll'](undefined)).toMatchObject({ ok: true });
    await scene.setUp();
    expect(troubles(scene)).toEqual([]);
    expect((await startFor(scene)).code).toMatch(/^\d{6}$/);
    await scene.desk.close();
  });
});
