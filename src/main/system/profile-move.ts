/**
 * @file Moves a profile from where earlier versions kept it, once. Nothing may be lost on the way: it is whole in one of the
 * two places at every moment.
 */
import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder without it was never a desk's. */
const SETTINGS = 'settings.db';

/**
 * Answers the folder to use: `newer`, or `older` where the move failed, because an earlier version still has files open
 * there, for one; it is tried again at the next start. `before` runs on a profile that is about to be moved.
 */
export function moveProfile(older: string, newer: string, before: (profile: string) => void): string {
  if (existsSync(join(newer, SETTINGS)) || !existsSync(join(older, SETTINGS))) return newer;
  try {
    before(older);
    mkdirSync(dirname(newer), { recursive: true });
    // One that is there without settings is Chromium's, or empty.
    if (existsSync(newer)) rmdirSync(newer);
    rename(older, newer);
    return newer;
  } catch {
    return older;
  }
}

function rename(older: string, newer: string): void {
  try {
    renameSync(older, newer);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    // A redirected folder lies on a server. The copy gets its name when it is whole.
    const copy = `${newer}.moving`;
    rmSync(copy, { recursive: true, force: true });
    cpSync(older, copy, { recursive: true, preserveTimestamps: true });
    bringToDisk(copy);
    renameSync(copy, newer);
    remove(older);
  }
}

/** The desk's own files, which lie beside Chromium's folder: the older ones are removed next, and the power may go. */
function bringToDisk(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // Windows brings only what may be written to disk.
    const file = openSync(join(folder, entry.name), 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

/** What stays behind is read by no later start. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A file is held open. The new place counts from now on.
  }
}
