/**
 * @file `npm start`: from a fresh clone to the open program. With a screen the window opens; without one, or with
 * --tour, a whole verification is played in practice mode (tests/e2e/tour.ts) and its screenshots are kept.
 */
import { bootstrap, electronPath, nodePath, programEnv } from './bootstrap.mjs';
import { ensureBuilt } from './build.mjs';
import { hasDisplay, openDisplay } from './display.mjs';
import { foreground } from './foreground.mjs';
import { HOW_TO_SANDBOX, noSandboxBecause, sandboxSwitches } from './sandbox.mjs';

const args = process.argv.slice(2);
const wantsTour = args.includes('--tour');
const rest = args.filter((arg) => arg !== '--tour');

const onScreen = hasDisplay() && !wantsTour;
const { runtime, lacks } = bootstrap({ window: !hasDisplay() });
if (lacks.length > 0) console.log(`Not installed: ${lacks.join(', ')}. Trying without.`);
ensureBuilt();

if (noSandboxBecause() === 'namespaces') console.log(HOW_TO_SANDBOX);

if (!onScreen) {
  if (!wantsTour) console.log('No display here: playing the tour instead of opening the window.');
  const display = await openDisplay();
  process.exitCode = await foreground(nodePath(), ['tests/e2e/tour.ts', ...rest], programEnv(display.env));
  await display.stop();
} else {
  if (runtime === 'stand-in') console.log('Opening the same program in Chromium instead.');
  const [program, ...own] =
    runtime === 'electron' ? [electronPath(), '.'] : [nodePath(), 'tests/standin/run.ts'];
  process.exitCode = await foreground(program, [...own, ...sandboxSwitches(), ...rest], programEnv());
}
