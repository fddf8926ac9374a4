/**
 * @file One question to the place where the release feed lies. What it tells there is that somebody has this program, and
 * nothing else.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FeedProblem } from '../ports/releases.ts';
import { answerOf, piecesOf } from './answer.ts';
import { LONGEST_FEED_BYTES } from './feed.ts';

/** For all of it, so that one that drips does not go on. */
const WHOLE_MS = 10_000;

/** Answers what lies at `url`. No redirect is followed: where packages come from is decided by this program alone. */
export async function ask(
  url: URL,
  signal: AbortSignal,
  wholeMs: number = WHOLE_MS,
): Promise<Result<string, FeedProblem>> {
  const whole = AbortSignal.any([signal, AbortSignal.timeout(wholeMs)]);
  const response = await answerOf(url, 'text/plain', whole);
  if (response === null) return fail('unreachable');
  try {
    if (response.statusCode !== 200) return fail('refused');
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of piecesOf(response)) {
      if (piece === null) return fail('unreachable');
      size += piece.length;
      if (size > LONGEST_FEED_BYTES) return fail('too-long');
      pieces.push(piece);
    }
    return ok(Buffer.concat(pieces).toString('utf8'));
  } finally {
    response.destroy();
  }
}
