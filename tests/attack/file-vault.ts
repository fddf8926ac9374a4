/**
 * @file A vault in a file, for processes that are killed: what a keychain service does in a process of its own,
 * a rename does here. A write either arrives whole or not at all.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../src/shared/result.ts';
import type { Vault, VaultItem } from '../../src/main/ports/vault.ts';

export function createFileVault(folder: string): Vault {
  const path = (item: VaultItem) => join(folder, `vault-${item}`);
  return {
    state: () => Promise.resolve('available'),
    async read(item) {
      await Promise.resolve();
      try {
        return ok(readFileSync(path(item), 'latin1'));
      } catch {
        return ok(null);
      }
    },
    async write(item, value) {
      await Promise.resolve();
      const draft = `${path(item)}.${process.pid}`;
      writeFileSync(draft, value);
      renameSync(draft, path(item));
      return ok(null);
    },
    remove(item) {
      rmSync(path(item), { force: true });
      return Promise.resolve(ok(null));
    },
  };
}
