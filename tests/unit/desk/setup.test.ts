/** @file Set-up: nothing is stored before it was tested, and a secret goes only where it was meant to go. */
import { requestOf } from '../../../src/shared/request.ts';
import type { Authority } from '../../../src/shared/words.ts';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src/shared/result.ts';
import { REFUSED } from '../../fakes/post.ts';
import { ACCOUNT, APP_PASSWORD, openDesk, openSetUpDesk, saving, startFor } from '../../fakes/desk-scene.ts';
import { VAULT_LOCKED } from '../../fakes/answers.ts';

const WRONG_PASSWORD = { cause: 'wrong-password', serverSaid: '535 5.7.8' } as const;

describe('setting up', () => {
  it('tests the account before it stores anything', async () => {
    const { desk, probes, vault, settings } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving())).toEqual(ok(null));
    expect(probes).toEqual([{ form: ACCOUNT, secret: APP_PASSWORD }]);
    expect(desk.view()).toMatchObject({
      screen: { at: 'address' },
      account: { form: ACCOUNT, secret: 'keychain', standing: 'tested' },
    });
    expect(settings.account()).toEqual(ACCOUNT);
    expect(vault.items.has('app-password')).toBe(true);
  });

  it('shows the first step of the test before the server has answered anything', async () => {
    const scene = await openDesk();
    const { desk } = scene;
    let shown: unknown = null;
    scene.whileProbing = () => (shown = scene.shown().screen);
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving());
    expect(shown).toMatchObject({ at: 'setup', test: { state: 'running', step: 'reach' } });
  });

  it('stores nothing when the test fails, and keeps what was entered, but for the password', async () => {
    const scene = await openDesk();
    const { desk, vault, settings } = scene;
    scene.probeProblem = WRONG_PASSWORD;
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving())).toEqual(
      fail({ code: 'test-failed', problem: WRONG_PASSWORD }),
    );
    expect(desk.view().screen).toEqual({
      at: 'setup',
      kind: 'gmail',
      form: ACCOUNT,
      test: { state: 'failed', step: 'sign-in', problem: WRONG_PASSWORD },
      changing: false,
    });
    expect(settings.account()).toBeNull();
    expect([...vault.items.keys()]).toEqual([]);
    expect(JSON.stringify(desk.view())).not.toContain(APP_PASSWORD);
  });

  it('asks no server about a form that is wrong', async () => {
    const { desk, probes } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving({ password: 'Summer2026!' }))).toEqual(
      fail({ code: 'form', faults: [{ field: 'password', why: 'normal-password' }] }),
    );
    expect(probes).toEqual([]);
  });

  it('lets an authority open the connection only when it was asked about, and says later which one does', async () => {
    const scene = await openDesk();
    const { desk, probes, settings } = scene;
    const scanner = { name: 'A mail scanner', fingerprint: 'AA:01' };
    const never = { name: 'Nobody asked about this', fingerprint: 'BB:02' };
    const save = (authorities: readonly Authority[]) =>
      desk.handlers['setup.save'](saving({ form: { ...ACCOUNT, authorities } }));
    await desk.handlers['setup.choose']({ kind: 'gmail' });

    // The page cannot say yes to what no test has met.
    scene.probeProblem = { cause: 'authority-unlisted', serverSaid: null, authority: scanner };
    await save([scanner, never]);
    expect(probes.at(-1)?.form).toEqual(ACCOUNT);
    expect(desk.view().screen).toMatchObject({ test: { state: 'failed', problem: { authority: scanner } } });

    scene.probeProblem = null;
    scene.met = [scanner];
    // Its name is the certificate's and not the page's.
    await save([{ ...scanner, name: 'Google' }, never]);
    expect(probes.at(-1)?.form).toEqual({ ...ACCOUNT, authorities: [scanner] });
    expect(settings.account()?.authorities).toEqual([scanner]);
    expect(desk.view().account?.form.authorities).toEqual([scanner]);

    // Said yes to before, and not met any more: it is not said any longer.
    scene.met = [];
    await desk.handlers['account.change'](undefined);
    await save([scanner]);
    expect(probes.at(-1)?.form).toEqual({ ...ACCOUNT, authorities: [scanner] });
    expect(settings.account()).toEqual(ACCOUNT);
  });

  it('names what is wrong with the form and with the password in one answer', async () => {
    const { desk, probes } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    const form = { ...ACCOUNT, address: 'desk@clinic.example', name: '' };
    expect(await desk.handlers['setup.save'](saving({ form, password: '' }))).toEqual(
      fail({
        code: 'form',
        faults: [
          { field: 'name', why: 'empty' },
          { field: 'address', why: 'not-gmail' },
          { field: 'password', why: 'empty' },
        ],
      }),
    );
    expect(probes).toEqual([]);
  });

  it('saves an account whose own mailbox does not open, and says of the mailbox what is wrong', async () => {
    const scene = await openDesk();
    const { desk, settings } = scene;
    scene.probeProblem = { cause: 'mailbox-refused', serverSaid: null };
    scene.probeStep = 'mailbox';
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    const form = { ...ACCOUNT, mailbox: { watch: true, tidySent: false } };
    expect(await desk.handlers['setup.save'](saving({ form }))).toEqual(ok(null));
    expect(settings.account()).toEqual(form);
    expect(desk.view()).toMatchObject({
      screen: { at: 'address' },
      account: { standing: 'tested', mailboxTrouble: 'mailbox-refused' },
    });
    await startFor(scene);
    expect(desk.view().screen).toMatchObject({ verification: { delivery: { state: 'accepted' } } });
  });

  it('keeps what is being entered while another kind of account is chosen, or set-up is left', async () => {
    const { desk, shown } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    const form = { ...ACCOUNT, address: 'desk@clinic.exam', name: '' };
    await desk.handlers['setup.draft']({ form });
    await desk.handlers['setup.draft']({ form: { ...form, kind: 'workspace' } });
    expect(desk.view().screen).toMatchObject({ kind: 'workspace', form: { address: 'desk@clinic.exam' } });
    await desk.handlers['setup.cancel'](undefined);
    expect(shown().screen).toEqual({ at: 'welcome' });
    await desk.handlers['setup.choose']({ kind: 'server' });
    expect(shown().screen).toMatchObject({ kind: 'server', form: { address: 'desk@clinic.exam' } });
  });

  it('judges the address as it is typed, with the repair that the desk offers', async () => {
    const { desk } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    const judge = (address: string) => desk.handlers['setup.draft']({ form: { ...ACCOUNT, address } });
    expect(await judge('<desk@gmail.com>')).toMatchObject({
      value: { valid: false, fault: { repair: 'desk@gmail.com' } },
    });
    expect(await judge('desk@gmail.com')).toEqual(ok({ valid: true, delivery: 'desk@gmail.com' }));
  });

  it('forgets what was entered and never saved when everything is removed', async () => {
    const { desk, shown } = await openSetUpDesk();
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.draft']({ form: { ...ACCOUNT, address: 'private@example.com' } });
    await desk.handlers['settings.removeAll'](undefined);
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(shown().screen).toMatchObject({ at: 'setup', form: null });
  });

  it('offers a code to oneself until the first one is sent, and not after another name at the same account', async () => {
    const scene = await openDesk();
    const { desk } = scene;
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving());
    const offer = { kind: 'account-saved', address: ACCOUNT.address };
    expect(desk.view().notices).toContainEqual(offer);
    await startFor(scene, { address: ACCOUNT.address, request: requestOf('sign-in') });
    expect(desk.view().notices).not.toContainEqual(offer);
    await desk.handlers['desk.go']({ to: 'address' });
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.save'](saving({ form: { ...ACCOUNT, name: 'West wing' } }));
    expect(desk.view().notices).not.toContainEqual(offer);
  });

  it('offers it again with another account, though it was dismissed before', async () => {
    const { desk } = await openSetUpDesk();
    expect(desk.view().notices, 'dismissed').toEqual([]);
    await desk.handlers['account.change'](undefined);
    const form = { ...ACCOUNT, address: 'other@gmail.com' };
    await desk.handlers['setup.save'](saving({ form }));
    const offer = { kind: 'account-saved', address: 'other@gmail.com' };
    expect(desk.view().notices).toContainEqual(offer);
    await desk.handlers['account.remove'](undefined);
    expect(desk.view().notices).not.toContainEqual(offer);
  });

  it('can be saved untested, and is called so until a message was accepted', async () => {
    const scene = await openDesk();
    const { desk, probes } = scene;
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving({ untested: true }));
    expect(probes).toEqual([]);
    expect(desk.view().account?.standing).toBe('untested');
    await startFor(scene);
    expect(desk.view().account?.standing).toBe('tested');
  });

  it('is called refused once the server did not let it in, until it is saved anew or a message was accepted', async () => {
    const scene = await openDesk();
    const { desk, post } = scene;
    await scene.setUp();
    post.outcome = { state: 'refused', problem: WRONG_PASSWORD };
    await startFor(scene);
    expect(desk.view().account?.standing).toBe('refused');
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.save'](saving());
    expect(desk.view().account?.standing).toBe('tested');
    // What is wrong with a message says nothing about the account.
    post.outcome = REFUSED;
    await startFor(scene, { address: 'nobody@example.test', request: requestOf('sign-in') });
    expect(desk.view().account?.standing).toBe('tested');
  });

  it('with a keychain that is locked stores nothing and says so', async () => {
    const { desk, vault, settings } = await openDesk();
    vault.trouble = 'locked';
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving())).toEqual(VAULT_LOCKED);
    expect(settings.account()).toBeNull();
    expect(desk.view().screen).toMatchObject({
      at: 'setup',
      test: { state: 'failed', step: 'store', problem: { cause: 'vault-locked' } },
    });
  });

  it('for this session keeps the secret out of the keychain', async () => {
    const { desk, vault, lineSecret } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving({ keep: 'session' }));
    expect(desk.view().account?.secret).toBe('session');
    expect(vault.items.has('app-password')).toBe(false);
    expect(await lineSecret()).toBe(APP_PASSWORD);
  });

  it('for this session takes an earlier secret out of the keychain, or it would be back at the next start', async () => {
    const { desk, vault } = await openSetUpDesk();
    expect(vault.items.has('app-password')).toBe(true);
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.save'](saving({ keep: 'session' }));
    expect(vault.items.has('app-password')).toBe(false);
  });
});
