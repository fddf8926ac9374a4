/**
 * @file The release feed: one line of JSON that names the newest version, and under it a signature of that line by the
 * release key. A line without the signature is never parsed. scripts/release-feed.mjs writes it with what is here,
 * where no package is installed.
 */
import { type KeyObject, verify } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FeedProblem } from '../ports/releases.ts';
import { parseVersion, type Version } from './version.ts';

/** What is signed begins with it, so that nothing else that this key may ever sign passes for a feed. */
export const FEED_CONTEXT = 'Countersign release feed 1\n';

/** Ed25519: 64 bytes, in base64url without padding. */
const FORM = /^([^\n]+)\n([A-Za-z0-9_-]{86})\n?$/;

/** The version that a feed names, if the release key's holder wrote it. */
export function readFeed(text: string, key: KeyObject): Result<Version, FeedProblem> {
  const [, line = '', signature = ''] = FORM.exec(text) ?? [];
  const signed = Buffer.from(`${FEED_CONTEXT}${line}`);
  if (line === '' || !verify(null, signed, key, Buffer.from(signature, 'base64url'))) return fail('unsigned');
  const version = parseVersion(versionIn(line));
  return version.ok ? ok(version.value) : fail('unknown');
}

/** '' when it names none. A later version of this program may write more than this one knows. */
function versionIn(line: string): string {
  try {
    const body: unknown = JSON.parse(line);
    const named = typeof body === 'object' && body !== null && 'version' in body ? body.version : null;
    return typeof named === 'string' ? named : '';
  } catch {
    return '';
  }
}
