/**
 * @file "For this session only": its records last as long as the program, and it is no way round the records on the disk.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MARIA, openDesk, saving, startFor, type DeskScene } from '../../fakes/desk-scene.ts';
import { removeRecords } from '../../../src/main/store/records.ts';
import { fail } from '../../../src/shared/result.ts';
import { editFile } from '../../fakes/edit.ts';
import { DAY, HOUR } from '../../fakes/time.ts';
import { wrong } from '../../fakes/wrong-code.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { folder as profile, makeFolderForEach } from '../../fakes/each-folder.ts';

makeFolderForEach();

/** Guesses wrongly until the desk refuses; answers how many guesses were judged. */
async function guessAll({ desk, post, settle }: DeskScene): Promise<number> {
  let judged = 0;
  for (let n = 0; n < 10; n += 1) {
    const request = {
      ...MARIA.request,
      details: MARIA.request.details.map((one) => ({ ...one, value: `${n}` })),
    };
    const started = await desk.handlers['verification.start']({ ...MARIA, request });
    if (!started.ok) return judged;
    await settle();
    const code = wrong(post.letters.at(-1)?.code ?? '');
    for (let guess = 0; guess < 5; guess += 1) {
      const answer = await desk.handlers['verification.check']({ id: started.value.id, code });
      if (answer.ok && ['wrong', 'locked'].includes(answer.value.outcome)) judged += 1;
    }
  }
  return judged;
}

const save = async ({ desk }: DeskScene, keep: 'keychain' | 'session'): Promise<unknown> => {
  await desk.handlers['setup.choose']({ kind: 'gmail' });
  return desk.handlers['setup.save'](saving({ keep, endOpen: true }));
};

