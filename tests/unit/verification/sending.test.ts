/** @file What is sent, how often, and what counts: a click sends once and no budget is passed. */
import { beforeEach, describe, expect, it } from 'vitest';
import { requestOf, type Request } from '../../../src/shared/request.ts';
import { fail } from '../../../src/shared/result.ts';
import { ACCEPTED, REFUSED } from '../../fakes/post.ts';
import { asking, senderAt } from '../../fakes/scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

const other = (n: number): Request => requestOf('other', { what: `form ${n}` });

describe('start', () => {
  it('hands the courier a letter for the address on the screen and counts it', async () => {
    const opened = scene.clock.wall();
    const { id, code } = await scene.start('Maria+clinic@Example.test');
    const [letter] = scene.post.letters;
    expect(letter).toMatchObject({
      verificationId: id,
      to: 'Maria+clinic@example.test',
      request: requestOf('registration'),
      sentAt: opened,
      expiresAt: opened + 10 * MINUTE,
    });
    expect(code).toMatch(/^\d{6}$/);
    expect(letter?.messageId).toMatch(/^<.+@gmail\.com>$/);
    expect(scene.verifier.get(id)).toMatchObject({
      reference: letter?.reference,
      sentTo: letter?.to,
      sends: 1,
      delivery: { state: 'accepted', tookMs: 104 },
    });
    expect(scene.verifier.sends()).toMatchObject({ left: 399, allowed: 400 });
  });

  it('sends once for a double click, and gives both the same receipt', async () => {
    const receipts = await Promise.all([
      scene.verifier.start(asking('maria@example.test')),
      scene.verifier.start(asking('maria@example.test')),
    ]);
    await scene.settled();
    expect(receipts[0]).toEqual(receipts[1]);
    expect(scene.post.letters).toHaveLength(1);
  });

  it('takes the same request within five seconds for the same click, also after a restart', async () => {
    const first = await scene.start();
    scene.clock.pass(4_999);
    await scene.restart();
    expect((await scene.start()).id).toBe(first.id);
    scene.clock.pass(2);
    expect((await scene.start()).id).not.toBe(first.id);
    expect(scene.post.letters).toHaveLength(2);
  });

  it('sends to two people with the same request, and to one person for two', async () => {
    await scene.start('maria@example.test');
    await scene.start('mario@example.test');
    await scene.start('maria@example.test', other(1));
    await scene.start('maria+a@example.test');
    expect(scene.post.letters).toHaveLength(4);
  });

  it('starts afresh when the first was ended a moment ago', async () => {
    const first = await scene.start();
    await scene.replace(first.id);
    expect((await scene.start()).id).not.toBe(first.id);
  });

  it('uses the length, the time and the guesses of the policy, and later changes leave it alone', async () => {
    const earlier = scene.policy;
    scene.policy = { ...earlier, codeLength: 8, lifetimeMinutes: 3, guesses: 3 };
    const { id, code } = await scene.start();
    scene.policy = earlier;
    expect(code).toMatch(/^\d{8}$/);
    const view = scene.verifier.get(id);
    expect(view).toMatchObject({ codeLength: 8, guessesLeft: 3, guessesAllowed: 3 });
    expect((view?.expiresAt ?? 0) - (view?.openedAt ?? 0)).toBe(3 * MINUTE);
  });
});

describe('the budget of an address', () => {
  it('allows five messages a day, under every name it goes by, and says until when [T-send-address-day]', async () => {
    const opened = scene.clock.wall();
    for (let n = 0; n < 5; n += 1) {
      await scene.start(`ma.ria+${n}@gmail.com`);
      scene.clock.pass(MINUTE);
    }
    const until = opened + 24 * 60 * MINUTE;
    const refused = fail({ code: 'address-delayed', why: 'sends', until });
    expect(await scene.verifier.start(asking('maria@googlemail.com'))).toEqual(refused);
    await scene.restart();
    expect(await scene.verifier.start(asking('maria@googlemail.com'))).toEqual(refused);
    expect(scene.post.letters).toHaveLength(5);
    scene.clock.pass(until - scene.clock.wall());
    expect((await scene.verifier.start(asking('maria@googlemail.com'))).ok).toBe(true);
  });

  it('is shared by starts and resends', async () => {
    const { id } = await scene.start();
    for (let n = 0; n < 4; n += 1) {
      scene.clock.pass(MINUTE);
      expect((await scene.verifier.resend(id)).ok).toBe(true);
      await scene.settled();
    }
    scene.clock.pass(MINUTE);
    expect(await scene.verifier.resend(id)).toMatchObject(fail({ code: 'address-delayed' }));
    expect(scene.verifier.get(id)?.resendAt).toBeNull();
    expect(scene.post.letters).toHaveLength(5);
  });

  it('is not passed by a hundred starts at once [T-send-parallel-starts]', async () => {
    const starts = Array.from({ length: 100 }, (_, n) =>
      scene.verifier.start(asking('maria@example.test', other(n))),
    );
    const answers = await Promise.all(starts);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
  });
});

describe('the budget of an account', () => {
  it('is counted over all addresses and frees after a rolling day', async () => {
    scene.policy = { ...scene.policy, accountSends: 3 };
    await scene.restart();
    const opened = scene.clock.wall();
    for (let n = 0; n < 3; n += 1) {
      await scene.start(`guest${n}@example.test`);
      scene.clock.pass(MINUTE);
    }
    const until = opened + 24 * 60 * MINUTE;
    expect(await scene.verifier.start(asking('guest3@example.test'))).toEqual(
      fail({ code: 'account-delayed', until }),
    );
    expect(scene.verifier.sends()).toMatchObject({ left: 0, allowed: 3, freesAt: until });
    scene.clock.pass(until - scene.clock.wall());
    expect(scene.verifier.sends()).toMatchObject({ left: 1, allowed: 3, freesAt: until + MINUTE });
    expect((await scene.verifier.start(asking('guest3@example.test'))).ok).toBe(true);
  });

  it('belongs to the account: another one has its own', async () => {
    await scene.start();
    scene.sender = senderAt('other-desk@gmail.com');
    expect(scene.verifier.sends().left).toBe(400);
    scene.sender = null;
    expect(scene.verifier.sends().left).toBe(400);
  });
});

describe('a message that was refused', () => {
  beforeEach(() => (scene.post.outcome = REFUSED));

  it('leaves the verification open, shows why, and counts against nobody', async () => {
    const { id, code } = await scene.start();
    expect(scene.verifier.get(id)).toMatchObject({
      state: 'open',
      sends: 0,
      delivery: { state: 'refused', problem: { cause: 'no-such-mailbox' } },
    });
    expect(scene.verifier.sends().left).toBe(400);
    for (let n = 0; n < 9; n += 1) await scene.start('maria@example.test', other(n));
    scene.post.outcome = ACCEPTED;
    expect((await scene.verifier.start(asking('maria@example.test', other(10)))).ok).toBe(true);
    expect((await scene.verifier.check(id, code)).ok).toBe(true);
  });

  it('may be followed at once by another', async () => {
    const { id, code } = await scene.start();
    scene.post.outcome = ACCEPTED;
    expect((await scene.verifier.resend(id)).ok).toBe(true);
    await scene.settled();
    expect(scene.verifier.get(id)).toMatchObject({ sends: 1, delivery: { state: 'accepted' } });
    expect(scene.post.letters.map((letter) => letter.code)).toEqual([code, code]);
    expect(await scene.verifier.resend(id)).toMatchObject(fail({ code: 'cooling-down' }));
  });
});
