/**
 * @file One entry of the journal: its claims signed as a token, with the digest of the entry before. It is written once
 * and read by anybody; nothing here knows where it is kept.
 */
import type { EpochMs } from '../../shared/words.ts';
import type { Random } from '../ports/random.ts';
import type { Head, PublicKey, Signer } from '../ports/journal.ts';
import { type Claims, type Event, FORMAT, type Hidden, ISSUER_PREFIX, readClaims, TYPES } from './claims.ts';
import { type Disclosures, digestsOf, disclosuresOf } from './disclosures.ts';
import { digestOf } from './encoding.ts';
import { thumbprintOf } from './key.ts';
import type { SignatureReader } from './signature.ts';

export interface Writing {
  readonly signer: Signer;
  readonly random: Random;
  readonly practice: boolean;
  /** The program and its version. */
  readonly app: string;
}

export interface Written {
  /** The entry as signed, without disclosures. */
  readonly token: string;
  readonly disclosures: Disclosures;
  readonly head: Head;
}

/** Writes the entry after `head`; null: the first one, which names the journal after the key that signs it. */
export async function writeEntry(
  { signer, random, practice, app }: Writing,
  head: Head | null,
  event: Event,
  hidden: Hidden,
  now: EpochMs,
): Promise<Written> {
  const disclosures = disclosuresOf(hidden, random, signer);
  const claims: Claims = {
    ver: FORMAT,
    iss: head?.iss ?? ISSUER_PREFIX + signer.thumbprint,
    n: (head?.n ?? 0) + 1,
    prev: head?.digest ?? null,
    iat: Math.max(head?.iat ?? 0, Math.floor(now / 1000)),
    app,
    ...event,
    _sd_alg: 'sha-256',
    _sd: digestsOf(disclosures, random, signer),
  };
  const token = signer.sign(practice ? TYPES.practice : TYPES.desk, JSON.stringify(claims));
  const { iss, n, iat } = claims;
  const key = event.event === 'key-changed' ? await thumbprintOf(event.key) : signer.thumbprint;
  return { token, disclosures, head: { iss, n, digest: signer.digest(token), iat, key } };
}

/** An entry whose signature is right. By which key it may be signed is another question. */
export interface Entry {
  /** As signed, without disclosures. */
  readonly token: string;
  readonly digest: string;
  readonly practice: boolean;
  readonly key: PublicKey;
  readonly thumbprint: string;
  /** The thumbprint of the key that signs from the next one on. */
  readonly next: string;
  readonly claims: Claims;
}

/**
 * Why a token is no entry. `signature`: it is not as it was signed; `later`: of a later version of the format; `unknown`:
 * signed, and nothing that this format knows.
 */
export type EntryFault = 'signature' | 'later' | 'unknown';

export async function readEntry(read: SignatureReader, token: string): Promise<Entry | EntryFault> {
  const signed = await read(token);
  if (signed === null) return 'signature';
  const { typ, key, thumbprint, payload } = signed;
  const claims = readClaims(payload);
  if (typeof claims === 'string') return claims;
  const practice = typ === TYPES.practice;
  if (!practice && typ !== TYPES.desk) return 'unknown';
  const next = claims.event === 'key-changed' ? await thumbprintOf(claims.key) : thumbprint;
  return { token, digest: await digestOf(token), practice, key, thumbprint, next, claims };
}

/** `at` as RFC 3339 has it, in the time of a desk that is `offsetMinutes` ahead of UTC. */
export function timeWithOffset(at: EpochMs, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const two = (value: number) => String(value).padStart(2, '0');
  const ahead = Math.abs(offsetMinutes);
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}
