/** @file The built program on the stand-in, which takes the same switches as Electron. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ROOT } from '../../../scripts/bootstrap.mjs';
import type { Runtime } from './runtime.ts';

export const onStandIn: Runtime = {
  name: 'stand-in',
  command: (switches, record) => [
    process.execPath,
    join(ROOT, 'tests/standin/run.ts'),
    ...['--require', record],
    ...switches,
  ],
  // Chromium puts the document's title into its title bar, which is where the stand-in sets it.
  title: (page) => page.title(),
  // Electron's window dies with its process; Chromium is a process of its own and has to be told.
  afterEnd: closeBrowser,
};

async function closeBrowser(browser: Browser): Promise<void> {
  if (!browser.isConnected()) return;
  const gone = new Promise((resolve) => browser.once('disconnected', resolve));
  const session = await browser.newBrowserCDPSession().catch(() => null);
  // It may be on its way out already; then it does not answer.
  await session?.send('Browser.close').catch(() => undefined);
  await gone;
}
