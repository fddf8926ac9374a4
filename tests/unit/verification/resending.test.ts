/** @file Sending a code again, a message under way, and what a shift holds of both. */
import { beforeEach, describe, expect, it } from 'vitest';
import { requestOf, type Request } from '../../../src/shared/request.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { ACCEPTED, REFUSED } from '../../fakes/post.ts';
import { asking, readable, spendsIn, wrong } from '../../fakes/scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

const other = (n: number): Request => requestOf('other', { what: `form ${n}` });

describe('resend', () => {
  it('carries the same code and reference under a Message-ID of its own, and moves no expiry [T-send-resend-same]', async () => {
    const { id } = await scene.start();
    scene.clock.pass(30_000);
    expect(await scene.verifier.resend(id)).toEqual(ok(null));
    await scene.settled();
    const [first, second] = scene.post.letters;
    expect(second).toEqual({ ...first, messageId: second?.messageId, sentAt: (first?.sentAt ?? 0) + 30_000 });
    expect(second?.messageId).not.toBe(first?.messageId);
  });

  it('waits thirty seconds after the first message and sixty after the next [T-send-cooldown]', async () => {
    const { id } = await scene.start();
    const sent = scene.clock.wall();
    scene.clock.pass(29_999);
    const early = fail({ code: 'cooling-down', until: sent + 30_000 });
    expect(await scene.verifier.resend(id)).toEqual(early);
    expect(scene.verifier.get(id)?.resendAt).toBe(sent + 30_000);
    scene.clock.pass(1);
    await scene.verifier.resend(id);
    await scene.settled();
    scene.clock.pass(59_999);
    expect(await scene.verifier.resend(id)).toMatchObject(fail({ until: sent + 90_000 }));
    scene.clock.pass(1);
    expect((await scene.verifier.resend(id)).ok).toBe(true);
  });

  it('keeps its cool-down over a restart and a clock set forward', async () => {
    const { id } = await scene.start();
    scene.clock.setWall(scene.clock.wall() + MINUTE);
    expect(await scene.verifier.resend(id)).toMatchObject(fail({ code: 'cooling-down' }));
  });

  it('is offered until three minutes before the end', async () => {
    const { id } = await scene.start();
    scene.clock.pass(7 * MINUTE);
    expect(scene.verifier.get(id)?.resendTooLate).toBe(false);
    scene.clock.pass(1);
    expect(scene.verifier.get(id)?.resendTooLate).toBe(true);
    expect(await scene.verifier.resend(id)).toEqual(fail({ code: 'too-late' }));
  });

  it.each([
    [2, 40_000],
    [3, 60_000],
    [9, 3 * MINUTE],
  ])('of a life of %i minutes is offered until %i ms before the end', async (minutes, left) => {
    scene.policy = { ...scene.policy, lifetimeMinutes: minutes };
    const { id } = await scene.start();
    scene.clock.pass(minutes * MINUTE - left);
    expect(scene.verifier.get(id)?.resendTooLate).toBe(false);
    expect((await scene.verifier.resend(id)).ok).toBe(true);
    await scene.settled();
    scene.clock.pass(1);
    expect(scene.verifier.get(id)?.resendTooLate).toBe(true);
  });

  it('waits as long as the server asked for, after a refusal', async () => {
    const until = scene.clock.wall() + 20_000;
    const problem = { cause: 'sign-in-later', serverSaid: null, notBefore: until } as const;
    scene.post.outcome = { state: 'refused', problem };
    const { id } = await scene.start();
    expect(scene.verifier.get(id)).toMatchObject({ resendAt: until, sends: 0 });
    expect(await scene.verifier.resend(id)).toEqual(fail({ code: 'cooling-down', until }));
    scene.clock.pass(20_000);
    expect((await scene.verifier.resend(id)).ok).toBe(true);
  });

  it('tells whose sends are spent, the account’s before the address’s, and until when', async () => {
    const opened = scene.clock.wall();
    scene.policy = { ...scene.policy, addressSends: 1 };
    await scene.restart();
    const { id } = await scene.start();
    const until = opened + 24 * 60 * MINUTE;
    expect(scene.verifier.get(id)).toMatchObject({ resendAt: null, spent: { of: 'address', until } });
    scene.policy = { ...scene.policy, accountSends: 1 };
    expect(scene.verifier.get(id)).toMatchObject({ resendAt: null, spent: { of: 'account', until } });
  });

  it('does not start while a message is under way, and not twice at once', async () => {
    scene.post.outcome = null;
    const { id } = await scene.start();
    scene.clock.pass(MINUTE);
    expect(await scene.verifier.resend(id)).toEqual(fail({ code: 'already-sending' }));
    scene.post.release(ACCEPTED);
    await scene.settled();
    const twice = await Promise.all([scene.verifier.resend(id), scene.verifier.resend(id)]);
    expect(twice.map(({ ok }) => ok)).toEqual([true, false]);
    scene.post.release(ACCEPTED);
  });

  it('is refused when nothing is open', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, code);
    const notOpen = fail({ code: 'not-open' });
    expect(await scene.verifier.resend(id)).toEqual(notOpen);
    expect(await scene.verifier.resend('0'.repeat(32))).toEqual(notOpen);
  });

  it('is refused while the address waits for its failed guesses to free', async () => {
    scene.policy = { ...scene.policy, addressGuesses: 5 };
    await scene.restart();
    const waiting = await scene.start('maria@example.test', other(1));
    const { id, code } = await scene.start('maria@example.test', other(2));
    for (let n = 1; n <= 5; n += 1) await scene.verifier.check(id, wrong(code, n));
    scene.clock.pass(MINUTE);
    expect(await scene.verifier.resend(waiting.id)).toMatchObject(
      fail({ code: 'address-delayed', why: 'guesses' }),
    );
  });
});

