/**
 * @file What the desk knows at one moment, and the view the page is given of it. Nothing in the state is a code;
 * a secret kept "for this session" is held by a closure in stations.ts and is not reachable from here.
 */
import { hintsFor } from '../address/hint.ts';
import { parseAddress } from '../address/parse.ts';
import { chance, HOUR_MS } from '../ledger/policy.ts';
import type { Moment } from '../ledger/clocks.ts';
import type { Verifier } from '../verification/verifier.ts';
import type {
  AccountView,
  DeskView,
  Draft,
  KnownRow,
  Notice,
  Screen,
  ShiftRow,
  VerificationView,
} from '../../shared/desk-view.ts';
import type { Cause } from '../../shared/causes.ts';
import type {
  AccountForm,
  AddressHint,
  EpochMs,
  Keeping,
  RecordsTrouble,
  VaultState,
} from '../../shared/words.ts';
import type { NewerVersion } from '../../shared/newer-version.ts';
import type { Refused, SettingsPage } from '../../shared/settings.ts';
import type { AccessView } from '../../shared/access.ts';
import type { Access } from '../access/access.ts';
import { lockedView } from './locked-view.ts';
import { type ExportTask } from '../../shared/history.ts';
import type { DeskPorts } from './ports.ts';
import type { Courier, PreviewedMail } from '../ports/mail.ts';

/** What can be worked with: a verifier on its records, and the courier of its messages. */
export interface Station {
  readonly kind: 'desk' | 'session';
  readonly verifier: Verifier;
  /** Replaced when the account is changed. */
  courier: Courier;
  /** Ends both, and the server that was started for them. */
  close(): Promise<void>;
}

/** Where the desk is; the page shows this and can only ask for another. */
export type Place =
  | { readonly at: 'welcome' | 'address' }
  | { readonly at: 'settings'; readonly page: SettingsPage; readonly since: EpochMs }
  | Extract<Screen, { at: 'setup' }>
  | { readonly at: 'verification'; readonly id: string }
  /** `record`: the one that is opened beside the list. */
  | { readonly at: 'history'; readonly record: string | null };

export interface DeskState {
  /** Written by {@link DeskCore.go} alone. */
  readonly place: Place;
  station: Station | null;
  vault: VaultState;
  /** The owner chose to go on without the keychain. */
  sessionOnly: boolean;
  /** There are records that can't be opened without the keychain: a session would begin anew, and wait for a day. */
  recordsKept: boolean;
  /** Where the account's secret is; null when there is none. */
  secret: Keeping | null;
  /** Whether the account's server lets it in, as far as this run knows. */
  standing: Exclude<AccountView['standing'], 'no-records'>;
  /** Why the account's own mailbox could not be attended to, by what was to be done there. */
  mailboxTrouble: {
    readonly watch: Cause | null;
    readonly tidySent: Cause | null;
    /** What is found otherwise, and is said all the same. */
    readonly ids: Cause | null;
  };
  draft: Draft;
  /** How many verifications are being started, and are in no record yet. */
  starting: number;
  /** The page of the settings that was open last. */
  settingsPage: SettingsPage;
  /** What was typed in the settings and turned away: it is lost nowhere, and in force nowhere. */
  refused: Refused;
  /** The export that is being written. */
  task: ExportTask | null;
  /** The verification whose address is being changed: it ends when the code to the other address starts. */
  replacing: string | null;
  /** The ended verification that was on the screen last; null once the next address is begun. */
  answered: string | null;
  /** What there is to say about the newest address, once DNS has answered. */
  advice: { readonly id: string; readonly hints: readonly AddressHint[] } | null;
  /** What was entered in set-up and not saved: another way of sending begins with it. */
  entered: AccountForm | null;
  /** An account was set up, and nothing was sent from it yet. */
  newAccount: boolean;
  /** Why the account's records could not be opened when that was last tried. */
  recordsTrouble: RecordsTrouble | null;
  /** A version newer than this one, once it is known that it exists. */
  newer: NewerVersion | null;
  /** Notices of the desk's own; the verifier has its own too. */
  notices: readonly Notice[];
  /** As they were when they were dismissed; one of each kind at most. */
  dismissed: readonly Notice[];
}

const NO_TROUBLE: DeskState['mailboxTrouble'] = { watch: null, tidySent: null, ids: null };

export const newState = (where: () => Place, draft: Draft): DeskState => ({
  get place() {
    return where();
  },
  station: null,
  vault: 'available',
  sessionOnly: false,
  recordsKept: false,
  secret: null,
  standing: 'tested',
  mailboxTrouble: NO_TROUBLE,
  draft,
  starting: 0,
  settingsPage: 'account',
  refused: {},
  task: null,
  replacing: null,
  answered: null,
  advice: null,
  entered: null,
  newAccount: false,
  recordsTrouble: null,
  newer: null,
  notices: [],
  dismissed: [],
});

/** What there is to say about an address that is already known to be valid, without a look-up. */
const hintsOf = (address: string): readonly AddressHint[] => {
  const parsed = parseAddress(address);
  return parsed.ok ? hintsFor(parsed.value, 'unknown') : [];
};

/** Before a station is open nothing was sent; the policy says how much may be. */
function sendsOf(state: DeskState, allowed: number, at: Moment | undefined): DeskView['sends'] {
  return state.station?.verifier.sends(at) ?? { left: allowed, allowed, freesAt: null, limitSaid: false };
}

