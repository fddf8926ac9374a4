/**
 * @file The built page in Chromium without main: an injected bridge, derived from the contract, answers with
 * what a view says and records every call. It proves nothing about main.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { build } from 'vite';
import { asHtml } from '../../src/main/mail/message/html.ts';
import { wordsFor } from '../../src/main/mail/message/words.ts';
import { samplePackages } from '../../scripts/packaging/bundled.mjs';
import { pageOutput } from '../../scripts/page-chunks.mjs';
import { CONTENT_SECURITY_POLICY, mailPolicy } from '../../src/main/page/policy.ts';
import { MAIL_ORIGIN as REAL_MAIL_ORIGIN } from '../../src/main/page/source.ts';
import { channels, type AnswerOf, type Channel, type InputOf } from '../../src/shared/contract.ts';
import { type DeskView } from '../../src/shared/desk-view.ts';
import { HOUR } from '../fakes/time.ts';
import { findChromium } from '../standin/chromium.ts';
import { letter, SENDER } from '../unit/mail/letter.ts';

const root = join(import.meta.dirname, '../..');
const ORIGIN = 'http://countersign.test';
/** Stands in for app://mail, as ORIGIN does for app://countersign. */
const MAIL_ORIGIN = 'http://mail.test';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** Builds the page as the program does, into `folder`. */
export async function buildPage(folder: string): Promise<void> {
  // Vitest says "test", and Vite would then build React's development half in.
  const said = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: false,
    root: join(root, 'src/renderer'),
    base: './',
    plugins: [react(), samplePackages(['i18next', 'nodemailer', 'react', 'zod'])],
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, 'src/renderer/index.html'), output: pageOutput },
    },
  });
  if (said === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = said;
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium found; name one in CHROMIUM_PATH');
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

/** A list is given one after the other; behind its end none comes. */
export type Answers = { readonly [C in Channel]?: AnswerOf<C> | readonly AnswerOf<C>[] };
/** What main itself answers, in this process. */
export type Main = {
  readonly [C in Channel]?: (input: InputOf<C>) => AnswerOf<C> | Promise<AnswerOf<C>>;
};

export interface Call {
  readonly channel: string;
  readonly input: unknown;
}

export interface OpenPage {
  readonly page: Page;
  /** Pushes a view, as main would. */
  readonly push: (view: DeskView) => Promise<void>;
  /** What the page has asked main for, in order. */
  readonly calls: () => Promise<readonly Call[]>;
  /** Answers a channel from now on; `held` keeps every call waiting until `release`. */
  readonly answer: (answers: Answers) => Promise<void>;
  readonly hold: (channel: Channel) => Promise<void>;
  readonly release: (channel: Channel) => Promise<void>;
  /** Forgets calls and answers; what is held is let go. */
  readonly reset: () => Promise<void>;
  /** Everything the console or the CSP complained about. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** What the injected script keeps in the page for the tests. */
interface Double {
  push(view: DeskView): void;
  calls: Call[];
  answers: Record<string, unknown>;
  held: Record<string, (() => void)[]>;
}
declare global {
  interface Window {
    double: Double;
    askMain: (channel: string, input: unknown) => Promise<unknown>;
  }
}

/** Runs in the page before anything else. */
function installBridge({
  view,
  answers,
  names,
  real,
}: {
  view: DeskView;
  answers: Answers;
  names: readonly string[];
  real: readonly string[];
}) {
  const listeners = new Set<(view: DeskView) => void>();
  let current = view;
  const double: Double = {
    push: (next) => {
      current = next;
      for (const listener of listeners) listener(next);
    },
    calls: [],
    answers: { ...answers },
    held: {},
  };
  /** Main always has something to say of an address: here that it is one, and nothing else. */
  const unasked: Record<string, (input: unknown) => unknown> = {
    'desk.draft': (input) => ({ valid: true, delivery: (input as { readonly address: string }).address }),
    'desk.advise': () => [],
    'history.search': () => ({ rows: [], next: null, scanned: 0, of: 0 }),
  };
  const bridge: Record<string, Record<string, unknown>> = {};
  for (const name of names) {
    const [room = '', method = ''] = name.split('.');
    (bridge[room] ??= {})[method] = async (input: unknown) => {
      if (name === 'desk.view') return double.answers[name] ?? { ok: true, value: current };
      double.calls.push({ channel: name, input });
      const held = double.held[name];
      if (held !== undefined) await new Promise<void>((resolve) => held.push(resolve));
      const answer = double.answers[name];
      if (Array.isArray(answer)) return (answer as unknown[]).shift() ?? new Promise(() => undefined);
      if (answer === undefined && real.includes(name)) return window.askMain(name, input);
      return answer ?? { ok: true, value: unasked[name]?.(input) ?? null };
    };
  }
  Object.assign(window, {
    double,
    countersign: {
      ...bridge,
      onDesk: (listener: (view: DeskView) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
}

export async function openPage(
  browser: Browser,
  folder: string,
  setting: {
    readonly view: DeskView;
    readonly answers?: Answers;
    /** Channels that real rooms of main answer. */
    readonly main?: Main;
    readonly context?: BrowserContextOptions;
    /** Time stands still in the page and goes on by `page.clock.runFor`. */
    readonly stillClock?: boolean;
  },
): Promise<OpenPage> {
  const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en-GB', ...setting.context });
  const complaints: string[] = [];
  await context.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin === MAIL_ORIGIN) {
      await route.fulfill({
        body: asHtml(wordsFor(letter(), SENDER, { timeZone: 'UTC' })),
        contentType: 'text/html; charset=utf-8',
        headers: { 'Content-Security-Policy': mailPolicy(ORIGIN) },
      });
      return;
    }
    if (origin !== ORIGIN) {
      complaints.push(`request to ${route.request().url()}`);
      await route.abort();
      return;
    }
    const file = pathname === '/' ? '/index.html' : pathname;
    await route.fulfill({
      body: await readFile(join(folder, file)),
      contentType: TYPES[extname(file)] ?? 'application/octet-stream',
      headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY.replace(REAL_MAIL_ORIGIN, MAIL_ORIGIN) },
    });
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  if (setting.stillClock === true) {
    // It runs until it is stopped, and cannot be stopped at what is past.
    await page.clock.install({ time: setting.view.now - HOUR });
    await page.clock.pauseAt(setting.view.now + 1000);
  }
  const main: Readonly<Record<string, unknown>> = setting.main ?? {};
  await page.exposeFunction('askMain', (channel: Channel, input: unknown) => {
    const answer = main[channel];
    return typeof answer === 'function' ? (answer as (input: unknown) => unknown)(input) : null;
  });
  await page.addInitScript(installBridge, {
    view: setting.view,
    answers: setting.answers ?? {},
    names: channels,
    real: Object.keys(main),
  });
  await page.goto(`${ORIGIN}/`);
  await page.locator('main h1').first().waitFor();
  return {
    page,
    complaints,
    push: async (view) => {
      await page.evaluate((next) => window.double.push(next), view);
      // A screen that is read when it is opened leaves its place empty until then.
      await page.locator('.desk-place:empty').waitFor({ state: 'detached' });
    },
    calls: () => page.evaluate(() => window.double.calls),
    answer: (answers) => page.evaluate((next) => void Object.assign(window.double.answers, next), answers),
    hold: (channel) => page.evaluate((name) => void (window.double.held[name] = []), channel),
    release: (channel) =>
      page.evaluate((name) => {
        const waiting = window.double.held[name] ?? [];
        Reflect.deleteProperty(window.double.held, name);
        for (const resolve of waiting) resolve();
      }, channel),
    reset: () =>
      page.evaluate(() => {
        for (const resolve of Object.values(window.double.held).flat()) resolve();
        Object.assign(window.double, { calls: [], answers: {}, held: {} });
      }),
    close: () => context.close(),
  };
}
