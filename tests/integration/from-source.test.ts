/** @file The program from a fresh clone, in a folder whose name has a space: it comes up, and ends with its command. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDisplay } from '../../scripts/display.mjs';
import { freshClone } from './fresh-clone.ts';

let folder: string;
let clone: string;
let display: Awaited<ReturnType<typeof openDisplay>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-source-'));
  clone = freshClone(folder);
  display = await openDisplay();
});
afterEach(async () => {
  await display.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts one of the commands as `npm run` does, with a home of its own. */
function command(script: string, args: readonly string[], env: NodeJS.ProcessEnv = display.env) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const child = spawn(process.execPath, [join(clone, script), ...args], {
    cwd: clone,
    env: { ...env, HOME: home, XDG_CONFIG_HOME: join(home, 'config') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  return { child, said: () => said, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

/** The page of the program that says where it can be looked into. */
async function pageOf(said: () => string): Promise<Page> {
  const told = () => /DevTools listening on (ws:\S+)/.exec(said())?.[1] ?? '';
  await expect.poll(told, { timeout: 120_000 }).not.toBe('');
  const browser = await chromium.connectOverCDP(told(), { noDefaults: true });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the program has no browser context');
  return context.pages()[0] ?? context.waitForEvent('page');
}

it(
  'npm run dev serves the page from its sources to the program, and ends with it',
  { timeout: 180_000 },
  async () => {
    const dev = command('scripts/dev.mjs', ['--', '--remote-debugging-port=0', '--lang=en']);
    const page = await pageOf(dev.said);
    await page.getByRole('heading', { name: /^Confirm that somebody controls an email address/ }).waitFor();
    expect(page.url()).toMatch(/^http:\/\/localhost:\d+\/$/);
    const main = await page.evaluate(() => window.countersign.desk.view());
    expect(main, dev.said()).toMatchObject({ ok: true });
    const served = page.url();
    dev.child.kill('SIGTERM');
    expect(await dev.ended).not.toBeNull();
    await expect(fetch(served)).rejects.toThrow();
    expect(page.context().browser()?.isConnected() ?? false).toBe(false);
  },
);
