/**
 * @file Who works here as the vault has it: the owner, the operators and their PINs. PINs are judged here and nowhere
 * else, one at a time, and each try is counted in the vault before it is compared.
 */
import type { EntryProblem, PinChange } from '../../shared/access.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Vault, VaultProblem } from '../ports/vault.ts';
import { type AccessItem, formatAccess, type KeptPin, type Operator, parseAccess } from './item.ts';
import { keepPinKey, missing, readKeys } from './pin-key.ts';
import { cleanRecoveryCode, isSame, newRecoveryCode, stretch } from './pin.ts';
import { waitMs } from './waits.ts';

/** Whose tries are whose: the id of an operator has another length. */
export const OWNER = 'owner';

export interface RosterParts {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * A hint outside of the vault that there is a PIN, for when the vault can't be read: then everything stays closed. It is
   * worth no more than that: the truth is in the vault.
   */
  readonly hint: { readonly read: () => boolean; readonly keep: (there: boolean) => void };
}

export interface Roster {
  /** closed: there is a PIN, or may be one, and the vault that has it can't be read. */
  standing(): 'unknown' | 'off' | 'closed' | 'on';
  item(): AccessItem | null;
  operator(id: string): Operator | null;
  /** Until when no PIN of theirs is judged; null when it is judged now. */
  waitsUntil(id: string): number | null;
  /** Reads the vault, if it answers and was not read before in this run. */
  load(available: boolean): Promise<void>;
  /** Whether this is the PIN. Someone without one is let in with any. */
  judge(id: string, typed: string): Promise<Result<null, EntryProblem>>;
  isRecoveryCode(typed: string): Promise<boolean>;
  /** Sets the owner's PIN, for the first time or anew, and answers the new way back in. */
  setOwner(
    name: string,
    pin: string,
  ): Promise<Result<{ readonly recoveryCode: string }, VaultProblem | { readonly code: 'no-account' }>>;
  /** Puts an operator in place of the one with this id, or beside the others. */
  saveOperator(operator: Omit<Operator, 'pin'>, pin: PinChange): Promise<Result<null, VaultProblem>>;
  removeOperator(id: string): Promise<Result<null, VaultProblem>>;
  /** No PIN and no operators any more. */
  turnOff(): Promise<Result<null, VaultProblem | { readonly code: 'no-account' }>>;
  /** The vault's items are gone. */
  forget(): void;
}

type Standing =
  | { readonly is: 'unknown' | 'off' | 'closed' }
  | { readonly is: 'on'; readonly item: AccessItem; readonly key: Uint8Array };

