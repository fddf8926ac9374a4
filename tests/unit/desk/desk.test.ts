/** @file The desk: where one is, what may be asked there, and that nothing asked for is lost. */
import { requestOf } from '../../../src/shared/request.ts';
import { describe, expect, it } from 'vitest';
import type { Handlers } from '../../../src/shared/contract.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { type DeskScene, MARIA, openDesk, openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';
import { REFUSED } from '../../fakes/post.ts';
import { wrong } from '../../fakes/scene.ts';
import { MINUTE, HOUR } from '../../fakes/time.ts';
import { NOT_OPEN, VERIFIED, wrongWith } from '../../fakes/answers.ts';

describe('a desk without an account', () => {
  it('opens on the welcome screen and starts nothing', async () => {
    const { desk, post } = await openDesk();
    expect(desk.view().screen).toEqual({ at: 'welcome' });
    expect(await desk.handlers['verification.start'](MARIA)).toEqual(fail({ code: 'no-account' }));
    expect(desk.view().draft, 'what was typed is kept').toEqual(MARIA);
    expect(post.letters).toEqual([]);
  });
});

describe('a verification at the desk', () => {
  it('goes from the address to the code screen, and from a wrong code to the right one', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const { id, code } = await startFor(scene);
    expect(desk.view()).toMatchObject({
      screen: {
        at: 'verification',
        verification: { id, sentTo: 'Maria@example.test', state: 'open', delivery: { state: 'accepted' } },
      },
      draft: { address: '' },
    });
    const check = desk.handlers['verification.check'];
    expect(await check({ id, code: wrong(code) })).toEqual(wrongWith(4));
    expect(await check({ id, code: code.slice(1) })).toMatchObject({ problem: { code: 'ill-formed' } });
    expect(await check({ id, code })).toEqual(VERIFIED);
    expect(await check({ id, code })).toEqual(NOT_OPEN);
    expect(JSON.stringify(desk.view()), 'no code is in a view').not.toContain(code);
  });

  it('started twice at once, as by a double click, sends once', async () => {
    const { desk, post, settle } = await openSetUpDesk();
    const [one, other] = await Promise.all([
      desk.handlers['verification.start'](MARIA),
      desk.handlers['verification.start'](MARIA),
    ]);
    await settle();
    expect(one.ok && other.ok && one.value.id === other.value.id).toBe(true);
    expect(post.letters).toHaveLength(1);
    expect(desk.view().shift).toHaveLength(1);
  });

  it('sent to a malformed address is answered with what is wrong with it, and the draft stays', async () => {
    const { desk } = await openSetUpDesk();
    const draft = { ...MARIA, address: 'maria@@example.test' };
    expect(await desk.handlers['verification.start'](draft)).toMatchObject(fail({ code: 'address' }));
    expect(desk.view()).toMatchObject({ screen: { at: 'address' }, draft });
  });

  it('stays open while its address is being changed, and ends when the other code starts', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const { id, code } = await startFor(scene);
    await desk.handlers['verification.changeAddress']({ id });
    expect(desk.view()).toMatchObject({
      screen: { at: 'address' },
      draft: { address: 'Maria@Example.TEST', request: MARIA.request },
      replacing: 'Maria@example.test',
      shift: [{ id, state: 'open' }],
    });
    scene.clock.pass(1);
    await startFor(scene, { ...MARIA, address: 'marie@example.test' });
    expect(desk.view().replacing).toBeNull();
    expect(desk.view().shift.map(({ state }) => state)).toEqual(['open', 'cancelled']);
    expect(await desk.handlers['verification.check']({ id, code })).toEqual(NOT_OPEN);
  });

  it.each<[string, (handlers: Handlers, id: string) => unknown]>([
    ['by going back to it', (handlers, id) => handlers['desk.show']({ id })],
    ['by turning to somebody new', (handlers) => handlers['desk.go']({ to: 'address' })],
  ])('is left as it is when its address is not changed after all, %s', async (_, turn) => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const { id, code } = await startFor(scene);
    await desk.handlers['verification.changeAddress']({ id });
    await turn(desk.handlers, id);
    expect(desk.view().replacing).toBeNull();
    await startFor(scene, { ...MARIA, address: 'somebody.new@example.test' });
    expect(await desk.handlers['verification.check']({ id, code })).toEqual(VERIFIED);
  });

  it('is not ended by "send a new code" when no new one may be sent', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    for (let n = 0; n < 4; n += 1)
      await startFor(scene, { address: MARIA.address, request: requestOf('other', { what: String(n) }) });
    const { id, code } = await startFor(scene);
    expect(await desk.handlers['verification.again']({ id })).toMatchObject(
      fail({ code: 'address-delayed', why: 'sends' }),
    );
    expect(await desk.handlers['verification.check']({ id, code })).toEqual(VERIFIED);
  });

  it('is ended by "send a new code" in the same moment as the new one starts', async () => {
    const scene = await openSetUpDesk();
    const { desk, clock } = scene;
    const { id } = await startFor(scene);
    clock.pass(60_000);
    expect((await desk.handlers['verification.again']({ id })).ok).toBe(true);
    expect(desk.view().shift.map(({ state }) => state)).toEqual(['open', 'cancelled']);
  });

  it('is sent again only after its cool-down, and not in its last three minutes', async () => {
    const scene = await openSetUpDesk();
    const { clock, desk, post, settle } = scene;
    const { id, code } = await startFor(scene);
    const resend = (of = id) => desk.handlers['verification.resend']({ id: of });
    expect(await resend()).toEqual(fail({ code: 'cooling-down', until: clock.wall() + 30_000 }));
    clock.pass(30_000);
    expect(await resend()).toEqual(ok(null));
    await settle();
    expect(post.letters.map((letter) => letter.code)).toEqual([code, code]);
    clock.pass(7 * 60_000);
    expect(await resend()).toMatchObject({ problem: { code: 'too-late' } });
    clock.pass(3 * 60_000);
    expect(await resend()).toMatchObject({ problem: { code: 'not-open' } });
    expect(await resend('no such id')).toMatchObject({ problem: { code: 'not-open' } });
  });

  it('counts down as before when the clock is set back in between', async () => {
    const scene = await openSetUpDesk();
    const { desk, clock } = scene;
    await startFor(scene);
    clock.setWall(clock.wall() - 60 * 60_000);
    const { id } = await startFor(scene, { ...MARIA, address: 'marie@example.test' });
    const left = () => {
      const { now, screen } = desk.view();
      if (screen.at !== 'verification') throw new Error(screen.at);
      const { expiresAt, resendAt } = screen.verification;
      return { life: expiresAt - now, coolDown: (resendAt ?? Infinity) - now };
    };
    expect(left()).toEqual({ life: 10 * 60_000, coolDown: 30_000 });
    clock.pass(30_000);
    expect(left().coolDown).toBe(0);
    expect(await desk.handlers['verification.resend']({ id })).toEqual(ok(null));
  });

  it('is not sent a second time while the first message is still under way', async () => {
    const scene = await openSetUpDesk();
    const { desk, post, clock } = scene;
    post.outcome = null;
    const { id } = await startFor(scene);
    clock.pass(60_000);
    const resent = await desk.handlers['verification.resend']({ id });
    expect(resent).toEqual(fail({ code: 'already-sending' }));
    post.release(REFUSED);
  });

  it('started again is a new one for the same address and purpose, with another code', async () => {
    const scene = await openSetUpDesk();
    const { desk, clock, post, settle } = scene;
    const { id, code } = await startFor(scene);
    clock.pass(10 * 60_000);
    expect(desk.view().shift).toMatchObject([{ id, state: 'expired' }]);
    const again = (of: string) => desk.handlers['verification.again']({ id: of });
    const other = await again(id);
    await settle();
    expect(other).toMatchObject(ok({ sentTo: 'Maria@example.test' }));
    expect(post.letters).toHaveLength(2);
    expect(post.letters[1]?.request).toEqual(MARIA.request);
    expect(post.letters[1]?.code).not.toBe(code);
    expect(await again('no such id')).toEqual(fail({ code: 'not-found' }));
  });
});

