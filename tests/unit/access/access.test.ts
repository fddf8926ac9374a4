/**
 * @file Operators and owner: who may do what, how PINs are judged, and that neither files, restarts, clocks nor crashes
 * remove a PIN or give a try back. Real scrypt; only the clock and the keychain are moved by hand.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { OWNER_MS } from '../../../src/main/access/access.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { type AccessScene, openAccess, PIN, WRONG, WRONG_PIN } from '../../fakes/access-scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { Killed } from '../../fakes/vault.ts';
import { VAULT_LOCKED } from '../../fakes/answers.ts';

const OK = ok(null);

let scene: AccessScene;
beforeEach(async () => (scene = await openAccess()));

const owner = (pin: string) => scene.access.enterOwner({ pin });
const ownerWaits = (): number => {
  const view = scene.access.view();
  return view.on && view.owner.waitsUntil !== null ? view.owner.waitsUntil - scene.clock.wall() : 0;
};

describe('without an owner', () => {
  it('everybody may do everything, and nobody is asked who they are', () => {
    expect(scene.access.view()).toEqual({ on: false });
    expect(['open', 'operator', 'owner'].map((level) => scene.access.refusal(level as 'open'))).toEqual([
      null,
      null,
      null,
    ]);
    expect(scene.access.who()).toBeNull();
    expect(scene.vault.items.has('access')).toBe(false);
  });

  it('nothing is open to the page before the vault was looked at [T-access-before]', async () => {
    await scene.restart(null);
    expect(scene.access.refusal('operator')).toEqual({ code: 'no-access', needs: 'operator' });
    expect(scene.access.refusal('owner')).toEqual({ code: 'no-access', needs: 'owner' });
    await scene.access.load(true);
    expect(scene.access.refusal('owner')).toBeNull();
  });

  it('needs keys to put the PIN beside: without an account there is nothing to protect', async () => {
    scene.vault.items.delete('keys');
    expect(await scene.access.setOwner({ name: 'Petra', pin: PIN, current: '' })).toEqual(
      fail({ code: 'no-account' }),
    );
    expect(scene.vault.items.size).toBe(0);
  });
});

describe('with an owner', () => {
  beforeEach(() => scene.turnOn());

  it('the owner may, and nobody else, until the owner leaves [T-owner-only]', async () => {
    expect(scene.access.refusal('owner')).toBeNull();
    scene.access.leaveOwner();
    expect(scene.access.refusal('owner')).toEqual({ code: 'no-access', needs: 'owner' });
    expect(scene.access.refusal('operator'), 'with no operators the desk is open').toBeNull();
    expect(await owner(WRONG)).toEqual(WRONG_PIN);
    expect(scene.access.refusal('owner')).not.toBeNull();
    expect(await owner(PIN)).toEqual(OK);
    expect(scene.access.refusal('owner')).toBeNull();
    expect(scene.access.who()).toBe('Petra');
  });

  it('what the PIN opened closes after five minutes without a sign of life, and not before [T-owner-idle]', () => {
    scene.clock.pass(OWNER_MS - 1);
    scene.access.active();
    scene.clock.pass(OWNER_MS - 1);
    expect(scene.access.refusal('owner')).toBeNull();
    scene.clock.pass(1);
    expect(scene.access.refusal('owner')).not.toBeNull();
  });

  it('neither PIN nor recovery code is in the view, the vault or the hint [T-pin-nowhere]', async () => {
    await scene.add('Anna', '5093');
    const seen = JSON.stringify([scene.access.view(), [...scene.vault.items.values()], scene.hint]);
    for (const secret of [PIN, '5093', scene.recoveryCode(), scene.recoveryCode().replaceAll('-', '')])
      expect(seen).not.toContain(secret);
  });

  it('a new PIN needs the one before, and the one before no longer holds', async () => {
    const change = { name: 'Petra', pin: '730164' };
    expect(await scene.access.setOwner({ ...change, current: WRONG })).toEqual(WRONG_PIN);
    expect(await scene.access.setOwner({ ...change, current: PIN })).toMatchObject({ ok: true });
    expect(await owner(PIN)).toEqual(WRONG_PIN);
    expect(await owner('730164')).toEqual(OK);
  });

  it('a PIN or name that can’t be taken changes nothing and costs no try', async () => {
    const before = new Map(scene.vault.items);
    for (const change of [
      { name: 'Petra', pin: '111111' },
      { name: '', pin: '730164' },
    ])
      expect(await scene.access.setOwner({ ...change, current: WRONG })).toMatchObject({ ok: false });
    expect(scene.vault.items).toEqual(before);
  });
});

describe('wrong PINs', () => {
  beforeEach(() => scene.turnOn());

  it('are counted in the vault before they are compared: a kill between costs that try [T-pin-counted]', async () => {
    const before = scene.vault.items.get('access');
    scene.vault.atWrite('access', { kind: 'kill-after' });
    await expect(owner(WRONG)).rejects.toThrow(Killed);
    expect(scene.vault.items.get('access')).not.toBe(before);
    await scene.restart();
    await owner(WRONG);
    await owner(WRONG);
    expect(ownerWaits(), 'two tries and the one that was killed').toBe(30_000);
  });

  it('are not judged at all while they can’t be counted [T-pin-uncounted]', async () => {
    scene.vault.trouble = 'locked';
    expect([await owner(WRONG), await owner(PIN)]).toEqual([VAULT_LOCKED, VAULT_LOCKED]);
    scene.access.leaveOwner();
    expect(scene.access.refusal('owner')).not.toBeNull();
  });

  it('wait longer and longer, to fifteen minutes and no further; a right one ends it [T-pin-waits]', async () => {
    const waited: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      await owner(WRONG);
      waited.push(ownerWaits() / 1_000);
      scene.clock.pass(15 * MINUTE);
    }
    expect(waited).toEqual([0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(await owner(PIN)).toEqual(OK);
    expect(await owner(WRONG)).toEqual(WRONG_PIN);
  });

  it('are neither judged nor counted while one waits, and the right one is not either [T-pin-waiting]', async () => {
    await scene.wrongTries(3);
    await owner(WRONG);
    scene.access.leaveOwner();
    const before = scene.vault.items.get('access');
    for (const pin of [WRONG, PIN, WRONG])
      expect(await owner(pin)).toMatchObject(fail({ code: 'pin-waits' }));
    expect(scene.vault.items.get('access')).toBe(before);
    expect(scene.access.refusal('owner')).not.toBeNull();
    scene.clock.pass(MINUTE);
    expect(await owner(PIN)).toEqual(OK);
  });

  it('wait again in full after a restart, and a clock that is set ends no wait [T-pin-restart]', async () => {
    await scene.wrongTries(4);
    await owner(WRONG);
    await scene.restart();
    scene.clock.setWall(scene.clock.wall() + 24 * 60 * MINUTE);
    expect(await owner(PIN)).toMatchObject(fail({ code: 'pin-waits' }));
    expect(ownerWaits()).toBe(120_000);
    scene.clock.pass(120_000);
    expect(await owner(PIN)).toEqual(OK);
  });

  it('of an operator wait again after a restart as well', async () => {
    const anna = await scene.add('Anna', '5093');
    for (let n = 0; n < 3; n += 1) await scene.access.sit({ id: anna, pin: '7777' });
    await scene.restart();
    expect(await scene.access.sit({ id: anna, pin: '5093' })).toMatchObject({
      problem: { code: 'pin-waits' },
    });
    scene.clock.pass(30_000);
    expect(await scene.access.sit({ id: anna, pin: '5093' })).toEqual(OK);
  });

  it('many at once are judged one after the other, each counted [T-pin-parallel]', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => owner(WRONG)));
    expect(answers.map((answer) => (answer.ok ? 'in' : answer.problem.code))).toEqual([
      ...['wrong-pin', 'wrong-pin', 'wrong-pin'],
      ...['pin-waits', 'pin-waits', 'pin-waits'],
    ]);
  });

  it('of one person make nobody else wait', async () => {
    const anna = await scene.add('Anna', '5093');
    await scene.wrongTries(3);
    await owner(WRONG);
    expect(await scene.access.sit({ id: anna, pin: '5093' })).toEqual(OK);
  });
});

describe('what is outside of the vault', () => {
  beforeEach(() => scene.turnOn());

  it('neither removes the PIN nor gives tries back: the hint gone or put back changes nothing [T-pin-files]', async () => {
    await scene.wrongTries(4);
    for (const there of [false, true]) {
      scene.hint.there = there;
      await scene.restart();
      expect(scene.access.refusal('owner')).not.toBeNull();
      expect(ownerWaits()).toBe(60_000);
    }
    expect(scene.hint.there).toBe(true);
  });

  it('keeps everything closed while the vault can’t be read, and opens nothing by itself [T-pin-vault-shut]', async () => {
    await scene.restart(false);
    for (const level of ['operator', 'owner'] as const)
      expect(scene.access.refusal(level)).toEqual({ code: 'no-access', needs: level });
    expect(scene.access.view()).toMatchObject({ on: true, locked: true, unreadable: true, operators: [] });
    expect(await owner(PIN)).toEqual(fail({ code: 'not-found' }));
    await scene.access.load(true);
    expect(await owner(PIN)).toEqual(OK);
  });

  it.each(['access', 'keys'] as const)(
    'a later version’s %s hold, though the PIN can’t be judged and the hint is gone [T-pin-later]',
    async (item) => {
      scene.vault.items.set(item, '{"version":2}');
      const before = new Map(scene.vault.items);
      scene.hint.there = false;
      await scene.restart();
      for (const level of ['operator', 'owner'] as const) expect(scene.access.refusal(level)).not.toBeNull();
      expect(scene.vault.items).toEqual(before);
    },
  );

  it.each(['access', 'keys'] as const)(
    'with %s taken out of the keychain nobody is kept out, and nothing of the PIN stays behind',
    async (item) => {
      scene.vault.items.delete(item);
      await scene.restart();
      expect(scene.access.view()).toEqual({ on: false });
      expect(scene.vault.items.has('access')).toBe(false);
      expect(scene.hint.there).toBe(false);
    },
  );
});
