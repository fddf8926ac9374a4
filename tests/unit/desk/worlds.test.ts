/** @file Practice is a world of its own: nothing that is done in it reaches the account, the keychain or the records. */
import { EMPTY_DRAFT } from '../../../src/main/desk/locked-view.ts';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { channels, type Channel, type Handlers } from '../../../src/shared/contract.ts';
import {
  ACCOUNT,
  type DeskScene,
  MARIA,
  openDesk,
  openSetUpDesk,
  saving,
  startFor,
} from '../../fakes/desk-scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { GOOD } from '../ipc/inputs.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { folder as profile, makeFolderForEach } from '../../fakes/each-folder.ts';

const begin = ({ desk }: DeskScene) => desk.handlers['practice.begin'](undefined);
const leave = ({ desk }: DeskScene) => desk.handlers['practice.leave'](undefined);

/** Calls one channel with what is good for it, and another time with what removes or replaces the most. */
async function tryOut(handlers: Handlers, channel: Channel): Promise<void> {
  const call = handlers[channel] as (input: unknown) => Promise<unknown>;
  const answering = call(GOOD[channel]);
  // It waits for the draft to rest, and is answered when it changes.
  if (channel === 'desk.advise') await handlers['desk.draft'](EMPTY_DRAFT);
  await answering;
}

makeFolderForEach();

