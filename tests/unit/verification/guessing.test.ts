/** @file The life of a verification under guessing: what is counted, what is judged, and how it ends. */
import { describe, expect, it } from 'vitest';
import { parseAnchor } from '../../../src/main/ledger/anchor.ts';
import { requestOf, type Request } from '../../../src/shared/request.ts';
import { fail } from '../../../src/shared/result.ts';
import { comparisons, onComparison } from '../../attack/comparisons.ts';
import { asking, wrong } from '../../fakes/scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { EXPIRED, LOCKED, NOT_OPEN, VERIFIED, wrongWith } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

describe('a right code', () => {
  it('verifies', async () => {
    const { id, code } = await scene.start();
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'verified', endReason: null });
  });

  it('verifies once: a replay is told that nothing is open [T-guess-replay]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, code);
    expect(await scene.verifier.check(id, code)).toEqual(NOT_OPEN);
  });

  it('verifies at the last guess', async () => {
    const { id, code } = await scene.start();
    for (let n = 1; n <= 4; n += 1) await scene.verifier.check(id, wrong(code, n));
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('comes too late after the last guess', async () => {
    const { id, code } = await scene.start();
    for (let n = 1; n <= 5; n += 1) await scene.verifier.check(id, wrong(code, n));
    expect(await scene.verifier.check(id, code)).toEqual(LOCKED);
  });

  it('verifies one millisecond before the expiry and not at it [T-guess-expiry]', async () => {
    const first = await scene.start();
    scene.clock.pass(10 * MINUTE - 1);
    expect(await scene.verifier.check(first.id, first.code)).toEqual(VERIFIED);
    const second = await scene.start();
    scene.clock.pass(10 * MINUTE);
    expect(await scene.verifier.check(second.id, second.code)).toEqual(EXPIRED);
    expect(scene.verifier.get(second.id)).toMatchObject({ state: 'expired', endReason: 'time' });
  });

  it('is looked at when it has the lock, however early it was typed [T-guess-waited]', async () => {
    const { id, code } = await scene.start();
    const { file } = scene;
    const begin = file.begin.bind(file);
    file.begin = () => {
      scene.clock.pass(10 * MINUTE);
      return begin();
    };
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
  });

  it('verifies after a restart, because the code is derived and not kept [T-guess-restart-verifies]', async () => {
    const { id, code } = await scene.start();
    await scene.restart();
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('verifies however it was typed', async () => {
    const { id, code } = await scene.start();
    expect(await scene.verifier.check(id, ` ${code.slice(0, 3)}\u00a0-${code.slice(3)}\n`)).toEqual(VERIFIED);
  });
});

describe('a wrong code', () => {
  it('counts down to locked [T-guess-locked]', async () => {
    const { id, code } = await scene.start();
    const answers = [];
    for (let n = 1; n <= 5; n += 1) answers.push(await scene.verifier.check(id, wrong(code, n)));
    expect(answers).toEqual([wrongWith(4), wrongWith(3), wrongWith(2), wrongWith(1), LOCKED]);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'locked', endReason: 'guesses', guessesLeft: 0 });
  });

  it('stays counted after a restart [T-guess-restart-counted]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, wrong(code));
    await scene.restart();
    expect(scene.verifier.get(id)?.guessesLeft).toBe(4);
    expect(await scene.verifier.check(id, wrong(code, 2))).toEqual(wrongWith(3));
  });

  it('stays counted after a resend, which carries the same code [T-guess-resend]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, wrong(code));
    scene.clock.pass(30_000);
    expect((await scene.verifier.resend(id)).ok).toBe(true);
    await scene.restart();
    expect(scene.post.letters.map((letter) => letter.code)).toEqual([code, code]);
    expect(scene.verifier.get(id)?.guessesLeft).toBe(4);
  });

  it('is announced and counted before it is compared, and committed before that is told [T-guess-counted]', async () => {
    const { id, code } = await scene.start();
    const other = await scene.second();
    const seen: unknown[] = [];
    const stop = onComparison(() =>
      seen.push(parseAnchor(scene.vault.items.get('anchor') ?? null), scene.verifier.get(id)?.guessesLeft),
    );
    const before = other.get(id)?.guessesLeft;
    await scene.verifier.check(id, wrong(code));
    stop();
    const announced = { kind: 'guess', id, ordinal: 1 };
    expect(seen).toMatchObject([{ value: { step: announced } }, 4]);
    expect([before, other.get(id)?.guessesLeft]).toEqual([5, 4]);
  });

  it('is not compared when the file did not take its count', async () => {
    const { id, code } = await scene.start();
    const { file } = scene;
    const updateVerification = file.updateVerification.bind(file);
    file.updateVerification = () => false;
    const compared = comparisons();
    await expect(scene.verifier.check(id, code)).rejects.toThrow('changed under its transaction');
    expect(comparisons()).toBe(compared);
    file.updateVerification = updateVerification;
    expect(scene.verifier.get(id)?.state).toBe('open');
  });
});

