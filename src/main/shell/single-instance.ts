/** @file One program a profile: a second start brings the first to the front and must never open a window. */
import { app } from 'electron';

/** False when another instance has the profile: quit at once. `onSecondStart` runs in the first one. */
export function claimSingleInstance(onSecondStart: () => void): boolean {
  // Electron would hand over the second one's command line, which is not used.
  app.on('second-instance', () => onSecondStart());
  return app.requestSingleInstanceLock();
}
