/**
 * @file `npm run dev`: the program with live reload of its page, from a fresh clone. On Electron, or on the stand-in where
 * Electron's runtime cannot be had.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, electronPath, nodePath, programEnv, ROOT } from './bootstrap.mjs';
import { hasDisplay } from './display.mjs';
import { HOW_TO_SANDBOX, noSandboxBecause } from './sandbox.mjs';
import { tool } from './tool.mjs';

const { runtime, lacks } = bootstrap({});
if (lacks.length > 0) console.log(`Not installed: ${lacks.join(', ')}. Trying without.`);
if (!hasDisplay()) throw new Error('npm run dev opens a window, and there is no display here');
const because = noSandboxBecause();
if (because === 'namespaces') console.log(HOW_TO_SANDBOX);

const args = [tool('electron-vite'), 'dev', ...(because === null ? [] : ['--noSandbox'])];
const child = spawn(nodePath(), [...args, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: {
    ...programEnv(),
    ELECTRON_EXEC_PATH: runtime === 'electron' ? electronPath() : join(ROOT, 'tests/standin/electron'),
  },
});
child.on('exit', (code) => (process.exitCode = code ?? 1));
