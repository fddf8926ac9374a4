/**
 * @file One question to the place where the release feed lies, by Node's own https: Chromium's resolver stays closed. What
 * it tells there is that somebody has this program, and nothing else.
 */
import { get } from 'node:https';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FeedProblem } from '../ports/releases.ts';
import { LONGEST_FEED_BYTES } from './feed.ts';

/** For all of it, so that one that drips does not go on. */
const WHOLE_MS = 10_000;

/** Answers what lies at `url`. No redirect is followed: where packages come from is decided by this program alone. */
export function ask(
  url: URL,
  signal: AbortSignal,
  wholeMs: number = WHOLE_MS,
): Promise<Result<string, FeedProblem>> {
  return new Promise((resolve) => {
    const request = get(url, {
      // A connection of its own, closed behind it.
      agent: false,
      // No version, no system, no cookie.
      headers: { accept: 'text/plain' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(wholeMs)]),
    });
    const end = (answer: Result<string, FeedProblem>): void => {
      resolve(answer);
      request.destroy();
    };
    request.on('error', () => end(fail('unreachable')));
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      let size = 0;
      response.on('error', () => end(fail('unreachable')));
      response.on('data', (piece: Buffer) => {
        size += piece.length;
        pieces.push(piece);
        if (size > LONGEST_FEED_BYTES) end(fail('too-long'));
      });
      response.on('end', () => end(ok(Buffer.concat(pieces).toString('utf8'))));
      if (response.statusCode !== 200) end(fail('refused'));
    });
  });
}
