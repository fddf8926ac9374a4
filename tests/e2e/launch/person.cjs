/**
 * @file The person before the system's own boxes, and the day on the calendar, for tests that ask for them: where a file is
 * saved (SAVE_INTO, a folder), a press on "Print", and days that went by (DAYS_LATER). Loaded before the program
 * (`--require`); the program asks Electron and Node as ever, and what it is told is all that differs.
 */
'use strict';
const { basename, join } = require('node:path');
const os = require('node:os');
const { syncBuiltinESMExports } = require('node:module');
const { app, dialog } = require('electron');

const folder = process.env['SAVE_INTO'] ?? '';
if (folder !== '')
  dialog.showSaveDialog = (/** @type {unknown[]} */ ...args) => {
    // With or without the window that it belongs to.
    const { defaultPath = '' } = /** @type {import('electron').SaveDialogOptions} */ (args.at(-1));
    return Promise.resolve({ canceled: false, filePath: join(folder, basename(defaultPath)) });
  };

app.on('browser-window-created', (_event, { webContents }) => {
  webContents.print = (_options, callback) => callback?.(true, '');
});

const laterMs = Number(process.env['DAYS_LATER'] ?? 0) * 86_400_000;
const [now, uptime] = [Date.now, os.uptime];
Date.now = () => now() + laterMs;
// Days on which the computer was on.
os.uptime = () => uptime() + laterMs / 1_000;
syncBuiltinESMExports();
