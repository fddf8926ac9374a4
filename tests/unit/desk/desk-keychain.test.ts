/** @file The desk beside its keychain and its records: there, locked, unusable; and its notices. */
import { requestOf } from '../../../src/shared/request.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { describe, expect, it } from 'vitest';
import { MARIA, openDesk, openSetUpDesk, saving, startFor } from '../../fakes/desk-scene.ts';
import { wrong } from '../../fakes/scene.ts';
import { VAULT_LOCKED } from '../../fakes/answers.ts';

describe('a keychain that is there', () => {
  it('is not exchanged for memory, which would begin with fresh budgets', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const guessAll = async () => {
      for (let n = 0; n < 4; n += 1) {
        const { id, code } = await startFor(scene, {
          address: MARIA.address,
          request: requestOf('other', { what: String(n) }),
        });
        for (let guess = 1; guess <= 5; guess += 1)
          await desk.handlers['verification.check']({ id, code: wrong(code, guess) });
      }
    };
    await guessAll();
    await desk.handlers['vault.useSession'](undefined);
    expect(desk.view()).toMatchObject({ sessionOnly: false, vault: 'available' });
    expect(await desk.handlers['verification.start'](MARIA)).toMatchObject(
      fail({ code: 'address-delayed', why: 'guesses' }),
    );
  });
});

describe('a locked keychain', () => {
  it('lets nothing start, and looking again after it was unlocked is enough', async () => {
    const { vault, settings } = await openSetUpDesk();
    vault.trouble = 'locked';
    const { desk } = await openDesk({ vault, settings });
    expect(desk.view()).toMatchObject({ vault: 'locked', account: { secret: null } });
    expect(await desk.handlers['verification.start'](MARIA)).toEqual(VAULT_LOCKED);
    vault.trouble = null;
    await desk.handlers['vault.retry'](undefined);
    expect(desk.view()).toMatchObject({ vault: 'available', account: { secret: 'keychain' } });
    expect((await desk.handlers['verification.start'](MARIA)).ok).toBe(true);
  });

  it('is not taken for a lost password when it was locked with the desk open', async () => {
    const scene = await openSetUpDesk();
    const { desk, vault } = scene;
    const { id } = await startFor(scene);
    scene.clock.pass(60_000);
    vault.trouble = 'locked';
    await desk.handlers['account.change'](undefined);
    expect(await desk.handlers['verification.start'](MARIA)).toEqual(VAULT_LOCKED);
    expect(await desk.handlers['verification.resend']({ id })).toEqual(VAULT_LOCKED);
    vault.trouble = null;
    expect((await desk.handlers['verification.start'](MARIA)).ok, 'unlocking it is enough').toBe(true);
    expect(desk.view()).toMatchObject({ vault: 'available', account: { secret: 'keychain' } });
  });

  it('can be gone on without, for this session, after the password was entered again', async () => {
    const { vault, settings } = await openSetUpDesk();
    vault.trouble = 'missing';
    const { desk } = await openDesk({ vault, settings });
    await desk.handlers['vault.useSession'](undefined);
    expect(desk.view()).toMatchObject({ sessionOnly: true, account: { secret: null } });
    await desk.handlers['account.change'](undefined);
    expect(await desk.handlers['setup.save'](saving({ keep: 'session' }))).toEqual(ok(null));
    expect((await desk.handlers['verification.start'](MARIA)).ok).toBe(true);
  });
});

describe('records that cannot be used', () => {
  it.each(['records-unreadable', 'records-newer', 'records-older'] as const)(
    '(%s) are why nothing starts',
    async (code) => {
      const { vault, settings } = await openSetUpDesk();
      const { desk } = await openDesk({ vault, settings, recordsTrouble: code });
      expect(desk.view()).toMatchObject({ notices: [{ kind: code }], account: { standing: 'no-records' } });
      expect(await desk.handlers['verification.start'](MARIA)).toEqual(fail({ code }));
      expect(desk.view().notices, 'said once').toEqual([{ kind: code }]);
    },
  );

  it('are removed with everything else, and are no trouble then', async () => {
    const { vault, settings } = await openSetUpDesk();
    const scene = await openDesk({ vault, settings, recordsTrouble: 'records-unreadable' });
    const { desk } = scene;
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual(ok(null));
    expect(desk.view()).toMatchObject({ screen: { at: 'welcome' }, notices: [] });
    await scene.setUp();
    expect((await desk.handlers['verification.start'](MARIA)).ok).toBe(true);
  });
});

describe('a notice', () => {
  it('of an installed program without its sandbox stays until it is dismissed', async () => {
    const { desk } = await openDesk();
    desk.tell({ kind: 'unsandboxed' });
    desk.tell({ kind: 'second-start' });
    expect(desk.view().notices).toEqual([{ kind: 'unsandboxed' }, { kind: 'second-start' }]);
    await desk.handlers['desk.dismiss']({ notice: 'unsandboxed' });
    expect(desk.view().notices).toEqual([{ kind: 'second-start' }]);
  });

  it('goes when it is dismissed and comes back with its reason', async () => {
    const { desk } = await openDesk();
    desk.tell({ kind: 'second-start' });
    expect(desk.view().notices).toEqual([{ kind: 'second-start' }]);
    await desk.handlers['desk.dismiss']({ notice: 'second-start' });
    expect(desk.view().notices).toEqual([]);
    desk.tell({ kind: 'second-start' });
    expect(desk.view().notices).toEqual([{ kind: 'second-start' }]);
  });

  it('stays dismissed as long as it is the same, and says that the next copy was restored', async () => {
    const { desk, vault, clock } = await openSetUpDesk();
    const restore = async () => {
      vault.items.delete('anchor');
      await desk.handlers['verification.start'](MARIA);
      return clock.wall() + 24 * 3_600_000;
    };
    const until = await restore();
    expect(desk.view().notices).toEqual([{ kind: 'records-restored', until }]);
    await desk.handlers['desk.dismiss']({ notice: 'records-restored' });
    expect(desk.view().notices).toEqual([]);
    // The clock is put right: the end of the day moves on with it.
    clock.setWall(clock.wall() + 60_000);
    expect(desk.view().notices).toEqual([]);
    clock.pass(24 * 3_600_000);
    const next = await restore();
    expect(desk.view().notices).toEqual([{ kind: 'records-restored', until: next }]);
  });

  it('that is not shown cannot be dismissed ahead of its time', async () => {
    const { desk, vault, clock } = await openSetUpDesk();
    await desk.handlers['desk.dismiss']({ notice: 'records-restored' });
    vault.items.delete('anchor');
    const until = clock.wall() + 24 * 3_600_000;
    expect(await desk.handlers['verification.start'](MARIA)).toEqual(
      fail({ code: 'records-restored', until }),
    );
    expect(desk.view().notices).toEqual([{ kind: 'records-restored', until }]);
  });
});
