/** @file The settings at the desk: what is in range is taken, and removing everything leaves nothing. */
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSettings } from '../../../src/main/store/settings.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import {
  ACCOUNT,
  type DeskScene,
  openDesk,
  openSetUpDesk,
  saving,
  startFor,
} from '../../fakes/desk-scene.ts';
import { VAULT_LOCKED, VERIFIED } from '../../fakes/answers.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';
import { valueOf } from '../../fakes/value-of.ts';

makeFolderForEach();

describe('settings that are not as they were left', () => {
  async function openWith(change: (path: string) => void) {
    const path = join(folder, 'settings.db');
    const read = () => valueOf(openSettings(path));
    const earlier = read();
    earlier.setAccount(ACCOUNT);
    earlier.close();
    change(path);
    const settings = read();
    const { desk } = await openDesk({ settings });
    const { notices, account } = desk.view();
    settings.close();
    return { notices, account: account?.form ?? null };
  }

  it('are lost when their file is damaged, and the desk says that all of them are', async () => {
    expect(await openWith((path) => truncateSync(path, 700))).toEqual({
      notices: [{ kind: 'settings-reset' }],
      account: null,
    });
  });

  it('keep the account when only a choice is out of range, and the desk says which', async () => {
    const edit = (path: string) => {
      const database = new DatabaseSync(path);
      database.exec(`INSERT INTO choices VALUES ('guesses', '50')`);
      database.close();
    };
    expect(await openWith(edit)).toEqual({ notices: [{ kind: 'choices-reset' }], account: ACCOUNT });
  });
});

