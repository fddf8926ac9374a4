/**
 * @file The menu: editing and zoom, which people who use the keyboard or need larger letters depend on. It must
 * never offer developer tools in a packaged program.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** Electron translates the labels of roles itself. */
export function installMenu(): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    // Close on macOS, where nothing else brings Cmd+W; Quit on the other systems.
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        // The key people press for "+" is "=" where plus needs Shift.
        { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
