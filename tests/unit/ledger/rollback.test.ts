/** @file An older copy of the records, or none, refunds nothing. */
import { describe, expect, it } from 'vitest';
import { removeRecords } from '../../../src/main/store/records.ts';
import { fail } from '../../../src/shared/result.ts';
import { Killed } from '../../fakes/vault.ts';
import { asking, wrong } from '../../fakes/scene.ts';
import { DAY, MINUTE } from '../../fakes/time.ts';
import { EXPIRED, LOCKED, NOT_OPEN, VERIFIED, wrongWith } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

/** Nothing may start; the notice and the refusal say until when. */
async function expectFrozen(why: 'records-restored' | 'keys-gone', until: number): Promise<void> {
  expect(scene.verifier.notices()).toEqual([{ kind: why, until }]);
  expect(await scene.verifier.start(asking('someone@example.test'))).toEqual(
    fail({ code: 'records-restored', until }),
  );
}

describe('a copy put back', () => {
  it('is nothing special when nothing was spent since', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.close();
    const putBack = scene.copy();
    putBack();
    await scene.reopen();
    expect(scene.verifier.notices()).toEqual([]);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('exactly one guess old has that guess charged again [T-rollback-one]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.close();
    const putBack = scene.copy();
    for (let n = 1; n <= 5; n += 1) {
      await scene.reopen();
      const answer = await scene.verifier.check(id, wrong(code, n));
      await scene.verifier.close();
      if (n === 1) {
        putBack();
        await scene.reopen();
        expect(answer).toEqual(wrongWith(4));
        expect(scene.verifier.get(id)?.guessesLeft).toBe(4);
        await scene.verifier.close();
      }
    }
    await scene.reopen();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'locked', guessesLeft: 0 });
  });

  it('put back again and again, one guess old each time, gives five guesses and no more [T-rollback-one-again]', async () => {
    const { id, code } = await scene.start();
    let judged = 0;
    for (let n = 1; n <= 15; n += 1) {
      const putBack = await scene.whileClosed(scene.copy);
      const answer = await scene.verifier.check(id, wrong(code, (n % 9) + 1));
      const outcome = answer.ok ? answer.value.outcome : '';
      if (outcome === 'wrong' || (outcome === 'locked' && judged === 4)) judged += 1;
      await scene.whileClosed(putBack);
    }
    expect(judged).toBe(5);
    expect(scene.verifier.get(id)?.guessesLeft).toBe(0);
  });

  it('two guesses old ends what is open and lets nothing start for a day [T-rollback-two]', async () => {
    const { id, code } = await scene.start();
    const putBack = await scene.whileClosed(scene.copy);
    await scene.verifier.check(id, wrong(code, 1));
    await scene.verifier.check(id, wrong(code, 2));
    const last = scene.clock.wall();
    scene.clock.pass(60_000);
    await scene.whileClosed(putBack);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'records-restored' });
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
    await expectFrozen('records-restored', last + DAY);
  });

  it('stays refused over restarts and further copies, no longer than a day, and then all goes on [T-rollback-a-day]', async () => {
    const { id, code } = await scene.start();
    const putBack = await scene.whileClosed(scene.copy);
    await scene.verifier.check(id, wrong(code, 1));
    await scene.verifier.check(id, wrong(code, 2));
    const until = scene.clock.wall() + DAY;
    for (let n = 0; n < 5; n += 1) {
      await scene.whileClosed(putBack);
      await expectFrozen('records-restored', until);
      await scene.restart();
      await expectFrozen('records-restored', until);
      scene.clock.pass(60_000);
    }
    scene.clock.pass(until - scene.clock.wall());
    expect(scene.verifier.notices()).toEqual([]);
    const later = await scene.start('maria@example.test');
    expect(await scene.verifier.check(later.id, later.code)).toEqual(VERIFIED);
  });

  it.each(['deleted', 'put back'])(
    'or %s, with the clock set back for the start and put right afterwards, gives no guess back [T-rollback-clock]',
    async (how) => {
      const putBack = await scene.whileClosed(scene.copy);
      let judged = 0;
      const spent = scene.clock.wall();
      for (let round = 0; round < 4; round += 1) {
        for (let n = 0; n < 6; n += 1) {
          const started = await scene.verifier.start(asking('maria@example.test'));
          if (!started.ok) break;
          const { id } = started.value;
          for (let guess = 0; guess < 5; guess += 1) {
            const answer = await scene.verifier.check(id, '000000');
            if (answer.ok && ['wrong', 'locked'].includes(answer.value.outcome)) judged += 1;
          }
          scene.clock.pass(60_000);
        }
        await scene.verifier.close();
        if (how === 'deleted') removeRecords(scene.path);
        else putBack();
        scene.clock.setWall(scene.clock.wall() - 26 * 60 * 60_000);
        await scene.reopen();
        await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() + 26 * 60 * 60_000));
      }
      expect(judged).toBe(20);
      expect(scene.verifier.notices()[0]).toMatchObject({ kind: 'records-restored' });
      expect(scene.clock.wall() - spent, 'all of it within the hour').toBeLessThan(60 * 60_000);
    },
  );

  it('of a desk that was removed, put back by mistake, does not cost the keys of the right records', async () => {
    await scene.start();
    await scene.verifier.close();
    const older = scene.copy();
    removeRecords(scene.path);
    scene.vault.items.clear();
    await scene.reopen();
    const { id, code } = await scene.start();
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    await scene.verifier.close();
    const newer = scene.copy();
    older();
    await scene.reopen();
    expect(scene.verifier.notices()).toMatchObject([{ kind: 'keys-gone' }]);
    expect(scene.verifier.shift(), 'its keys are gone').toMatchObject([{ state: 'unreadable' }]);
    await scene.whileClosed(newer);
    expect(scene.verifier.get(id)).toMatchObject({ sentTo: 'maria@example.test', state: 'verified' });
  });

  it('does not open a verified code for a second time [T-rollback-verified]', async () => {
    const { id, code } = await scene.start();
    const putBack = await scene.whileClosed(scene.copy);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    await scene.whileClosed(putBack);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'verified', guessesLeft: 4 });
    expect(await scene.verifier.check(id, code)).toEqual(NOT_OPEN);
  });

  it('from between a right guess and its commit has it verified, not open [T-rollback-verifying]', async () => {
    const { id, code } = await scene.start();
    scene.killAtCommit(1);
    await expect(scene.verifier.check(id, code)).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.verifier.get(id)).toMatchObject({ state: 'verified', guessesLeft: 4 });
    expect(await scene.verifier.check(id, code)).toEqual(NOT_OPEN);
  });

  it('from before its end, with nothing spent since, does not open it again [T-rollback-ended]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.close();
    const putBack = scene.copy();
    const then = scene.clock.wall();
    await scene.reopen();
    scene.clock.pass(11 * MINUTE);
    await scene.restart();
    expect(scene.verifier.get(id)?.state).toBe('expired');
    await scene.whileClosed(() => {
      putBack();
      // Of the time that passed the copy knows nothing.
      scene.clock.setWall(then);
    });
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
    expect(scene.verifier.notices()).toMatchObject([{ kind: 'records-restored' }]);
  });

  it('one message old has that message counted', async () => {
    const { id } = await scene.start();
    scene.clock.pass(60_000);
    const putBack = await scene.whileClosed(scene.copy);
    await scene.verifier.resend(id);
    await scene.whileClosed(putBack);
    expect(scene.verifier.get(id)).toMatchObject({
      state: 'open',
      sends: 2,
      delivery: { state: 'interrupted' },
    });
    expect(scene.verifier.sends().left).toBe(398);
    scene.clock.pass(60_000);
    expect((await scene.verifier.resend(id)).ok).toBe(true);
  });

  it('one start old has its message counted, although nobody knows the verification any more', async () => {
    const putBack = await scene.whileClosed(scene.copy);
    const { id, code } = await scene.start();
    await scene.whileClosed(putBack);
    expect(scene.verifier.notices()).toEqual([]);
    expect(scene.verifier.sends().left).toBe(399);
    expect(await scene.verifier.check(id, code)).toEqual(NOT_OPEN);
  });
});

