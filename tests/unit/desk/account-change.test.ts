/** @file An account is changed: what is kept of the one before, and what is asked for anew. */
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  APP_PASSWORD,
  MARIA,
  openDesk,
  openSetUpDesk,
  saving,
  startFor,
} from '../../fakes/desk-scene.ts';
import { fail, ok } from '../../../src/shared/result.ts';

describe('changing the account', () => {
  it('asks about verifications that began while the other account was being tested', async () => {
    const scene = await openSetUpDesk();
    const { desk, settings } = scene;
    const other = saving({ form: { ...ACCOUNT, address: 'other@gmail.com' } });
    await desk.handlers['account.change'](undefined);
    scene.whileProbing = async () => {
      expect(await desk.handlers['verification.start'](MARIA)).toMatchObject({ ok: true });
    };
    expect(await desk.handlers['setup.save'](other)).toEqual(fail({ code: 'ends-open', open: 1 }));
    expect(settings.account()).toEqual(ACCOUNT);
    scene.whileProbing = () => undefined;
    expect((await desk.handlers['setup.save']({ ...other, endOpen: true })).ok).toBe(true);
  });

  it('keeps the stored password for another name at the same sign-in', async () => {
    const { desk, probes, lineSecret } = await openSetUpDesk();
    await desk.handlers['account.change'](undefined);
    const form = { ...ACCOUNT, name: 'Harbour Clinic North' };
    expect(await desk.handlers['setup.save'](saving({ form, password: '' }))).toEqual(ok(null));
    expect(probes.at(-1)).toEqual({ form, secret: APP_PASSWORD });
    expect(await lineSecret()).toBe(APP_PASSWORD);
  });

  it('looks at the keychain afresh: one that was locked meanwhile is told before anything is typed', async () => {
    const { desk, vault } = await openSetUpDesk();
    vault.trouble = 'locked';
    await desk.handlers['account.change'](undefined);
    expect(desk.view()).toMatchObject({ screen: { at: 'setup' }, vault: 'locked' });
  });

  it('asks for the password again when the server is another, and never offers it the stored one', async () => {
    const { desk, probes, settings } = await openSetUpDesk();
    await desk.handlers['account.change'](undefined);
    const form = {
      kind: 'server',
      address: ACCOUNT.address,
      name: ACCOUNT.name,
      server: { host: 'mail.evil.test', port: 465, security: 'implicit-tls', user: ACCOUNT.address },
    } as const;
    expect(await desk.handlers['setup.save'](saving({ form, password: '' }))).toEqual(
      fail({ code: 'form', faults: [{ field: 'password', why: 'sign-in-changed' }] }),
    );
    expect(probes).toHaveLength(1);
    expect(settings.account()).toEqual(ACCOUNT);
  });

  it('from a verification leads back to it, whether it is saved or left', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const { id } = await startFor(scene);
    const here = { at: 'verification', verification: { id, state: 'open' } };
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.cancel'](undefined);
    expect(desk.view().screen).toMatchObject(here);
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.save'](saving({ password: APP_PASSWORD }));
    expect(desk.view().screen).toMatchObject(here);
  });

  const OTHER = { ...ACCOUNT, address: 'other@gmail.com' };

  it('ends what was sent by the account before, at once [T-account-ends-now]', async () => {
    const scene = await openSetUpDesk();
    const { id } = await startFor(scene);
    await scene.desk.handlers['account.change'](undefined);
    await scene.desk.handlers['setup.save'](saving({ form: OTHER, endOpen: true }));
    expect(scene.desk.view().shift).toMatchObject([{ id, state: 'expired', endReason: 'account' }]);
  });

  it('between a letter and its sending leaves it unsent: the new account is not sent the code [T-account-letter]', async () => {
    const { desk, vault, settings, post, settle } = await openSetUpDesk();
    const write = vault.write.bind(vault);
    vault.write = (item, value) => {
      settings.setAccount(OTHER);
      return write(item, value);
    };
    await desk.handlers['verification.start'](MARIA);
    await settle();
    expect(post.letters).toEqual([]);
  });

  it('from this session to the keychain signs in with the password that was typed last', async () => {
    const { desk, lineSecret } = await openDesk();
    await desk.handlers['setup.choose']({ kind: ACCOUNT.kind });
    await desk.handlers['setup.save'](saving({ keep: 'session' }));
    await desk.handlers['account.change'](undefined);
    const password = 'abcdabcdabcdabcd';
    await desk.handlers['setup.save'](saving({ password }));
    expect(await lineSecret()).toBe(password);
  });

  it('finds no secret for an account that was changed behind its back', async () => {
    const { vault, settings } = await openSetUpDesk();
    settings.setAccount({ ...ACCOUNT, address: 'other@gmail.com' });
    const { desk } = await openDesk({ vault, settings });
    expect(desk.view().account?.secret).toBeNull();
    expect(await desk.handlers['verification.start'](MARIA)).toEqual(fail({ code: 'no-secret' }));
  });
});
