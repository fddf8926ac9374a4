/**
 * @file The code: derived from a key, never made by chance and stored (ARCHITECTURE.md, "Decisions" 1). It must come out
 * exactly uniform over its 10ⁿ values, and nothing here may write it anywhere.
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { partsOf, type Request } from '../../shared/request.ts';
import type { KeySet } from '../ledger/keyring.ts';
import { signInText } from '../ledger/particulars.ts';
import type { Verification } from '../ledger/records.ts';

declare const brand: unique symbol;
/** Six to eight ASCII digits. A string: a number would lose its leading zeros. */
export type Code = string & { readonly [brand]: 'code' };

/** Changes when what goes into the MAC changes, so that old and new codes can't be confused. */
const VERSION = 'countersign code 1';

const WORDS = 2 ** 32;
const WORD_BYTES = 4;

/** Each part with its length in bytes before it: two different lists of parts never make the same text. */
const lengthPrefixed = (parts: readonly string[]): string =>
  parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');

/**
 * A word (uint32), reduced; null if it can't be without favouring low values. Words from the incomplete last run of 10ⁿ are
 * rejected, so every code has exactly as many words as any other.
 */
export function reduce(word: number, length: number): Code | null {
  const codes = 10 ** length;
  const fair = Math.floor(WORDS / codes) * codes;
  // The one place a code is made; padStart gives it the length that the brand promises.
  return word < fair ? (String(word % codes).padStart(length, '0') as Code) : null;
}

/** Reduces the first word that can be; `mac` gives another 32 bytes for each counter (as HMAC_DRBG does). */
export function codeFromMac(mac: (counter: number) => Buffer, length: number): Code {
  for (let counter = 0; ; counter += 1) {
    const bytes = mac(counter);
    for (let at = 0; at < bytes.length; at += WORD_BYTES) {
      const code = reduce(bytes.readUInt32BE(at), length);
      if (code !== null) return code;
    }
  }
}

/**
 * The code of one verification: HMAC-SHA-256 over its random id, the sign-in it is sent by, the canonical address, the
 * purpose and every detail (RFC 4226 section 5.3 with a longer MAC and a reduction without bias). Another account,
 * address, purpose or amount is another code by construction (OWASP ASVS 6.6.2).
 */
export function deriveCode(input: {
  readonly key: KeyObject;
  readonly id: string;
  /** As `signInText` has it. */
  readonly signIn: string;
  readonly canonical: string;
  readonly request: Request;
  readonly length: number;
}): Code {
  const { key, id, signIn, canonical, request } = input;
  const parts = [VERSION, id, signIn, canonical, ...partsOf(request)];
  const mac = (counter: number) =>
    createHmac('sha256', key)
      .update(lengthPrefixed([...parts, String(counter)]))
      .digest();
  return codeFromMac(mac, input.length);
}

/** The code of a verification that was opened. */
export function codeOf(keys: KeySet, { id, codeLength, particulars }: Verification): Code {
  const { canonical, request } = particulars;
  const signIn = signInText(particulars.signIn);
  return deriveCode({ key: keys.codeKey, id, signIn, canonical, request, length: codeLength });
}

/** Whether two codes are the same, in a time that does not depend on where they differ. */
export function sameCode(a: Code, b: Code): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
}
