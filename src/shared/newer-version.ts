/** @file What there is to choose, and to say, about versions newer than this one. */

/** Nobody is asked; it is told; it is told, fetched, and installed when the program ends. */
export const NEWER_VERSIONS = ['off', 'tell', 'install'] as const;
export type NewerVersions = (typeof NEWER_VERSIONS)[number];

/**
 * How a newer version gets into the place of this one. By itself: as the `appimage` that runs, or by Windows' `installer`.
 * Else by a person: from a `package` or an archive on Linux, on `macos`, and where the program was `unpacked` on Windows or
 * installed outside of the person's own folder.
 */
export type InstallWay = 'appimage' | 'installer' | 'package' | 'macos' | 'unpacked';

export const installsItself = (way: InstallWay): boolean => way === 'appimage' || way === 'installer';

/**
 * Why a package was not fetched or not installed; the program that is installed is as it was. `unreachable`: no connection, no
 * certificate that checks out, or one that ended early or stood still. `refused`: anything but 200, or a redirect to no https
 * or to no end. `other-bytes`: not the size or the digest that the feed is signed for. `no-package`: the feed names none for
 * this system. `no-access`: the place may not be written to, or is not what it was when the program started. `unfinished`: it
 * was begun, and the program that has started since is the one before.
 */
export const INSTALL_PROBLEMS = [
  'unreachable',
  'refused',
  'other-bytes',
  'no-package',
  'disk-full',
  'no-access',
  'unfinished',
] as const;
export type InstallProblem = (typeof INSTALL_PROBLEMS)[number];

export type NewerStage =
  | { readonly at: 'told' }
  /** It is fetched as soon as that may be. */
  | { readonly at: 'awaited' }
  /** It is installed when the program ends. */
  | { readonly at: 'ready' }
  | { readonly at: 'failed'; readonly why: InstallProblem };

export interface NewerVersion {
  readonly version: string;
  /** Where a person gets it. */
  readonly page: string;
  readonly stage: NewerStage;
}