const vaultProblem = (state: VaultProblem['state']) => fail<VaultProblem>({ code: 'vault', state });
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export function createRoster({ vault, clock, random, hint }: RosterParts): Roster {
  let standing: Standing = { is: 'unknown' };
  let loaded = false;
  /** On the monotonic clock. */
  const waits = new Map<string, number>();

  const item = (): AccessItem | null => (standing.is === 'on' ? standing.item : null);
  const operator = (id: string): Operator | null => item()?.operators.find((one) => one.id === id) ?? null;
  const pinOf = (id: string): KeptPin | null =>
    id === OWNER ? (item()?.owner.pin ?? null) : (operator(id)?.pin ?? null);

  function startWait(id: string, wrong: number): void {
    if (waitMs(wrong) > 0) waits.set(id, clock.monotonic() + waitMs(wrong));
  }

  function waitsUntil(id: string): number | null {
    const left = (waits.get(id) ?? -Infinity) - clock.monotonic();
    return left > 0 ? clock.wall() + left : null;
  }

  function forget(): void {
    standing = { is: 'off' };
    waits.clear();
    hint.keep(false);
  }

  async function write(next: AccessItem, key: Uint8Array): Promise<Result<null, VaultProblem>> {
    const written = await vault.write('access', formatAccess(next));
    if (!written.ok) return vaultProblem(written.problem);
    standing = { is: 'on', item: next, key };
    return ok(null);
  }

  async function read(): Promise<void> {
    const text = await vault.read('access');
    const keys = await readKeys(vault);
    if (!text.ok || (!keys.ok && keys.problem.code === 'vault')) return;
    loaded = true;
    const parsed = parseAccess(text.value);
    if (!parsed.ok || (!keys.ok && keys.problem.code === 'later')) {
      // A later version's PIN, or one under its keys, can't be judged by this one, and holds.
      standing = { is: 'closed' };
      return;
    }
    const key = keys.ok ? keys.value.pinKey : null;
    if (parsed.value === null || key === null) {
      // Half of it was taken out of the keychain. The other half opens nothing and locks nothing: the ledger closes
      // the desk for a day.
      if (text.value !== null) await vault.remove('access');
      forget();
      return;
    }
    standing = { is: 'on', item: parsed.value, key };
    startWait(OWNER, parsed.value.owner.pin.wrong);
    for (const { id, pin } of parsed.value.operators) startWait(id, pin?.wrong ?? 0);
    hint.keep(true);
  }

  /** The item, with this PIN in the place of another. */
  const withPin = (was: AccessItem, id: string, pin: KeptPin): AccessItem =>
    id === OWNER
      ? { ...was, owner: { ...was.owner, pin } }
      : { ...was, operators: was.operators.map((one) => (one.id === id ? { ...one, pin } : one)) };

  const keptPin = async (key: Uint8Array, id: string, pin: string): Promise<KeptPin> => ({
    hash: base64url(await stretch(key, id, pin)),
    wrong: 0,
  });

  function opened(): Extract<Standing, { is: 'on' }> {
    if (standing.is !== 'on') throw new Error('there is no owner to do this for');
    return standing;
  }

  return {
    standing: () => standing.is,
    item,
    operator,
    waitsUntil,
    async load(available) {
      if (loaded) return;
      if (available) await read();
      if (standing.is === 'unknown') standing = { is: hint.read() ? 'closed' : 'off' };
    },
    async judge(id, typed) {
      const pin = pinOf(id);
      if (standing.is !== 'on' || pin === null) return ok(null);
      const { item: was, key } = standing;
      const until = waitsUntil(id);
      if (until !== null) return fail({ code: 'pin-waits', waitsUntil: until });
      const wrong = pin.wrong + 1;
      const counted = await write(withPin(was, id, { ...pin, wrong }), key);
      if (!counted.ok) return counted;
      startWait(id, wrong);
      const right = isSame(await stretch(key, id, typed), Buffer.from(pin.hash, 'base64url'));
      if (!right) return fail({ code: 'wrong-pin', waitsUntil: waitsUntil(id) });
      waits.delete(id);
      // Should this fail, the next wrong one waits longer than it had to.
      await write(withPin(was, id, { ...pin, wrong: 0 }), key);
      return ok(null);
    },
    async isRecoveryCode(typed) {
      const { item: was, key } = opened();
      const stretched = await stretch(key, 'recovery', cleanRecoveryCode(typed));
      return isSame(stretched, Buffer.from(was.owner.recovery, 'base64url'));
    },
    async setOwner(name, pin) {
      const before = standing;
      const keys = await readKeys(vault);
      if (!keys.ok) return fail(missing(keys.problem));
      const key = before.is === 'on' ? before.key : random.bytes(32);
      const operators = before.is === 'on' ? before.item.operators : [];
      const recoveryCode = newRecoveryCode(random);
      const recovery = base64url(await stretch(key, 'recovery', cleanRecoveryCode(recoveryCode)));
      const owner = { name, pin: await keptPin(key, OWNER, pin), recovery };
      const written = await write({ operators, owner }, key);
      if (!written.ok) return written;
      // Last: a crash before it leaves an item that the next start throws away.
      const kept = before.is === 'on' ? ok(null) : await keepPinKey(vault, key);
      if (!kept.ok) {
        standing = before;
        return kept;
      }
      waits.delete(OWNER);
      hint.keep(true);
      return ok({ recoveryCode });
    },
    async saveOperator({ id, name }, pin) {
      const { item: was, key } = opened();
      const earlier = operator(id);
      const set = pin.change === 'set' ? await keptPin(key, id, pin.pin) : null;
      const kept = pin.change === 'keep' ? (earlier?.pin ?? null) : set;
      const saved: Operator = { id, name, pin: kept };
      const operators =
        earlier === null
          ? [...was.operators, saved]
          : was.operators.map((one) => (one.id === id ? saved : one));
      const written = await write({ ...was, operators }, key);
      if (written.ok && pin.change !== 'keep') waits.delete(id);
      return written;
    },
    async removeOperator(id) {
      const { item: was, key } = opened();
      const operators = was.operators.filter((one) => one.id !== id);
      const written = await write({ ...was, operators }, key);
      if (written.ok) waits.delete(id);
      return written;
    },
    async turnOff() {
      // The key first: an item without it is nothing, and the other way round it would look like a theft.
      const kept = await keepPinKey(vault, null);
      if (!kept.ok) return kept;
      const removed = await vault.remove('access');
      if (!removed.ok) return vaultProblem(removed.problem);
      forget();
      return ok(null);
    },
    forget,
  };
}
