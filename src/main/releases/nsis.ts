/**
 * @file Runs Windows' installer of a newer version. It asks nothing, waits until this program has ended, and puts the new
 * one in the folder of the old.
 */
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { fail, ok } from '../../shared/result.ts';
import { discard, type Place, readChecked } from './fetched.ts';

/** Starts a program that outlives this one; throws when it does not start. */
export type Run = (program: string, args: readonly string[]) => Promise<void>;

/** electron-builder's: without windows, over a version that is there and may still be ending. */
const SILENT_UPDATE = ['--updated', '/S'];

export const installerPlace = (run: Run): Place => ({
  ending: '.exe',
  put: async (fetched, mayStill) => {
    const { path, file, wanted } = fetched;
    // Windows runs no file that is open for writing.
    await file.close();
    const read = await open(path, 'r');
    let runs = false;
    try {
      if (!(await readChecked(read, wanted))) return fail('other-bytes');
      if (!mayStill()) return fail('called-off');
      await run(path, SILENT_UPDATE);
      runs = true;
      return ok(null);
    } finally {
      await read.close();
      if (!runs) await discard(fetched);
    }
  },
  sweep: () => Promise.resolve(),
});

export const runDetached: Run = (program, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
