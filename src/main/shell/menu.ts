/**
 * @file The menu: the desk's own keys, editing and text size, which people who use the keyboard or need larger letters
 * depend on. It must never offer developer tools in a packaged program.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Key } from '../../shared/keys.ts';
import { deskMenu, type MenuEntry, type MenuTexts } from '../page/desk-menu.ts';

/** Electron translates the labels of roles itself. */
export function installMenu(options: {
  readonly texts: MenuTexts;
  /** Presses a key in the window, for the person. */
  readonly press: (key: Key) => void;
  /** Makes the text larger (1) or smaller (-1) by a step, or puts it back (0). */
  readonly resize: (step: -1 | 0 | 1) => void;
}): void {
  const { texts, resize } = options;
  const { verification, rows, help } = deskMenu(texts, options.press);
  const size = (label: string, accelerator: string, step: -1 | 0 | 1): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => resize(step),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    // Close on macOS, where nothing else brings Cmd+W; Quit on the other systems.
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: texts.verification,
      submenu: [...items(verification), { type: 'separator' }, ...items(rows)],
    },
    {
      role: 'viewMenu',
      submenu: [
        size(texts.usual, 'CommandOrControl+0', 0),
        size(texts.larger, 'CommandOrControl+Plus', 1),
        // The key people press for "+" is "=" where plus needs Shift.
        { ...size(texts.larger, 'CommandOrControl+=', 1), visible: false },
        size(texts.smaller, 'CommandOrControl+-', -1),
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: items(help) },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Electron's own type wants arrays that can be changed. */
const items = (entries: readonly MenuEntry[]): MenuItemConstructorOptions[] =>
  entries.map((entry) => ({ ...entry }));
