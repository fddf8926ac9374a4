/**
 * @file Finds an installed Chromium and runs it without a browser's furniture, on a profile of its own that is gone
 * afterwards. It gets the switches that the program was started with or has set itself, and none that would make up for
 * a missing one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, errors, type BrowserContext, type Page } from 'playwright-core';
import { start, switches } from './start.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The Chromium to use: CHROMIUM_PATH, or the first of the usual places; null if there is none. */
export function findChromium(): string | null {
  return process.env['CHROMIUM_PATH'] ?? PLACES.find((place) => existsSync(place)) ?? null;
}

/** The stand-in's own switches; Chromium does not know them, or would use them on another profile. */
const OURS = new Set(['packed', 'program', 'require', 'user-data-dir']);

/** What Chrome has and Electron has not. Nothing here takes the place of a switch that the program should set. */
const NO_FURNITURE = [
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  // Suppresses the bar that warns of --no-sandbox and would push the page down.
  '--test-type',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-extensions',
  '--disable-search-engine-choice-screen',
];
const PREFERENCES = {
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  translate: { enabled: false },
  browser: { has_seen_welcome_page: true },
};

/** A window that is not shown yet lies where no screen is. */
export const NOWHERE = -20_000;

/** A start takes some seconds; on a busy machine one in fifty hangs for good, and is begun anew. */
const START_MS = 30_000;
const STARTS = 3;

export interface RunningChromium {
  /** Opens the one window, outside of the screen. `address` is Chromium's, not Electron's. */
  readonly openWindow: (address: string) => Promise<Page>;
  readonly context: BrowserContext;
  /** Closes it and removes what it wrote. */
  readonly close: () => Promise<void>;
}

/** Electron starts Chromium once the main module has been evaluated, and is ready after that. */
export async function startChromium(): Promise<RunningChromium> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium found; name one in CHROMIUM_PATH');
  for (let left = STARTS - 1; ; left -= 1) {
    const profile = mkdtempSync(join(tmpdir(), 'countersign-chromium-'));
    const remove = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    try {
      return await run(executablePath, profile, remove);
    } catch (error) {
      remove();
      if (left === 0 || !(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

async function run(executablePath: string, profile: string, remove: () => void): Promise<RunningChromium> {
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(PREFERENCES));
  const given = [...switches].filter(([name]) => !OURS.has(name));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    timeout: START_MS,
    // Electron neither emulates a screen nor overrides what the system says about colour and motion.
    viewport: null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
    locale: start.language,
    acceptDownloads: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // Playwright's own switches would hide what is missing among the program's.
    ignoreDefaultArgs: true,
    args: [
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      `--window-position=${NOWHERE},0`,
      ...NO_FURNITURE,
      ...given.map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`)),
    ],
  });
  if (switches.has('remote-debugging-port')) {
    const { port, path } = await whereDevToolsListen(join(profile, 'DevToolsActivePort'));
    process.stderr.write(`DevTools listening on ws://127.0.0.1:${port}${path}\n`);
  }
  return {
    context,
    openWindow: async (address) => {
      const opened = context.waitForEvent('page', { timeout: START_MS });
      // A second start on the same profile hands its window over to the first and ends.
      const sandbox = switches.has('no-sandbox') ? ['--no-sandbox'] : [];
      const messenger = spawn(
        executablePath,
        [`--user-data-dir=${profile}`, `--app=${address}`, ...sandbox],
        {
          stdio: 'ignore',
        },
      );
      const [page] = await Promise.all([opened, once(messenger, 'exit')]);
      return page;
    },
    close: async () => {
      await context.close();
      remove();
    },
  };
}

/** Chromium writes the port and the path one after the other: a file without a path is not finished. */
async function whereDevToolsListen(file: string): Promise<{ readonly port: string; readonly path: string }> {
  const given = performance.now() + START_MS;
  while (performance.now() < given) {
    const [port = '', path = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (path !== '') return { port, path };
    await setTimeout(20);
  }
  throw new Error('Chromium did not say where its developer tools listen');
}
