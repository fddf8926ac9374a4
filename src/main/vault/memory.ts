/**
 * @file The vault in memory: for "this session only" and for practice. It never touches a disk, and forgets
 * everything when the program ends.
 */
import { ok } from '../../shared/result.ts';
import type { Vault, VaultItem } from '../ports/vault.ts';
import { checkValue } from './value.ts';

/** A vault of its own, empty; it is always available. */
export function createMemoryVault(): Vault {
  const values = new Map<VaultItem, string>();
  return {
    state: () => Promise.resolve('available'),
    read: (item) => Promise.resolve(ok(values.get(item) ?? null)),
    async write(item, value) {
      checkValue(value);
      values.set(item, value);
      return Promise.resolve(ok(null));
    },
    remove(item) {
      values.delete(item);
      return Promise.resolve(ok(null));
    },
  };
}
