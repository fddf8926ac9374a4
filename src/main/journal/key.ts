/** @file The public half of a signing key: an Ed25519 JWK (RFC 8037) and its thumbprint (RFC 7638), by which people know it. */
import { calculateJwkThumbprint } from 'jose';
import * as z from 'zod/mini';
import type { PublicKey } from '../ports/journal.ts';
import { decodeBase64url, parseJson } from './encoding.ts';

const KEY_BYTES = 32;
const isBytes = (text: string): boolean => decodeBase64url(text)?.length === KEY_BYTES;

export const members = {
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().check(z.refine(isBytes)),
} as const;
export const PublicKeyItem: z.ZodMiniType<PublicKey> = z.strictObject(members);

/** SHA-256 over the key's three members, in base64url. */
export const thumbprintOf = ({ kty, crv, x }: PublicKey): Promise<string> =>
  calculateJwkThumbprint({ kty, crv, x }, 'sha256');

/** The thumbprint of what was given as a key: a thumbprint, in lines or groups perhaps, or a JWK. Null: it is neither. */
export async function readKey(text: string): Promise<string | null> {
  const bare = text.replaceAll(/\s/g, '');
  if (isBytes(bare)) return bare;
  const key = z.object(members).safeParse(parseJson(text));
  return key.success ? thumbprintOf(key.data) : null;
}
