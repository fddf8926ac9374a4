/**
 * @file What is kept of operators and owner: it outlives the profile's files, and a PIN that is taken out of the keychain
 * closes the desk for a day.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src/shared/result.ts';
import { PIN } from '../../fakes/access-scene.ts';
import { type DeskScene, openDesk, startFor } from '../../fakes/desk-scene.ts';
import { routeTo, sitDown, turnOn, US } from '../../fakes/operators.ts';
import { MINUTE } from '../../fakes/time.ts';
import { GOOD } from '../ipc/inputs.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';

describe('files and keychain', () => {
  makeFolderForEach();

  /** A desk with operators that has sent something, and was closed. */
  async function used(): Promise<DeskScene> {
    const scene = await openDesk({ profile: folder });
    await scene.setUp();
    await turnOn(scene);
    await sitDown(scene);
    await startFor(scene);
    await scene.desk.close();
    return scene;
  }

  it('removing every file of the profile removes no PIN [T-access-files]', async () => {
    const { vault, clock } = await used();
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    const again = await openDesk({ profile: folder, vault, clock });
    expect(again.desk.view().access).toMatchObject({ on: true, locked: true });
    expect(await routeTo(again)('setup.save', US, [GOOD['setup.save']])).toMatchObject(
      fail({ code: 'no-access' }),
    );
    await again.desk.close();
  });

  it('taking the PIN’s entry out of the keychain closes the desk for a day, once, and says so [T-pin-removed]', async () => {
    const { vault, clock } = await used();
    vault.items.delete('access');
    clock.restart();
    const again = await openDesk({ profile: folder, vault, clock });
    expect(again.desk.view()).toMatchObject({
      access: { on: false },
      notices: [{ kind: 'pin-removed' }],
      shift: [{ state: 'expired', endReason: 'pin-removed' }],
    });
    const start = () => again.desk.handlers['verification.start'](GOOD['verification.start']);
    expect(await start()).toMatchObject(fail({ code: 'records-restored' }));
    clock.pass(24 * 60 * MINUTE - 1_000);
    expect(await start()).toMatchObject({ ok: false });
    clock.pass(2_000);
    expect(await start()).toMatchObject({ ok: true });
    await again.desk.close();
    clock.restart();
    const later = await openDesk({ profile: folder, vault, clock });
    expect(later.desk.view().notices).toEqual([]);
    await later.desk.close();
  });

  it('the records can still be read after that, and the keys are the same', async () => {
    const { vault, clock } = await used();
    const roots = (JSON.parse(vault.items.get('keys') ?? '{}') as { roots: unknown }).roots;
    vault.items.delete('access');
    const again = await openDesk({ profile: folder, vault, clock });
    expect(again.desk.view().shift).toMatchObject([{ sentTo: 'Maria@example.test' }]);
    expect(JSON.parse(vault.items.get('keys') ?? '{}')).toEqual({ version: 1, roots });
    await again.desk.close();
  });

  it('turning it off closes nothing', async () => {
    const { vault, clock } = await used();
    const again = await openDesk({ profile: folder, vault, clock });
    await again.desk.handlers['access.enterOwner']({ pin: PIN });
    expect(await again.desk.handlers['access.turnOff'](undefined)).toMatchObject({ ok: true });
    await again.desk.close();
    const later = await openDesk({ profile: folder, vault, clock });
    expect(later.desk.view()).toMatchObject({ access: { on: false }, notices: [] });
    expect(await later.desk.handlers['verification.start'](GOOD['verification.start'])).toMatchObject({
      ok: true,
    });
    await later.desk.close();
  });

  it('removing everything takes operators and PIN along', async () => {
    const { vault, clock } = await used();
    const again = await openDesk({ profile: folder, vault, clock });
    await again.desk.handlers['access.enterOwner']({ pin: PIN });
    expect(await again.desk.handlers['settings.removeAll'](undefined)).toEqual(ok(null));
    expect(vault.items.size).toBe(0);
    expect(again.desk.view()).toMatchObject({ access: { on: false }, screen: { at: 'welcome' } });
    await again.desk.close();
  });

  it('a keychain that is locked at the start keeps everything closed until it is unlocked [T-access-keychain]', async () => {
    const { vault, clock } = await used();
    vault.trouble = 'locked';
    const again = await openDesk({ profile: folder, vault, clock });
    const route = routeTo(again);
    expect(again.desk.view()).toMatchObject({ access: { unreadable: true }, screen: { at: 'locked' } });
    expect(await route('vault.useSession', US, [])).toMatchObject({ ok: false });
    expect(await route('setup.save', US, [GOOD['setup.save']])).toMatchObject({ ok: false });
    vault.trouble = null;
    expect(await route('vault.retry', US, [])).toMatchObject({ ok: true });
    await sitDown(again);
    expect(again.desk.view().shift).toHaveLength(1);
    await again.desk.close();
  });
});
