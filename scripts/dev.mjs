/**
 * @file `npm run dev`: the program with live reload of its page, from a fresh clone. On Electron, or on the stand-in where
 * Electron's runtime cannot be had.
 */
import { join } from 'node:path';
import { bootstrap, electronPath, nodePath, programEnv, ROOT } from './bootstrap.mjs';
import { hasDisplay } from './display.mjs';
import { foreground } from './foreground.mjs';
import { HOW_TO_SANDBOX, noSandboxBecause } from './sandbox.mjs';
import { tool } from './tool.mjs';

if (!hasDisplay()) {
  console.error('npm run dev opens a window, and there is no display here. `npm run tour` needs none.');
  process.exit(1);
}
const { runtime, lacks } = bootstrap({});
if (lacks.length > 0) console.log(`Not installed: ${lacks.join(', ')}. Trying without.`);
const because = noSandboxBecause();
if (because === 'namespaces') console.log(HOW_TO_SANDBOX);

const args = [tool('electron-vite'), 'dev', ...(because === null ? [] : ['--noSandbox'])];
process.exitCode = await foreground(nodePath(), [...args, ...process.argv.slice(2)], {
  ...programEnv(),
  ELECTRON_EXEC_PATH: runtime === 'electron' ? electronPath() : join(ROOT, 'tests/standin/electron'),
});
