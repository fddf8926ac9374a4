/**
 * @file `npm start`: from a fresh clone to the open program. With a screen the window opens; without one, or with
 * --tour, a whole verification is played in practice mode (tests/e2e/tour.ts) and its screenshots are kept.
 */
import { spawn } from 'node:child_process';
import { bootstrap, electronPath, nodePath, ROOT } from './bootstrap.mjs';
import { ensureBuilt } from './build.mjs';
import { hasDisplay, openDisplay } from './display.mjs';

/**
 * Runs it in the foreground; answers its exit code, 1 if it was ended by a signal.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
const foreground = (program, args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });

const args = process.argv.slice(2);
const wantsTour = args.includes('--tour');
const rest = args.filter((arg) => arg !== '--tour');

const { runtime, lacks } = bootstrap(['window']);
if (lacks.length > 0) console.log(`Not installed: ${lacks.join(', ')}. Trying without.`);
ensureBuilt();

if (wantsTour || !hasDisplay()) {
  if (!wantsTour) console.log('No display here: playing the tour instead of opening the window.');
  const display = await openDisplay();
  process.exitCode = await foreground(nodePath(), ['tests/e2e/tour.ts', ...rest], display.env);
  await display.stop();
} else if (runtime === 'electron') {
  // Chromium's own rule: its sandbox is refused to root, in a container for instance.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  process.exitCode = await foreground(electronPath(), ['.', ...sandbox, ...rest], process.env);
} else {
  console.log("Electron's runtime cannot be downloaded here: opening the same program in Chromium instead.");
  process.exitCode = await foreground(nodePath(), ['tests/standin/run.ts', ...rest], process.env);
}
