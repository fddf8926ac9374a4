/**
 * @file Where a profile belongs on Windows. It must not be where Electron puts it: roaming folders are copied between
 * computers and often lie on a server, where SQLite's write-ahead log does not work, and the keychain does not go along.
 */
import { win32 } from 'node:path';

/** The folder on this computer; null where Electron's own place is right, or the person named another one. */
export function localProfile(start: {
  readonly platform: NodeJS.Platform;
  /** What Windows has in LOCALAPPDATA. */
  readonly localAppData: string | undefined;
  /** A folder was named on the command line. */
  readonly named: boolean;
  readonly program: string;
}): string | null {
  const { platform, localAppData, named, program } = start;
  if (platform !== 'win32' || named || localAppData === undefined || !win32.isAbsolute(localAppData))
    return null;
  return win32.join(localAppData, program);
}
