/**
 * @file The vault in the operating system's keychain, through keytar: the only file that names it. Values and
 * keytar's messages never reach a log or an answer, and a keychain that hangs never hangs the program.
 */
import { createRequire } from 'node:module';
import type * as keytarTypes from 'keytar';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Vault, VaultItem, VaultTrouble } from '../ports/vault.ts';
import { troubleOf } from './keychain-trouble.ts';
import { checkValue } from './value.ts';

/**
 * How long one call may take, its wait in the queue included. Enough for a person to type the password into the
 * keychain's own prompt, and less than the 25 s after which D-Bus gives up, so that it is this room that answers.
 */
export const KEYCHAIN_TIMEOUT_MS = 20_000;

/** Written and removed at once, to learn whether the keychain takes anything; it holds nothing. */
const PROBE = 'probe';

export interface KeychainVault extends Vault {
  /**
   * A call is running inside the keychain's library. It cannot be called off, not even by its time-out, and it keeps
   * the process from ending: libuv joins its threads at exit (50 s were measured against a hung service, and a prompt
   * has no end at all). While this is true the program can only be ended by force.
   */
  isBusy(): boolean;
}

type Keytar = Pick<typeof keytarTypes, 'getPassword' | 'setPassword' | 'deletePassword'>;

const load = createRequire(import.meta.url);
/**
 * Loaded at the first call, so that a machine without libsecret still starts the program. `require` and not
 * `import()`: a failed import is remembered for good, a failed require is tried again, after libsecret was installed.
 */
// require() answers `any`; the types are keytar's own.
const loadKeytar = (): Keytar => load('keytar') as Keytar;

/** The keychain entries of one service name: one account name for each vault item. */
export function createKeychainVault(options: {
  /** What the entries are filed under, as the keychain's own program shows it. */
  readonly service: string;
  readonly timeoutMs?: number;
  /** keytar itself, but for tests of what no keychain does on demand. */
  readonly load?: () => Keytar;
}): KeychainVault {
  const { service, timeoutMs = KEYCHAIN_TIMEOUT_MS, load: loaded = loadKeytar } = options;
  /** Settles when no call is running any more; never rejects. */
  let idle: Promise<void> = Promise.resolve();
  let busy = false;

  /**
   * One call at a time, because gnome-keyring breaks under parallel ones. A call that times out while it waits is
   * never made; one that times out while it runs keeps its place until it ends, and its late answer goes nowhere.
   */
  const inTurn = <T>(call: (keytar: Keytar) => Promise<T>): Promise<Result<T, VaultTrouble>> =>
    new Promise((resolve) => {
      let timedOut = false;
      const timer = setTimeout(() => {
        timedOut = true;
        // The service is there and does not answer: most likely it shows a prompt that no one has seen.
        resolve(fail('locked'));
      }, timeoutMs);
      idle = idle.then(async () => {
        if (timedOut) return;
        busy = true;
        let answer: Result<T, VaultTrouble>;
        try {
          answer = ok(await call(loaded()));
        } catch (error) {
          answer = fail(troubleOf(error));
        }
        busy = false;
        clearTimeout(timer);
        resolve(answer);
      });
    });

  /**
   * Rejects when the keychain is locked. Only writing tells: libsecret answers "nothing found" and "nothing removed"
   * for what lies in a locked collection, and to believe it would be to lose the keys.
   */
  const probe = async (keytar: Keytar): Promise<void> => {
    await keytar.setPassword(service, PROBE, PROBE);
    await keytar.deletePassword(service, PROBE);
  };

  return {
    async state() {
      const probed = await inTurn(probe);
      return probed.ok ? 'available' : probed.problem;
    },
    read: (item: VaultItem) =>
      inTurn(async (keytar) => {
        const value = await keytar.getPassword(service, item);
        if (value !== null) return value;
        await probe(keytar);
        // The probe may have shown a prompt and been let in: what was not found in a locked collection may be there.
        return keytar.getPassword(service, item);
      }),
    async write(item: VaultItem, value: string) {
      checkValue(value);
      return inTurn(async (keytar) => {
        await keytar.setPassword(service, item, value);
        return null;
      });
    },
    remove: (item: VaultItem) =>
      inTurn(async (keytar) => {
        if (await keytar.deletePassword(service, item)) return null;
        await probe(keytar);
        await keytar.deletePassword(service, item);
        return null;
      }),
    isBusy: () => busy,
  };
}
