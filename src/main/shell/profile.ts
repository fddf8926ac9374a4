/** @file Puts the profile where it belongs, and in it what Chromium keeps for itself. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/** Call first. */
export function placeProfile(places: {
  /** The folder on this computer, where Electron's is another; null where Electron's is right. */
  readonly local: (start: {
    readonly platform: NodeJS.Platform;
    readonly localAppData: string | undefined;
    readonly named: boolean;
    readonly program: string;
  }) => string | null;
  /** Gets the folder of earlier versions and the one on this computer, and answers which to use. */
  readonly move: (older: string, newer: string) => string;
}): void {
  const local = places.local({
    platform: process.platform,
    localAppData: process.env['LOCALAPPDATA'],
    named: app.commandLine.hasSwitch('user-data-dir'),
    program: app.getName(),
  });
  if (local !== null) put('userData', places.move(app.getPath('userData'), local));
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