describe('settings', () => {
  it('take a policy in range for what starts from now on, and refuse any other', async () => {
    const scene = await openSetUpDesk();
    const { desk, settings } = scene;
    const before = desk.view().choices;
    expect(await desk.handlers['settings.choose']({ codeLength: 8, guesses: 3 })).toEqual(ok(null));
    expect(desk.view().chance).toEqual({
      verificationOneIn: 33_333_333,
      addressDayOneIn: 5_000_000,
      deskDayOneIn: 5_000,
    });
    expect((await startFor(scene)).code).toHaveLength(8);
    expect(await desk.handlers['settings.choose']({ lifetimeMinutes: 5, guesses: 6 })).toEqual(
      fail({ code: 'choice', field: 'guesses', why: 'out-of-range' }),
    );
    expect(settings.choices()).toEqual({ ...before, codeLength: 8, guesses: 3 });
  });

  it('keep what is refused in view, and out of force, until something else is stored there', async () => {
    const { desk, settings } = await openSetUpDesk();
    const refused = () => desk.view().refused;
    await desk.handlers['settings.choose']({ origin: 'clinic' });
    await desk.handlers['settings.saveName']({ name: 'x'.repeat(500) });
    expect(refused()).toEqual({
      origin: { value: 'clinic', why: 'not-an-origin' },
      name: { value: 'x'.repeat(500), why: 'too-long' },
    });
    expect(settings.choices().origin).toBe('');
    await desk.handlers['settings.choose']({ sentence: 'Another field.' });
    expect(Object.keys(refused())).toEqual(['origin', 'name']);
    await desk.handlers['settings.choose']({ origin: 'https://clinic.example' });
    await desk.handlers['settings.saveName']({ name: 'Harbour Clinic' });
    expect(refused()).toEqual({});
    await desk.handlers['settings.choose']({ origin: 'clinic' });
    await desk.handlers['settings.removeAll'](undefined);
    expect(refused()).toEqual({});
  });

  it('open where they were left, and at the page that is asked for', async () => {
    const { desk } = await openSetUpDesk();
    const go = desk.handlers['desk.go'];
    const page = () => (desk.view().screen as { readonly page?: string }).page;
    await go({ to: 'settings' });
    expect(page()).toBe('account');
    await go({ to: 'settings', page: 'policy' });
    await go({ to: 'address' });
    await go({ to: 'settings' });
    expect(page()).toBe('policy');
    await go({ to: 'settings', page: 'removal' });
    expect(page()).toBe('removal');
  });

  it('show the message as it would be sent, with each choice as it is stored, and only there', async () => {
    const { desk, clock } = await openSetUpDesk();
    const preview = () => {
      const { screen } = desk.view();
      return screen.at === 'settings' ? screen.preview : null;
    };
    await desk.handlers['desk.go']({ to: 'settings', page: 'policy' });
    expect(preview()).toBeNull();
    await desk.handlers['desk.go']({ to: 'settings', page: 'message' });
    const first = preview();
    await desk.handlers['settings.choose']({ sentence: 'Second <floor>.', codeInSubject: false });
    const second = preview();
    expect(second?.text).toContain('Second <floor>.');
    expect(second?.subject).toMatch(/^Your code for/);
    expect(second?.id, 'its frame is loaded anew').not.toBe(first?.id);
    expect(desk.mailDocument(second?.id ?? '')).toContain('Second &lt;floor&gt;.');
    expect(desk.mailDocument(first?.id ?? ''), 'what is not shown any more').toBeNull();
    await desk.handlers['settings.saveName']({ name: 'Elsewhere' });
    expect(preview()?.from).toMatch(/^Elsewhere </);
    const before = preview();
    clock.pass(90_000);
    await desk.handlers['settings.choose']({ theme: 'dark' });
    expect(preview(), 'time alone changes nothing').toEqual(before);
    await desk.handlers['desk.go']({ to: 'address' });
    expect(desk.mailDocument(before?.id ?? '')).toBeNull();
  });

  it('lose neither of two changes that come at once', async () => {
    const { desk } = await openSetUpDesk();
    await Promise.all([
      desk.handlers['settings.choose']({ codeLength: 8 }),
      desk.handlers['settings.choose']({ guesses: 3 }),
    ]);
    expect(desk.view().choices).toMatchObject({ codeLength: 8, guesses: 3 });
  });

  it('take the message as it is wanted, and refuse what could become a header', async () => {
    const { desk, settings } = await openSetUpDesk();
    const wanted = { codeInSubject: false, sentence: ' Second floor. ', origin: 'https://clinic.example/' };
    expect(await desk.handlers['settings.choose'](wanted)).toEqual(ok(null));
    const kept = { codeInSubject: false, sentence: 'Second floor.', origin: 'https://clinic.example' };
    expect(desk.view().choices).toMatchObject(kept);
    expect(await desk.handlers['settings.choose']({ ...wanted, origin: 'https://a.b"; x=' })).toEqual(
      fail({ code: 'choice', field: 'origin', why: 'not-an-origin' }),
    );
    expect(settings.choices()).toMatchObject(kept);
  });

  it('remove everything: account, secret, keys, anchor and policy', async () => {
    const scene = await openSetUpDesk();
    const { desk, vault, settings } = scene;
    await startFor(scene);
    await desk.handlers['settings.choose']({ codeLength: 8 });
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual(ok(null));
    expect(desk.view()).toMatchObject({
      screen: { at: 'welcome' },
      account: null,
      shift: [],
      draft: { address: '' },
      choices: { codeLength: 6 },
    });
    expect([...vault.items.keys()]).toEqual([]);
    expect(settings.account()).toBeNull();
  });

  it('remove everything also while the desk is only opening', async () => {
    const { vault, settings } = await openSetUpDesk();
    vault.trouble = 'locked';
    const { desk, verifiers } = await openDesk({ vault, settings });
    vault.trouble = null;
    await Promise.all([
      desk.handlers['vault.retry'](undefined),
      desk.handlers['settings.removeAll'](undefined),
    ]);
    expect(verifiers, 'it was opened').toHaveLength(1);
    expect(desk.view()).toMatchObject({ screen: { at: 'welcome' }, account: null });
    expect([...vault.items.keys()]).toEqual([]);
  });

  it('remove nothing while the keychain is locked, also in a session without it, which goes on', async () => {
    const { vault, settings } = await openSetUpDesk();
    vault.trouble = 'locked';
    const scene = await openDesk({ vault, settings });
    const { desk } = scene;
    await desk.handlers['vault.useSession'](undefined);
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving({ keep: 'session' }));
    const { id, code } = await startFor(scene);
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual(VAULT_LOCKED);
    expect(vault.items.has('app-password')).toBe(true);
    expect(settings.account()).toEqual(ACCOUNT);
    expect(await desk.handlers['verification.check']({ id, code })).toEqual(VERIFIED);
  });

  it('lower the daily limit with the kind of account, at once', async () => {
    const scene = await openDesk();
    const { desk } = scene;
    const workspace = { kind: 'workspace', address: 'desk@clinic.example', name: 'Harbour Clinic' } as const;
    await desk.handlers['setup.choose']({ kind: 'workspace' });
    await desk.handlers['setup.save'](saving({ form: workspace }));
    expect(desk.view().sends.allowed).toBe(1_900);
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving());
    expect(desk.view().sends.allowed).toBe(400);
    expect(desk.view().choices.accountSends).toBe(400);
  });

  it('remove nothing while the keychain is locked: what is in it would come back', async () => {
    const { desk, vault, settings, shown } = await openSetUpDesk();
    vault.trouble = 'locked';
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual(VAULT_LOCKED);
    expect(settings.account()).toEqual(ACCOUNT);
    expect(shown().vault).toBe('locked');
  });

  describe('with a keychain that is locked while everything is being removed', () => {
    function lockMeanwhile({ vault }: DeskScene): void {
      vault.remove = () => {
        vault.trouble = 'locked';
        return Promise.resolve(fail('locked'));
      };
    }

    it.each(['settings.removeAll', 'account.remove'] as const)(
      'show so (%s), and the desk opens again once it is unlocked',
      async (removal) => {
        const scene = await openSetUpDesk();
        const { desk, vault, shown, verifiers } = scene;
        lockMeanwhile(scene);
        expect(await desk.handlers[removal](undefined)).toEqual(VAULT_LOCKED);
        expect(shown()).toMatchObject({ vault: 'locked', account: { form: ACCOUNT } });
        vault.trouble = null;
        await desk.handlers['vault.retry'](undefined);
        expect(verifiers).toHaveLength(2);
        expect(shown()).toMatchObject({ vault: 'available', account: { secret: 'keychain' } });
      },
    );

    it('lose no verification', async () => {
      const scene = await openDesk({ profile: folder });
      const { desk, vault } = scene;
      await scene.setUp();
      const { id } = await startFor(scene);
      lockMeanwhile(scene);
      expect((await desk.handlers['settings.removeAll'](undefined)).ok).toBe(false);
      vault.trouble = null;
      await desk.handlers['vault.retry'](undefined);
      expect(desk.view().shift).toMatchObject([{ id, state: 'open' }]);
      await desk.close();
    });

    it('have taken the keys by then: what is left can be read by no one', async () => {
      const { desk, vault } = await openSetUpDesk();
      const remove = vault.remove.bind(vault);
      let removed = 0;
      vault.remove = (item) => {
        removed += 1;
        if (removed > 1) vault.trouble = 'locked';
        return remove(item);
      };
      expect((await desk.handlers['settings.removeAll'](undefined)).ok).toBe(false);
      expect([...vault.items.keys()].toSorted()).toEqual(['anchor', 'app-password', 'signing-key']);
    });
  });
});