describe('an ill-formed code', () => {
  it('is told that the time is up, once it is, and not how a code looks', async () => {
    const { id } = await scene.start();
    scene.clock.pass(10 * MINUTE);
    expect(await scene.verifier.check(id, '12')).toEqual(EXPIRED);
  });

  it.each(['', '12345', '1234567', '12345O', 'l23456', '9'.repeat(1_000_000)])(
    'spends no guess: %.12s',
    async (typed) => {
      const { id } = await scene.start();
      const writes = scene.vault.counts.writes;
      const answer = await scene.verifier.check(id, typed);
      expect(answer).toMatchObject(fail({ code: 'ill-formed' }));
      expect(scene.verifier.get(id)?.guessesLeft).toBe(5);
      expect(scene.vault.counts.writes).toBe(writes);
    },
  );
});

describe('a code of something else', () => {
  const payment = (amount: string): Request => requestOf('payment', { amount, payee: 'Harbour Clinic' });

  it('does not verify another address [T-guess-other-address]', async () => {
    const maria = await scene.start('maria@example.test');
    const mario = await scene.start('mario@example.test');
    expect(maria.code).not.toBe(mario.code);
    expect(await scene.verifier.check(mario.id, maria.code)).toEqual(wrongWith(4));
  });

  it('does not verify another amount or purpose for the same address [T-guess-other-purpose]', async () => {
    const cheap = await scene.start('maria@example.test', payment('€4.90'));
    const dear = await scene.start('maria@example.test', payment('€4,900.00'));
    const signIn = await scene.start('maria@example.test', requestOf('sign-in'));
    expect(await scene.verifier.check(dear.id, cheap.code)).toEqual(wrongWith(4));
    expect(await scene.verifier.check(signIn.id, cheap.code)).toEqual(wrongWith(4));
  });
});

describe('many at once', () => {
  it('gives one success for a thousand parallel right guesses [T-guess-parallel-right]', async () => {
    const { id, code } = await scene.start();
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => scene.verifier.check(id, code)));
    expect(answers.filter((answer) => answer.ok && answer.value.outcome === 'verified')).toHaveLength(1);
    expect(answers.filter((answer) => answer.ok && answer.value.outcome === 'not-open')).toHaveLength(999);
  });

  it('judges no more wrong guesses than there are, however parallel [T-guess-parallel-wrong]', async () => {
    const { id, code } = await scene.start();
    const guesses = Array.from({ length: 1_000 }, (_, n) =>
      scene.verifier.check(id, wrong(code, (n % 9) + 1)),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer.ok && answer.value.outcome === 'wrong')).toHaveLength(4);
    expect(answers.filter((answer) => answer.ok && answer.value.outcome === 'locked')).toHaveLength(996);
    expect(await scene.verifier.check(id, code)).toEqual(LOCKED);
  });

  it('lets a right guess win over wrong ones that follow it', async () => {
    const { id, code } = await scene.start();
    const [right] = await Promise.all([
      scene.verifier.check(id, code),
      ...Array.from({ length: 50 }, (_, n) => scene.verifier.check(id, wrong(code, (n % 9) + 1))),
    ]);
    expect(right).toEqual(VERIFIED);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'verified', guessesLeft: 4 });
  });
});

