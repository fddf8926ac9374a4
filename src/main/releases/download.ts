/**
 * @file Fetches a package into an open file, and knows by its size and its digest whether it is the one
 * that the feed is signed for. Where the bytes come from is therefore no matter of trust: a redirect is followed, to https.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { InstallProblem } from '../../shared/newer-version.ts';
import type { ReleasedPackage } from '../ports/releases.ts';
import { answerOf, piecesOf } from './answer.ts';

/** Where packages lie is often one step from where they are named. */
const MOST_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

export const LIMITS = {
  /** For all of it, so that one that drips does not go on. */
  wholeMs: 3_600_000,
  /** Without a byte. */
  stillMs: 60_000,
};

/** Throws what the file throws. `file` is written from where it is. */
export async function download(
  url: URL,
  wanted: ReleasedPackage,
  file: FileHandle,
  signal: AbortSignal,
  limits: typeof LIMITS = LIMITS,
): Promise<Result<null, InstallProblem>> {
  const asked = await follow(url, AbortSignal.any([signal, AbortSignal.timeout(limits.wholeMs)]), limits);
  if (!asked.ok) return asked;
  const response = asked.value;
  try {
    const named = response.headers['content-length'];
    if (named !== undefined && named !== String(wanted.bytes)) return fail('other-bytes');
    return await take(response, wanted, file);
  } finally {
    response.destroy();
  }
}

async function take(
  response: IncomingMessage,
  { bytes, sha512 }: ReleasedPackage,
  file: FileHandle,
): Promise<Result<null, InstallProblem>> {
  const digest = createHash('sha512');
  let size = 0;
  for await (const piece of piecesOf(response)) {
    if (piece === null) return fail('unreachable');
    size += piece.length;
    if (size > bytes) return fail('other-bytes');
    digest.update(piece);
    await file.writeFile(piece);
  }
  return size === bytes && digest.digest('hex') === sha512 ? ok(null) : fail('other-bytes');
}

/** The first answer that is no redirect, if it is 200. */
async function follow(
  from: URL,
  signal: AbortSignal,
  { stillMs }: typeof LIMITS,
): Promise<Result<IncomingMessage, InstallProblem>> {
  let url = from;
  for (let step = 0; step <= MOST_REDIRECTS; step += 1) {
    const response = await answerOf(url, 'application/octet-stream', signal, stillMs);
    if (response === null) return fail('unreachable');
    if (response.statusCode === 200) return ok(response);
    response.destroy();
    const to = REDIRECTS.includes(response.statusCode ?? 0) ? response.headers.location : undefined;
    const next = to === undefined ? null : URL.parse(to, url.href);
    if (next?.protocol !== 'https:') return fail('refused');
    url = next;
  }
  return fail('refused');
}
