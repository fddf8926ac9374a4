/**
 * @file What every part of the desk works with, made once. Its three rules are kept here: only `go` moves the desk, only
 * one piece of work at a time opens or closes a station, and every change ends in `changed` or `show`.
 */
import type { Draft } from '../../shared/desk-view.ts';
import { offeredOf, usualRequest } from '../../shared/purposes.ts';
import { asksFor } from '../../shared/request.ts';
import type { SettingsPage } from '../../shared/settings.ts';
import { type Access, createAccess } from '../access/access.ts';
import { createQueue } from '../ledger/queue.ts';
import type { DeskPorts } from './ports.ts';
import { type DeskState, newState, type Place, viewOf } from './state.ts';

export interface DeskCore {
  readonly state: DeskState;
  readonly ports: DeskPorts;
  /** Who is at the desk. */
  readonly access: Access;
  /** Moves the desk; the only writer of its place. What is seen changes with the next `changed` or `show`. */
  readonly go: (place: Place) => void;
  readonly openSettings: (page: SettingsPage) => void;
  /** Where the desk is when nothing else was asked for: at the address, or at the welcome before set-up. */
  readonly home: () => void;
  /**
   * Waits until earlier work has ended. What opens or closes a station, or writes the account or its secret, takes
   * turns: two at once would leave a station running unseen. What reads, or works on the station as it is, does not.
   */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Something happened that other things may follow from: {@link onChange} looks, then the page is shown. */
  readonly changed: () => void;
  /** Shows the page a change that nothing follows from. */
  readonly show: () => void;
  readonly forgetDraft: () => void;
  /** What the form begins with is what is usual; a draft for what is not offered any more is for that, too. */
  readonly refitDraft: () => void;
  /** Has `look` run with every change, before it is shown. */
  readonly onChange: (look: () => void) => void;
  /** From now on the page is shown the desk: the window is there before the keychain has answered. Called once. */
  readonly open: () => void;
  readonly opened: Promise<undefined>;
  /** Ends everything: nothing is looked at or shown any more. */
  readonly close: () => void;
}

export function createDeskCore(ports: DeskPorts): DeskCore {
  let place: Place = { at: 'welcome' };
  const emptyDraft = (): Draft => ({
    address: '',
    request: usualRequest(ports.settings.choices().purposes, ports.settings.account()?.name ?? ''),
  });
  const state = newState(() => place, emptyDraft());
  const looks: (() => void)[] = [];
  let phase: 'opening' | 'open' | 'closed' = 'opening';
  const opened = Promise.withResolvers<undefined>();

  const show = (): void => {
    if (phase === 'open') ports.publish(viewOf(state, ports, access));
  };
  const access = createAccess({
    vault: ports.keychain,
    clock: ports.clock,
    timers: ports.timers,
    random: ports.random,
    hint: { read: () => ports.settings.hasOwner(), keep: (has) => ports.settings.keepHasOwner(has) },
    lockMinutes: () => ports.settings.choices().lockMinutes,
    onChange: () => {
      // What only the owner may use does not wait behind the lock for an operator.
      if (access.isLocked() && (place.at === 'settings' || place.at === 'setup')) home();
      show();
    },
  });
  const go = (to: Place): void => {
    place = to;
    if (to.at === 'settings') state.settingsPage = to.page;
    // Back at the desk, what the owner's PIN opened closes behind the owner.
    if (to.at === 'address' || to.at === 'verification') access.leaveOwner();
  };
  const home = (): void => {
    go({ at: state.station === null && ports.settings.account() === null ? 'welcome' : 'address' });
  };
  return {
    state,
    ports,
    access,
    go,
    openSettings: (page) => go({ at: 'settings', page, since: ports.clock.wall() }),
    home,
    inTurn: createQueue(),
    changed: () => {
      if (phase !== 'closed') for (const look of looks) look();
      show();
    },
    show,
    forgetDraft: () => {
      state.draft = emptyDraft();
      state.replacing = null;
      state.answered = null;
    },
    refitDraft: () => {
      const { address, request, ...rest } = state.draft;
      const { purposes } = ports.settings.choices();
      const offered = offeredOf(purposes).some(
        ({ purpose, details }) => purpose === request.purpose && asksFor(request, details),
      );
      if (address === '' || !offered) state.draft = { ...rest, address, request: emptyDraft().request };
    },
    onChange: (look) => {
      looks.push(look);
    },
    open: () => {
      phase = 'open';
      opened.resolve(undefined);
    },
    opened: opened.promise,
    close: () => {
      access.close();
      phase = 'closed';
    },
  };
}
