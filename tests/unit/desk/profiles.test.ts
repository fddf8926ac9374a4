/**
 * @file A profile that an earlier run left, opened by the whole desk: settings, records with open and ended verifications,
 * a used anchor, keys. tests/fixtures/profiles/make.ts makes the one of today's schema.
 */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RECORDS_SCHEMA } from '../../../src/main/store/migrations.ts';
import { defaultChoices } from '../../../src/shared/choices.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { ACCOUNT, APP_PASSWORD, type DeskScene, MARIA, openDesk, saving } from '../../fakes/desk-scene.ts';
import { readable } from '../../fakes/scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { createFakeVault } from '../../fakes/vault.ts';
import { wrong } from '../../fakes/wrong-code.ts';
import { VERIFIED, wrongWith } from '../../fakes/answers.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';

const PROFILES = join(import.meta.dirname, '../../fixtures/profiles');

/** What make.ts writes beside a profile. */
interface About {
  readonly closedAt: number;
  readonly keychain: Record<string, string>;
  readonly open: { readonly id: string; readonly code: string };
}

makeFolderForEach();

const records = (): Buffer => readFileSync(join(folder, 'verifications.db'));

async function openProfile(name: string): Promise<{ scene: DeskScene; about: About }> {
  cpSync(join(PROFILES, name), folder, { recursive: true });
  // Written by make.ts from the type above.
  const about = JSON.parse(readFileSync(join(folder, 'about.json'), 'utf8')) as About;
  const vault = createFakeVault(
    new Map(Object.entries(about.keychain)) as Parameters<typeof createFakeVault>[0],
  );
  const scene = await openDesk({ profile: folder, vault, clock: createFakeClock(about.closedAt + MINUTE) });
  return { scene, about };
}

const VERSIONS = [...RECORDS_SCHEMA.steps.keys()].map((step) => step + 1);

describe.each(VERSIONS)('a profile of schema %i', (version) => {
  const name = `schema-${version}`;
  let scene: DeskScene;
  let open: About['open'];
  beforeEach(
    async () =>
      ({
        scene,
        about: { open },
      } = await openProfile(name)),
  );
  afterEach(() => scene.desk.close());

  it('is of that schema, and not made again under a later one', () => {
    // In the file's head (sqlite.org/fileformat.html): opening it would leave files beside it.
    expect(readFileSync(join(PROFILES, name, 'verifications.db')).readUInt32BE(60)).toBe(version);
  });

  it('is as it was left: account, password, choices and every verification', async () => {
    const { account, choices, notices, shift, sends } = scene.desk.view();
    expect(notices).toEqual([]);
    expect(account).toMatchObject({ form: ACCOUNT, secret: 'keychain', standing: 'tested' });
    expect(await scene.lineSecret()).toBe(APP_PASSWORD);
    expect(choices).toEqual({
      ...defaultChoices('gmail'),
      ...{ guesses: 4, addressSends: 4, codeInSubject: false, sentence: 'Second floor.' },
    });
    expect(readable(shift).map(({ sentTo, state, delivery }) => [sentTo, state, delivery])).toEqual([
      ['Open@example.test', 'open', 'accepted'],
      ['refused@example.test', 'open', 'refused'],
      ['cancelled@example.test', 'open', 'accepted'],
      ['cancelled@example.test', 'cancelled', 'accepted'],
      ['locked@example.test', 'locked', 'accepted'],
      ['verified@example.test', 'verified', 'accepted'],
      ['expired@example.test', 'expired', 'accepted'],
    ]);
    // Seven were sent, and one of them was refused.
    expect(sends.allowed - sends.left).toBe(6);
  });

  it('has its open verification judged, with the guesses that are left', async () => {
    const { id, code } = open;
    expect(await scene.desk.handlers['verification.check']({ id, code: wrong(code, 2) })).toEqual(
      wrongWith(2),
    );
    expect(await scene.desk.handlers['verification.check']({ id, code })).toEqual(VERIFIED);
  });

  it('counts on: an address that had two of its four messages gets two more', async () => {
    const answers: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      scene.clock.pass(MINUTE);
      const draft = { ...MARIA, address: 'cancelled@example.test' };
      const started = await scene.desk.handlers['verification.start'](draft);
      answers.push(started.ok ? 'sent' : started.problem.code);
    }
    expect(answers).toEqual(['sent', 'sent', 'address-delayed']);
  });
});

describe('a profile from before the first schema', () => {
  it('is told as that, and left as it is; removing all data is the way to begin anew', async () => {
    const before = readFileSync(join(PROFILES, 'before-the-first', 'verifications.db'));
    const { scene } = await openProfile('before-the-first');
    const { desk } = scene;
    expect(desk.view()).toMatchObject({
      notices: [{ kind: 'records-older' }],
      account: { form: ACCOUNT, standing: 'no-records' },
      shift: [],
    });
    expect(await desk.handlers['verification.start'](MARIA)).toEqual(fail({ code: 'records-older' }));
    expect(records().equals(before)).toBe(true);

    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual(ok(null));
    expect(await desk.handlers['setup.save'](saving())).toEqual(ok(null));
    expect(desk.view()).toMatchObject({
      notices: [{ kind: 'account-saved' }],
      account: { standing: 'tested' },
    });
    expect(await desk.handlers['verification.start'](MARIA)).toMatchObject({ ok: true });
    await desk.close();
  });
});
