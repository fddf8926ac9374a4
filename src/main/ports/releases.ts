/**
 * @file What the desk needs to know of versions newer than this one. Nothing about the desk may go into asking.
 */
import type { Result } from '../../shared/result.ts';

/** Why the newest version is not known; for the log. */
export type FeedProblem =
  /** No connection, no certificate that checks out, no whole answer in time. */
  | 'unreachable'
  /** Anything but 200: a redirect, too. */
  | 'refused'
  | 'too-long'
  /** Not signed by the release key. */
  | 'unsigned'
  /** Signed, and not understood: made for a later version of this program. */
  | 'unknown'
  /** Older than what the same place told before. */
  | 'rolled-back';

export interface Releases {
  /** Who is asked. */
  readonly host: string;
  /** Where a person gets the packages: from the program itself, never from an answer. */
  readonly page: string;
  /** The newest version, when it is newer than this one; null when this one is it. */
  readonly newest: (signal: AbortSignal) => Promise<Result<string | null, FeedProblem>>;
}
