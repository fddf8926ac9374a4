/**
 * @file app: the program's life from ready to quit, in Electron's order of events, and where its files are.
 */
import { EventEmitter } from 'node:events';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { instanceLock } from './instance-lock.ts';
import { listening, preventable } from './listening.ts';
import { start } from './start.ts';
import { StandInWindow, windows } from './window.ts';

type Lock = 'requestSingleInstanceLock' | 'releaseSingleInstanceLock';
type Paths = 'getPath' | 'setPath' | 'getAppPath';
type Facts = 'isPackaged' | 'name' | 'getName' | 'getVersion' | 'getLocale' | 'getPreferredSystemLanguages';
type Life = 'whenReady' | 'isReady' | 'quit' | 'exit' | 'enableSandbox' | 'setAppUserModelId' | 'focus';
type Used = Lock | Paths | Facts | Life | 'on' | 'once' | 'off';

const events = new EventEmitter();
const lock = instanceLock(start.userData, (argv, cwd) => events.emit('second-instance', {}, argv, cwd, null));
const paths = new Map<string, string>([
  ['home', homedir()],
  ['appData', start.appData],
  ['userData', start.userData],
  ['sessionData', start.userData],
  ['temp', tmpdir()],
  ['logs', join(start.userData, 'logs')],
  ['exe', process.execPath],
]);
let ready = false;
/** Its Chromium is ended when the program is, so that both end together. */
let lastWindow: StandInWindow | null = null;
let phase: 'running' | 'closing' | 'ended' = 'running';

const becameReady = new Promise<void>((resolve) => {
  // Electron is ready after the main module has been evaluated, never before.
  setImmediate(() => {
    ready = true;
    events.emit('ready', {}, {});
    resolve();
  });
});

windows.on('created', (window: StandInWindow) => {
  events.emit('web-contents-created', {}, window.webContents);
  events.emit('browser-window-created', {}, window);
});
windows.on('closed', (window: StandInWindow) => {
  lastWindow = window;
  if (phase !== 'running' || StandInWindow.getAllWindows().length > 0) return;
  if (!events.emit('window-all-closed')) app.quit();
});
export const app: Pick<App, Used> = {
  ...listening<App>(events),
  isPackaged: false,
  name: start.name,
  getName: () => start.name,
  getVersion: () => start.version,
  getAppPath: () => start.root,
  getLocale: () => start.language,
  getPreferredSystemLanguages: () => [Intl.DateTimeFormat().resolvedOptions().locale],
  getPath: (name) => {
    const path = paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  },
  setPath: (name, path) => void paths.set(name, path),
  // The sandbox is Chromium's own here; see chromium.ts.
  enableSandbox: () => undefined,
  setAppUserModelId: () => undefined,
  focus: () => StandInWindow.getAllWindows()[0]?.focus(),
  requestSingleInstanceLock: () => lock.claim(),
  releaseSingleInstanceLock: () => lock.release(),
  isReady: () => ready,
  whenReady: () => becameReady,
  quit: () => {
    if (phase !== 'running') return;
    phase = 'closing';
    const forbidden = (name: 'before-quit' | 'will-quit'): boolean => {
      const event = preventable({});
      events.emit(name, event);
      return event.defaultPrevented;
    };
    if (!forbidden('before-quit')) {
      for (const window of StandInWindow.getAllWindows()) window.destroy();
      if (!forbidden('will-quit')) {
        app.exit(0);
        return;
      }
    }
    // The program may ask again, or end itself with exit().
    phase = 'running';
  },
  exit: (code = 0) => {
    if (phase === 'ended') return;
    phase = 'ended';
    events.emit('quit', {}, code);
    lock.release();
    const window = lastWindow ?? StandInWindow.getAllWindows()[0];
    void (window?.endBrowser() ?? Promise.resolve()).finally(() => process.exit(code));
  },
};

// Electron quits in good order when it is asked to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
