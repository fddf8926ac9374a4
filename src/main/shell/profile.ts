/**
 * @file Where the profile is, and in it what Chromium keeps for itself. On Windows it must not be where Electron puts it:
 * roaming folders are copied between computers and often lie on a server, where SQLite's write-ahead log does not work, and
 * the keychain does not go along.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/** Call first. `move` gets the folder of earlier versions and the one on this computer, and answers which to use. */
export function placeProfile(move: (older: string, newer: string) => string): void {
  const local = process.env['LOCALAPPDATA'];
  // A folder that was named on the command line stays the one.
  if (process.platform === 'win32' && local && !app.commandLine.hasSwitch('user-data-dir'))
    put('userData', move(app.getPath('userData'), join(local, app.getName())));
  put('sessionData', join(app.getPath('userData'), 'chromium'));
}

/** Electron takes a folder that is there. One that cannot be made is told with its reason later, when it is locked. */
function put(name: 'userData' | 'sessionData', folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    return;
  }
  app.setPath(name, folder);
}