/** The message as the owner wants it, where it is shown beside the choices. */
export function previewIn({ place }: DeskState, ports: DeskPorts): PreviewedMail | null {
  const account = ports.settings.account();
  if (place.at !== 'settings' || place.page !== 'message' || account === null) return null;
  // Of the moment when the page was opened: it changes with what is typed, and not with the time.
  return ports.previewMail({ account, choices: ports.settings.choices(), at: place.since });
}

function settingsOf(page: SettingsPage, preview: PreviewedMail | null): Screen {
  if (preview === null) return { at: 'settings', page, preview };
  const { id, from, subject, text } = preview;
  return { at: 'settings', page, preview: { id, from, subject, text } };
}

function screenOf(state: DeskState, ports: DeskPorts, at: Moment | undefined): Screen {
  const { place } = state;
  if (place.at === 'settings') return settingsOf(place.page, previewIn(state, ports));
  if (place.at === 'history') {
    const record = place.record === null ? null : state.station?.verifier.history.record(place.record, at);
    return { at: 'history', record: record ?? null };
  }
  if (place.at !== 'verification') return place;
  const verification = state.station?.verifier.get(place.id, at);
  // Purged, or its records are gone: there is nothing to show, and a new one can always be started.
  if (verification == null) return { at: 'address' };
  const hints = state.advice?.id === place.id ? state.advice.hints : hintsOf(verification.sentTo);
  const otherMail = otherMailOf(verification, state.station?.verifier.shift(at) ?? []);
  return { at: 'verification', verification: { ...verification, hints }, otherMail };
}

const isReadable = (row: ShiftRow): row is KnownRow => row.state !== 'unreadable';

/** Whether another code is in a mail to the same address, so that the person may read out the wrong one. */
function otherMailOf(
  { id, sentTo, state, openedAt }: VerificationView,
  shift: readonly ShiftRow[],
): 'earlier' | 'newer' | null {
  const others = shift
    .filter(isReadable)
    .filter((row) => row.id !== id && row.sentTo === sentTo && row.sends > 0);
  if (state !== 'open' || others.length === 0) return null;
  return others.some((row) => row.openedAt > openedAt) ? 'newer' : 'earlier';
}

/** As long as it is open: one that ended meanwhile has nothing to be replaced. */
function replacedAddress({ station, replacing }: DeskState, at: Moment | undefined): string | null {
  const replaced = replacing === null ? null : station?.verifier.get(replacing, at);
  return replaced?.state === 'open' ? replaced.sentTo : null;
}

/**
 * `until` is on budget time, which lags a little more whenever the clocks disagree, so that one and the same moves on by
 * as much. One that lies this much later is another restore's.
 */
const ANOTHER_MS = HOUR_MS;

function isDismissed({ dismissed }: DeskState, notice: Notice): boolean {
  const before = dismissed.find(({ kind }) => kind === notice.kind);
  if (before === undefined) return false;
  if ('since' in before && 'since' in notice) return before.since === notice.since;
  if ('version' in before && 'version' in notice)
    return before.version === notice.version && before.stage.at === notice.stage.at;
  return !('until' in before) || !('until' in notice) || notice.until - before.until < ANOTHER_MS;
}

const releasesOf = ({ newer }: DeskState, { releases }: DeskPorts): DeskView['releases'] =>
  releases === null ? null : { host: releases.host, from: releases.from, way: releases.way, newer };

const troubleOf = ({ mailboxTrouble: { watch, tidySent, ids } }: DeskState): Cause | null =>
  watch ?? tidySent ?? ids;

/** The whole view, made afresh: the page never has to put pieces together. */
export function viewOf(
  state: DeskState,
  ports: DeskPorts,
  access: Pick<Access, 'view' | 'isLocked'>,
): DeskView {
  const view = openView(state, ports, access.view());
  return access.isLocked() ? lockedView(view) : view;
}

function openView(state: DeskState, ports: DeskPorts, access: AccessView): DeskView {
  const choices = ports.settings.choices();
  const form = ports.settings.account();
  // One look for the whole of it: what is shown fits together.
  const at = state.station?.verifier.look();
  const shift = state.station?.verifier.shift(at) ?? [];
  const closed = state.station === null && state.vault === 'available';
  const standing = closed ? 'no-records' : state.standing;
  const records: readonly Notice[] = state.recordsTrouble === null ? [] : [{ kind: state.recordsTrouble }];
  const saved: readonly Notice[] =
    state.newAccount && form !== null ? [{ kind: 'account-saved', address: form.address }] : [];
  const verifier = state.station?.verifier.notices(at) ?? [];
  const newer: readonly Notice[] = state.newer === null ? [] : [{ kind: 'newer-version', ...state.newer }];
  const notices = [...saved, ...state.notices, ...records, ...verifier, ...newer];
  return {
    version: ports.version,
    releases: releasesOf(state, ports),
    access,
    // The clock that every `until` is on: the wall clock may have been set back since they were computed.
    now: at?.now ?? ports.clock.wall(),
    practice: false,
    screen: screenOf(state, ports, at),
    businessName: form?.name ?? null,
    account:
      form === null ? null : { form, secret: state.secret, standing, mailboxTrouble: troubleOf(state) },
    vault: state.vault,
    sessionOnly: state.sessionOnly,
    recordsKept: state.recordsKept,
    draft: state.draft,
    replacing: replacedAddress(state, at),
    answered: shift.filter(isReadable).find(({ id }) => id === state.answered) ?? null,
    shift,
    sends: sendsOf(state, choices.accountSends, at),
    choices,
    refused: state.refused,
    chance: chance(choices),
    notices: notices.filter((notice) => !isDismissed(state, notice)),
    journal: state.station?.verifier.journal() ?? null,
    task: state.task,
    practiceMails: [],
  };
}
