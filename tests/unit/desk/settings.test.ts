/** @file The settings at the desk: what is in range is taken, and removing everything leaves nothing. */
import { describe, expect, it } from 'vitest';
import { ACCOUNT, openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';

describe('settings', () => {
  it('take a policy in range for what starts from now on, and refuse any other', async () => {
    const scene = await openSetUpDesk();
    const { desk, settings } = scene;
    const policy = { ...desk.view().policy, codeLength: 8, guesses: 3 };
    expect(await desk.handlers['settings.savePolicy'](policy)).toEqual({ ok: true, value: null });
    expect(desk.view().chance).toEqual({ verificationOneIn: 33_333_333, addressDayOneIn: 5_000_000 });
    expect((await startFor(scene)).code).toHaveLength(8);
    expect(await desk.handlers['settings.savePolicy']({ ...policy, guesses: 6 })).toEqual({
      ok: false,
      problem: { code: 'out-of-policy', field: 'guesses' },
    });
    expect(settings.policy().policy).toEqual(policy);
  });

  it('take the message as it is wanted, and refuse what could become a header', async () => {
    const { desk, settings } = await openSetUpDesk();
    const wanted = { codeInSubject: false, sentence: ' Second floor. ', origin: 'https://clinic.example/' };
    expect(await desk.handlers['settings.saveMessage'](wanted)).toEqual({ ok: true, value: null });
    const kept = { codeInSubject: false, sentence: 'Second floor.', origin: 'https://clinic.example' };
    expect(desk.view().message).toEqual(kept);
    expect(await desk.handlers['settings.saveMessage']({ ...wanted, origin: 'https://a.b"; x=' })).toEqual({
      ok: false,
      problem: { code: 'form', field: 'origin', why: 'not-an-origin' },
    });
    expect(settings.message()).toEqual(kept);
  });

  it('remove everything: account, secret, keys, anchor and policy', async () => {
    const scene = await openSetUpDesk();
    const { desk, vault, settings } = scene;
    await startFor(scene);
    await desk.handlers['settings.savePolicy']({ ...desk.view().policy, codeLength: 8 });
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual({ ok: true, value: null });
    expect(desk.view()).toMatchObject({
      screen: { at: 'welcome' },
      account: null,
      shift: [],
      draft: { address: '' },
      policy: { codeLength: 6 },
    });
    expect([...vault.items.keys()]).toEqual([]);
    expect(settings.account()).toBeNull();
  });

  it('remove nothing while the keychain is locked: what is in it would come back', async () => {
    const { desk, vault, settings } = await openSetUpDesk();
    vault.trouble = 'locked';
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual({
      ok: false,
      problem: { code: 'vault', state: 'locked' },
    });
    expect(settings.account()).toEqual(ACCOUNT);
  });
});