describe('a copy that went another way', () => {
  it('is noticed although it spent as often [T-rollback-same-count]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.close();
    const before = new Map(scene.vault.items);
    const putBack = scene.copy();
    // One branch guesses wrong; the keychain is put back with the file, and the other branch guesses too.
    await scene.reopen();
    await scene.verifier.check(id, wrong(code, 1));
    await scene.verifier.close();
    const branch = scene.copy();
    putBack();
    for (const [item, value] of before) scene.vault.items.set(item, value);
    await scene.reopen();
    await scene.verifier.check(id, wrong(code, 2));
    await scene.whileClosed(branch);
    await expectFrozen('records-restored', scene.clock.wall() + DAY);
  });
});

describe('records that are gone', () => {
  it('refund nothing when they were used [T-rollback-deleted]', async () => {
    await scene.start();
    const last = scene.clock.wall();
    scene.clock.pass(3_600_000);
    await scene.whileClosed(() => removeRecords(scene.path));
    await expectFrozen('records-restored', last + DAY);
  });

  it('are a first run when they never were', async () => {
    await scene.whileClosed(() => removeRecords(scene.path));
    expect(scene.verifier.notices()).toEqual([]);
    expect((await scene.verifier.start(asking('maria@example.test'))).ok).toBe(true);
  });

  it('are a first run when keys and anchor were removed with them', async () => {
    await scene.start();
    await scene.whileClosed(() => {
      removeRecords(scene.path);
      scene.vault.items.clear();
    });
    expect(scene.verifier.notices()).toEqual([]);
  });
});

