/**
 * @file Opens and closes what the desk works with: the real account on its keychain, the same "for this session
 * only", or practice. It is the one place that holds a session's secret, and it never gives it to anything but
 * the courier that signs in with it.
 */
import { parseAddress } from '../address/parse.ts';
import type { Outcome, Courier } from '../ports/mail.ts';
import type { Vault, VaultProblem } from '../ports/vault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { CAUSES } from '../../shared/causes.ts';
import type { AccountForm, Keeping } from '../../shared/words.ts';
import type { DeskPorts, OpeningProblem, RecordsKind } from './ports.ts';
import { practiceName, type DeskState, type Station } from './state.ts';
import { decodeSecret, encodeSecret } from './stored-secret.ts';

/** The mails the practice inbox keeps; older ones go. */
const INBOX_SIZE = 20;

export interface Stations {
  /** Looks at the keychain and opens the account's station, if there is an account and a vault for it. */
  openAccount(): Promise<Result<null, OpeningProblem>>;
  openPractice(): Promise<Result<null, OpeningProblem>>;
  /** Closes what is open; practice leaves nothing behind. */
  closeStation(): Promise<void>;
  /** The same for everything there is, at the end of the program. */
  closeAll(): Promise<void>;
  /** Puts a secret where the owner wants it, in place of any earlier one. */
  keepSecret(form: AccountForm, secret: string, keeping: Keeping): Promise<Result<null, VaultProblem>>;
  /** The secret now kept, for the live test of a changed account. */
  secret(): Promise<string | null>;
  /** Looks at the keychain afresh; the state is updated. */
  checkVault(): Promise<void>;
  /** Memory in place of the keychain until the program ends. */
  useSession(): void;
  /** Takes the secret, the keys, the anchor and the records away. What is left of old files is unreadable. */
  removeEverything(): Promise<Result<null, VaultProblem>>;
}

export function createStations(state: DeskState, ports: DeskPorts, changed: () => void): Stations {
  const { settings, keychain } = ports;
  let sessionSecret: string | null = null;
  let sessionVault: Vault | null = null;

  const vaultInUse = (): Vault => sessionVault ?? keychain;

  /** The secret, if `stored` is one for the account as it is now. */
  function forAccount(stored: string | null): string | null {
    const form = settings.account();
    return form === null || stored === null ? null : decodeSecret(form, stored);
  }

  async function secret(): Promise<string | null> {
    if (sessionSecret !== null) return forAccount(sessionSecret);
    const read = await vaultInUse().read('app-password');
    return read.ok ? forAccount(read.value) : null;
  }

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

  async function lookAtVault(): Promise<void> {
    state.vault = await keychain.state();
    if (sessionSecret !== null) {
      state.secret = forAccount(sessionSecret) === null ? null : 'session';
      return;
    }
    if (state.vault !== 'available') {
      state.secret = null;
      return;
    }
    const stored = await keychain.read('app-password');
    if (!stored.ok) state.vault = stored.problem;
    state.secret = stored.ok && forAccount(stored.value) !== null ? 'keychain' : null;
  }

  async function openAccount(): Promise<Result<null, OpeningProblem>> {
    state.recordsTrouble = null;
    const form = settings.account();
    if (form === null) {
      await closeAll();
      return ok(null);
    }
    await lookAtVault();
    if (sessionVault === null && state.vault !== 'available') {
      await closeStation();
      return fail({ code: 'vault', state: state.vault });
    }
    const kind = sessionVault === null ? 'desk' : 'session';
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

  async function keepSecret(
    form: AccountForm,
    secret: string,
    keeping: Keeping,
  ): Promise<Result<null, VaultProblem>> {
    const value = encodeSecret(form, secret);
    if (keeping === 'session') {
      sessionSecret = value;
      state.secret = 'session';
      // An earlier secret in the keychain would come back at the next start, although the owner chose otherwise.
      return state.vault === 'available' ? forget(['app-password']) : ok(null);
    }
    const written = await keychain.write('app-password', value);
    if (!written.ok) {
      state.vault = written.problem;
      return fail({ code: 'vault', state: written.problem });
    }
    sessionSecret = null;
    sessionVault = null;
    state.sessionOnly = false;
    state.secret = 'keychain';
    return ok(null);
  }

  async function forget(
    items: readonly ('app-password' | 'keys' | 'anchor')[],
  ): Promise<Result<null, VaultProblem>> {
    for (const item of items) {
      const removed = await keychain.remove(item);
      if (!removed.ok) {
        state.vault = removed.problem;
        return fail({ code: 'vault', state: removed.problem });
      }
    }
    return ok(null);
  }

  function useSession(): void {
    sessionVault ??= ports.memoryVault();
    state.sessionOnly = true;
  }

  async function removeEverything(): Promise<Result<null, VaultProblem>> {
    await lookAtVault();
    const noVault = state.vault === 'locked' || (state.vault === 'missing' && sessionVault === null);
    // What is in it would come back.
    if (noVault) return fail({ code: 'vault', state: state.vault === 'locked' ? 'locked' : 'missing' });
    // It would write to the keychain again. A session or practice does not, and goes on should this fail.
    if (state.station?.kind === 'desk') await closeStation();
    // The keys go first: should the rest fail, what is left on the disk can be read by nobody.
    if (state.vault === 'available') {
      const forgotten = await forget(['keys', 'app-password', 'anchor']);
      if (!forgotten.ok) return forgotten;
    }
    await closeAll();
    sessionSecret = null;
    sessionVault = null;
    state.sessionOnly = false;
    state.secret = null;
    state.standing = 'tested';
    ports.removeRecords('desk');
    state.recordsTrouble = null;
    settings.setAccount(null);
    return ok(null);
  }

  return {
    openAccount,
    openPractice,
    closeStation,
    closeAll,
    keepSecret,
    secret,
    checkVault: lookAtVault,
    useSession,
    removeEverything,
  };
}

const nothing = (): Promise<void> => Promise.resolve();

const canonicalOf = (form: AccountForm | null): string | null => {
  const parsed = form === null ? null : parseAddress(form.address);
  return parsed?.ok === true ? parsed.value.canonical : null;
};
