/**
 * @file The key that signs the journal, as the vault keeps it: an item of its own, made when a journal is begun. It never
 * leaves this file in any other form than that item, or behind a signer.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { thumbprintOf } from '../journal/key.ts';
import { newPrivateKey, type PrivateKey, signerOf } from '../journal/signing.ts';
import { readStored } from '../ledger/stored.ts';
import type { PublicKey, Signer } from '../ports/journal.ts';
import type { Vault, VaultProblem } from '../ports/vault.ts';

/** Of the vault item: `{"version":1,"key":{…}}`. */
const VERSION = 1;
const PrivateKeyItem = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
});
const Item = z.object({ key: PrivateKeyItem, next: PrivateKeyItem.exactOptional() });

export interface SigningKey {
  /** What signs after an entry that names this thumbprint; null when there is no such key. */
  signerFor(thumbprint: string): Promise<Result<Signer | null, VaultProblem>>;
  /** A new key in place of any other. */
  renew(): Promise<Result<Signer, VaultProblem>>;
  /** A new key beside the one with this thumbprint, which signs until an entry introduces the new one. */
  prepareNext(thumbprint: string): Promise<Result<PublicKey, VaultProblem>>;
  /** Forgets every key but the one with this thumbprint, which must be there. */
  keepOnly(thumbprint: string): Promise<Result<null, VaultProblem>>;
}

export function createSigningKey(vault: Vault): SigningKey {
  /**
   * What was read or made, by thumbprint: the vault is asked only for a key that is not among them. What ends while the
   * keychain is locked is signed all the same.
   */
  const known = new Map<string, Signer>();

  async function know(key: PrivateKey): Promise<Signer> {
    const signer = await signerOf(key);
    known.set(signer.thumbprint, signer);
    return signer;
  }

  async function read(): Promise<Result<z.infer<typeof Item> | null, VaultProblem>> {
    const text = await vault.read('signing-key');
    if (!text.ok) return fail({ code: 'vault', state: text.problem });
    const item = readStored(text.value, VERSION, Item);
    // A later version's key can't be used by this one, which begins a journal of its own.
    return ok(item.ok ? item.value : null);
  }

  async function write(item: z.infer<typeof Item>): Promise<Result<null, VaultProblem>> {
    const written = await vault.write('signing-key', JSON.stringify({ version: VERSION, ...item }));
    return written.ok ? written : fail({ code: 'vault', state: written.problem });
  }

  /** The keys in the vault by their thumbprints. */
  async function keys(): Promise<Result<ReadonlyMap<string, PrivateKey>, VaultProblem>> {
    const item = await read();
    if (!item.ok) return item;
    const found = item.value === null ? [] : [item.value.key, ...(item.value.next ? [item.value.next] : [])];
    return ok(new Map(await Promise.all(found.map(async (key) => [await thumbprintOf(key), key] as const))));
  }

  return {
    async signerFor(thumbprint) {
      const signer = known.get(thumbprint);
      if (signer !== undefined) return ok(signer);
      const found = await keys();
      if (!found.ok) return found;
      const key = found.value.get(thumbprint);
      return ok(key === undefined ? null : await know(key));
    },
    async renew() {
      const key = await newPrivateKey();
      const written = await write({ key });
      return written.ok ? ok(await know(key)) : written;
    },
    async prepareNext(thumbprint) {
      const found = await keys();
      if (!found.ok) return found;
      const key = found.value.get(thumbprint);
      if (key === undefined) throw new Error('the signing key is gone');
      const next = await newPrivateKey();
      const written = await write({ key, next });
      if (!written.ok) return written;
      await know(next);
      return ok({ kty: next.kty, crv: next.crv, x: next.x });
    },
    async keepOnly(thumbprint) {
      const found = await keys();
      if (!found.ok) return found;
      const key = found.value.get(thumbprint);
      if (key === undefined) throw new Error('the signing key is gone');
      for (const other of known.keys()) if (other !== thumbprint) known.delete(other);
      return found.value.size === 1 ? ok(null) : write({ key });
    },
  };
}
