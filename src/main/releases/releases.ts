/**
 * @file Whether a newer version of this program exists: what the release feed says, if it is signed by the key that this
 * program was built with; and what can be done about it here.
 */
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { fail, ok } from '../../shared/result.ts';
import type { FeedProblem, Releases } from '../ports/releases.ts';
import { ask } from './ask.ts';
import { readFeed } from './feed.ts';
import { createInstaller } from './installer.ts';
import { type Here, placeOf } from './place.ts';
import { isNewer, parseVersion } from './version.ts';

const httpsUrl = z
  .string()
  .refine((text) => URL.parse(text)?.protocol === 'https:')
  .transform((text) => new URL(text));

/** Stands in the address for the number of a version. */
const VERSION = '{version}';

/**
 * `key`: the 32 bytes of the public key in base64url, as a JWK has them (RFC 8037). `packages`: the folder that a version's
 * packages lie in.
 */
const SOURCE = z.union([
  z.strictObject({ feed: z.null(), page: z.null(), packages: z.null(), key: z.null() }),
  z.strictObject({
    feed: httpsUrl,
    page: httpsUrl,
    packages: z.string().regex(/^https:\/\/[^?#]+\/$/),
    key: z.string(),
  }),
]);

/** This program: its version, what it knows of its place, and the folder for what it fetches. */
export interface Program extends Here {
  readonly version: string;
  readonly folder: string;
}

/**
 * `source`: build/release.json as it was at the build. Null while nothing is published yet: then nobody is asked. It is a
 * file of our own, so that one with a mistake throws.
 */
export function createReleases(
  source: string,
  program: Program,
  log: (event: string) => void,
): Releases | null {
  const { feed, page, packages, key: x } = SOURCE.parse(JSON.parse(source));
  if (feed === null) return null;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const ownVersion = parseVersion(program.version);
  // One that was made to be tried comes before or after a release, and cannot be compared.
  if (!ownVersion.ok) return null;
  const current = ownVersion.value;
  const { way, place, wanted } = placeOf(program);
  const urlOf = (version: string, file: string): URL => new URL(packages.replaceAll(VERSION, version) + file);
  let highest = current;

  const told = (problem: FeedProblem) => {
    log(`release feed: ${problem}`);
    return fail(problem);
  };
  return {
    host: feed.host,
    from: new URL(packages).host,
    page: page.href,
    way,
    installer: place === null ? null : createInstaller({ place, folder: program.folder, urlOf, log }),
    newest: async (signal) => {
      const answer = await ask(feed, signal);
      if (signal.aborted) return fail('unreachable');
      if (!answer.ok) return told(answer.problem);
      const found = readFeed(answer.value, key, wanted);
      if (!found.ok) return told(found.problem);
      const { version } = found.value;
      if (isNewer(highest, version) && highest !== current) return told('rolled-back');
      if (!isNewer(version, current)) return ok(null);
      highest = version;
      return ok({ version: version.join('.'), package: found.value.package });
    },
  };
}