describe('practice', () => {
  it('lets a trainee try every call there is, and the real desk is byte for byte as before [T-practice-own-world]', async () => {
    const scene = await openDesk({ profile });
    const { desk, vault, settings } = scene;
    await scene.setUp();
    const open = await startFor(scene);
    const files = () =>
      Object.fromEntries(
        readdirSync(profile).map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(join(profile, name)))
            .digest('hex'),
        ]),
      );
    const before = {
      files: files(),
      keychain: new Map(vault.items),
      account: settings.account(),
      choices: settings.choices(),
      view: desk.view(),
    };
    await begin(scene);
    for (const channel of channels)
      if (!channel.startsWith('practice.')) await tryOut(desk.handlers, channel);
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving({ form: { ...ACCOUNT, address: 'other@gmail.com' } }));
    await desk.handlers['setup.save'](saving({ keep: 'session' }));
    const tried = await startFor(scene, { ...MARIA, address: 'practice@example.test' });
    await desk.handlers['verification.check']({ id: open.id, code: open.code });
    await desk.handlers['verification.check'](tried);
    await desk.handlers['vault.useSession'](undefined);
    await desk.handlers['account.remove'](undefined);
    await desk.handlers['settings.removeAll'](undefined);
    expect({ keychain: new Map(vault.items), files: files() }).toEqual({
      keychain: before.keychain,
      files: before.files,
    });
    await leave(scene);
    expect({
      files: files(),
      keychain: new Map(vault.items),
      account: settings.account(),
      choices: settings.choices(),
      view: desk.view(),
    }).toEqual(before);
    expect(await desk.handlers['verification.check'](open)).toEqual(VERIFIED);
    await desk.close();
  });

  it('begins with the real choices and name, changes its own, and forgets them', async () => {
    const scene = await openSetUpDesk();
    const { desk, settings } = scene;
    await desk.handlers['settings.choose']({ codeLength: 8, sentence: 'Second floor.' });
    await begin(scene);
    expect(desk.view()).toMatchObject({
      practice: true,
      businessName: 'Harbour Clinic',
      choices: { codeLength: 8, sentence: 'Second floor.' },
    });
    await desk.handlers['settings.choose']({ codeLength: 7 });
    await desk.handlers['settings.saveName']({ name: 'Somewhere else' });
    expect(desk.view()).toMatchObject({ businessName: 'Somewhere else', choices: { codeLength: 7 } });
    expect((await startFor(scene)).code).toHaveLength(7);
    await leave(scene);
    await begin(scene);
    expect(desk.view()).toMatchObject({ businessName: 'Harbour Clinic', choices: { codeLength: 8 } });
    expect(settings.choices().codeLength).toBe(8);
    expect(settings.account()).toEqual(ACCOUNT);
  });

  it('says so in its view and in its records, which are gone when it is left', async () => {
    const scene = await openSetUpDesk();
    const { desk, shown } = scene;
    await begin(scene);
    expect(desk.view()).toMatchObject({
      practice: true,
      screen: { at: 'address' },
      shift: [],
      account: null,
    });
    await startFor(scene, { ...MARIA, address: 'practice@example.test' });
    expect(shown().screen).toMatchObject({ at: 'verification', verification: { practice: true } });
    expect((await desk.handlers['desk.view'](undefined)).ok).toBe(true);
    await leave(scene);
    expect(shown()).toMatchObject({ practice: false, account: { form: ACCOUNT }, practiceMails: [] });
    expect(JSON.stringify(shown())).not.toContain('practice@example.test');
    expect(scene.practiceRoomsClosed()).toBe(1);
    await begin(scene);
    expect(shown().shift).toEqual([]);
  });

  it('stays in front while the real desk goes on behind it', async () => {
    const scene = await openSetUpDesk();
    const { desk, clock, shown } = scene;
    const real = await startFor(scene);
    await begin(scene);
    clock.pass(11 * MINUTE);
    await scene.settle();
    expect(shown()).toMatchObject({ practice: true, shift: [] });
    await leave(scene);
    expect(shown().shift).toMatchObject([{ id: real.id, state: 'expired' }]);
    expect(desk.view().screen).toMatchObject({ at: 'verification', verification: { id: real.id } });
  });

  it('that is left while it still begins is left, and begun twice is begun once', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    await Promise.all([begin(scene), begin(scene), leave(scene)]);
    expect(desk.view()).toMatchObject({ practice: false });
    expect(scene.practiceRoomsClosed()).toBe(1);
    expect(await desk.handlers['verification.start'](MARIA)).toMatchObject({ ok: true });
  });

  it('keeps the newest twenty mails, newest first', async () => {
    const scene = await openDesk();
    await begin(scene);
    const mail = {
      from: 'a@b.test',
      to: 'c@d.test',
      subject: '',
      text: '',
      html: '<p>One</p>',
      source: '',
      receivedAt: 0,
    };
    for (let n = 1; n <= 23; n += 1) scene.practiceMail({ ...mail, id: String(n) });
    const newest = Array.from({ length: 20 }, (_, index) => String(23 - index));
    expect(scene.shown().practiceMails.map(({ id }) => id)).toEqual(newest);
    expect(scene.desk.view().practiceMails.map(({ id }) => id)).toEqual(newest);
    // The document is asked for by its id and is never part of a view.
    expect(JSON.stringify(scene.shown())).not.toContain('<p>');
    expect([scene.desk.mailDocument('23'), scene.desk.mailDocument('1')]).toEqual(['<p>One</p>', null]);
    await leave(scene);
    expect(scene.desk.mailDocument('23')).toBeNull();
  });

  it('needs no account, and leaving it is back at the welcome screen', async () => {
    const scene = await openDesk();
    await begin(scene);
    expect(scene.desk.view()).toMatchObject({ practice: true, businessName: 'Practice desk' });
    expect((await startFor(scene)).code).toHaveLength(6);
    await leave(scene);
    expect(scene.desk.view()).toMatchObject({ practice: false, screen: { at: 'welcome' } });
  });

  it('takes nothing from a session, neither what is open nor what was spent', async () => {
    const { vault, settings } = await openSetUpDesk();
    vault.trouble = 'missing';
    const scene = await openDesk({ vault, settings });
    const { desk } = scene;
    await desk.handlers['vault.useSession'](undefined);
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.save'](saving({ keep: 'session' }));
    const { id, code } = await startFor(scene);
    const { sends } = desk.view();
    await begin(scene);
    await desk.handlers['settings.removeAll'](undefined);
    await leave(scene);
    expect(desk.view()).toMatchObject({ practice: false, sends, notices: [], shift: [{ id }] });
    expect(await desk.handlers['verification.check']({ id, code })).toEqual(VERIFIED);
  });

  it('leaves nothing on the disk, also when the program is killed in it', async () => {
    const scene = await openDesk({ profile });
    const before = readdirSync(profile);
    await begin(scene);
    await startFor(scene);
    expect(readdirSync(profile)).toEqual(before);
    await scene.desk.close();
    expect(scene.practiceRoomsClosed()).toBe(1);
  });
});
