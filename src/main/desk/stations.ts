/**
 * @file Opens and closes what the desk works with: the real account on its keychain, the same "for this session
 * only", or practice.
 */
import { parseAddress } from '../address/parse.ts';
import type { Courier, Outcome } from '../ports/mail.ts';
import type { Vault, VaultProblem } from '../ports/vault.ts';
import { CAUSES } from '../../shared/causes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AccountForm } from '../../shared/words.ts';
import type { DeskCore } from './core.ts';
import type { OpeningProblem, RecordsKind } from './ports.ts';
import type { Secrets } from './secrets.ts';
import { practiceName, type Station } from './state.ts';

/** The mails the practice inbox keeps; older ones go. */
const INBOX_SIZE = 20;

export interface Stations {
  /** Looks at the keychain and opens the account's station, if there is an account and a vault for it. */
  readonly openAccount: () => Promise<Result<null, OpeningProblem>>;
  readonly openPractice: () => Promise<Result<null, OpeningProblem>>;
  /** Closes what is open; practice leaves nothing behind. */
  readonly closeStation: () => Promise<void>;
  /** The same for everything there is, at the end of the program. */
  readonly closeAll: () => Promise<void>;
  /** Takes the secret, the keys, the anchor and the records away. What is left of old files is unreadable. */
  readonly removeEverything: () => Promise<Result<null, VaultProblem>>;
}

export function createStations(
  { state, ports, changed }: DeskCore,
  { vaultInUse, inSession, secret, checkVault, forget, endSession }: Secrets,
): Stations {
  const { settings } = ports;

  function learnStanding(outcome: Outcome): void {
    if (outcome.state === 'accepted') state.standing = 'tested';
    if (outcome.state === 'refused' && CAUSES[outcome.problem.cause].account === 'refused')
      state.standing = 'refused';
  }

  /** Its records are in memory: practice puts them aside, and does not close them. */
  let aside: Station | null = null;

  /** The session's station back from practice, if that is what is to be opened now. */
  async function takeBack(kind: RecordsKind): Promise<void> {
    const kept = aside;
    aside = null;
    if (kept === null) return;
    if (kept.kind !== kind) await kept.close();
    else {
      await closeStation();
      state.station = kept;
    }
  }

  async function closeAll(): Promise<void> {
    await closeStation();
    await aside?.close();
    aside = null;
  }

  /** Opens a verifier over `courier`; `sender` is the account that sends count against. */
  async function openStation(
    kind: RecordsKind,
    vault: Vault,
    courier: Courier,
    sender: () => string | null,
    closeServer: () => Promise<void>,
  ): Promise<Result<null, OpeningProblem>> {
    let own: Station | null = null;
    const opened = await ports.openVerifier({
      kind,
      vault,
      // By way of the station, so that a changed account's courier is used from the next message on.
      post: {
        deliver: async (letter, options) => {
          const outcome = await (own?.courier ?? courier).deliver(letter, options);
          if (kind !== 'practice') learnStanding(outcome);
          return outcome;
        },
      },
      sender,
      policy: () => settings.choices(),
      onChange: changed,
    });
    if (!opened.ok) {
      await courier.close();
      await closeServer();
      return opened;
    }
    const station: Station = {
      kind,
      verifier: opened.value,
      courier,
      close: async () => {
        await station.verifier.close();
        await station.courier.close();
        await closeServer();
      },
    };
    own = station;
    state.station = station;
    return ok(null);
  }

  async function closeStation(): Promise<void> {
    const { station } = state;
    state.station = null;
    await station?.close();
    if (station?.kind === 'practice') {
      state.practiceMails = [];
      ports.removeRecords('practice');
    }
  }

  async function openAccount(): Promise<Result<null, OpeningProblem>> {
    state.recordsTrouble = null;
    const form = settings.account();
    if (form === null) {
      await closeAll();
      return ok(null);
    }
    await checkVault();
    if (!inSession() && state.vault !== 'available') {
      await closeStation();
      return fail({ code: 'vault', state: state.vault });
    }
    const kind = inSession() ? 'session' : 'desk';
    await takeBack(kind);
    const courier = ports.mail.courierFor(
      () => settings.account() ?? form,
      secret,
      () => settings.choices(),
    );
    if (state.station?.kind === kind) {
      const { courier: earlier } = state.station;
      state.station.courier = courier;
      await earlier.close();
      return ok(null);
    }
    await closeStation();
    const opened = await openStation(
      kind,
      vaultInUse(),
      courier,
      () => canonicalOf(settings.account()),
      nothing,
    );
    if (opened.ok) return opened;
    if (opened.problem.code === 'vault') state.vault = opened.problem.state;
    else state.recordsTrouble = opened.problem.code;
    return opened;
  }

  async function openPractice(): Promise<Result<null, OpeningProblem>> {
    if (state.station?.kind === 'session') {
      aside = state.station;
      state.station = null;
    }
    await closeStation();
    ports.removeRecords('practice');
    const { courier, close } = await ports.mail.practice(
      practiceName(ports),
      () => settings.choices(),
      (mail) => {
        state.practiceMails = [mail, ...state.practiceMails].slice(0, INBOX_SIZE);
        changed();
      },
    );
    return openStation('practice', ports.memoryVault(), courier, () => 'practice', close);
  }

  async function removeEverything(): Promise<Result<null, VaultProblem>> {
    await checkVault();
    const noVault = state.vault === 'locked' || (state.vault === 'missing' && !inSession());
    // What is in it would come back.
    if (noVault) return fail({ code: 'vault', state: state.vault === 'locked' ? 'locked' : 'missing' });
    // It would write to the keychain again. A session or practice does not, and goes on should this fail.
    if (state.station?.kind === 'desk') await closeStation();
    // The keys go first: should the rest fail, what is left on the disk cannot be read any more.
    if (state.vault === 'available') {
      const forgotten = await forget(['keys', 'app-password', 'anchor']);
      if (!forgotten.ok) return forgotten;
    }
    await closeAll();
    endSession();
    state.standing = 'tested';
    ports.removeRecords('desk');
    state.recordsTrouble = null;
    settings.setAccount(null);
    return ok(null);
  }

  return { openAccount, openPractice, closeStation, closeAll, removeEverything };
}

const nothing = (): Promise<void> => Promise.resolve();

const canonicalOf = (form: AccountForm | null): string | null => {
  const parsed = form === null ? null : parseAddress(form.address);
  return parsed?.ok === true ? parsed.value.canonical : null;
};
