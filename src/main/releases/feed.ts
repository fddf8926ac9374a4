/**
 * @file The release feed: one line of JSON that names the newest version and its packages, and under it a signature of that
 * line by the release key. A line without the signature is never parsed. scripts/release-feed.mjs writes it with what is
 * here, where no package of npm is installed.
 */
import { type KeyObject, verify } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FeedProblem, ReleasedPackage } from '../ports/releases.ts';
import { parseVersion, type Version } from './version.ts';

/** What is signed begins with it, so that nothing else that this key may ever sign passes for a feed. */
export const FEED_CONTEXT = 'Countersign release feed 1\n';

/** A feed with all its packages has about a kilobyte. */
export const LONGEST_FEED_BYTES = 4_096;

/** Which package serves a program: `system` and `arch` as Node names them. */
export interface PackageFor {
  readonly system: 'linux' | 'win32';
  readonly arch: string;
  readonly kind: 'appimage' | 'nsis';
}

export interface Feed {
  readonly version: Version;
  /** The package for the program that asks; null when the feed has none. */
  readonly package: ReleasedPackage | null;
}

/** Ed25519: 64 bytes, in base64url without padding. */
const FORM = /^([^\n]+)\n([A-Za-z0-9_-]{86})\n?$/;
/** No way up, no query, nothing to be decoded. */
const FILE = /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$/;
const LONGEST_NAME = 128;
const SHA512 = /^[0-9a-f]{128}$/;
/** Some eight times what a package has: what is larger was not meant. */
export const LARGEST_BYTES = 2 ** 30;

/** What a feed says, if the release key's holder wrote it. `wanted`: null where no package is of use. */
export function readFeed(text: string, key: KeyObject, wanted: PackageFor | null): Result<Feed, FeedProblem> {
  const [, line = '', signature = ''] = FORM.exec(text) ?? [];
  const signed = Buffer.from(`${FEED_CONTEXT}${line}`);
  if (line === '' || !verify(null, signed, key, Buffer.from(signature, 'base64url'))) return fail('unsigned');
  const body = parsed(line);
  const version = parseVersion(textAt(body, 'version'));
  const packages: unknown = valueAt(body, 'packages');
  if (!version.ok || !Array.isArray(packages)) return fail('unknown');
  // A later version of this program may write more than this one knows: packages of other kinds are passed over.
  const entries: readonly unknown[] = packages;
  const [own, ...more] = entries.filter((entry) => wanted !== null && serves(entry, wanted));
  if (own === undefined) return ok({ version: version.value, package: null });
  const found = more.length === 0 ? packageIn(own) : null;
  return found === null ? fail('unknown') : ok({ version: version.value, package: found });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function valueAt(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  // It has a property of this name.
  return (body as Readonly<Record<string, unknown>>)[name];
}

function textAt(body: unknown, name: string): string {
  const value = valueAt(body, name);
  return typeof value === 'string' ? value : '';
}

const serves = (entry: unknown, { system, arch, kind }: PackageFor): boolean =>
  textAt(entry, 'system') === system && textAt(entry, 'arch') === arch && textAt(entry, 'kind') === kind;

function packageIn(entry: unknown): ReleasedPackage | null {
  const file = textAt(entry, 'file');
  const bytes = Number(valueAt(entry, 'bytes'));
  const sha512 = textAt(entry, 'sha512');
  const good =
    FILE.test(file) &&
    file.length <= LONGEST_NAME &&
    valueAt(entry, 'bytes') === bytes &&
    Number.isInteger(bytes) &&
    bytes > 0 &&
    bytes <= LARGEST_BYTES &&
    SHA512.test(sha512);
  return good ? { file, bytes, sha512 } : null;
}
