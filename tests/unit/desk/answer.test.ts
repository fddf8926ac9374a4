/** @file The last answer stays in sight until the next address is begun, and two mails to one address are told apart. */
import { describe, expect, it } from 'vitest';
import { MARIA, openSetUpDesk, startFor, type DeskScene } from '../../fakes/desk-scene.ts';

async function verified(scene: DeskScene): Promise<string> {
  const { id, code } = await startFor(scene);
  await scene.desk.handlers['verification.check']({ id, code });
  return id;
}
const next = ({ desk }: DeskScene) => desk.handlers['desk.go']({ to: 'address' });
const type = ({ desk }: DeskScene, address: string) => desk.handlers['desk.draft']({ ...MARIA, address });

describe('the last answer', () => {
  it('stays in sight over the next address until that is begun', async () => {
    const scene = await openSetUpDesk();
    const id = await verified(scene);
    expect(scene.desk.view().answered, 'it has a screen of its own').toBeNull();
    await next(scene);
    expect(scene.desk.view().answered).toMatchObject({ id, state: 'verified', sentTo: 'Maria@example.test' });
    await type(scene, '');
    expect(scene.desk.view().answered).toMatchObject({ id });
    await type(scene, 's');
    expect(scene.desk.view().answered).toBeNull();
  });

  it('is in sight as well when the code was locked, and after a look at the settings', async () => {
    const scene = await openSetUpDesk();
    const { id, code } = await startFor(scene);
    const wrong = code === '111111' ? '222222' : '111111';
    for (let guess = 0; guess < 5; guess += 1)
      await scene.desk.handlers['verification.check']({ id, code: wrong });
    await next(scene);
    await scene.desk.handlers['desk.go']({ to: 'settings' });
    await next(scene);
    expect(scene.desk.view().answered).toMatchObject({ id, state: 'locked' });
  });

  it('is none while the code is still open, none of practice’s, and goes with everything that is removed', async () => {
    const scene = await openSetUpDesk();
    await startFor(scene);
    await next(scene);
    expect(scene.desk.view().answered).toBeNull();
    await verified(scene);
    await next(scene);
    await scene.desk.handlers['practice.begin'](undefined);
    expect(scene.desk.view().answered).toBeNull();
    await scene.desk.handlers['practice.leave'](undefined);
    expect(scene.desk.view().answered).not.toBeNull();
    await scene.desk.handlers['account.remove'](undefined);
    expect(scene.desk.view().answered).toBeNull();
  });
});

describe('a second mail to the same address', () => {
  const shown = ({ desk }: DeskScene) => {
    const { screen } = desk.view();
    return screen.at === 'verification' ? screen.otherMail : undefined;
  };

  it('is asked for as the newest one, with another code than the earlier', async () => {
    const scene = await openSetUpDesk();
    const { id } = await startFor(scene);
    expect(shown(scene)).toBeNull();
    scene.clock.pass(120_000);
    await scene.desk.handlers['verification.again']({ id });
    await scene.settle();
    expect(shown(scene)).toBe('earlier');
  });

  it('is not asked for where the earlier code is still open and on the screen', async () => {
    const scene = await openSetUpDesk();
    const { id } = await startFor(scene);
    scene.clock.pass(120_000);
    await startFor(scene, { ...MARIA, request: { purpose: 'registration', details: [] } });
    expect(shown(scene)).toBe('earlier');
    await scene.desk.handlers['desk.show']({ id });
    expect(shown(scene)).toBe('newer');
  });

  it('is none when it went to another address, when it is the same code, and when the first never went out', async () => {
    const scene = await openSetUpDesk();
    const { id } = await startFor(scene);
    scene.clock.pass(120_000);
    await scene.desk.handlers['verification.resend']({ id });
    await scene.settle();
    expect(shown(scene)).toBeNull();
    await startFor(scene, { ...MARIA, address: 'mario@example.test' });
    expect(shown(scene)).toBeNull();
    scene.post.outcome = { state: 'refused', problem: { cause: 'offline', serverSaid: null } };
    await startFor(scene, { ...MARIA, address: 'noor@example.test' });
    scene.post.outcome = { state: 'accepted', tookMs: 0 };
    scene.clock.pass(120_000);
    await startFor(scene, {
      ...MARIA,
      address: 'noor@example.test',
      request: { purpose: 'sign-in', details: [] },
    });
    expect(shown(scene)).toBeNull();
  });
});
