/** @file When the desk asks whether there is a newer version, what it tells of it, and when it is fetched and installed. */
import { describe, expect, it } from 'vitest';
import { AFTER_START_MS, ASK_AGAIN_MS, ASK_EVERY_MS } from '../../../src/main/desk/newer-version.ts';
import type { FeedProblem, Installer, NewestVersion, Releases } from '../../../src/main/ports/releases.ts';
import type { DeskView } from '../../../src/shared/desk-view.ts';
import type { InstallProblem, NewerVersions } from '../../../src/shared/newer-version.ts';
import { fail, ok, type Result } from '../../../src/shared/result.ts';
import { memorySettings } from '../../../src/main/store/settings.ts';
import { openDesk, startFor, type DeskScene } from '../../fakes/desk-scene.ts';
import { PAGE } from '../../fakes/releases.ts';

interface Asked<T> {
  readonly signal: AbortSignal;
  readonly answer: (said: T) => Promise<void>;
}

/** What is asked of the world: each waits for the answer of the test. */
function asking<T>() {
  const asked: Asked<T>[] = [];
  const ask = (signal: AbortSignal): Promise<T> =>
    new Promise((resolve) => {
      asked.push({
        signal,
        answer: async (said) => {
          resolve(said);
          await new Promise(setImmediate);
        },
      });
    });
  return { asked, ask };
}

/** A place to ask at, whose answers the test gives; `installs`: to a program that can be replaced by itself. */
function place(installs: boolean) {
  const questions = asking<Result<NewestVersion | null, FeedProblem>>();
  const downloads = asking<Result<null, InstallProblem>>();
  const fetched: string[] = [];
  /** What was installed, and whether that was still right at its end. */
  const installed: boolean[] = [];
  let dropped = 0;
  const installer: Installer = {
    fetch: ({ version }, signal) => {
      fetched.push(version);
      return downloads.ask(signal);
    },
    install: (mayStill) => {
      installed.push(mayStill());
      return Promise.resolve();
    },
    drop: () => Promise.resolve(void (dropped += 1)),
    forget: () => undefined,
  };
  const releases: Releases = {
    host: 'countersign.example',
    from: 'countersign.example',
    page: PAGE,
    way: installs ? 'appimage' : 'package',
    installer: installs ? installer : null,
    newest: questions.ask,
  };
  const counts = { dropped: () => dropped };
  return { questions: questions.asked, downloads: downloads.asked, fetched, installed, counts, releases };
}

async function atDesk({ installs = false } = {}) {
  const { releases, ...there } = place(installs);
  const scene = await openDesk({ releases });
  await scene.setUp();
  return { ...scene, ...there, scene };
}

const choose = (scene: DeskScene, newerVersions: NewerVersions) =>
  scene.desk.handlers['settings.choose']({ newerVersions });
const version = (number: string) => ok({ version: number, package: null });
const told = (view: DeskView) => view.notices.filter(({ kind }) => kind === 'newer-version');
const stage = ({ releases }: DeskView) => releases?.newer?.stage;

/** A desk whose owner wants what is newer installed, and which has heard of 1.4.0. */
async function installing() {
  const at = await atDesk({ installs: true });
  await choose(at.scene, 'install');
  await at.questions[0]?.answer(version('1.4.0'));
  return at;
}

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

