/**
 * @file Operators and owner at the real desk: every guarded channel is called through the route without what it needs, and a
 * locked desk shows nothing.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, lockedView } from '../../../src/main/desk/locked-view.ts';
import { levelOf } from '../../../src/main/access/levels.ts';
import { CHOICE_NAMES } from '../../../src/main/choices/choices.ts';
import { type Channel, channels } from '../../../src/shared/contract.ts';
import type { DeskView } from '../../../src/shared/desk-view.ts';
import { fail } from '../../../src/shared/result.ts';
import { PIN } from '../../fakes/access-scene.ts';
import { type DeskScene, openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';
import { routeTo, sitDown, turnOn, US } from '../../fakes/operators.ts';
import { MINUTE } from '../../fakes/time.ts';
import { GOOD } from '../ipc/inputs.ts';

/** What anybody in front of a locked desk may call. */
const OPEN: readonly Channel[] = [
  'desk.view',
  'desk.draft',
  'desk.networkChanged',
  'practice.leave',
  'access.sit',
  'access.lock',
  'access.enterOwner',
  'access.leaveOwner',
  'access.recover',
  'vault.retry',
];
/** What needs the owner. A channel that is in neither list needs an operator at the desk. */
const OWNERS: readonly Channel[] = [
  'desk.go',
  'setup.choose',
  'setup.draft',
  'setup.find',
  'setup.save',
  'account.change',
  'account.remove',
  'history.export',
  'history.erase',
  'journal.changeKey',
  'settings.choose',
  'settings.saveName',
  'settings.removeAll',
  'access.setOwner',
  'access.turnOff',
  'access.addOperator',
  'access.changeOperator',
  'access.removeOperator',
  'vault.useSession',
];
const needsOf = (channel: Channel) =>
  OPEN.includes(channel) ? 'open' : OWNERS.includes(channel) ? 'owner' : 'operator';

/** All that a call could have changed. */
const everything = ({ desk, settings, vault, post, probes }: DeskScene): string =>
  JSON.stringify([
    desk.view(),
    settings.account(),
    settings.choices(),
    [...vault.items],
    post.letters.length,
    probes,
  ]);

describe('what a channel needs', () => {
  it.each(channels)('%s: is what was decided for it', (channel) => {
    // A union of functions takes the intersection of their inputs; each good input is its channel's own.
    expect(levelOf(channel, GOOD[channel] as never)).toBe(needsOf(channel));
  });

  it('changes by what is asked for: the look of the page is for whoever is at the desk', () => {
    expect(levelOf('settings.choose', { theme: 'dark', textSize: 1.25 })).toBe('operator');
    // Every other choice is the owner's, alone and beside these two.
    for (const name of CHOICE_NAMES.filter((choice) => choice !== 'theme' && choice !== 'textSize'))
      for (const change of [{ [name]: null }, { theme: 'dark', [name]: null }])
        expect(levelOf('settings.choose', change as never), name).toBe('owner');
    expect(levelOf('desk.go', { to: 'address' })).toBe('operator');
  });
});

describe('through the bridge', () => {
  let scene: DeskScene;
  beforeEach(async () => {
    scene = await openSetUpDesk();
    await startFor(scene);
    await turnOn(scene);
  });
  afterEach(() => scene.desk.close());

  it('every guarded channel is turned away at a locked desk, and changes nothing [T-access-locked]', async () => {
    const route = routeTo(scene);
    await scene.desk.handlers['access.lock'](undefined);
    const before = everything(scene);
    for (const channel of channels.filter((one) => needsOf(one) !== 'open')) {
      expect(await route(channel, US, [GOOD[channel]]), channel).toEqual(
        fail({ code: 'no-access', needs: needsOf(channel) }),
      );
      expect(everything(scene), channel).toBe(before);
    }
  });

  it('every channel of the owner is turned away from an operator, and changes nothing [T-access-owner]', async () => {
    const route = routeTo(scene);
    await sitDown(scene);
    const before = everything(scene);
    for (const channel of OWNERS) {
      expect(await route(channel, US, [GOOD[channel]]), channel).toEqual(
        fail({ code: 'no-access', needs: 'owner' }),
      );
      expect(everything(scene), channel).toBe(before);
    }
  });

  it('the owner may, and what was opened closes on the way back to the desk [T-access-leaves]', async () => {
    const route = routeTo(scene);
    await sitDown(scene);
    await route('access.enterOwner', US, [{ pin: PIN }]);
    expect(await route('desk.go', US, [{ to: 'settings' }])).toMatchObject({ ok: true });
    expect(await route('settings.saveName', US, [{ name: 'Harbour' }])).toMatchObject({ ok: true });
    await route('desk.go', US, [{ to: 'address' }]);
    expect(await route('settings.saveName', US, [{ name: 'Elsewhere' }])).toMatchObject({ ok: false });
    expect(scene.desk.view().businessName).toBe('Harbour');
  });
});