describe('a session', () => {
  it('lasts as long as the program, however often the keychain comes and goes [T-session-lasts]', async () => {
    const scene = await openDesk({ profile });
    scene.vault.trouble = 'locked';
    await save(scene, 'session');
    expect(await guessAll(scene)).toBe(20);
    for (let round = 0; round < 5; round += 1) {
      scene.vault.trouble = null;
      await save(scene, 'keychain');
      expect(await guessAll(scene), 'over the keychain').toBe(0);
      scene.vault.trouble = 'locked';
      await save(scene, 'session');
      expect(await guessAll(scene), 'in memory again').toBe(0);
    }
    expect(scene.desk.view()).toMatchObject({ sessionOnly: true });
  });

  it('beside records that can’t be opened begins anew: it is said, and waits for a day [T-session-anew]', async () => {
    const scene = await openDesk({ profile });
    await scene.setUp();
    expect(await guessAll(scene)).toBe(20);
    await scene.desk.close();
    scene.vault.trouble = 'locked';
    const next = await openDesk({
      profile,
      vault: scene.vault,
      clock: scene.clock,
      settings: scene.settings,
    });
    expect(next.desk.view()).toMatchObject({ vault: 'locked', recordsKept: true });
    await next.desk.handlers['vault.useSession'](undefined);
    await save(next, 'session');
    expect(next.desk.view()).toMatchObject({ recordsKept: false, sessionOnly: true });
    expect(await next.desk.handlers['verification.start'](MARIA)).toMatchObject(
      fail({ code: 'records-restored', until: next.clock.wall() + DAY }),
    );
    expect(await guessAll(next)).toBe(0);
    next.clock.pass(DAY);
    expect(await guessAll(next)).toBe(20);
  });

  it('waits anew at every start, so that starting again gains nothing [T-session-restart]', async () => {
    const scene = await openDesk({ profile });
    await scene.setUp();
    await startFor(scene);
    await scene.desk.close();
    scene.vault.trouble = 'locked';
    for (let start = 0; start < 3; start += 1) {
      const next = await openDesk({
        profile,
        vault: scene.vault,
        clock: scene.clock,
        settings: scene.settings,
      });
      await save(next, 'session');
      expect(await guessAll(next)).toBe(0);
      await next.desk.close();
    }
  });

  it.each<[string, (scene: DeskScene) => unknown]>([
    ['used', () => undefined],
    ['used the shift before', ({ clock }) => clock.pass(13 * HOUR)],
    [
      'used, with its records erased',
      ({ desk }) => desk.handlers['history.erase']({ address: MARIA.address }),
    ],
  ])('that was %s, and removed, is followed by one that waits [T-session-removed]', async (_, after) => {
    const scene = await openDesk({ profile });
    scene.vault.trouble = 'missing';
    await save(scene, 'session');
    expect(await guessAll(scene)).toBe(20);
    await after(scene);
    expect(await scene.desk.handlers['account.remove'](undefined)).toMatchObject({ ok: true });
    await scene.desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(scene.desk.view().recordsKept, 'and it is said').toBe(true);
    await save(scene, 'session');
    expect(await guessAll(scene)).toBe(0);
  });

  it('that was begun anew, and removed, is followed by one that waits as well [T-session-removed-anew]', async () => {
    const scene = await openDesk({ profile });
    await scene.setUp();
    expect(await guessAll(scene)).toBe(20);
    scene.vault.trouble = 'missing';
    await save(scene, 'session');
    expect(await scene.desk.handlers['account.remove'](undefined)).toMatchObject({ ok: true });
    await save(scene, 'session');
    expect(await guessAll(scene)).toBe(0);
  });

  it.each<[string, (records: string) => void]>([
    ['were taken away', removeRecords],
    ['were edited', (records) => editFile(records, 'UPDATE meta SET counter = 0')],
  ])(
    'has no one to ask about records that %s while the keychain is locked, which the keychain notices [T-session-unsealed]',
    async (_, change) => {
      const scene = await openDesk({ profile });
      await scene.setUp();
      expect(await guessAll(scene)).toBe(20);
      await scene.desk.close();
      change(join(profile, 'verifications.db'));
      const { vault, clock, settings } = scene;
      vault.trouble = 'locked';
      const session = await openDesk({ profile, vault, clock, settings });
      await save(session, 'session');
      expect(await guessAll(session), 'as docs/threat-model.md says').toBe(20);
      await session.desk.close();
      vault.trouble = null;
      const later = await openDesk({ profile, vault, clock, settings });
      expect(await later.desk.handlers['verification.start'](MARIA)).toMatchObject({
        problem: { code: 'records-restored' },
      });
      await later.desk.close();
    },
  );

  it('is not offered while the records on the disk are open, which one connection has for itself', async () => {
    const scene = await openDesk({ profile, sqlite: '3.50.4' });
    await scene.setUp();
    expect(await guessAll(scene)).toBe(20);
    scene.vault.trouble = 'locked';
    for (const look of ['vault.retry', 'account.change'] as const) {
      expect(await scene.desk.handlers[look](undefined)).toMatchObject({ ok: true });
      expect(scene.desk.view()).toMatchObject({ vault: 'locked', recordsKept: true });
    }
    await scene.desk.close();
  });

  it('keeps the password only where there is a keychain: its budgets outlast a restart [T-session-keychain]', async () => {
    const scene = await openDesk({ profile });
    await save(scene, 'session');
    expect(scene.desk.view()).toMatchObject({ sessionOnly: false, account: { secret: 'session' } });
    expect(await guessAll(scene)).toBe(20);
    await scene.desk.close();
    const { vault, clock, settings } = scene;
    const next = await openDesk({ profile, vault, clock, settings });
    await save(next, 'session');
    expect(await guessAll(next)).toBe(0);
    await next.desk.close();
  });

  it.each([
    ['without records on the disk', () => undefined],
    ['beside records in which nothing was spent', (scene: DeskScene) => scene.setUp()],
  ])('%s begins at once', async (_, before) => {
    const scene = await openDesk({ profile });
    await before(scene);
    scene.vault.trouble = 'missing';
    await scene.desk.handlers['vault.retry'](undefined);
    expect(scene.desk.view().recordsKept).toBe(false);
    await save(scene, 'session');
    const { id, code } = await startFor(scene);
    expect(await scene.desk.handlers['verification.check']({ id, code })).toEqual(VERIFIED);
  });
});
