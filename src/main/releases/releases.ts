/**
 * @file Whether a newer version of this program exists: what the release feed says, if it is signed by the key that this
 * program was built with. It only tells; it downloads and installs nothing.
 */
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { fail, ok } from '../../shared/result.ts';
import type { FeedProblem, Releases } from '../ports/releases.ts';
import { ask } from './ask.ts';
import { readFeed } from './feed.ts';
import { isNewer, parseVersion } from './version.ts';

const httpsUrl = z
  .string()
  .refine((text) => URL.parse(text)?.protocol === 'https:')
  .transform((text) => new URL(text));

/** `key`: the 32 bytes of the public key in base64url, as a JWK has them (RFC 8037). */
const SOURCE = z.union([
  z.strictObject({ feed: z.null(), page: z.null(), key: z.null() }),
  z.strictObject({ feed: httpsUrl, page: httpsUrl, key: z.string() }),
]);

/**
 * `source`: build/release.json as it was at the build. Null while nothing is published yet: then nobody is asked. It is a
 * file of our own, so that one with a mistake throws. `own`: this program's version.
 */
export function createReleases(source: string, own: string, log: (event: string) => void): Releases | null {
  const { feed, page, key: x } = SOURCE.parse(JSON.parse(source));
  if (feed === null) return null;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const ownVersion = parseVersion(own);
  // One that was made to be tried comes before or after a release, and cannot be compared.
  if (!ownVersion.ok) return null;
  const current = ownVersion.value;
  let highest = current;

  const told = (problem: FeedProblem) => {
    log(`release feed: ${problem}`);
    return fail(problem);
  };
  return {
    host: feed.host,
    page: page.href,
    newest: async (signal) => {
      const answer = await ask(feed, signal);
      if (signal.aborted) return fail('unreachable');
      if (!answer.ok) return told(answer.problem);
      const found = readFeed(answer.value, key);
      if (!found.ok) return told(found.problem);
      if (isNewer(found.value, highest)) highest = found.value;
      else if (isNewer(highest, found.value) && highest !== current) return told('rolled-back');
      return ok(isNewer(highest, current) ? highest.join('.') : null);
    },
  };
}
