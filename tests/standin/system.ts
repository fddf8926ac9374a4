/**
 * @file What Electron knows of the system around it: browser, menu, power and colours. A menu is kept but never
 * shown: Chromium has its own keys for editing and zoom.
 */
import { spawn } from 'node:child_process';
import { readSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import type {
  Clipboard,
  Dialog,
  MenuItemConstructorOptions,
  NativeTheme,
  Notification as ElectronNotification,
  PowerMonitor,
  Screen,
  Shell,
} from 'electron';
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

/** Where Electron would open the system's box: a line on the terminal, and nothing goes on before it is read. */
export const dialog: Pick<Dialog, 'showErrorBox' | 'showSaveDialog'> = {
  // There is no box that asks for a place: a test that plays the person takes the place of this.
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showErrorBox: (title, content) => {
    process.stderr.write(`${title}: ${content}\n`);
    try {
      // One line of input is the press on OK; a closed input is a person who has gone.
      readSync(0, Buffer.alloc(1));
    } catch {
      // No terminal to read from.
    }
  },
};

let clipped = '';
/** A clipboard of this program's own: the system's belongs to the person who sits here. */
export const clipboard: Pick<Clipboard, 'writeText' | 'readText'> = {
  writeText: (text) => {
    clipped = text;
    return Promise.resolve();
  },
  readText: () => Promise.resolve(clipped),
};

/** A menu as data; Electron's class is for people to see. */
interface KeptMenu {
  readonly items: readonly KeptItem[];
  readonly popup: () => void;
}
type KeptItem = Omit<MenuItemConstructorOptions, 'submenu'> & { readonly submenu?: KeptMenu };
let applicationMenu: KeptMenu | null = null;
const kept = (template: readonly MenuItemConstructorOptions[]): KeptMenu => ({
  items: template.map(({ submenu, ...item }) =>
    Array.isArray(submenu) ? { ...item, submenu: kept(submenu) } : item,
  ),
  // Nothing is drawn; what a test looks at is what the program asked for.
  popup: () => undefined,
});
export const Menu = {
  buildFromTemplate: kept,
  setApplicationMenu: (menu: KeptMenu | null) => void (applicationMenu = menu),
  getApplicationMenu: () => applicationMenu,
};

const power = new EventEmitter();
/** Electron's is an emitter as well, through which a test can say that the computer sleeps. */
export const powerMonitor: Pick<PowerMonitor, 'on' | 'once' | 'off' | 'emit'> = {
  ...listening<PowerMonitor>(power),
  emit: (event: string, ...args: unknown[]) => power.emit(event, ...args),
};

const theme = new EventEmitter();
let dark = false;
let themeSource: NativeTheme['themeSource'] = 'system';
/** Told when the program chooses its colours; the window has its page follow. */
export const themes = new EventEmitter();
export const nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource' | 'on' | 'once' | 'off'> = {
  ...listening<NativeTheme>(theme),
  get shouldUseDarkColors() {
    return themeSource === 'system' ? dark : themeSource === 'dark';
  },
  get themeSource() {
    return themeSource;
  },
  set themeSource(next) {
    themeSource = next;
    themes.emit('chosen');
  },
};

/** Nothing here can show one, and the program is told so. */
export const Notification: Pick<typeof ElectronNotification, 'isSupported'> = { isSupported: () => false };

/** The stand-in knows no screens, so that a kept place of the window is never taken for one that is there. */
export const screen: Pick<Screen, 'getAllDisplays'> = { getAllDisplays: () => [] };

/** What the page's media query says: the system's theme as Chromium sees it. */
export function themeIs(next: boolean): void {
  if (next === dark) return;
  dark = next;
  theme.emit('updated');
}
