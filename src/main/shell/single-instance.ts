/**
 * @file One program a profile: a second start brings the first to the front and must never open a window. Electron's
 * "no" has other reasons as well, and then the program must not end without a word.
 */
import { accessSync, constants, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';

/** False when the profile is not ours to use; `whyNotFirst` says why. `onSecondStart` runs in the first instance. */
export function claimSingleInstance(onSecondStart: () => void): boolean {
  // Electron would hand over the second one's command line, which is not used.
  app.on('second-instance', () => onSecondStart());
  return app.requestSingleInstanceLock();
}

export type NotFirst =
  /** Another instance has the profile, and its window has come forward. */
  | { readonly why: 'second' }
  /** The profile folder cannot be written; `code` is the system's. */
  | { readonly why: 'unwritable'; readonly code: string }
  /** The lock was made on another computer: by a program that still runs there, or by one that was cut off. */
  | { readonly why: 'elsewhere'; readonly host: string; readonly lock: string };

/** Why the lock was refused (Chromium's ProcessSingleton says "no" to all three). `profile` is the userData folder. */
export function whyNotFirst(profile: string): NotFirst {
  try {
    accessSync(profile, constants.W_OK | constants.X_OK);
  } catch (error) {
    return { why: 'unwritable', code: error instanceof Error && 'code' in error ? String(error.code) : '' };
  }
  const lock = join(profile, 'SingletonLock');
  const host = hostIn(lock);
  return host === null || host === hostname() ? { why: 'second' } : { why: 'elsewhere', host, lock };
}

/** The link reads HOST-PID on Linux and macOS; Windows has none. */
function hostIn(lock: string): string | null {
  try {
    return /^(.*)-\d+$/s.exec(readlinkSync(lock))?.[1] ?? null;
  } catch {
    return null;
  }
}