describe('a newer version that is to be installed', () => {
  it('is fetched, told to be ready, and installed once the program ends', async () => {
    const { desk, downloads, fetched, installed } = await installing();
    expect(fetched).toEqual(['1.4.0']);
    expect(stage(desk.view())).toEqual({ at: 'awaited' });
    await downloads[0]?.answer(ok(null));
    expect(told(desk.view())).toMatchObject([{ version: '1.4.0', stage: { at: 'ready' } }]);
    await desk.close();
    expect(installed).toEqual([]);
    await desk.install();
    expect(installed).toEqual([true]);
  });

  it.each([
    ['the owner wants it told only', 'tell', true],
    ['this copy cannot be replaced by itself', 'install', false],
  ] as const)(
    'is neither fetched nor installed where %s [T-newer-only-told]',
    async (_what, choice, installs) => {
      const { clock, desk, questions, fetched, installed, scene } = await atDesk({ installs });
      await choose(scene, choice);
      await questions[0]?.answer(version('1.4.0'));
      clock.pass(ASK_AGAIN_MS);
      expect(stage(desk.view())).toEqual({ at: 'told' });
      await desk.close();
      await desk.install();
      expect([fetched, installed]).toEqual([[], []]);
    },
  );

  it('is never fetched while a verification is open, and what has begun is called off [T-newer-fetch-open]', async () => {
    const { clock, desk, downloads, fetched, scene } = await installing();
    const first = await startFor(scene);
    expect(downloads[0]?.signal.aborted).toBe(true);
    await downloads[0]?.answer(ok(null));
    expect(stage(desk.view()), 'what was called off counts for nothing').toEqual({ at: 'awaited' });
    clock.pass(ASK_AGAIN_MS - 60_000);
    await desk.handlers['verification.check'](first);
    const { id, code } = await startFor(scene);
    clock.pass(60_000);
    expect(fetched, 'it is due by now').toHaveLength(1);
    await desk.handlers['verification.check']({ id, code });
    expect(fetched).toHaveLength(2);
    await downloads[1]?.answer(ok(null));
    expect(stage(desk.view())).toEqual({ at: 'ready' });
  });

  it('is not installed while a verification is open, whenever it was begun [T-newer-install-open]', async () => {
    const { desk, downloads, installed, scene } = await installing();
    await downloads[0]?.answer(ok(null));
    const { id } = await startFor(scene);
    expect(desk.view().shift).toMatchObject([{ id, state: 'open' }]);
    await desk.close();
    await desk.install();
    expect(installed).toEqual([]);

    const late = await installing();
    await late.downloads[0]?.answer(ok(null));
    await late.desk.close();
    // The window is still there for as long as copying takes.
    await startFor(late.scene);
    await late.desk.install();
    expect(late.installed).toEqual([false]);
  });

  it('that could not be fetched says why, and is fetched again in an hour', async () => {
    const { clock, desk, downloads, fetched, installed } = await installing();
    await downloads[0]?.answer(fail('unreachable'));
    expect(told(desk.view())).toMatchObject([{ stage: { at: 'failed', why: 'unreachable' } }]);
    clock.pass(ASK_AGAIN_MS - 1);
    expect(fetched).toHaveLength(1);
    clock.pass(1);
    expect(fetched).toHaveLength(2);
    await desk.close();
    await desk.install();
    expect(installed).toEqual([]);
  });

  it('is said once more after it was dismissed when it is ready, or has failed', async () => {
    const { desk, downloads } = await installing();
    await desk.handlers['desk.dismiss']({ notice: 'newer-version' });
    expect(told(desk.view())).toEqual([]);
    await downloads[0]?.answer(ok(null));
    expect(told(desk.view())).toHaveLength(1);
  });

  it('gives way to one that is newer still, and to the owner who wants none', async () => {
    const { clock, counts, desk, downloads, fetched, installed, questions, scene } = await installing();
    await downloads[0]?.answer(ok(null));
    clock.pass(ASK_EVERY_MS);
    await questions[1]?.answer(version('1.5.0'));
    expect(fetched).toEqual(['1.4.0', '1.5.0']);
    expect(stage(desk.view())).toEqual({ at: 'awaited' });
    await downloads[1]?.answer(ok(null));
    const before = counts.dropped();
    await choose(scene, 'tell');
    expect(counts.dropped()).toBe(before + 1);
    expect(stage(desk.view())).toEqual({ at: 'told' });
    await desk.close();
    await desk.install();
    expect(installed).toEqual([]);
  });
});
