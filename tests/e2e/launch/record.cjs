/**
 * @file Writes down everything that crosses the bridge, and what the program makes of its window and copies, one line each, into the file named
 * in BRIDGE_RECORD. It is loaded before the program (`--require`), wraps Electron's public API and changes no answer.
 */
'use strict';
const { appendFileSync } = require('node:fs');
const { inspect } = require('node:util');
const { app, clipboard, ipcMain, Menu, shell } = require('electron');

const file = process.env['BRIDGE_RECORD'] ?? '';

/** What JSON leaves out of a value is written out, so that nothing crosses unseen. */
const whole = (/** @type {string} */ _key, /** @type {unknown} */ value) => {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Map || value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer).toString('latin1');
  return value;
};

/** @param {unknown} value */
function textOf(value) {
  try {
    return JSON.stringify(value, whole) ?? 'undefined';
  } catch {
    // A cycle: a hostile page may send one.
    return inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null });
  }
}

/** @param {string} way @param {string} channel @param {unknown} value */
function write(way, channel, value) {
  appendFileSync(file, `${JSON.stringify({ way, channel, text: textOf(value) })}\n`);
}

const handle = ipcMain.handle.bind(ipcMain);
ipcMain.handle = (channel, listener) =>
  handle(channel, async (event, ...args) => {
    write('to-main', channel, args);
    const answer = await listener(event, ...args);
    write('answer', channel, answer);
    return answer;
  });

const build = Menu.buildFromTemplate.bind(Menu);
Menu.buildFromTemplate = (template) => {
  write('menu', '', template);
  return build(template);
};

const openExternal = shell.openExternal.bind(shell);
shell.openExternal = (address, options) => {
  write('outside', '', address);
  return openExternal(address, options);
};

const writeText = clipboard.writeText.bind(clipboard);
clipboard.writeText = (/** @type {string} */ text) => {
  write('copied', '', text);
  return writeText(text);
};

app.on('browser-window-created', (_event, window) => {
  // What the window was really made with, defaults included. Electron's types leave it out, and its own tests read it so.
  const contents = /** @type {typeof window.webContents & { getLastWebPreferences: () => object }} */ (
    window.webContents
  );
  contents.once('did-finish-load', () =>
    write('preferences', '', { ...contents.getLastWebPreferences(), url: contents.getURL() }),
  );
  const send = window.webContents.send.bind(window.webContents);
  window.webContents.send = (channel, ...args) => {
    write('event', channel, args);
    send(channel, ...args);
  };
  const show = window.show.bind(window);
  window.show = () => {
    write('shown', '', window.getTitle());
    show();
  };
  write('title', '', window.getTitle());
  const setTitle = window.setTitle.bind(window);
  window.setTitle = (title) => {
    write('title', '', title);
    setTitle(title);
  };
});
