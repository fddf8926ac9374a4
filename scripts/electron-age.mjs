/**
 * @file `node scripts/electron-age.mjs`: fails when the Electron in package.json is of a line that gets no more fixes.
 * Electron mends its three newest major versions (electronjs.org/docs/latest/tutorial/electron-timelines).
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './bootstrap.mjs';

const LINES = 3;

/** Whether `used` is one of the lines that get fixes, when `newest` is the newest release. @param {string} used @param {string} newest */
export const getsFixes = (used, newest) => Number.parseInt(newest) - Number.parseInt(used) < LINES;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const used = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies.electron;
  const asked = spawnSync('npm', ['view', 'electron', 'version'], {
    encoding: 'utf8',
    // npm is a script of the command interpreter on Windows.
    shell: process.platform === 'win32',
  });
  const newest = asked.stdout.trim();
  if (!/^\d+\.\d+\.\d+$/.test(newest))
    throw new Error(`npm does not tell Electron's version: ${asked.stderr}`);
  console.log(`Electron ${used} is used, ${newest} is the newest.`);
  if (!getsFixes(used, newest)) {
    console.error('This line of Electron gets no more fixes.');
    process.exitCode = 1;
  }
}