describe('an address', () => {
  /** Fails all five guesses of a fresh verification. */
  async function failOne(address: string) {
    const { id, code } = await scene.start(address);
    for (let n = 1; n <= 5; n += 1) await scene.verifier.check(id, wrong(code, n));
  }

  it('waits after twenty failed guesses a day, under every name it goes by, and says until when [T-guess-address-day]', async () => {
    const opened = scene.clock.wall();
    for (const name of ['ma.ria@gmail.com', 'maria+a@gmail.com', 'Maria@googlemail.com', 'maria@gmail.com']) {
      await failOne(name);
      scene.clock.pass(MINUTE);
    }
    const refused = await scene.verifier.start(asking('m.a.r.i.a+x@gmail.com'));
    const until = opened + 24 * 60 * MINUTE;
    expect(refused).toEqual(fail({ code: 'address-delayed', why: 'guesses', until }));
    scene.clock.pass(until - scene.clock.wall() - 1);
    expect((await scene.verifier.start(asking('maria@gmail.com'))).ok).toBe(false);
    scene.clock.pass(1);
    expect((await scene.verifier.start(asking('maria@gmail.com'))).ok).toBe(true);
  });

  it('has its open verifications wait too, and they go on afterwards [T-guess-open-waits]', async () => {
    scene.policy = { ...scene.policy, addressGuesses: 5 };
    await scene.restart();
    const { id, code } = await scene.start('maria@example.test', requestOf('sign-in'));
    await failOne('maria@example.test');
    const answer = await scene.verifier.check(id, code);
    expect(answer).toMatchObject(fail({ code: 'address-delayed', why: 'guesses' }));
    expect(scene.verifier.get(id)).toMatchObject({ state: 'open', guessesLeft: 5 });
  });

  it('does not have right guesses held against it [T-guess-right-free]', async () => {
    scene.policy = { ...scene.policy, addressGuesses: 5 };
    await scene.restart();
    for (let n = 0; n < 5; n += 1) {
      const { id, code } = await scene.start();
      expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
      scene.clock.pass(6_000);
    }
    expect(await scene.verifier.start(asking('maria@example.test'))).toMatchObject(
      fail({ code: 'address-delayed', why: 'sends' }),
    );
  });

  it('does not make another address wait [T-guess-others-free]', async () => {
    for (let n = 0; n < 4; n += 1) {
      await failOne('maria@example.test');
      scene.clock.pass(MINUTE);
    }
    expect((await scene.verifier.start(asking('mario@example.test'))).ok).toBe(true);
  });
});

describe('one in the place of another', () => {
  it('ends an open verification and nothing else [T-guess-cancelled]', async () => {
    const other = await scene.start('mario@example.test');
    const { id, code } = await scene.start();
    await scene.replace(id);
    expect(await scene.verifier.check(id, code)).toEqual(NOT_OPEN);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'cancelled', endReason: 'desk' });
    expect(await scene.verifier.check(other.id, other.code)).toEqual(VERIFIED);
  });

  it('leaves how the other ended as it was, also when its time was up and nobody had looked', async () => {
    const done = await scene.start('mario@example.test');
    await scene.verifier.check(done.id, done.code);
    await scene.replace(done.id);
    expect(scene.verifier.get(done.id)).toMatchObject({ state: 'verified' });
    const { id } = await scene.start();
    scene.clock.pass(10 * MINUTE);
    await scene.replace(id);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'time' });
  });

  it('keeps what is needed to start again', async () => {
    const request: Request = requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' });
    const { id } = await scene.start('Maria+shop@Example.test', request);
    expect(scene.verifier.recordOf(id)).toMatchObject({ entered: 'Maria+shop@Example.test', request });
  });
});
