/**
 * @file app: the program's life from ready to quit, in Electron's order of events, and where its files are.
 */
import { EventEmitter } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, CommandLine } from 'electron';
import { instanceLock } from './instance-lock.ts';
import { listening, preventable } from './listening.ts';
import { startChromium, type RunningChromium } from './chromium.ts';
import { createContents } from './contents.ts';
import { start, switches } from './start.ts';
import { StandInWindow, windows } from './window.ts';

type Lock = 'requestSingleInstanceLock' | 'releaseSingleInstanceLock';
type Paths = 'getPath' | 'setPath' | 'getAppPath';
type Facts = 'isPackaged' | 'name' | 'getName' | 'getVersion' | 'getLocale' | 'getPreferredSystemLanguages';
type Life = 'whenReady' | 'isReady' | 'quit' | 'exit' | 'enableSandbox' | 'setAppUserModelId' | 'focus';
type Switches = 'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch';
type Used = Lock | Paths | Facts | Life | 'on' | 'once' | 'off';

const events = new EventEmitter();
const lock = instanceLock(start.userData, (argv, cwd) => events.emit('second-instance', {}, argv, cwd, null));
const paths = new Map<string, string>([
  ['home', homedir()],
  // Where there is no folder of that name Electron's answer is the same.
  ['documents', join(homedir(), 'Documents')],
  ['appData', start.appData],
  ['userData', start.userData],
  ['sessionData', start.userData],
  ['temp', tmpdir()],
  ['logs', join(start.userData, 'logs')],
  ['exe', process.execPath],
]);
let ready = false;
/** Ended when the program is, so that both end together. */
let chromium: RunningChromium | null = null;
let phase: 'running' | 'closing' | 'ended' = 'running';
let resolveReady: () => void;
const becameReady = new Promise<void>((resolve) => (resolveReady = resolve));

/**
 * To be called once the main module has been evaluated. As in Electron, Chromium starts then, with the switches that the
 * program has set, tells where it can be looked into, and only after that the program is ready.
 */
export async function becomeReady(): Promise<void> {
  // The program has ended already: a second instance, for example.
  if (phase !== 'running') return;
  // Chromium takes this policy at its start only. What the program would say to new contents tells it.
  const probe = createContents(() => Promise.resolve());
  events.emit('web-contents-created', {}, probe);
  switches.set('webrtc-ip-handling-policy', probe.peerPolicy());
  leaveSettings(paths.get('sessionData') ?? start.userData);
  chromium = await startChromium();
  StandInWindow.chromium = chromium;
  ready = true;
  events.emit('ready', {}, {});
  resolveReady();
}

/** Chromium keeps settings, caches and storage of its own in this folder; the stand-in's has another one. */
function leaveSettings(folder: string): void {
  if (existsSync(folder)) writeFileSync(join(folder, 'Preferences'), '{}');
}

windows.on('created', (window: StandInWindow) => {
  events.emit('web-contents-created', {}, window.webContents);
  events.emit('browser-window-created', {}, window);
});
windows.on('closed', () => {
  if (phase !== 'running' || StandInWindow.getAllWindows().length > 0) return;
  if (!events.emit('window-all-closed')) app.quit();
});
export const app: Pick<App, Used> & { readonly commandLine: Pick<CommandLine, Switches> } = {
  ...listening<App>(events),
  isPackaged: start.packaged,
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
  setPath: (name, path) => {
    if (!existsSync(path)) throw new Error(`Failed to set path ${path}`);
    paths.set(name, path);
  },
  commandLine: {
    appendSwitch: (name, value = '') => void switches.set(name, value),
    hasSwitch: (name) => switches.has(name),
    getSwitchValue: (name) => switches.get(name) ?? '',
    removeSwitch: (name) => void switches.delete(name),
  },
  // As Electron does it (App::EnableSandbox): the switch goes, also where Chromium cannot run without it.
  enableSandbox: () => {
    if (ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    switches.delete('no-sandbox');
  },
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
    void (chromium?.close() ?? Promise.resolve()).finally(() => process.exit(code));
  },
};

// Electron quits in good order when it is asked to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
