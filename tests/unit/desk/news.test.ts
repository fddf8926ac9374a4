/** @file A person is called to the desk when something happened by itself, once, and told no more than the kind of it. */
import { describe, expect, it } from 'vitest';
import { type DeskScene, MARIA, openDesk, openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';
import { REFUSED } from '../../fakes/post.ts';
import { tokenOf } from '../../../src/main/ports/message-id.ts';
import type { ReturnReason } from '../../../src/shared/words.ts';

async function comesBack(scene: DeskScene, why: ReturnReason): Promise<void> {
  const token = tokenOf(scene.post.letters.at(-1)?.messageId ?? '') ?? '';
  await scene.verifiers.at(-1)?.returned({ token, status: null, why, recipient: null, renamed: false });
  scene.clock.pass(1_000);
  await scene.settle();
}

describe('a person is called to the desk', () => {
  it('when a mail comes back', async () => {
    const scene = await openSetUpDesk();
    const { id } = await startFor(scene);
    await comesBack(scene, 'no-such-mailbox');
    expect(scene.attracted).toEqual([{ news: 'not-delivered', id }]);
  });

  it('when their server has given up at last, and not while it still tries', async () => {
    const scene = await openSetUpDesk();
    const { id } = await startFor(scene);
    await comesBack(scene, 'not-yet');
    expect(scene.attracted).toEqual([]);
    await comesBack(scene, 'unreachable');
    expect(scene.attracted).toEqual([{ news: 'not-delivered', id }]);
  });

  it('when a mail could not be sent', async () => {
    const scene = await openSetUpDesk();
    scene.post.outcome = REFUSED;
    const { id } = await startFor(scene);
    expect(scene.attracted).toEqual([{ news: 'not-sent', id }]);
  });

  it('when a code expires, once', async () => {
    const scene = await openSetUpDesk();
    const { id } = await startFor(scene);
    scene.clock.pass(10 * 60_000 + 1_000);
    await scene.settle();
    expect(scene.attracted).toEqual([{ news: 'expired', id }]);
    scene.clock.pass(60 * 60_000);
    await scene.settle();
    expect(scene.attracted).toHaveLength(1);
  });
});

describe('a person is not called', () => {
  it('when only a copy came back', async () => {
    const scene = await openSetUpDesk();
    await startFor(scene);
    await comesBack(scene, 'elsewhere');
    expect(scene.attracted).toEqual([]);
  });

  it('for what they did themselves: a right code, a wrong one, a new one', async () => {
    const scene = await openSetUpDesk();
    const { id, code } = await startFor(scene);
    await scene.desk.handlers['verification.check']({ id, code: code === '111111' ? '222222' : '111111' });
    scene.clock.pass(120_000);
    await scene.desk.handlers['verification.again']({ id });
    await scene.settle();
    const other = await startFor(scene, { ...MARIA, address: 'mario@example.test' });
    await scene.desk.handlers['verification.check'](other);
    expect(scene.attracted).toEqual([]);
  });

  it('for practice', async () => {
    const scene = await openDesk();
    await scene.desk.handlers['practice.begin'](undefined);
    scene.post.outcome = REFUSED;
    await startFor(scene);
    expect(scene.attracted).toEqual([]);
  });
});
