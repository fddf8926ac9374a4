/**
 * @file The built page and a bare template's beside it, each in the same Chromium, behind the same bridge, and from the same
 * files over and over: so that what is measured of one can be held against the other.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { buildPage, openBrowser, openPage, type OpenPage } from '../tests/gallery/page.ts';
import { named } from '../tests/gallery/views.ts';

export interface Pages {
  readonly browser: Browser;
  /** Where each was built. */
  readonly folders: { readonly ours: string; readonly template: string };
  readonly close: () => Promise<void>;
}

export async function buildPages(): Promise<Pages> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const folders = { ours: join(folder, 'ours'), template: join(folder, 'template') };
  process.env['NODE_ENV'] = 'production';
  await buildPage(folders.ours);
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'template'),
    base: './',
    plugins: [react()],
    logLevel: 'warn',
    build: { outDir: folders.template, emptyOutDir: true },
  });
  const browser = await openBrowser();
  return {
    browser,
    folders,
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the page at a view of the gallery's; of the template, which has one view, its own. */
export const openOurs = (
  { browser, folders }: Pages,
  name: string,
  context: Parameters<typeof openPage>[2]['context'] = {},
): Promise<OpenPage> => openPage(browser, folders.ours, { view: named(name), context });

export const openTemplate = ({ browser, folders }: Pages): Promise<OpenPage> =>
  openPage(browser, folders.template, { view: named('address') });

/** Seconds of script that a page has run, by Chromium's own count, from now on. */
export async function scriptCounter(page: Page): Promise<() => Promise<number>> {
  // One session: the count begins anew with each.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN;
  };
}

/** Seconds that all of Chromium's processes have spent on a core. */
export async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
