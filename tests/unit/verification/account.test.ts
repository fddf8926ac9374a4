/** @file A verification belongs to the sign-in it was sent by: no other account is sent its code, or verifies it. */
import { describe, expect, it } from 'vitest';
import type { Sender } from '../../../src/main/verification/core.ts';
import { fail } from '../../../src/shared/result.ts';
import { editBetweenRuns } from '../../fakes/edit.ts';
import { asking, senderAt } from '../../fakes/scene.ts';
import { DAY, MINUTE } from '../../fakes/time.ts';
import { EXPIRED, NOT_OPEN, VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

const DESK = senderAt('desk@gmail.com');

/** Each differs from the desk's in one thing. */
const OTHERS: readonly (readonly [string, Sender])[] = [
  ['address', { ...DESK, address: 'other@gmail.com', canonical: 'other@gmail.com' }],
  ['server', { ...DESK, host: 'smtp.evil.example' }],
  ['user', { ...DESK, user: 'other@gmail.com' }],
];

async function use(sender: Sender): Promise<void> {
  scene.sender = sender;
  await scene.verifier.accountChanged();
}

describe('another account', () => {
  it.each(OTHERS)('(%s) ends what is open, and says so [T-account-ends]', async (_, other) => {
    const { id, code } = await scene.start();
    await use(other);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'account' });
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
    const { address, host, user } = other;
    expect(scene.verifier.notices()).toEqual([
      {
        kind: 'account-changed',
        since: scene.clock.wall(),
        before: { address: DESK.address, host: DESK.host, user: DESK.user },
        after: { address, host, user },
      },
    ]);
  });

  it.each(OTHERS)(
    '(%s) is sent no code of the one before, also before that has ended [T-account-unsent]',
    async (_, other) => {
      const { id, code } = await scene.start();
      scene.clock.pass(MINUTE);
      scene.sender = other;
      const sent = scene.post.letters.length;
      expect(await scene.verifier.resend(id)).toEqual(fail({ code: 'not-open' }));
      expect(await scene.verifier.check(id, code)).toEqual(NOT_OPEN);
      expect(scene.post.letters).toHaveLength(sent);
    },
  );

  it('in settings that were changed by hand while it runs ends what is open with the next start, which sends anew', async () => {
    const { id } = await scene.start();
    scene.sender = senderAt('other@gmail.com');
    const again = await scene.start();
    expect(again.id).not.toBe(id);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'account' });
  });

  it('that comes back does not bring back what its absence ended', async () => {
    const { id, code } = await scene.start();
    await use(senderAt('other@gmail.com'));
    await use(DESK);
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
  });

  it('calls off what is under way', async () => {
    scene.post.outcome = null;
    const { id } = await scene.start();
    await use(senderAt('other@gmail.com'));
    await expect.poll(() => scene.verifier.get(id)?.delivery.state).toBe('refused');
  });

  it('in settings that were changed while the program was closed is noticed at the next start [T-account-settings]', async () => {
    const { id } = await scene.start();
    await scene.whileClosed(() => (scene.sender = senderAt('other@gmail.com')));
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'account' });
    expect(scene.verifier.notices()).toMatchObject([{ kind: 'account-changed' }]);
  });

  it('is told for a day, over restarts, and kept as a sealed row [T-account-told]', async () => {
    await use(senderAt('other@gmail.com'));
    await scene.restart();
    expect(scene.verifier.notices()).toHaveLength(1);
    scene.clock.pass(DAY);
    expect(scene.verifier.notices()).toEqual([]);
    expect([...scene.file.rows()].filter(({ table }) => table === 'accounts')).toHaveLength(2);
    await editBetweenRuns(scene, 'DELETE FROM accounts WHERE ordinal = 2');
    await expect.poll(() => scene.verifier.notices().map(({ kind }) => kind)).toContain('records-restored');
  });
});

describe('the same sign-in', () => {
  it('ends nothing, however often it is saved again: a renewed password, a new name', async () => {
    const { id, code } = await scene.start();
    await use({ ...DESK });
    await scene.restart();
    expect(scene.verifier.notices()).toEqual([]);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });
});

it('says which account sent it, on every record', async () => {
  const { id, code } = await scene.start();
  await scene.verifier.check(id, code);
  await use(senderAt('other@gmail.com'));
  expect(scene.verifier.get(id)).toMatchObject({
    sentBy: { address: 'desk@gmail.com', host: 'smtp.gmail.com' },
  });
});

it('counts what would end before it is ended', async () => {
  await scene.start('a@example.test');
  await scene.start('b@example.test');
  expect(scene.verifier.openBesides(DESK)).toBe(0);
  expect(scene.verifier.openBesides(senderAt('other@gmail.com'))).toBe(2);
  scene.clock.pass(10 * MINUTE);
  expect(scene.verifier.openBesides(senderAt('other@gmail.com'))).toBe(0);
  expect((await scene.verifier.start(asking('c@example.test'))).ok).toBe(true);
});
