/**
 * @file The desk: owns what is shown and answers every call of the page. It decides where one is and what may
 * be asked there; what a verification is, and how mail travels, is decided elsewhere.
 */
import type { AccessProblem } from '../../shared/access.ts';
import type { Channel, Handlers, InputOf } from '../../shared/contract.ts';
import type { AddressVerdict, DeskView, Draft, Notice } from '../../shared/desk-view.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { levelOf } from '../access/levels.ts';
import { adviceOn, judgeAddress } from './advice.ts';
import { createAttendance } from './attendance.ts';
import { createDeskCore } from './core.ts';
import { createHistoryHandlers } from './history.ts';
import { createLookahead } from './lookahead.ts';
import { createLookUps } from './look-ups.ts';
import { createNews } from './news.ts';
import { createNewerVersions } from './newer-version.ts';
import type { DeskPorts } from './ports.ts';
import { createSettingsHandlers } from './settings.ts';
import { createSetup } from './setup.ts';
import { createSecrets } from './secrets.ts';
import { previewIn, viewOf } from './state.ts';
import { createStations } from './stations.ts';
import { createVerificationHandlers } from './verifications.ts';

/** The page says when the network changed. One that goes to and fro, or a page gone bad, must be no login storm. */
const RENEW_EVERY_MS = 5_000;

/** What one desk answers; entering and leaving practice is above it (worlds.ts). */
export type DeskHandlers = Omit<Handlers, `practice.${string}`>;

/** The notices that come from outside of the desk. */
export type Told = Extract<Notice, { kind: 'second-start' | 'unsandboxed' }>;

export interface Desk {
  readonly handlers: DeskHandlers;
  /** Why a call is turned away with who is at this desk now; null when it is not. */
  readonly refusal: <C extends Channel>(channel: C, input: InputOf<C>) => AccessProblem | null;
  readonly view: () => DeskView;
  /** The HTML of a mail that is shown now, as a whole document; null when there is none of this id. */
  readonly mailDocument: (id: string) => string | null;
  /** Shows the page the desk as it is, unless it is still opening: then it shows itself. */
  readonly show: () => void;
  /** Opens what was set up before. Called once. */
  readonly start: () => Promise<void>;
  /** The machine is going to sleep: connections would only die. */
  readonly sleep: () => void;
  /** It woke up: wall time that passed meanwhile is real. */
  readonly wake: () => void;
  /** Something that the program around the desk has noticed; said again, also when it was dismissed before. */
  readonly tell: (notice: Told) => void;
  /** A notification of this verification was pressed: it is shown to who may see it. */
  readonly notificationPressed: (id: string) => void;
  readonly close: () => Promise<void>;
  /** Puts a newer version in place of this one, if the owner has chosen so and one is there. Called once closed. */
  readonly install: () => Promise<void>;
}

