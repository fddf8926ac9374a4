/**
 * @file Finds an installed Chromium and opens it as one window without any of a browser's furniture, on a
 * profile of its own that is gone afterwards. It must never reach the network.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, errors, type BrowserContext } from 'playwright-core';

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

/**
 * On a busy machine about one start in fifty never tells of its first page, and Playwright waits three minutes for it.
 * A start takes some seconds; one that takes so long is begun anew.
 */
const START_MS = 15_000;
const STARTS = 3;

export interface OpenChromium {
  readonly context: BrowserContext;
  /** Closes it and removes what it wrote. */
  readonly close: () => Promise<void>;
}

interface ChromiumOptions {
  readonly address: string;
  readonly width: number;
  readonly height: number;
  readonly language: string;
  readonly debuggingPort: string | null;
  /** As Electron's setWebRTCIPHandlingPolicy names it. */
  readonly peerPolicy: string;
}

/** `address` is Chromium's, not Electron's; the window belongs to its origin. */
export async function openChromium(options: ChromiumOptions): Promise<OpenChromium> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium found; name one in CHROMIUM_PATH');
  for (let left = STARTS - 1; ; left -= 1) {
    const profile = mkdtempSync(join(tmpdir(), 'countersign-chromium-'));
    const remove = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    try {
      const context = await launch(executablePath, profile, options);
      return {
        context,
        close: async () => {
          await context.close();
          remove();
        },
      };
    } catch (error) {
      remove();
      if (left === 0 || !(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

async function launch(
  executablePath: string,
  profile: string,
  options: ChromiumOptions,
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    timeout: START_MS,
    headless: false,
    // Electron neither emulates a screen nor overrides what the system says about colour and motion.
    viewport: null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
    locale: options.language,
    acceptDownloads: true,
    // Chromium refuses its sandbox to root; that it is on elsewhere is not what the stand-in can prove.
    chromiumSandbox: process.getuid?.() !== 0,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      `--app=${options.address}`,
      `--window-size=${options.width},${options.height}`,
      // Suppresses the bar that warns of --no-sandbox and would push the page down.
      '--test-type',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      `--webrtc-ip-handling-policy=${options.peerPolicy}`,
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      ...(options.debuggingPort === null ? [] : [`--remote-debugging-port=${options.debuggingPort}`]),
    ],
  });
  // Chromium and Electron both announce it so, and tests wait for the line.
  if (options.debuggingPort !== null) {
    const [port = '', path = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
    process.stderr.write(`DevTools listening on ws://127.0.0.1:${port}${path}\n`);
  }
  return context;
}
