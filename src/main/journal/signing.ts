/** @file The private half of a signing key: making one, and signing with it. A checker has no use for this file. */
import { CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { PublicKey, Signer } from '../ports/journal.ts';
import { thumbprintOf } from './key.ts';
import { ALGORITHM } from './signature.ts';

/** As a JWK, which is how the vault keeps it. */
export interface PrivateKey extends PublicKey {
  readonly d: string;
}

/** A new key from the system's own randomness. */
export async function newPrivateKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const { x, d } = await exportJWK(privateKey);
  if (x === undefined || d === undefined) throw new Error('the new key cannot be exported');
  return { kty: 'OKP', crv: 'Ed25519', x, d };
}

/** Signs with this key, which can't be read out of what is given back. */
export async function signerOf({ kty, crv, x, d }: PrivateKey): Promise<Signer> {
  const key: PublicKey = { kty, crv, x };
  const imported = await importJWK({ ...key, d }, ALGORITHM);
  return {
    key,
    thumbprint: await thumbprintOf(key),
    sign: (typ, payload) =>
      new CompactSign(new TextEncoder().encode(payload))
        .setProtectedHeader({ alg: ALGORITHM, typ, jwk: { ...key } })
        .sign(imported),
  };
}