describe('a desk at which nobody does anything', () => {
  /** In steps that fit no hour, or the desk's hourly look would come at the very moment a test is about. */
  async function pass({ clock, settle }: DeskScene, ms: number) {
    for (let left = ms; left > 0; left -= 7 * MINUTE) {
      clock.pass(Math.min(left, 7 * MINUTE));
      await settle();
    }
  }

  /** One that has ended, opened seven minutes past: not when the desk would look anyway. */
  async function openAndEnd(scene: DeskScene): Promise<void> {
    scene.clock.pass(7 * MINUTE);
    const { id, code } = await startFor(scene);
    await scene.desk.handlers['verification.check']({ id, code });
  }

  it('says so when a code may be sent again', async () => {
    const scene = await openSetUpDesk();
    await scene.desk.handlers['settings.choose']({ accountSends: 1 });
    await openAndEnd(scene);
    await pass(scene, 24 * HOUR - 1);
    expect(scene.shown().sends).toMatchObject({ left: 0, freesAt: scene.clock.wall() + 1 });
    await pass(scene, 50);
    expect(scene.shown().sends).toMatchObject({ left: 1, freesAt: null });
  });

  it('takes back what it said about a restored copy when that is over', async () => {
    const scene = await openSetUpDesk();
    scene.clock.pass(7 * MINUTE);
    scene.vault.items.delete('anchor');
    await scene.desk.handlers['verification.start'](MARIA);
    await pass(scene, 24 * HOUR - 1);
    expect(scene.shown().notices).toMatchObject([{ kind: 'records-restored' }]);
    await pass(scene, 50);
    expect(scene.shown().notices).toEqual([]);
  });

  it('keeps nobody on the rail for longer than twelve hours', async () => {
    const scene = await openSetUpDesk();
    await openAndEnd(scene);
    await pass(scene, 12 * HOUR);
    expect(scene.shown().shift).toHaveLength(1);
    await pass(scene, 50);
    expect(scene.shown().shift).toEqual([]);
  });
});
