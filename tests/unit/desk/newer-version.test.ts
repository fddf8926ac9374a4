/** @file When the desk asks whether there is a newer version, and what it tells of it. */
import { describe, expect, it } from 'vitest';
import { AFTER_START_MS, ASK_AGAIN_MS, ASK_EVERY_MS } from '../../../src/main/desk/newer-version.ts';
import type { FeedProblem, Releases } from '../../../src/main/ports/releases.ts';
import type { DeskView } from '../../../src/shared/desk-view.ts';
import { ok, type Result } from '../../../src/shared/result.ts';
import { memorySettings } from '../../../src/main/store/settings.ts';
import { openDesk, startFor, type DeskScene } from '../../fakes/desk-scene.ts';

const PAGE = 'https://countersign.example/';

/** A place to ask at, whose answers the test gives. */
function place() {
  const questions: {
    readonly signal: AbortSignal;
    readonly answer: (said: Result<string | null, FeedProblem>) => Promise<void>;
  }[] = [];
  const releases: Releases = {
    host: 'countersign.example',
    page: PAGE,
    newest: (signal) =>
      new Promise((resolve) => {
        questions.push({
          signal,
          answer: async (said) => {
            resolve(said);
            await new Promise(setImmediate);
          },
        });
      }),
  };
  return { questions, releases };
}

async function atDesk() {
  const { questions, releases } = place();
  const scene = await openDesk({ releases });
  await scene.setUp();
  return { ...scene, scene, questions };
}

const choose = (scene: DeskScene, tellNewer: boolean) =>
  scene.desk.handlers['settings.choose']({ tellNewer });
const told = (view: DeskView) => view.notices.filter(({ kind }) => kind === 'newer-version');

describe('a newer version', () => {
  it('is not asked for until the owner has chosen it, however long the desk is open [T-newer-chosen]', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    for (let day = 0; day < 3; day += 1) clock.pass(ASK_EVERY_MS);
    expect(questions).toHaveLength(0);
    await choose(scene, true);
    expect(questions).toHaveLength(1);
    await questions[0]?.answer(ok('1.4.0'));
    expect(told(desk.view())).toEqual([{ kind: 'newer-version', version: '1.4.0', page: PAGE }]);
  });

  it('is asked for once a day, and an hour after a question without an answer', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, true);
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
    settings.choose({ tellNewer: true });
    const { questions, releases } = place();
    const { clock } = await openDesk({ settings, releases });
    clock.pass(AFTER_START_MS - 1);
    expect(questions).toHaveLength(0);
    clock.pass(1);
    expect(questions).toHaveLength(1);
  });

  it('is neither asked for nor told while a verification is open [T-newer-open]', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, true);
    await questions[0]?.answer(ok(null));
    clock.pass(ASK_EVERY_MS - 60_000);
    const { id, code } = await startFor(scene);
    clock.pass(120_000);
    expect(questions, 'it is due by now').toHaveLength(1);
    await desk.handlers['verification.check']({ id, code });
    expect(questions).toHaveLength(2);

    const second = await startFor(scene);
    expect(questions[1]?.signal.aborted, 'the question is called off').toBe(true);
    await questions[1]?.answer(ok('1.4.0'));
    expect(told(desk.view())).toEqual([]);
    await desk.handlers['verification.check'](second);
    expect(questions).toHaveLength(3);
    await questions[2]?.answer(ok('1.4.0'));
    expect(told(desk.view())).toHaveLength(1);
  });

  it('stays told when the place is silent later, and is told no more when the owner chooses so', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, true);
    await questions[0]?.answer(ok('1.4.0'));
    clock.pass(ASK_EVERY_MS);
    await questions[1]?.answer({ ok: false, problem: 'rolled-back' });
    expect(told(desk.view())).toHaveLength(1);
    clock.pass(ASK_AGAIN_MS);
    await choose(scene, false);
    expect(questions[2]?.signal.aborted).toBe(true);
    await questions[2]?.answer(ok('1.4.0'));
    expect(told(desk.view())).toEqual([]);
    clock.pass(ASK_EVERY_MS);
    expect(questions).toHaveLength(3);
  });

  it('is told once more after it was dismissed only when it is another one', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await choose(scene, true);
    await questions[0]?.answer(ok('1.4.0'));
    await desk.handlers['desk.dismiss']({ notice: 'newer-version' });
    clock.pass(ASK_EVERY_MS);
    await questions[1]?.answer(ok('1.4.0'));
    expect(told(desk.view())).toEqual([]);
    clock.pass(ASK_EVERY_MS);
    await questions[2]?.answer(ok('1.5.0'));
    expect(told(desk.view())).toMatchObject([{ version: '1.5.0' }]);
  });

  it('is asked for by nobody in practice, and no more once the program ends', async () => {
    const { clock, desk, questions, scene } = await atDesk();
    await desk.handlers['practice.begin'](undefined);
    await choose(scene, true);
    clock.pass(ASK_EVERY_MS);
    expect(desk.view().releasesFrom).toBeNull();
    expect(questions).toHaveLength(0);
    await desk.handlers['practice.leave'](undefined);
    await choose(scene, true);
    expect(questions).toHaveLength(1);
    await desk.close();
    expect(questions[0]?.signal.aborted).toBe(true);
    clock.pass(ASK_EVERY_MS);
    expect(questions).toHaveLength(1);
  });
});
