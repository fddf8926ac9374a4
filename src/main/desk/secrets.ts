/**
 * @file Where the account's secret and the keys are: in the keychain, or in memory "for this session only". It is the
 * one place that holds a session's secret, and it never gives it to anything but the courier that signs in with it.
 */
import type { Vault, VaultItem, VaultProblem } from '../ports/vault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AccountForm, Keeping } from '../../shared/words.ts';
import type { DeskCore } from './core.ts';
import { decodeSecret, encodeSecret } from './stored-secret.ts';

export interface Secrets {
  /** What records are opened with: the keychain, or memory in a session without it. */
  readonly vaultInUse: () => Vault;
  /** Whether the keys are in memory until the program ends. */
  readonly inSession: () => boolean;
  /** The secret of the account as it is now; null when there is none. */
  readonly secret: () => Promise<string | null>;
  /** Looks at the keychain afresh; the state is updated. */
  readonly checkVault: () => Promise<void>;
  /** Puts a secret where the owner wants it, in place of any earlier one. */
  readonly keep: (form: AccountForm, secret: string, keeping: Keeping) => Promise<Result<null, VaultProblem>>;
  /**
   * Memory in place of the keychain until the program ends, even when the keychain comes back meanwhile: a person who could go to
   * and fro would have two budgets for one mailbox.
   */
  readonly useSession: () => void;
  /** Takes items out of the keychain, in this order; stops at the first that stays. */
  readonly forget: (items: readonly VaultItem[]) => Promise<Result<null, VaultProblem>>;
  /** The session began beside records that can't be opened, or after another: what was spent there is not known. */
  readonly beginsAnew: () => boolean;
  /** Everything of a session is gone. `used`: something was spent in it. */
  readonly endSession: (used: boolean) => void;
}

export function createSecrets({ state, ports, access }: DeskCore): Secrets {
  const { settings, keychain } = ports;
  let sessionSecret: string | null = null;
  let sessionVault: Vault | null = null;
  /** A session that is begun now waits for a day. */
  let waits = false;
  let anew = false;

  const vaultInUse = (): Vault => sessionVault ?? keychain;

  /** Asked of the verifier while it has the records open: a second connection would wait for what waits for this one. */
  const areRecordsUsed = (): boolean =>
    state.station?.kind === 'desk' ? state.station.verifier.isUsed() : ports.recordsUsed();

  /** The secret, if `stored` is one for the account as it is now. */
  function forAccount(stored: string | null): string | null {
    const form = settings.account();
    return form === null || stored === null ? null : decodeSecret(form, stored);
  }

  async function forget(items: readonly VaultItem[]): Promise<Result<null, VaultProblem>> {
    for (const item of items) {
      const removed = await keychain.remove(item);
      if (!removed.ok) {
        state.vault = removed.problem;
        return fail({ code: 'vault', state: removed.problem });
      }
    }
    return ok(null);
  }

  return {
    vaultInUse,
    inSession: () => sessionVault !== null,
    forget,
    secret: async () => {
      if (sessionSecret !== null) return forAccount(sessionSecret);
      const read = await keychain.read('app-password');
      return read.ok ? forAccount(read.value) : null;
    },
    checkVault: async () => {
      state.vault = await keychain.state();
      // Before anything is opened: who works here is in the keychain too.
      await access.load(state.vault === 'available');
      // What is on the disk needs the keychain: without it nothing tells what was spent there.
      state.recordsKept = state.vault !== 'available' && sessionVault === null && (waits || areRecordsUsed());
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
    },
    keep: async (form, secret, keeping) => {
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
      state.secret = 'keychain';
      return ok(null);
    },
    useSession: () => {
      if (sessionVault === null) {
        sessionVault = ports.memoryVault();
        anew = waits || areRecordsUsed();
      }
      state.sessionOnly = true;
      state.recordsKept = false;
    },
    beginsAnew: () => anew,
    endSession: (used) => {
      waits ||= used && sessionVault !== null;
      sessionSecret = null;
      sessionVault = null;
      state.sessionOnly = false;
      state.secret = null;
    },
  };
}
