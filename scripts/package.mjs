/**
 * @file `npm run package`: builds the installers that this machine can, into dist/, and says which ones it cannot and
 * why. It must never claim a package that is not there.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronRuntime, ensurePackages, nodePath, ROOT } from './bootstrap.mjs';
import { tool } from './tool.mjs';

const DIST = join(ROOT, 'dist');

/** What each system can make for itself; electron-builder.ts says what is in them. `dir`: the program, not packed. */
const TARGETS = {
  linux: ['dir', 'tar.gz', 'deb', 'AppImage'],
  darwin: ['dir', 'dmg', 'zip'],
  win32: ['dir', 'nsis'],
};
const SWITCH = { linux: '--linux', darwin: '--mac', win32: '--win' };

/** @param {string[]} args */
function runNode(args) {
  return spawnSync(nodePath(), args, { cwd: ROOT, encoding: 'utf8' });
}

/**
 * The line that says why, out of all that a tool wrote.
 * @param {string} output
 */
function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const told =
    lines.find((line) => line.startsWith('⨯')) ?? lines.findLast((line) => line !== '') ?? 'it did not say';
  return told.replace(/^⨯\s*|\s+failedTask=.*/g, '').slice(0, 200);
}

ensurePackages();
const { platform } = process;
if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32')
  throw new Error(`Countersign is not packaged on ${platform}`);
const targets = TARGETS[platform];

console.log('Building …');
const build = runNode([tool('electron-vite'), 'build']);
if (build.status !== 0) {
  console.error(build.stdout, build.stderr);
  throw new Error('the build failed; see above');
}

/** @type {string[]} */
const built = [];
/** @type {string[]} */
const notBuilt = [];
if (electronRuntime() === 'stand-in') {
  notBuilt.push(`${targets.join(', ')}: Electron's runtime is not here and could not be downloaded`);
} else {
  rmSync(DIST, { recursive: true, force: true });
  for (const target of targets) {
    console.log(`Packaging ${target} …`);
    const packed = runNode([
      ...[tool('electron-builder'), '--config', 'electron-builder.ts', SWITCH[platform], target],
      // The runtime that is installed already, instead of downloading it once more.
      `-c.electronDist=${join('node_modules', 'electron', 'dist')}`,
    ]);
    if (packed.status === 0) built.push(target);
    else {
      const output = packed.stdout + packed.stderr;
      writeFileSync(join(DIST, `${target}.log`), output);
      notBuilt.push(`${target}: ${reasonIn(output)} (dist/${target}.log)`);
    }
  }
}

if (built.includes('dir')) {
  // Not at the top: on a fresh clone what it imports is not installed yet.
  const { faultsOf, unpackedIn } = await import('./inspect-package.mjs');
  for (const fault of await faultsOf(unpackedIn(DIST)))
    notBuilt.push(`as it should be: the package ${fault}`);
}
console.log(`built: ${built.join(', ') || 'nothing'}`);
for (const line of notBuilt) console.log(`not built: ${line}`);
// A machine without the runtime or a packing tool is no failure of the program; a package with a fault is.
if (notBuilt.some((line) => line.startsWith('as it should be'))) process.exitCode = 1;
