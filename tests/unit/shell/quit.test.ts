/** @file The end of the program, in Electron's order of events: what is begun at it comes to its end, and nothing holds it up. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onQuit } from '../../../src/main/shell/quit.ts';

/** Electron's own package needs its runtime; of it the end uses this. */
const electron = vi.hoisted(() => ({
  events: null as EventEmitter | null,
  windows: [] as { readonly close: () => void }[],
  quit: (): void => undefined,
}));
vi.mock('electron', () => ({
  app: {
    on: (name: string, listener: (...args: unknown[]) => void) => electron.events?.on(name, listener),
    quit: () => electron.quit(),
  },
  BrowserWindow: { getAllWindows: () => electron.windows },
}));

let ended = false;
let said: string[] = [];
let installed = Promise.withResolvers<undefined>();

beforeEach(() => {
  vi.useFakeTimers();
  const events = new EventEmitter();
  ended = false;
  said = [];
  installed = Promise.withResolvers();
  electron.events = events;
  electron.quit = () => {
    let prevented = false;
    events.emit('before-quit', { preventDefault: () => (prevented = true) });
    ended ||= !prevented;
  };
  electron.windows = [
    {
      close: () => {
        electron.windows = [];
        said.push('window closed');
        events.emit('window-all-closed');
      },
    },
  ];
});
afterEach(() => void vi.useRealTimers());

/** Lets what is due come to its end, `ms` later. */
const later = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

function quitting(close: () => Promise<void> = () => Promise.resolve()): void {
  onQuit({
    close: () => {
      said.push('put away');
      return close();
    },
    install: () => {
      said.push('install');
      return installed.promise;
    },
    isHeld: () => false,
    logException: (where) => said.push(`${where} failed`),
  });
  electron.quit();
}

it('waits for what is installed, with no window to work at and however often it is asked for', async () => {
  quitting();
  await later();
  expect(said).toEqual(['put away', 'window closed', 'install']);
  electron.quit();
  await later(1_000);
  expect(ended).toBe(false);
  installed.resolve(undefined);
  await later();
  expect(ended).toBe(true);
  expect(said).toEqual(['put away', 'window closed', 'install']);
});

it('installs nothing when what is open could not be put away, and ends all the same', async () => {
  quitting(() => Promise.reject(new Error('the disk is gone')));
  await later();
  expect(said).toEqual(['put away', 'close failed', 'window closed']);
  expect(ended).toBe(true);
});

it.each([
  ['putting away', () => new Promise<void>(() => undefined), ['put away', 'window closed']],
  ['installing', () => Promise.resolve(), ['put away', 'window closed', 'install']],
])('ends although %s hangs', async (_what, close, does) => {
  quitting(close);
  await later(63_000);
  expect(said).toEqual(does);
  expect(ended).toBe(true);
});

it('ends although installing fails', async () => {
  installed.reject(new Error('the disk is gone'));
  quitting();
  await later();
  expect(said).toEqual(['put away', 'window closed', 'install', 'install failed']);
  expect(ended).toBe(true);
});
