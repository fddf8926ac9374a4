/** @file The owner’s PIN turned on and off, its recovery code, and operators. */
import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_OPERATORS } from '../../../src/shared/access.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { type AccessScene, openAccess, PIN, WRONG, WRONG_PIN } from '../../fakes/access-scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { Killed } from '../../fakes/vault.ts';

const OK = ok(null);

let scene: AccessScene;
beforeEach(async () => (scene = await openAccess()));

const owner = (pin: string) => scene.access.enterOwner({ pin });

describe('turning it on and off', () => {
  it.each(['kill-before', 'kill-after'] as const)(
    'killed at either write (%s) it is whole or not at all [T-pin-set-killed]',
    async (kind) => {
      for (const item of ['access', 'keys'] as const) {
        const fresh = await openAccess();
        fresh.vault.atWrite(item, { kind });
        await expect(fresh.turnOn()).rejects.toThrow(Killed);
        await fresh.restart();
        const on = item === 'keys' && kind === 'kill-after';
        expect(fresh.access.view().on).toBe(on);
        expect(fresh.vault.items.has('access')).toBe(on);
      }
    },
  );

  it('off leaves nothing, and never looks as if it had been taken', async () => {
    const keys = scene.vault.items.get('keys');
    await scene.turnOn();
    await scene.add('Anna');
    expect(await scene.access.turnOff()).toEqual(OK);
    expect(scene.access.view()).toEqual({ on: false });
    expect([...scene.vault.items]).toEqual([['keys', keys]]);
    expect(scene.hint.there).toBe(false);
  });
});

describe('the recovery code', () => {
  beforeEach(() => scene.turnOn());

  it('sets a new PIN while wrong ones are waited for, once; and opens nothing by itself [T-pin-recovery]', async () => {
    await scene.wrongTries(8);
    await owner(WRONG);
    scene.access.leaveOwner();
    const code = scene.recoveryCode();
    const typed = code.toLowerCase().replaceAll('-', ' ');
    expect(await scene.access.recover({ code: typed, pin: '730164' })).toMatchObject({ ok: true });
    expect(scene.access.refusal('owner')).not.toBeNull();
    expect(await owner('730164')).toEqual(OK);
    expect(await scene.access.recover({ code, pin: '482715' })).toEqual(
      fail({ code: 'wrong-recovery-code' }),
    );
  });

  it('is turned away when it is another one, and the PIN holds', async () => {
    const code = Array.from(scene.recoveryCode())
      .map((letter) => (letter === '7' ? '8' : letter))
      .reverse()
      .join('');
    expect(await scene.access.recover({ code, pin: '730164' })).toEqual(
      fail({ code: 'wrong-recovery-code' }),
    );
    expect(await owner(PIN)).toEqual(OK);
  });
});

describe('operators', () => {
  beforeEach(() => scene.turnOn());

  it('tap their name, type a PIN where the owner wants it, and are who is at the desk [T-operator-sits]', async () => {
    const anna = await scene.add('Anna', '5093');
    const karim = await scene.add('Karim');
    scene.access.lock();
    expect(scene.access.refusal('operator')).toEqual({ code: 'no-access', needs: 'operator' });
    expect(scene.access.who()).toBeNull();
    expect(await scene.access.sit({ id: anna, pin: '' })).toEqual(WRONG_PIN);
    expect(scene.access.isLocked()).toBe(true);
    expect(await scene.access.sit({ id: anna, pin: '5093' })).toEqual(OK);
    expect(scene.access.who()).toBe('Anna');
    expect(scene.access.refusal('owner'), 'an operator is no owner').not.toBeNull();
    expect(await scene.access.sit({ id: karim, pin: '' })).toEqual(OK);
    expect(scene.access.who()).toBe('Karim');
    expect(await scene.access.sit({ id: 'nobody', pin: '' })).toEqual(fail({ code: 'not-found' }));
  });

  it('are gone after the idle time, after the key, and at the start of the program [T-operator-lock]', async () => {
    const karim = await scene.add('Karim');
    const sit = () => scene.access.sit({ id: karim, pin: '' });
    await sit();
    scene.clock.pass(5 * MINUTE - 1);
    scene.access.active();
    scene.clock.pass(5 * MINUTE - 1);
    expect(scene.access.isLocked()).toBe(false);
    scene.clock.pass(1);
    expect(scene.access.isLocked()).toBe(true);
    await sit();
    scene.access.lock();
    expect(scene.access.isLocked()).toBe(true);
    await sit();
    await scene.restart();
    expect(scene.access.isLocked()).toBe(true);
  });

  it('the owner sits down at an empty desk, or puts something right for whoever is there, and is named for it', async () => {
    const anna = await scene.add('Anna');
    await scene.access.sit({ id: anna, pin: '' });
    await owner(PIN);
    expect(scene.access.who(), 'what changes is the owner’s').toBe('Petra');
    scene.access.leaveOwner();
    expect(scene.access.who()).toBe('Anna');
    scene.access.lock();
    await owner(PIN);
    scene.access.leaveOwner();
    expect(scene.access.who()).toBe('Petra');
    expect(scene.access.refusal('operator')).toBeNull();
  });

  it('who is removed while at the desk is at it no longer', async () => {
    const anna = await scene.add('Anna');
    await scene.add('Karim');
    await scene.access.sit({ id: anna, pin: '' });
    expect(await scene.access.removeOperator({ id: anna })).toEqual(OK);
    expect(scene.access.isLocked()).toBe(true);
  });

  it('keep their PIN and its wait through a change of name, and get or lose one when that is wanted', async () => {
    const anna = await scene.add('Anna', '5093');
    const change = (pin: Parameters<typeof scene.access.changeOperator>[0]['pin']) =>
      scene.access.changeOperator({ id: anna, name: 'Anna Berg', pin });
    expect(await change({ change: 'keep' })).toEqual(OK);
    expect(await scene.access.sit({ id: anna, pin: '5093' })).toEqual(OK);
    for (let n = 0; n < 3; n += 1) await scene.access.sit({ id: anna, pin: '7777' });
    await change({ change: 'keep' });
    expect(await scene.access.sit({ id: anna, pin: '5093' })).toMatchObject(fail({ code: 'pin-waits' }));
    await change({ change: 'set', pin: '7302' });
    expect(await scene.access.sit({ id: anna, pin: '5093' })).toEqual(WRONG_PIN);
    await change({ change: 'none' });
    expect(await scene.access.sit({ id: anna, pin: '' })).toEqual(OK);
    expect(scene.access.who()).toBe('Anna Berg');
  });

  it('are as many as a keychain’s entry has room for, each with a name of their own', async () => {
    for (let n = 0; n < MOST_OPERATORS; n += 1) await scene.add(`Person ${n}`);
    expect(await scene.access.addOperator({ name: 'One more', pin: { change: 'none' } })).toEqual(
      fail({ code: 'operators-full' }),
    );
    const view = scene.access.view();
    const [first, second] = view.on ? view.operators : [];
    expect(
      await scene.access.changeOperator({
        id: first?.id ?? '',
        name: second?.name ?? '',
        pin: { change: 'keep' },
      }),
    ).toEqual(fail({ code: 'operator-name', why: 'taken' }));
  });
});
