/**
 * @file What the desk needs of versions newer than this one: to know of them, and to put one in this one's place. Nothing
 * about the desk may go into asking.
 */
import type { InstallProblem, InstallWay } from '../../shared/newer-version.ts';
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

/** A package as the feed is signed for it. */
export interface ReleasedPackage {
  /** Its name at the place where packages are. */
  readonly file: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha512: string;
}

export interface NewestVersion {
  readonly version: string;
  /** The one that can take this program's place by itself; null where there is none. */
  readonly package: ReleasedPackage | null;
}

export interface Installer {
  /**
   * Fetches the package of a newer version and checks its bytes. What was fetched before is dropped. A version whose
   * installation has failed is not fetched again until that is forgotten, unless the disk was full.
   */
  readonly fetch: (newest: NewestVersion, signal: AbortSignal) => Promise<Result<null, InstallProblem>>;
  /**
   * Puts what was fetched in this program's place, after its bytes are checked once more. `mayStill` is asked last, right
   * before that. How it ends is for the next start: this one ends with it.
   */
  readonly install: (mayStill: () => boolean) => Promise<void>;
  /** Removes what was fetched, by an earlier run too. */
  readonly drop: () => Promise<void>;
  /** Forgets that an installation has failed. */
  readonly forget: () => void;
}

export interface Releases {
  /** Who is asked. */
  readonly host: string;
  /** Where packages are fetched from, at first: that may lead on. */
  readonly from: string;
  /** Where a person gets the packages: from the program itself, never from an answer. */
  readonly page: string;
  readonly way: InstallWay;
  /** Null where a newer version can only be told of. */
  readonly installer: Installer | null;
  /** The newest version, when it is newer than this one; null when this one is it. */
  readonly newest: (signal: AbortSignal) => Promise<Result<NewestVersion | null, FeedProblem>>;
}
