/**
 * @file Runs the built program where Electron's runtime cannot be had: `node tests/standin/run.ts`, with the
 * switches that Electron takes. It must run the very files that Electron would.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { start } from './start.ts';

const STAND_IN = new URL('electron.ts', import.meta.url).href;

if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  process.stderr.write('Missing X server or $DISPLAY\n');
  process.exit(1);
}
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/main|\/common)?$/.test(specifier)
      ? { url: STAND_IN, shortCircuit: true }
      : next(specifier, context),
});
const load = createRequire(import.meta.url);
for (const script of start.required) load(script);
await import(pathToFileURL(start.program).href);
// The same module as the program's: it is loaded through the hook above.
const { becomeReady } = await import('./app.ts');
await becomeReady();
