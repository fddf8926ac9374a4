/** @file When the desk has a newer version fetched and installed. */
import { describe, expect, it } from 'vitest';
import { ASK_AGAIN_MS, ASK_EVERY_MS } from '../../../src/main/desk/newer-version.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { MARIA, startFor } from '../../fakes/desk-scene.ts';
import { atDesk, choose, stage, told, version } from '../../fakes/newer-versions.ts';

/** A desk whose owner wants what is newer installed, and which has heard of 1.4.0. */
async function installing() {
  const at = await atDesk({ installs: true });
  await choose(at.scene, 'install');
  await at.questions[0]?.answer(version('1.4.0'));
  return at;
}

describe('a newer version that is to be installed', () => {
  it('is fetched, told to be ready, and installed once the program ends', async () => {
    const { clock, desk, downloads, fetched, installed } = await installing();
    expect(fetched).toEqual(['1.4.0']);
    expect(stage(desk.view())).toEqual({ at: 'awaited' });
    await downloads[0]?.answer(ok(null));
    expect(told(desk.view())).toMatchObject([{ version: '1.4.0', stage: { at: 'ready' } }]);
    clock.pass(2 * ASK_AGAIN_MS);
    expect(fetched, 'once').toHaveLength(1);
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
    const { counts, desk, downloads, installed, scene } = await installing();
    await downloads[0]?.answer(ok(null));
    const { id } = await startFor(scene);
    expect(desk.view().shift).toMatchObject([{ id, state: 'open' }]);
    const before = counts.dropped();
    await desk.close();
    await desk.install();
    expect(installed).toEqual([]);
    expect(counts.dropped(), 'what is not installed does not stay').toBe(before + 1);

    const pressed = await installing();
    await pressed.downloads[0]?.answer(ok(null));
    // Pressed right before the end: it gets into the records while they are closed.
    const start = pressed.desk.handlers['verification.start'](MARIA);
    await pressed.desk.close();
    expect(await start).toMatchObject({ ok: true });
    await pressed.desk.install();
    expect(pressed.installed).toEqual([]);

    const late = await installing();
    await late.downloads[0]?.answer(ok(null));
    await late.desk.close();
    // The window is still there for as long as copying takes.
    await startFor(late.scene);
    await late.desk.install();
    expect(late.installed).toEqual([false]);
  });

  it('that could not be fetched says why, and is fetched again in an hour, or in a day if it was the wrong one', async () => {
    const { clock, desk, downloads, fetched, installed } = await installing();
    await downloads[0]?.answer(fail('unreachable'));
    expect(told(desk.view())).toMatchObject([{ stage: { at: 'failed', why: 'unreachable' } }]);
    clock.pass(ASK_AGAIN_MS - 1);
    expect(fetched).toHaveLength(1);
    clock.pass(1);
    expect(fetched).toHaveLength(2);
    await downloads[1]?.answer(fail('other-bytes'));
    clock.pass(ASK_EVERY_MS - 2 * ASK_AGAIN_MS);
    expect(fetched, 'of the wrong one a day is enough').toHaveLength(2);
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

  it('is there no more, and what became of it is forgotten, once this program is the newest', async () => {
    const { clock, counts, desk, downloads, installed, questions } = await installing();
    await downloads[0]?.answer(ok(null));
    const before = [counts.dropped(), counts.forgotten()];
    clock.pass(ASK_EVERY_MS);
    await questions[1]?.answer(ok(null));
    expect([counts.dropped() - 1, counts.forgotten() - 1]).toEqual(before);
    expect(told(desk.view())).toEqual([]);
    await desk.close();
    await desk.install();
    expect(installed).toEqual([]);
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
