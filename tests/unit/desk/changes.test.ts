/** @file Who was at the desk is told of every record and of every change of settings, account, key, operators and addresses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PIN } from '../../fakes/access-scene.ts';
import { openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';
import { routeTo, sitDown, turnOn, US } from '../../fakes/operators.ts';
import { GOOD } from '../ipc/inputs.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';

makeFolderForEach();

describe('records and changes', () => {
  it('of every kind are told with who made them, to the owner alone [T-changes-named]', async () => {
    const scene = await openSetUpDesk();
    const { handlers } = scene.desk;
    scene.savesTo = join(folder, 'changes.csv');
    const exported = async () => {
      const answer = await routeTo(scene)('history.export', US, [
        { format: 'changes', from: null, to: null },
      ]);
      if (!answer.ok) return answer.problem.code;
      return readFileSync(scene.savesTo ?? '', 'utf8')
        .slice(1)
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
    };
    await turnOn(scene);
    await startFor(scene);
    await handlers['settings.choose']({ guesses: 3 });
    await handlers['journal.changeKey'](undefined);
    await handlers['history.erase']({ address: 'maria@example.test' });
    await handlers['access.enterOwner']({ pin: PIN });
    const [names = [], ...rows] = (await exported()) as readonly string[][];
    const told = rows.map((row) => ['Number', 'Change', 'Operator'].map((name) => row[names.indexOf(name)]));
    expect(told).toEqual([
      ['1', 'journal-begun', ''],
      ['2', 'account-changed', ''],
      ...['3', '4'].map((n) => [n, 'operators-changed', 'Petra']),
      ['5', 'policy-changed', 'Petra'],
      ['6', 'key-changed', 'Petra'],
      // No. 7 is the verification, which is told by its record while that is kept.
      ['8', 'address-erased', 'Petra'],
    ]);
    expect(rows[1]?.[names.indexOf('Account')]).toBe('desk@gmail.com');
    expect(rows[4]?.[names.indexOf('Limits')]).toContain('guesses: 3');
    expect(rows.at(-1)?.[names.indexOf('References')]).toMatch(/^\w\w-\w{4}-\w\w$/);
    expect(JSON.stringify(rows)).not.toMatch(/maria/i);
    await sitDown(scene);
    expect(await exported()).toBe('no-access');
    await scene.desk.close();
  });

  it('of verifications say who was at the desk, and who may work there is journaled [T-access-named]', async () => {
    const scene = await openSetUpDesk();
    const { handlers } = scene.desk;
    const entries = () => scene.desk.view().journal?.entries ?? 0;
    const before = entries();
    await turnOn(scene);
    await expect.poll(() => entries() - before, { timeout: 20_000 }).toBe(2);
    const asOwner = await startFor(scene);
    await sitDown(scene);
    const { id, code } = await startFor(scene, {
      address: 'sam@example.test',
      request: GOOD['desk.draft'].request,
    });
    await handlers['verification.check']({ id, code });
    const by = async (of: string): Promise<string | null> => {
      await handlers['history.show']({ id: of });
      const { screen } = scene.desk.view();
      return screen.at === 'history' ? (screen.record?.operator ?? null) : null;
    };
    expect([await by(asOwner.id), await by(id)]).toEqual(['Petra', 'Anna']);
    await scene.desk.close();
  });
});