describe('a vault that forgot', () => {
  it('the anchor: open verifications end and nothing starts for a day, also without the records [T-rollback-no-anchor]', async () => {
    const { id } = await scene.start();
    await scene.whileClosed(() => scene.vault.items.delete('anchor'));
    const until = scene.clock.wall() + DAY;
    expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'records-restored' });
    await expectFrozen('records-restored', until);
    await scene.whileClosed(() => removeRecords(scene.path));
    await expectFrozen('records-restored', until);
  });

  it.each(['', '{}', '[]', 'nonsense', '{"storeId":1}', '{"counter":-1}'])(
    'takes a damaged anchor for a missing one: %s',
    async (text) => {
      await scene.start();
      await scene.whileClosed(() => scene.vault.items.set('anchor', text));
      await expectFrozen('records-restored', scene.clock.wall() + DAY);
    },
  );

  it('the keys: what they sealed cannot be read, and nothing starts for a day [T-rollback-no-keys]', async () => {
    const { id } = await scene.start();
    const last = scene.clock.wall();
    await scene.whileClosed(() => {
      scene.vault.items.delete('keys');
      scene.clock.pass(3_600_000);
    });
    expect(scene.file.verification(id)).toMatchObject({ state: 'expired', endReason: 'keys-gone' });
    expect(scene.verifier.get(id)).toBeNull();
    expect(scene.verifier.shift()).toMatchObject([{ id, state: 'unreadable' }]);
    await expectFrozen('keys-gone', last + DAY);
    scene.clock.pass(DAY);
    const later = await scene.start();
    expect(await scene.verifier.check(later.id, later.code)).toEqual(VERIFIED);
  });

  it('the keys, noticed by another process: this one spends nothing with those it still holds', async () => {
    await scene.start();
    scene.vault.items.delete('keys');
    const other = await scene.second();
    expect(other.notices()).toMatchObject([{ kind: 'keys-gone' }]);
    scene.clock.pass(DAY);
    await expect(scene.verifier.start(asking('maria@example.test'))).rejects.toThrow('new keys');
    expect((await other.start(asking('maria@example.test'))).ok).toBe(true);
  });

  it('what its last step was, or has it in another form: nothing is restored, and the desk goes on', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.close();
    const anchor = JSON.parse(scene.vault.items.get('anchor') ?? '') as { step: object };
    scene.vault.items.set('anchor', JSON.stringify({ ...anchor, step: { kind: 'send', id } }));
    await scene.reopen();
    expect(scene.verifier.notices()).toEqual([]);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('the latest steps: the records are the truth', async () => {
    const { id, code } = await scene.start();
    const before = scene.vault.items.get('anchor') ?? '';
    await scene.verifier.check(id, wrong(code, 1));
    await scene.verifier.check(id, wrong(code, 2));
    await scene.whileClosed(() => scene.vault.items.set('anchor', before));
    expect(scene.verifier.notices()).toEqual([]);
    expect(scene.verifier.get(id)?.guessesLeft).toBe(3);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });
});
describe('while the program runs', () => {
  it('a second program on a copy with the same keychain gains nothing [T-rollback-second-program]', async () => {
    const { id, code } = await scene.start();
    // The copy is opened in place of the original, which stays open on its own file.
    const original = scene.verifier;
    const putBack = scene.copy();
    putBack();
    await scene.reopen();
    let judged = 0;
    for (let n = 0; n < 20; n += 1) {
      const answer = await (n % 2 === 0 ? original : scene.verifier).check(id, wrong(code, (n % 9) + 1));
      if (answer.ok && (answer.value.outcome === 'wrong' || answer.value.outcome === 'locked')) judged += 1;
      if (answer.ok && answer.value.outcome !== 'wrong') break;
    }
    expect(judged).toBeLessThanOrEqual(5);
    await original.close();
  });

  it('a copy learns from the keychain that the last guess is gone', async () => {
    const { id, code } = await scene.start();
    for (let n = 1; n <= 4; n += 1) await scene.verifier.check(id, wrong(code, n));
    const original = scene.verifier;
    scene.copy()();
    await scene.reopen();
    await original.check(id, wrong(code, 5));
    expect(await scene.verifier.check(id, code)).toEqual(LOCKED);
    expect(scene.verifier.get(id)).toMatchObject({ state: 'locked', guessesLeft: 0 });
    await original.close();
  });
});