describe('a message under way', () => {
  beforeEach(() => (scene.post.outcome = null));

  it('shows its stage', async () => {
    const { id } = await scene.start();
    expect(scene.verifier.get(id)?.delivery).toEqual({
      state: 'sending',
      stage: 'handing-over',
      attempt: 1,
      pause: null,
    });
    expect(scene.verifier.shift()[0]).toMatchObject({ id, delivery: 'sending' });
    scene.post.release({ state: 'unknown' });
    await scene.settled();
    expect(scene.verifier.get(id)?.delivery).toEqual({ state: 'unknown', at: scene.clock.wall() });
  });

  it('may be overtaken by the code it carries', async () => {
    scene.post.handedOver = true;
    const { id, code } = await scene.start();
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    scene.post.release(ACCEPTED);
    await scene.settled();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'verified', delivery: { state: 'accepted' } });
  });

  it('is called off when another takes its place', async () => {
    const { id } = await scene.start();
    await scene.replace(id);
    await scene.settled();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'cancelled', delivery: { state: 'refused' } });
  });

  it.each<[string, (id: string, code: string) => Promise<unknown>]>([
    ['verified', (id, code) => scene.verifier.check(id, code)],
    [
      'locked',
      async (id, code) => {
        for (let n = 1; n <= 5; n += 1) await scene.verifier.check(id, wrong(code, n));
      },
    ],
    [
      'expired',
      () => {
        scene.clock.pass(10 * MINUTE);
        return Promise.resolve(scene.verifier.sweep());
      },
    ],
  ])('is called off when its verification is %s: nobody waits for it', async (state, end) => {
    const { id, code } = await scene.start();
    await end(id, code);
    await scene.settled();
    expect(scene.verifier.get(id)).toMatchObject({ state, delivery: { state: 'refused' } });
  });

  it('shows that it waits, why and until when, and the next stage ends that', async () => {
    let told: Parameters<typeof scene.post.deliver>[1] | null = null;
    scene.post.deliver = (_letter, options) => {
      told = options;
      return new Promise((resolve) => options.signal.addEventListener('abort', () => resolve(REFUSED)));
    };
    const started = await scene.verifier.start(asking('maria@example.test'));
    const id = started.ok ? started.value.id : '';
    await scene.settled();
    const options = told as unknown as Parameters<typeof scene.post.deliver>[1];
    const pause = { cause: 'busy', until: scene.clock.wall() + 2_000 } as const;
    options.onPause?.(pause);
    expect(scene.verifier.get(id)?.delivery).toMatchObject({ state: 'sending', pause });
    options.onStage('connecting', 2);
    expect(scene.verifier.get(id)?.delivery).toEqual({
      state: 'sending',
      stage: 'connecting',
      attempt: 2,
      pause: null,
    });
  });

  it('is interrupted by a kill: the code stays valid and a resend is offered', async () => {
    const { id, code } = await scene.start();
    await scene.killAndReopen();
    expect(scene.verifier.get(id)).toMatchObject({
      state: 'open',
      delivery: { state: 'interrupted' },
      sends: 1,
    });
    scene.clock.pass(30_000);
    scene.post.outcome = ACCEPTED;
    expect((await scene.verifier.resend(id)).ok).toBe(true);
    expect((await scene.verifier.check(id, code)).ok).toBe(true);
  });

  it('is called off by closing, and how it ended is kept', async () => {
    const { id } = await scene.start();
    await scene.restart();
    expect(scene.verifier.get(id)?.delivery).toMatchObject({ state: 'refused' });
  });

  it('counts as unknown when the courier breaks its word and rejects', async () => {
    scene.post.deliver = () => Promise.reject(new Error('courier'));
    const started = await scene.verifier.start(asking('maria@example.test'));
    await scene.settled();
    const id = started.ok ? started.value.id : '';
    expect(scene.verifier.get(id)?.delivery).toMatchObject({ state: 'unknown' });
    expect(scene.reports).toHaveLength(1);
  });
});

describe('the shift', () => {
  it('has the last twelve hours, newest first, at most fifty that have ended [T-rail-bounds]', async () => {
    await scene.start('early@example.test');
    scene.clock.pass(12 * 60 * MINUTE + 1);
    for (let n = 0; n < 52; n += 1) {
      await scene.start(`guest${n}@example.test`);
      scene.clock.pass(1_000);
    }
    scene.clock.pass(10 * MINUTE);
    scene.verifier.sweep();
    await new Promise(setImmediate);
    const shift = readable(scene.verifier.shift());
    expect(shift).toHaveLength(50);
    expect(shift[0]?.sentTo).toBe('guest51@example.test');
    expect(shift.some(({ sentTo }) => sentTo === 'early@example.test')).toBe(false);
  });

  it('has every open one, however many are newer', async () => {
    const { id } = await scene.start('first@example.test');
    for (let n = 0; n < 60; n += 1) await scene.start(`guest${n}@example.test`);
    expect(scene.verifier.shift().map((row) => row.id)).toContain(id);
  });

  it('forgets what ended more than thirty days ago [T-records-forgotten]', async () => {
    const { id } = await scene.start();
    await scene.replace(id);
    scene.clock.pass(30 * 24 * 60 * MINUTE);
    await scene.restart();
    expect(scene.verifier.get(id)).not.toBeNull();
    scene.clock.pass(1);
    await scene.restart();
    expect(scene.verifier.get(id)).toBeNull();
    expect(spendsIn(scene.file)).toHaveLength(0);
  });
});