export function createDesk(ports: DeskPorts): Desk {
  const core = createDeskCore(ports);
  const { state, access, go, home, inTurn, changed, show } = core;
  const secrets = createSecrets(core);
  const stations = createStations(core, secrets);
  const lookahead = createLookahead(core);
  const attendance = createAttendance(core, secrets);
  const newerVersions = createNewerVersions(core);
  const lookUps = createLookUps(ports);
  const setup = createSetup(core, stations, secrets, lookUps);
  const verifications = createVerificationHandlers(core, stations, secrets, lookUps);
  const settings = createSettingsHandlers(core, stations);
  core.onChange(lookahead.plan);
  core.onChange(attendance.attend);
  core.onChange(createNews(core));
  core.onChange(newerVersions.look);

  const view = (): DeskView => viewOf(state, ports, access);

  function judgeDraft(draft: Draft): AddressVerdict {
    state.draft = draft;
    lookUps.drafted(draft.address);
    if (draft.address !== '') state.answered = null;
    // From the first letter on: by the time the address is whole, so is the line.
    if (draft.address !== '') state.station?.courier.warm();
    return judgeAddress(draft.address);
  }

  /** What an end says stays in sight over the next address, however fast one goes on. */
  function keepAnswer(id: string): void {
    const last = state.station?.verifier.get(id);
    if (last != null && last.state !== 'open') state.answered = id;
  }

  let renewedAt = -Infinity;
  function renewLines(): void {
    const now = ports.clock.monotonic();
    if (now - renewedAt < RENEW_EVERY_MS) return;
    renewedAt = now;
    state.station?.courier.renew();
    attendance.rest();
    attendance.attend();
  }

  /** Who may work at the desk was changed, if it was: the journal has an entry of it. */
  async function journaled<R extends { readonly ok: boolean }>(change: Promise<R>): Promise<R> {
    const answer = await change;
    if (answer.ok) await state.station?.verifier.operatorsChanged().catch(ports.report);
    return answer;
  }

  const handlers: DeskHandlers = {
    'desk.view': async () => {
      await core.opened;
      return ok(view());
    },
    'desk.go': (way) => {
      state.replacing = null;
      const left = state.place;
      if (way.to === 'address') home();
      else if (way.to === 'history') go({ at: 'history', record: null });
      else if (way.to === 'settings') core.openSettings(way.page ?? state.settingsPage);
      else go({ at: way.to });
      if (left.at === 'verification') keepAnswer(left.id);
      changed();
      return Promise.resolve(ok(null));
    },
    'desk.show': ({ id }) => {
      if (state.station?.verifier.get(id) == null) return Promise.resolve(fail({ code: 'not-found' }));
      state.replacing = null;
      go({ at: 'verification', id });
      changed();
      return Promise.resolve(ok(null));
    },
    'desk.draft': (draft) => Promise.resolve(ok(judgeDraft(draft))),
    'desk.advise': async ({ address }) => ok(await adviceOn(address, lookUps.ofDraft)),
    'desk.dismiss': ({ notice }) => {
      // Only what is shown: a page gone bad could otherwise silence what is yet to come, and fill the memory.
      const shown = view().notices.find(({ kind }) => kind === notice);
      if (shown !== undefined) {
        state.dismissed = [...state.dismissed.filter(({ kind }) => kind !== shown.kind), shown];
        show();
      }
      return Promise.resolve(ok(null));
    },
    'desk.networkChanged': ({ online }) => {
      if (online) renewLines();
      // The next send then fails at once, and not after waiting for an answer on a dead line.
      else state.station?.courier.rest();
      return Promise.resolve(ok(null));
    },
    'setup.choose': ({ kind }) =>
      inTurn(async () => {
        await secrets.checkVault();
        setup.choose(kind);
        return ok(null);
      }),
    'setup.draft': ({ form }) => Promise.resolve(ok(setup.draft(form))),
    'setup.find': async () => ok(await setup.find()),
    'setup.save': (input) => setup.save(input),
    'setup.cancel': () => {
      setup.cancel();
      return Promise.resolve(ok(null));
    },
    'account.change': () =>
      inTurn(async () => {
        await secrets.checkVault();
        setup.change();
        return ok(null);
      }),
    ...verifications,
    ...settings,
    'access.sit': (input) => access.sit(input),
    'access.enterOwner': (input) => access.enterOwner(input),
    'access.setOwner': (input) => inTurn(() => journaled(access.setOwner(input))),
    'access.recover': (input) => access.recover(input),
    'access.turnOff': () => inTurn(() => journaled(access.turnOff())),
    'access.addOperator': (input) => journaled(access.addOperator(input)),
    'access.changeOperator': (input) => journaled(access.changeOperator(input)),
    'access.removeOperator': (input) => journaled(access.removeOperator(input)),
    'access.lock': () => done(access.lock),
    'access.leaveOwner': () => done(access.leaveOwner),
    'access.active': () => done(access.active),
    ...createHistoryHandlers(core),
    'vault.retry': () =>
      inTurn(async () => {
        await secrets.checkVault();
        if (state.station === null && state.vault === 'available') await stations.openAccount();
        changed();
        return ok(null);
      }),
    'vault.useSession': () =>
      inTurn(async () => {
        await secrets.checkVault();
        // With a keychain at hand it would only be a way to begin with fresh budgets.
        if (state.vault !== 'available') secrets.useSession();
        await stations.openAccount();
        changed();
        return ok(null);
      }),
    'outside.open': ({ page }) => {
      ports.openOutside(page);
      return Promise.resolve(ok(null));
    },
  };

  const refusal: Desk['refusal'] = (channel, input) => access.refusal(levelOf(channel, input));
  return {
    handlers,
    refusal,
    view,
    mailDocument: (id) => {
      const preview = access.isLocked() ? null : previewIn(state, ports);
      return preview?.id === id ? preview.html : null;
    },
    show,
    start: () =>
      inTurn(async () => {
        const { trouble } = ports.settings;
        if (trouble !== null) state.notices = [{ kind: trouble }];
        // One look at the keychain, which may take its whole time-out: opening an account looks by itself.
        if (ports.settings.account() === null) await secrets.checkVault();
        else await stations.openAccount();
        home();
        core.open();
        changed();
      }),
    sleep: () => {
      // After it an operator sits down anew.
      access.lock();
      state.station?.courier.rest();
      attendance.rest();
    },
    wake: () => {
      state.station?.verifier.resumed();
      if (state.place.at === 'address' || state.place.at === 'verification') state.station?.courier.warm();
      changed();
    },
    notificationPressed: (id) => {
      if (refusal('desk.show', { id }) === null) void handlers['desk.show']({ id });
    },
    tell: (notice) => {
      state.notices = [...state.notices.filter(({ kind }) => kind !== notice.kind), notice];
      state.dismissed = state.dismissed.filter(({ kind }) => kind !== notice.kind);
      show();
    },
    close: () =>
      inTurn(async () => {
        core.close();
        lookahead.stop();
        attendance.rest();
        newerVersions.stop();
        await stations.closeStation();
      }),
    install: newerVersions.install,
  };
}

function done(act: () => void): Promise<Result<null, never>> {
  act();
  return Promise.resolve(ok(null));
}
