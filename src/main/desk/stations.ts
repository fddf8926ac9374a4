/**
 * @file Opens and closes what the desk works with: the account on its keychain, or the same "for this session only".
 */
import type { Courier, Outcome } from '../ports/mail.ts';
import type { VaultProblem } from '../ports/vault.ts';
import { CAUSES } from '../../shared/causes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SignIn } from '../../shared/words.ts';
import { signInText } from '../ledger/particulars.ts';
import type { DeskCore } from './core.ts';
import type { OpeningProblem } from './ports.ts';
import type { Secrets } from './secrets.ts';
import { senderOf } from './sender.ts';
import type { Station } from './state.ts';

export interface Stations {
  /** Looks at the keychain and opens the account's station, if there is an account and a vault for it. */
  readonly openAccount: () => Promise<Result<null, OpeningProblem>>;
  /** Closes what is open. */
  readonly closeStation: () => Promise<void>;
  /** How many open verifications would end with this account in the place of theirs. */
  readonly openBesides: (signIn: SignIn) => number;
  /** Takes the secret, the keys, the anchor and the records away. What is left of old files is unreadable. */
  readonly removeEverything: () => Promise<Result<null, VaultProblem>>;
}

export function createStations(
  { state, ports, access, inTurn, changed }: DeskCore,
  { vaultInUse, inSession, beginsAnew, secret, checkVault, forget, endSession }: Secrets,
): Stations {
  const { settings } = ports;

  function learnStanding(outcome: Outcome): void {
    if (outcome.state === 'accepted') state.standing = 'tested';
    if (outcome.state === 'refused' && CAUSES[outcome.problem.cause].account === 'refused')
      state.standing = 'refused';
  }

  /** Opens a verifier over `courier`; the account is what sends count against. */
  async function openStation(kind: Station['kind'], courier: Courier): Promise<Result<null, OpeningProblem>> {
    let own: Station | null = null;
    const opened = await ports.openVerifier({
      kind,
      waits: kind === 'session' && beginsAnew(),
      vault: vaultInUse(),
      // By way of the station, so that a changed account's courier is used from the next message on.
      post: {
        deliver: async (letter, options) => {
          const sender = senderOf(settings.account());
          // The account was changed since it was written: what it says is not for the new one.
          if (sender === null || signInText(sender) !== letter.signIn) return CALLED_OFF;
          const outcome = await (own?.courier ?? courier).deliver(letter, options);
          learnStanding(outcome);
          return outcome;
        },
      },
      sender: () => senderOf(settings.account()),
      policy: () => settings.choices(),
      operator: () => access.who(),
      keepDays: () => settings.choices().keepDays,
      onChange: changed,
      onDamaged: () => void inTurn(() => damaged(own)).catch(ports.report),
    });
    if (!opened.ok) {
      await courier.close();
      return opened;
    }
    const station: Station = {
      kind,
      verifier: opened.value,
      courier,
      close: async () => {
        await station.verifier.close();
        await station.courier.close();
      },
    };
    own = station;
    state.station = station;
    return ok(null);
  }

  /** Its records can't be gone on with: as if they had not opened. */
  async function damaged(station: Station | null): Promise<void> {
    if (station === null || state.station !== station) return;
    await closeStation();
    state.recordsTrouble = 'records-unreadable';
    changed();
  }

  async function closeStation(): Promise<void> {
    const { station } = state;
    state.station = null;
    await station?.close();
  }

  async function openAccount(): Promise<Result<null, OpeningProblem>> {
    state.recordsTrouble = null;
    const form = settings.account();
    if (form === null) {
      await closeStation();
      return ok(null);
    }
    // Before anything that may take its time.
    await state.station?.verifier.accountChanged();
    await checkVault();
    if (!inSession() && state.vault !== 'available') {
      await closeStation();
      return fail({ code: 'vault', state: state.vault });
    }
    const kind = inSession() ? 'session' : 'desk';
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
    const opened = await openStation(kind, courier);
    if (opened.ok) return opened;
    if (opened.problem.code === 'vault') state.vault = opened.problem.state;
    else state.recordsTrouble = opened.problem.code;
    return opened;
  }

  async function removeEverything(): Promise<Result<null, VaultProblem>> {
    await checkVault();
    const noVault = state.vault === 'locked' || (state.vault === 'missing' && !inSession());
    // What is in it would come back.
    if (noVault) return fail({ code: 'vault', state: state.vault === 'locked' ? 'locked' : 'missing' });
    // It would write to the keychain again. A session does not, and goes on should this fail.
    if (state.station?.kind === 'desk') await closeStation();
    // The keys go first: should the rest fail, what is left on the disk cannot be read any more.
    if (state.vault === 'available') {
      const forgotten = await forget(['keys', 'app-password', 'anchor', 'signing-key', 'access']);
      if (!forgotten.ok) return forgotten;
      access.forget();
    }
    // What the session knows of budgets goes with it: if it knows any, the next one waits.
    const used = state.station?.verifier.isUsed() === true;
    await closeStation();
    endSession(used);
    state.standing = 'tested';
    state.newAccount = false;
    state.entered = null;
    ports.removeRecords();
    state.recordsTrouble = null;
    settings.setAccount(null);
    return ok(null);
  }

  const openBesides = (signIn: SignIn): number => state.station?.verifier.openBesides(signIn) ?? 0;

  return { openAccount, closeStation, openBesides, removeEverything };
}

const CALLED_OFF: Outcome = { state: 'refused', problem: { cause: 'called-off', serverSaid: null } };
