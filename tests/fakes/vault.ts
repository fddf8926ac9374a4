/**
 * @file A vault in memory that can be locked, that can fail at a chosen call and at which a test can pretend
 * that the process was killed. Its content can be copied and put back, as a keychain's can.
 */
import { fail, ok } from '../../src/shared/result.ts';
import type { Vault, VaultItem, VaultTrouble } from '../../src/main/ports/vault.ts';

/** Thrown in place of a kill: the caller never gets an answer. */
export class Killed extends Error {}

type Mishap =
  /** The call fails and changes nothing. */
  | { readonly kind: 'refuse'; readonly state: VaultTrouble }
  /** The call is reported as failed, but what it wrote arrives. */
  | { readonly kind: 'late'; readonly state: VaultTrouble }
  /** The process is killed before or after the value arrives. */
  | { readonly kind: 'kill-before' | 'kill-after' };

export interface FakeVault extends Vault {
  /** While set, every call fails. */
  trouble: VaultTrouble | null;
  /** What happens at the next write of this item, once; `skip` lets so many pass first. */
  atWrite(item: VaultItem, mishap: Mishap, skip?: number): void;
  readonly items: Map<VaultItem, string>;
  readonly counts: { reads: number; writes: number };
}

export function createFakeVault(items = new Map<VaultItem, string>()): FakeVault {
  let planned: { readonly item: VaultItem; readonly mishap: Mishap; skip: number } | null = null;
  const counts = { reads: 0, writes: 0 };

  function mishapAt(item: VaultItem): Mishap | null {
    if (planned?.item !== item) return null;
    if (planned.skip > 0) {
      planned.skip -= 1;
      return null;
    }
    const { mishap } = planned;
    planned = null;
    return mishap;
  }

  const vault: FakeVault = {
    trouble: null,
    items,
    counts,
    atWrite: (item, mishap, skip = 0) => void (planned = { item, mishap, skip }),
    state: () => Promise.resolve(vault.trouble ?? 'available'),
    async read(item) {
      await Promise.resolve();
      counts.reads += 1;
      return vault.trouble === null ? ok(items.get(item) ?? null) : fail(vault.trouble);
    },
    async write(item, value) {
      await Promise.resolve();
      counts.writes += 1;
      if (!/^[\x20-\x7e]{1,2000}$/.test(value)) throw new TypeError('no keychain takes this value');
      if (vault.trouble !== null) return fail(vault.trouble);
      const mishap = mishapAt(item);
      if (mishap?.kind === 'kill-before') throw new Killed();
      if (mishap?.kind === 'refuse') return fail(mishap.state);
      items.set(item, value);
      if (mishap?.kind === 'kill-after') throw new Killed();
      return mishap?.kind === 'late' ? fail(mishap.state) : ok(null);
    },
    async remove(item) {
      await Promise.resolve();
      if (vault.trouble !== null) return fail(vault.trouble);
      items.delete(item);
      return ok(null);
    },
  };
  return vault;
}
