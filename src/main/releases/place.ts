/**
 * @file Where this copy of the program is, and whether another one can take its place by itself: an AppImage of the person's
 * own, or what Windows' installer put into the person's own folder. What belongs to root or to a package manager never.
 */
import { posix, win32 } from 'node:path';
import type { InstallWay } from '../../shared/newer-version.ts';
import { appImagePlace } from './appimage.ts';
import type { PackageFor } from './feed.ts';
import type { Place } from './fetched.ts';
import { installerPlace, type Run } from './nsis.ts';

/** What a running program knows of itself. */
export interface Here {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isThere: (path: string) => boolean;
  readonly run: Run;
}

/** electron-builder names it after the product. */
export const UNINSTALLER = 'Uninstall Countersign.exe';

export type Placed =
  | { readonly way: InstallWay; readonly place: null; readonly wanted: null }
  | { readonly way: InstallWay; readonly place: Place; readonly wanted: PackageFor };

export function placeOf(here: Here): Placed {
  const { platform, arch } = here;
  if (platform === 'linux') {
    const place = runningAppImage(here);
    return place === null
      ? toldOf('package')
      : { way: 'appimage', place, wanted: { system: platform, arch, kind: 'appimage' } };
  }
  if (platform === 'win32')
    return isInstalledForPerson(here)
      ? {
          way: 'installer',
          place: installerPlace(here.run),
          wanted: { system: platform, arch, kind: 'nsis' },
        }
      : toldOf('unpacked');
  return toldOf(platform === 'darwin' ? 'macos' : 'package');
}

const toldOf = (way: InstallWay): Placed => ({ way, place: null, wanted: null });

/** By the rules of the system whose paths these are. */
function isBelow(rules: typeof posix, folder: string, path: string): boolean {
  const way = rules.relative(folder, path);
  return way !== '' && !way.startsWith('..') && !rules.isAbsolute(way);
}

/**
 * An AppImage's runtime says in the environment which file it is and where it has mounted it. Both are inherited by what another
 * AppImage starts, so that they count only for a program that runs from that mount.
 */
function runningAppImage({ execPath, env }: Here): Place | null {
  const image = env['APPIMAGE'] ?? '';
  const mount = env['APPDIR'] ?? '';
  if (!posix.isAbsolute(image) || !posix.isAbsolute(mount)) return null;
  return isBelow(posix, mount, execPath) && !isBelow(posix, mount, image) ? appImagePlace(image) : null;
}

/** Elsewhere the installer would ask for an administrator, or nothing is installed at all. */
function isInstalledForPerson({ execPath, env, isThere }: Here): boolean {
  const own = env['LOCALAPPDATA'] ?? '';
  if (!win32.isAbsolute(own) || !isBelow(win32, own, execPath)) return false;
  return isThere(win32.join(win32.dirname(execPath), UNINSTALLER));
}
