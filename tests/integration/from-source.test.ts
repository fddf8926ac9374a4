/** @file The program from a fresh clone, in a folder whose name has a space: it comes up, and ends with its command. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/build.mjs';
import { openDisplay } from '../../scripts/display.mjs';
import { freshClone } from './fresh-clone.ts';

const WELCOME = /^Confirm that somebody controls an email address/;

let folder: string;
let display: Awaited<ReturnType<typeof openDisplay>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-source-'));
  display = await openDisplay();
});
afterEach(async () => {
  await display.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts one of the commands as `npm run` does, with a home of its own. */
function command(clone: string, script: string, args: readonly string[], env = display.env) {
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

const LONG = { timeout: 180_000 };

it('npm run dev serves the page from its sources to the program, and ends with it', LONG, async () => {
  const dev = command(freshClone(folder), 'scripts/dev.mjs', [
    '--',
    '--remote-debugging-port=0',
    '--lang=en',
  ]);
  const page = await pageOf(dev.said);
  await page.getByRole('heading', { name: WELCOME }).waitFor();
  expect(page.url()).toMatch(/^http:\/\/localhost:\d+\/$/);
  const main = await page.evaluate(() => window.countersign.desk.view());
  expect(main, dev.said()).toMatchObject({ ok: true });
  const served = page.url();
  dev.child.kill('SIGTERM');
  // The server ends it with a code of its own.
  expect(await dev.ended).not.toBeNull();
  await expect(fetch(served)).rejects.toThrow();
  await expect.poll(() => page.context().browser()?.isConnected(), { timeout: 30_000 }).toBe(false);
});

it('npm start opens the built program, and ends with it', LONG, async () => {
  ensureBuilt();
  const clone = freshClone(folder, { built: true });
  const start = command(clone, 'scripts/start.mjs', ['--remote-debugging-port=0', '--lang=en']);
  const page = await pageOf(start.said);
  await page.getByRole('heading', { name: WELCOME }).waitFor();
  start.child.kill('SIGTERM');
  expect(await start.ended, start.said()).toBe(0);
  await expect.poll(() => page.context().browser()?.isConnected(), { timeout: 30_000 }).toBe(false);
});

it('npm start plays the tour where there is no display, to its last line', LONG, async () => {
  ensureBuilt();
  const clone = freshClone(folder, { built: true });
  const blind = { ...display.env, DISPLAY: '', WAYLAND_DISPLAY: '' };
  const start = command(clone, 'scripts/start.mjs', [], blind);
  expect(await start.ended, start.said()).toBe(0);
  expect(start.said()).toContain('No display here: playing the tour');
  expect(start.said().trim().split('\n').at(-1)).toBe('verified');
});
