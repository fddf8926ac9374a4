/**
 * @file The keys of everything at rest: a random root key, kept in the vault, and what is derived from it. No key ever
 * leaves this room in any other form than the vault item.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../ports/random.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readStored } from './stored.ts';

const ROOT_BYTES = 32;
/** What NIST SP 800-38D section 8.2 calls the recommended length; random, so at most 2³² seals a key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NAME_BYTES = 8;
/** The newest root and those it was put beside. A vault item has room for forty. */
export const MOST_ROOTS = 8;

/** What one root key is good for. */
export interface KeySet {
  /** Tells these keys from others and nothing else about them; it stands in the records in clear. */
  readonly name: string;
  readonly codeKey: KeyObject;
  /** Seals `plain` so that it opens only under the same `place`. */
  seal(plain: string, place: string, random: Random): Uint8Array;
  /** What was sealed; null when it was sealed under another key or for another place, or was changed. */
  open(sealed: Uint8Array, place: string): string | null;
  /** A keyed hash for counting and looking up; `label` keeps kinds of things apart. */
  hash(label: HashLabel, text: string): string;
  /**
   * Two keyed hashes of one text, of which neither tells the other: the halves of one HMAC-SHA-512. The `seal` stands
   * beside a row, the `element` is what the row adds to the digest and is written nowhere.
   */
  mark(text: string): Mark;
}

export interface Mark {
  readonly seal: Uint8Array;
  readonly element: bigint;
}

/** address and account: for counting; address and reference: for looking up. guess: what was typed, for the anchor. digest: all rows, for the anchor. */
export type HashLabel = 'address' | 'reference' | 'account' | 'guess' | 'digest';

/**
 * The roots in the vault, oldest first. There is one, unless records were found whose keys are not in the vault: their
 * new root is put beside the others, because those belong to the records that these stand in place of, perhaps by mistake.
 */
export interface Keyring {
  readonly roots: readonly Uint8Array[];
  readonly newest: KeySet;
  /**
   * What PINs are hashed with; null while there is no owner PIN. It is also how it is noticed that the entry with the PINs
   * was taken out of the keychain.
   */
  readonly pinKey: Uint8Array | null;
  /** Null when it is not here. */
  named(name: string): KeySet | null;
}

/**
 * HKDF (RFC 5869) keeps the uses of one root key independent of each other. As key objects they live outside the
 * JavaScript heap and can't be turned into JSON; an HMAC with one costs a sixth of one with raw bytes (5 µs, 32).
 */
function derive(root: Uint8Array, use: 'code' | 'seal' | 'count' | 'row'): KeyObject {
  const bytes = hkdfSync('sha256', root, '', `countersign ${use} key 1`, ROOT_BYTES);
  return createSecretKey(new Uint8Array(bytes));
}

function keySet(root: Uint8Array): KeySet {
  const sealKey = derive(root, 'seal');
  const countKey = derive(root, 'count');
  const rowKey = derive(root, 'row');
  return {
    name: Buffer.from(hkdfSync('sha256', root, '', 'countersign key name 1', NAME_BYTES)).toString('hex'),
    codeKey: derive(root, 'code'),
    seal(plain, place, random) {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      cipher.setAAD(Buffer.from(place, 'utf8'));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]);
    },
    open(sealed, place) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(place, 'utf8'));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
    hash: (label, text) => createHmac('sha256', countKey).update(`${label}\0${text}`).digest('base64url'),
    mark(text) {
      const bytes = createHmac('sha512', rowKey).update(text).digest();
      return { seal: bytes.subarray(0, 32), element: BigInt(`0x${bytes.toString('hex', 32)}`) };
    },
  };
}

/** The keyring of these roots, of which there must be one at least. */
export function keyringOf(roots: readonly Uint8Array[], pinKey: Uint8Array | null): Keyring {
  const sets = roots.map(keySet);
  const newest = sets.at(-1);
  if (newest === undefined) throw new Error('a keyring needs a key');
  return { roots, newest, pinKey, named: (name) => sets.find((set) => set.name === name) ?? null };
}

/** A new root beside those that are there; the oldest goes when there are too many. */
export const withNewRoot = (found: Keyring | null, random: Random): Keyring =>
  keyringOf([...(found?.roots ?? []), random.bytes(ROOT_BYTES)].slice(-MOST_ROOTS), found?.pinKey ?? null);

/** The same keys, with this key for PINs. */
export const withPinKey = ({ roots }: Keyring, pinKey: Uint8Array | null): Keyring =>
  keyringOf(roots, pinKey);

/** Of the vault item: `{"version":1,"roots":["…base64…"],"pin":"…base64…"}`. */
const VERSION = 1;
const key = z.base64().length(base64Length(ROOT_BYTES));
const Item = z.object({ roots: z.array(key).min(1), pin: key.exactOptional() });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const formatKeyring = ({ roots, pinKey }: Keyring): string =>
  JSON.stringify({
    version: VERSION,
    roots: roots.map(base64),
    ...(pinKey !== null && { pin: base64(pinKey) }),
  });

/** Reads the vault item; null when there is none or it is damaged, which is treated alike: the keys are gone. */
export function parseKeyring(text: string | null): Result<Keyring | null, 'later'> {
  const item = readStored(text, VERSION, Item);
  if (!item.ok) return item;
  if (item.value === null) return ok(null);
  const { roots, pin } = item.value;
  const bytes = (text: string) => Buffer.from(text, 'base64');
  return ok(keyringOf(roots.map(bytes), pin === undefined ? null : bytes(pin)));
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
