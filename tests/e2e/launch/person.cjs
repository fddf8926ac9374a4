/**
 * @file The person before the system's own boxes and menus, and the day on the calendar, for tests that ask for them: where
 * a file is saved (SAVE_INTO, a folder), a press on "Print", days that went by (DAYS_LATER), and what is done meanwhile
 * (PERSON_DOES, a file with a line for each: "sleep", "wake", or an entry of the menu). Loaded before the program
 * (`--require`); the program asks Electron and Node as ever, and what it is told is all that differs.
 */
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { setInterval } = require('node:timers');
const { app, dialog, Menu, powerMonitor } = require('electron');

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
const { now } = Date;
Date.now = () => now() + laterMs;

const LOOK_EVERY_MS = 50;
const deeds = process.env['PERSON_DOES'] ?? '';
let done = 0;

/** @param {readonly import('electron').MenuItem[]} items @param {string} label @returns {import('electron').MenuItem | undefined} */
const entryOf = (items, label) =>
  items.find((item) => item.label === label) ??
  items.map(({ submenu }) => entryOf(submenu?.items ?? [], label)).find((found) => found !== undefined);

/** @param {string} deed */
function act(deed) {
  if (deed === 'sleep') powerMonitor.emit('suspend');
  else if (deed === 'wake') powerMonitor.emit('resume');
  else entryOf(Menu.getApplicationMenu()?.items ?? [], deed)?.click();
}

if (deeds !== '')
  setInterval(() => {
    const lines = existsSync(deeds) ? readFileSync(deeds, 'utf8').split('\n').slice(0, -1) : [];
    const next = lines.slice(done);
    done = lines.length;
    next.forEach(act);
  }, LOOK_EVERY_MS).unref();
