/**
 * @file The keys of everything at rest: one random root key a generation, kept in the vault, and what is derived
 * from it. No key ever leaves this room in any other form than the vault item.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { Random } from '../ports/random.ts';

const ROOT_BYTES = 32;
/** What NIST SP 800-38D section 8.2 calls the recommended length; random, so at most 2³² seals a key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Twenty generations fill the 2,000 characters a vault item may have with room to spare. */
export const MOST_GENERATIONS = 20;

/** What one root key is good for. */
export interface KeySet {
  readonly generation: number;
  readonly codeKey: KeyObject;
  /** Seals `plain` so that it opens only under the same `place`. */
  seal(plain: string, place: string, random: Random): Uint8Array;
  /** What was sealed; null when it was sealed under another key or for another place, or was changed. */
  open(sealed: Uint8Array, place: string): string | null;
  /** A keyed hash for counting and looking up; `label` keeps kinds of things apart. */
  hash(label: 'address' | 'account', text: string): string;
}

/** Every root key that is still needed, by generation. */
export interface Keyring {
  readonly roots: ReadonlyMap<number, Uint8Array>;
  /** The keys of one generation; null when it is not here. */
  at(generation: number): KeySet | null;
}

/**
 * HKDF (RFC 5869) keeps the three uses of one root key independent of each other. As key objects they live outside
 * the JavaScript heap and can't be turned into JSON; an HMAC with one costs a sixth of one with raw bytes (5 µs, 32).
 */
function derive(root: Uint8Array, use: 'code' | 'seal' | 'count'): KeyObject {
  const bytes = hkdfSync('sha256', root, '', `countersign ${use} key 1`, ROOT_BYTES);
  return createSecretKey(new Uint8Array(bytes));
}

function keySet(generation: number, root: Uint8Array): KeySet {
  const sealKey = derive(root, 'seal');
  const countKey = derive(root, 'count');
  const bound = (place: string) => Buffer.from(`${place}\0${generation}`, 'utf8');
  return {
    generation,
    codeKey: derive(root, 'code'),
    seal(plain, place, random) {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      cipher.setAAD(bound(place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]);
    },
    open(sealed, place) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(bound(place));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    hash: (label, text) => createHmac('sha256', countKey).update(`${label}\0${text}`).digest('base64url'),
  };
}

export function keyringOf(roots: ReadonlyMap<number, Uint8Array>): Keyring {
  const sets = new Map([...roots].map(([generation, root]) => [generation, keySet(generation, root)]));
  return { roots, at: (generation) => sets.get(generation) ?? null };
}

/** A keyring with a fresh root for `generation` beside those of `keep`. */
export function withNewKey(
  keep: ReadonlyMap<number, Uint8Array>,
  generation: number,
  random: Random,
): Keyring {
  return keyringOf(new Map([...keep, [generation, random.bytes(ROOT_BYTES)]]));
}

/** The vault item: `{"keys":{"1":"…base64…"}}`, under 2,000 characters for {@link MOST_GENERATIONS}. */
export function formatKeyring(keyring: Keyring): string {
  const keys = [...keyring.roots].map(([generation, root]) => [
    String(generation),
    Buffer.from(root).toString('base64'),
  ]);
  return JSON.stringify({ keys: Object.fromEntries(keys) as Record<string, string> });
}

/** Reads the vault item; null when there is none or it is damaged, which is treated alike: the keys are gone. */
export function parseKeyring(text: string | null): Keyring | null {
  const roots = new Map<number, Uint8Array>();
  for (const [name, value] of Object.entries(readKeys(text))) {
    const generation = Number(name);
    const root = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
    if (!Number.isSafeInteger(generation) || generation < 1 || root.length !== ROOT_BYTES) return null;
    roots.set(generation, root);
  }
  return roots.size === 0 ? null : keyringOf(roots);
}

function readKeys(text: string | null): object {
  try {
    const item: unknown = JSON.parse(text ?? 'null');
    if (typeof item !== 'object' || item === null || !('keys' in item)) return {};
    return typeof item.keys === 'object' && item.keys !== null ? item.keys : {};
  } catch {
    return {};
  }
}
