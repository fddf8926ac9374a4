/**
 * @file Starts the built program in a real window, on Electron where its runtime is installed and on the stand-in where
 * it is not, and gives a test the page and the record of the bridge. Nothing it starts may outlive `close`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ROOT } from '../../../scripts/bootstrap.mjs';
import { sandboxSwitches } from '../../../scripts/sandbox.mjs';
import { onElectron } from './electron.ts';
import type { Crossing, Runtime, Made } from './runtime.ts';
import { onStandIn } from './stand-in.ts';

/** Electron installs without its runtime and fetches it later; this file is there once it has. */
export const runtime: Runtime = existsSync(join(ROOT, 'node_modules/electron/dist/version'))
  ? onElectron
  : onStandIn;

export interface Launched {
  readonly page: Page;
  /** The title of the window as the system shows it. */
  readonly title: () => Promise<string>;
  /** Everything that crossed the bridge since the launch; it can be asked for after the end, too. */
  readonly trace: () => readonly Crossing[];
  /** The menus that the program has made: the roles of their items, those that are off with a "-" before them. */
  readonly menus: () => readonly (readonly string[])[];
  /** What its window was really made with, Electron's defaults included; and as `url`, where its page came from. */
  readonly preferences: () => Readonly<Record<string, unknown>>;
  /** Whether its window was brought before the person: Electron makes it hidden. */
  readonly shown: () => boolean;
  /** The addresses that it had the browser open. */
  readonly outside: () => readonly string[];
  /** The texts that it put on the clipboard. */
  readonly copied: () => readonly string[];
  /** What the program wrote to its terminal. */
  readonly output: () => string;
  /** The program's own process; the tests that kill it want to. */
  readonly pid: number;
  /** Resolves when the program has ended, by itself or not: with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** Asks the program to quit and waits until it has. */
  readonly close: () => Promise<void>;
}

export interface LaunchOptions {
  readonly profileDir: string;
  /** Replaces the environment; PATH, HOME and DISPLAY are the caller's business. */
  readonly env: NodeJS.ProcessEnv;
  readonly switches?: readonly string[];
  /** Loaded before the program, after what records it. */
  readonly scripts?: readonly string[];
  /** Another one than the machine has. */
  readonly on?: Runtime;
}

/** Long enough for a cold start of Chromium on a machine that is busy with something else. */
const START_MS = 120_000;
const ACTION_MS = 30_000;
const END_MS = 20_000;
const RECORD = join(ROOT, 'tests/e2e/launch/record.cjs');

/** Resolves when the page has its bridge. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { profileDir, env, switches = [], scripts = [], on = runtime } = options;
  const recordFile = join(profileDir, '..', `bridge-${process.pid}-${performance.now()}.ndjson`);
  const [program, ...args] = on.command(
    // Chromium refuses its sandbox to root, for one, and the tests' Postfix wants root.
    [`--user-data-dir=${profileDir}`, '--remote-debugging-port=0', ...sandboxSwitches(), ...switches],
    [RECORD, ...scripts],
  );
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...env, BRIDGE_RECORD: recordFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = collect(child);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const recorded = () => readRecord(recordFile);
  try {
    // What Playwright sets by default, Electron does not know in part.
    const browser = await chromium.connectOverCDP(await announced(child, text, ended), { noDefaults: true });
    const allEnded = Promise.all([ended, disconnected(browser)]).then(([code]) => code);
    const page = await firstPage(browser, ended);
    // A button that is not there fails its own step, and not only the whole test.
    page.setDefaultTimeout(ACTION_MS);
    await page.waitForFunction(() => 'countersign' in window, undefined, { timeout: START_MS });
    return {
      page,
      title: () => on.title(page, recorded()),
      trace: () => recorded().filter((line): line is Crossing => line.channel !== ''),
      menus: () => recorded().flatMap(({ way, text }) => (way === 'menu' ? [rolesIn(text)] : [])),
      preferences: () => {
        const made = recorded().find(({ way }) => way === 'preferences');
        // An object of names and values; which they are is for the test to say.
        return JSON.parse(made?.text ?? '{}') as Readonly<Record<string, unknown>>;
      },
      shown: () => recorded().some(({ way }) => way === 'shown'),
      outside: () => textsOf('outside', recorded()),
      copied: () => textsOf('copied', recorded()),
      output: text,
      pid: child.pid ?? 0,
      ended: allEnded,
      close: async () => {
        await end(child, ended);
        await allEnded;
      },
    };
  } catch (error) {
    await end(child, ended);
    throw new Error(`the program did not start:\n${text()}`, { cause: error });
  }
}

/** Chromium can be looked into before the program has opened its window. */
async function firstPage(browser: Browser, ended: Promise<unknown>): Promise<Page> {
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('the program has no browser context');
  const over = ended.then(() => Promise.reject(new Error('the program ended before it had a window')));
  over.catch(() => undefined);
  return context.pages()[0] ?? Promise.race([context.waitForEvent('page', { timeout: START_MS }), over]);
}

/** Chromium ends with the program's own process, on the stand-in a moment later. */
const disconnected = (browser: Browser): Promise<unknown> =>
  new Promise((resolve) => browser.once('disconnected', resolve));

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}

/** Waits for the line that Chromium prints once it can be looked into. */
async function announced(child: ChildProcess, text: () => string, ended: Promise<unknown>): Promise<string> {
  const over = ended.then(() => Promise.reject(new Error('the program ended before it had a window')));
  over.catch(() => undefined);
  const signal = AbortSignal.timeout(START_MS);
  for (;;) {
    const address = /DevTools listening on (ws:\S+)\n/.exec(text())?.[1];
    if (address !== undefined) return address;
    if (child.stderr === null) throw new Error('the program has no error stream');
    await Promise.race([once(child.stderr, 'data', { signal }), over]);
  }
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(hard);
}

function readRecord(file: string): (Crossing | Made)[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // record.cjs writes exactly these three fields a line.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Crossing | Made);
}

/** What record.cjs wrote down as one text each. */
const textsOf = (wanted: 'outside' | 'copied', recorded: readonly (Crossing | Made)[]): readonly string[] =>
  recorded.flatMap(({ way, text }) => (way === wanted ? [JSON.parse(text) as string] : []));

function rolesIn(menu: string): string[] {
  const items = JSON.parse(menu) as { readonly role?: string; readonly enabled?: boolean }[];
  return items.flatMap(({ role, enabled }) =>
    role === undefined ? [] : [enabled === false ? `-${role}` : role],
  );
}
