/**
 * @file What `import … from 'electron'` finds where Electron's runtime is not there. Everything the program uses
 * and nothing else: a name that is missing here fails when the program is loaded, not later.
 */
export { app } from './app.ts';
export { ipcMain } from './ipc.ts';
export { protocol, session } from './session.ts';
export { clipboard, dialog, Menu, nativeTheme, Notification, powerMonitor, screen, shell } from './system.ts';
export { StandInWindow as BrowserWindow } from './window.ts';
