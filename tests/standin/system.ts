/**
 * @file What Electron knows of the system around it: browser, menu, power and colours. A menu is kept but never
 * shown: Chromium has its own keys for editing and zoom.
 */
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Dialog, MenuItemConstructorOptions, NativeTheme, PowerMonitor, Shell } from 'electron';
import { listening } from './listening.ts';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};

export const shell: Pick<Shell, 'openExternal'> = {
  openExternal: (address) =>
    new Promise((resolve, reject) => {
      const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
      const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
      child.once('error', () => reject(new Error('Failed to open URL')));
      child.once('spawn', () => {
        child.unref();
        resolve();
      });
    }),
};

/** Where Electron would open the system's box, a line on the terminal. */
export const dialog: Pick<Dialog, 'showErrorBox'> = {
  showErrorBox: (title, content) => process.stderr.write(`${title}: ${content}\n`),
};

/** A menu as data; Electron's class is for people to see. */
interface KeptMenu {
  readonly template: readonly MenuItemConstructorOptions[];
}
let applicationMenu: KeptMenu | null = null;
export const Menu = {
  buildFromTemplate: (template: readonly MenuItemConstructorOptions[]): KeptMenu => ({ template }),
  setApplicationMenu: (menu: KeptMenu | null) => void (applicationMenu = menu),
  getApplicationMenu: () => applicationMenu,
};

export const powerMonitor: Pick<PowerMonitor, 'on' | 'once' | 'off'> = listening<PowerMonitor>(
  new EventEmitter(),
);

export const nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'on' | 'once' | 'off'> = {
  ...listening<NativeTheme>(new EventEmitter()),
  // Chromium tells the page itself; this only colours the window before its first paint.
  shouldUseDarkColors: false,
};