describe('a locked desk', () => {
  let scene: DeskScene;
  beforeEach(async () => {
    scene = await openSetUpDesk();
    await turnOn(scene);
    await sitDown(scene);
  });
  afterEach(() => scene.desk.close());

  it('shows of what is behind it only what is named here', () => {
    const behind = Object.fromEntries(Object.keys(scene.desk.view()).map((name) => [name, `behind ${name}`]));
    // Only whether a field is passed on is looked at.
    const shown = Object.entries(lockedView(behind as unknown as DeskView));
    expect(shown.flatMap(([name, value]) => (value === behind[name] ? name : [])).toSorted()).toEqual([
      ...['access', 'businessName', 'chance', 'choices', 'now', 'practice'],
      ...['recordsKept', 'releases', 'sessionOnly', 'vault', 'version'],
    ]);
  });

  it('shows neither customer nor account, whatever happens behind it, and is where it was afterwards [T-locked-view]', async () => {
    await startFor(scene);
    await scene.desk.handlers['desk.draft']({
      address: 'secret.draft@example.test',
      request: GOOD['desk.draft'].request,
    });
    scene.desk.tell({ kind: 'second-start' });
    const before = scene.desk.view();
    expect([before.journal, before.notices.length, before.sends.left]).not.toContain(null);
    expect(before.notices).toHaveLength(1);
    await scene.desk.handlers['access.lock'](undefined);
    scene.clock.pass(10 * MINUTE);
    // Whole, so that nothing that is added is shown by mistake.
    expect(scene.desk.view()).toEqual({
      ...before,
      ...{
        screen: { at: 'locked' },
        account: null,
        draft: EMPTY_DRAFT,
        shift: [],
        chance: expect.anything() as object,
      },
      ...{ access: scene.desk.view().access, now: scene.clock.wall() },
      ...{
        replacing: null,
        answered: null,
        refused: {},
        notices: [],
        practiceMails: [],
        journal: null,
        task: null,
      },
      sends: { left: 0, allowed: 0, freesAt: null, limitSaid: false },
    });
    for (const seen of [JSON.stringify(scene.desk.view()), JSON.stringify(scene.shown())]) {
      expect(seen.toLowerCase()).not.toMatch(/maria|secret\.draft|desk@gmail|49\.90/);
      expect(JSON.parse(seen)).toMatchObject({ screen: { at: 'locked' }, shift: [], account: null });
    }
    await sitDown(scene);
    const after = scene.desk.view();
    expect(after.draft).toEqual(before.draft);
    expect(after.screen.at).toBe(before.screen.at);
    expect(after.shift).toHaveLength(1);
  });

  it('is not moved by a notification that is pressed, and an open one is', async () => {
    const { desk } = scene;
    const { id } = await startFor(scene);
    await desk.handlers['desk.go']({ to: 'address' });
    await desk.handlers['access.lock'](undefined);
    desk.notificationPressed(id);
    await sitDown(scene);
    expect(desk.view().screen.at).toBe('address');
    desk.notificationPressed(id);
    expect(desk.view().screen.at).toBe('verification');
  });

  it('goes on judging and sending for those who wait, and locks when the machine sleeps [T-locked-sleep]', async () => {
    await startFor(scene);
    scene.desk.sleep();
    expect(scene.desk.view().screen.at).toBe('locked');
    scene.desk.wake();
    await sitDown(scene);
    expect(scene.desk.view().shift).toMatchObject([{ state: 'open', delivery: 'accepted' }]);
  });

  it('is at the desk when it is unlocked, and not where only the owner may be [T-access-home]', async () => {
    const { handlers } = scene.desk;
    for (const open of [
      () => handlers['desk.go']({ to: 'settings' }),
      () => handlers['account.change'](undefined),
    ]) {
      await handlers['access.enterOwner']({ pin: PIN });
      await open();
      await handlers['access.lock'](undefined);
      await sitDown(scene);
      expect(scene.desk.view().screen.at).toBe('address');
    }
  });

  it('loses nothing of an address that was typed until it locked', async () => {
    await scene.desk.handlers['desk.go']({ to: 'address' });
    await scene.desk.handlers['access.lock'](undefined);
    const draft = { address: 'mia@example.te', request: GOOD['desk.draft'].request };
    const route = routeTo(scene);
    expect(await route('desk.draft', US, [draft])).toMatchObject({ ok: true });
    expect(JSON.stringify(scene.desk.view())).not.toContain('mia@');
    await sitDown(scene);
    expect(scene.desk.view().draft).toEqual(draft);
  });

  it('locks by itself after the minutes that the owner chose', async () => {
    await scene.desk.handlers['settings.choose']({ lockMinutes: 2 });
    await scene.desk.handlers['access.active'](undefined);
    scene.clock.pass(2 * MINUTE - 1);
    expect(scene.desk.view().screen.at).not.toBe('locked');
    scene.clock.pass(1);
    expect(scene.shown().screen.at).toBe('locked');
  });
});

describe('practice', () => {
  it('asks nobody who they are, has operators of its own, and touches none of the desk’s [T-access-practice]', async () => {
    const scene = await openSetUpDesk();
    await turnOn(scene);
    await sitDown(scene);
    const kept = scene.vault.items.get('access');
    await scene.desk.handlers['practice.begin'](undefined);
    const route = routeTo(scene);
    expect(scene.desk.view().access).toEqual({ on: false });
    expect(await route('settings.saveName', US, [{ name: 'Practice' }])).toMatchObject({ ok: true });
    expect(await route('access.setOwner', US, [{ name: 'Clerk', pin: '730164', current: '' }])).toMatchObject(
      { ok: true },
    );
    await route('access.turnOff', US, []);
    expect(scene.vault.items.get('access')).toBe(kept);
    await route('practice.leave', US, []);
    expect(scene.desk.view().access).toMatchObject({ on: true });
    expect(await route('settings.saveName', US, [{ name: 'x' }])).toMatchObject({ ok: false });
    await scene.desk.close();
  });
});
