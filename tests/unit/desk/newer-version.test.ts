/** @file When the desk asks whether there is a newer version, and what it tells of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AFTER_START_MS, ASK_AGAIN_MS, ASK_EVERY_MS } from '../../../src/main/desk/newer-version.ts';
import { memorySettings } from '../../../src/main/store/settings.ts';
import { ok } from '../../../src/shared/result.ts';
import { openDesk, startFor } from '../../fakes/desk-scene.ts';
import { atDesk, choose, place, told, version } from '../../fakes/newer-versions.ts';
import { PAGE } from '../../fakes/releases.ts';

describe('a newer version', () => {
  it('is not asked for until the owner has chosen it, however long the desk is open [T-newer-chosen]', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    for (let day = 0; day < 3; day += 1) clock.pass(ASK_EVERY_MS);
    expect(questions).toHaveLength(0);
    await choose(scene, 'tell');
    expect(questions).toHaveLength(1);
    await questions[0]?.answer(version('1.4.0'));
    expect(told(desk.view())).toEqual([
      { kind: 'newer-version', version: '1.4.0', page: PAGE, stage: { at: 'told' } },
    ]);
  });

  it('is asked for once a day, and an hour after a question without an answer', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, 'tell');
    await questions[0]?.answer({ ok: false, problem: 'unreachable' });
    expect(told(desk.view())).toEqual([]);
    clock.pass(ASK_AGAIN_MS - 1);
    expect(questions).toHaveLength(1);
    clock.pass(1);
    expect(questions).toHaveLength(2);
    await questions[1]?.answer(ok(null));
    expect(told(desk.view())).toEqual([]);
    clock.pass(ASK_EVERY_MS - 1);
    expect(questions).toHaveLength(2);
    clock.pass(1);
    expect(questions).toHaveLength(3);
  });

  it('is asked for a minute after the start, when it was chosen before', async () => {
    const settings = memorySettings();
    settings.choose({ newerVersions: 'tell' });
    const { questions, releases } = place(false);
    const { clock } = await openDesk({ settings, releases });
    clock.pass(AFTER_START_MS - 1);
    expect(questions).toHaveLength(0);
    clock.pass(1);
    expect(questions).toHaveLength(1);
  });

  it('is neither asked for nor told while a verification is open [T-newer-open]', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, 'tell');
    await questions[0]?.answer(ok(null));
    clock.pass(ASK_EVERY_MS - 60_000);
    const { id, code } = await startFor(scene);
    clock.pass(120_000);
    expect(questions, 'it is due by now').toHaveLength(1);
    await desk.handlers['verification.check']({ id, code });
    expect(questions).toHaveLength(2);

    const second = await startFor(scene);
    expect(questions[1]?.signal.aborted, 'the question is called off').toBe(true);
    await questions[1]?.answer(version('1.4.0'));
    expect(told(desk.view())).toEqual([]);
    await desk.handlers['verification.check'](second);
    expect(questions).toHaveLength(3);
    await questions[2]?.answer(version('1.4.0'));
    expect(told(desk.view())).toHaveLength(1);
  });

  it('is neither asked for nor told while the records wait for the keychain: one may be open in them', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'countersign-newer-'));
    onTestFinished(() => rmSync(profile, { recursive: true }));
    const before = await openDesk({ profile });
    await before.setUp();
    await choose(before, 'tell');
    await startFor(before);
    await before.desk.close();

    const { clock, settings, vault } = before;
    vault.trouble = 'locked';
    const { questions, releases } = place(false);
    const after = await openDesk({ profile, clock, settings, vault, releases });
    clock.pass(AFTER_START_MS);
    expect(questions).toHaveLength(0);
    vault.trouble = null;
    await after.desk.handlers['vault.retry'](undefined);
    expect(questions, 'one is').toHaveLength(0);
    const [row] = after.desk.view().shift;
    expect(row).toMatchObject({ state: 'open' });
    clock.pass(ASK_AGAIN_MS);
    expect(questions, 'it has expired').toHaveLength(1);
    await after.desk.close();
  });

  it('stays told when the place is silent later, and is told no more when the owner chooses so', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, 'tell');
    await questions[0]?.answer(version('1.4.0'));
    clock.pass(ASK_EVERY_MS);
    await questions[1]?.answer({ ok: false, problem: 'rolled-back' });
    expect(told(desk.view())).toHaveLength(1);
    clock.pass(ASK_AGAIN_MS);
    await choose(scene, 'off');
    expect(questions[2]?.signal.aborted).toBe(true);
    await questions[2]?.answer(version('1.4.0'));
    expect(told(desk.view())).toEqual([]);
    clock.pass(ASK_EVERY_MS);
    expect(questions).toHaveLength(3);
  });

  it('is told once more after it was dismissed only when it is another one', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, 'tell');
    await questions[0]?.answer(version('1.4.0'));
    await desk.handlers['desk.dismiss']({ notice: 'newer-version' });
    clock.pass(ASK_EVERY_MS);
    await questions[1]?.answer(version('1.4.0'));
    expect(told(desk.view())).toEqual([]);
    clock.pass(ASK_EVERY_MS);
    await questions[2]?.answer(version('1.5.0'));
    expect(told(desk.view())).toMatchObject([{ version: '1.5.0' }]);
  });

  it('is asked for by nobody in practice, and no more once the program ends', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await desk.handlers['practice.begin'](undefined);
    await choose(scene, 'tell');
    clock.pass(ASK_EVERY_MS);
    expect(desk.view().releases).toBeNull();
    expect(questions).toHaveLength(0);
    await desk.handlers['practice.leave'](undefined);
    await choose(scene, 'tell');
    expect(questions).toHaveLength(1);
    await desk.close();
    expect(questions[0]?.signal.aborted).toBe(true);
    clock.pass(ASK_EVERY_MS);
    expect(questions).toHaveLength(1);
  });
});
