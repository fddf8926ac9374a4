/** @file The built program on the stand-in, which takes the same switches as Electron. */
import { join } from 'node:path';
import { ROOT } from '../../../scripts/bootstrap.mjs';
import type { Runtime } from './runtime.ts';

export const onStandIn: Runtime = {
  name: 'stand-in',
  command: (switches, scripts) => [
    process.execPath,
    join(ROOT, 'tests/standin/run.ts'),
    ...scripts.flatMap((script) => ['--require', script]),
    ...switches,
  ],
  // Chromium puts the document's title into its title bar, which is where the stand-in sets it.
  title: (page) => page.title(),
};
