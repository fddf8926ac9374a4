/**
 * @file Starts the built program in a real window, on Electron where its runtime is installed and on the
 * stand-in where it is not, and gives a test the page and the record of the bridge. Nothing it starts may
 * outlive `close`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { _electron, chromium, type Browser, type ElectronApplication, type Page } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');

export type Runtime = 'electron' | 'stand-in';

/** Electron installs without its runtime and fetches it later; this folder is there once it has. */
export const runtime: Runtime = existsSync(join(root, 'node_modules/electron/dist/version'))
  ? 'electron'
  : 'stand-in';

/** One message on the bridge. `to-main`: a call; `answer`: what it got; `event`: what main pushed. */
export interface Crossing {
  readonly way: 'to-main' | 'answer' | 'event';
  readonly channel: string;
  /** All that the message carried, as text. */
  readonly text: string;
}

export interface Launched {
  readonly runtime: Runtime;
  readonly page: Page;
  /** The title of the window as the system shows it. */
  readonly title: () => Promise<string>;
  /** Everything that crossed the bridge since the launch. */
  readonly trace: () => Promise<readonly Crossing[]>;
  /** What the program wrote to its terminal. */
  readonly output: () => string;
  /** The program's own process; the tests that kill it want to. */
  readonly pid: number;
  /** Resolves when the program has ended, by itself or not. */
  readonly ended: Promise<void>;
  /** Asks the program to quit and waits until it has. */
  readonly close: () => Promise<void>;
}

export interface LaunchOptions {
  readonly profileDir: string;
  /** Replaces the environment; PATH, HOME and DISPLAY are the caller's business. */
  readonly env: NodeJS.ProcessEnv;
  readonly switches?: readonly string[];
}

/** Resolves when the page has its bridge. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  return runtime === 'electron' ? onElectron(options) : launchOnStandIn(options);
}

/** Long enough for a cold start of Chromium on a machine that is busy with something else. */
const START_MS = 60_000;
const END_MS = 20_000;

const hasBridge = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => 'countersign' in window, undefined, { timeout: START_MS });

/** The stand-in by name, for its own test. */
export async function launchOnStandIn({ profileDir, env, switches = [] }: LaunchOptions): Promise<Launched> {
  const traceFile = join(profileDir, '..', `bridge-${process.pid}-${performance.now()}.ndjson`);
  const child = spawn(
    process.execPath,
    [
      join(root, 'tests/standin/run.ts'),
      `--user-data-dir=${profileDir}`,
      '--remote-debugging-port=0',
      `--trace-ipc=${traceFile}`,
      ...switches,
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const text = collect(child);
  const ended = once(child, 'exit').then(() => undefined);
  const close = () => end(child, ended);
  try {
    const browser = await chromium.connectOverCDP(await announced(child, text, ended));
    // Electron's window dies with its process; Chromium is a process of its own and has to be told.
    const windowEnded = ended.then(() => closeBrowser(browser));
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('the window has no page');
    await hasBridge(page);
    return {
      runtime: 'stand-in',
      page,
      title: () => page.title(),
      trace: () => Promise.resolve(readTrace(traceFile)),
      output: text,
      pid: child.pid ?? 0,
      ended: windowEnded,
      close: async () => {
        await close();
        await windowEnded;
      },
    };
  } catch (error) {
    await close();
    throw new Error(`the program did not start:\n${text()}`, { cause: error });
  }
}

async function onElectron({ profileDir, env, switches = [] }: LaunchOptions): Promise<Launched> {
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const electron = await _electron.launch({
    args: [
      root,
      `--user-data-dir=${profileDir}`,
      // Chromium refuses its sandbox to root, and the tests' Postfix wants root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...switches,
    ],
    env: Object.fromEntries(defined),
    timeout: START_MS,
  });
  const child = electron.process();
  const text = collect(child);
  const ended = once(child, 'exit').then(() => undefined);
  const page = await electron.firstWindow();
  await recordBridge(electron);
  await hasBridge(page);
  return {
    runtime: 'electron',
    page,
    title: () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? ''),
    trace: () => electron.evaluate(() => (globalThis as unknown as { bridgeTrace: Crossing[] }).bridgeTrace),
    output: text,
    pid: child.pid ?? 0,
    ended,
    close: async () => {
      await electron.close();
      await ended;
    },
  };
}

/** Electron shows nobody what crosses; so the handlers and `send` are wrapped in the running main process. */
async function recordBridge(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ ipcMain, BrowserWindow }) => {
    const trace: { way: string; channel: string; text: string }[] = [];
    (globalThis as unknown as { bridgeTrace: unknown }).bridgeTrace = trace;
    const write = (way: string, channel: string, value: unknown): void => {
      trace.push({ way, channel, text: JSON.stringify(value) });
    };
    type Handler = (...args: unknown[]) => unknown;
    // Not in Electron's types: the map behind ipcMain.handle.
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> };
    for (const [channel, handler] of handlers) {
      handlers.set(channel, async (event, ...args) => {
        write('to-main', channel, args);
        const answer = await handler(event, ...args);
        write('answer', channel, answer);
        return answer;
      });
    }
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      const send = webContents.send.bind(webContents);
      webContents.send = (channel, ...args: unknown[]) => {
        write('event', channel, args);
        send(channel, ...args);
      };
    }
  });
}

async function closeBrowser(browser: Browser): Promise<void> {
  if (!browser.isConnected()) return;
  const gone = new Promise((resolve) => browser.once('disconnected', resolve));
  const session = await browser.newBrowserCDPSession().catch(() => null);
  // It may be on its way out already; then there is nobody to answer.
  await session?.send('Browser.close').catch(() => undefined);
  await gone;
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}

/** Waits for the line that Chromium and the stand-in print once the window can be looked into. */
async function announced(child: ChildProcess, text: () => string, ended: Promise<void>): Promise<string> {
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

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await ended;
  clearTimeout(hard);
}

function readTrace(file: string): Crossing[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // The stand-in writes exactly these three fields a line.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Crossing);
}
