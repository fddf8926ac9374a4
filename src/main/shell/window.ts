/**
 * @file The one window. It must never give its page more than a sandboxed document and the bridge, and nothing of what is
 * typed in it stays with it.
 */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, screen, type WebContents } from 'electron';
import type { Theme } from '../../shared/choices.ts';
import { DESK_CHANGED } from '../../shared/contract.ts';
import type { DeskView } from '../../shared/desk-view.ts';
import type { Key } from '../../shared/keys.ts';
import { acceleratorOf } from '../page/desk-menu.ts';
import { LEAST, placeOn } from '../page/window-place.ts';
import type { WindowPlace } from '../ports/settings.ts';

export interface DeskWindow {
  /** Pushes the view to the page; does nothing once the window is gone. */
  readonly send: (view: DeskView) => void;
  readonly setTitle: (title: string) => void;
  /** In percent of the usual size. */
  readonly setTextSize: (percent: number) => void;
  /** Presses a key, as the person would. */
  readonly press: (key: Key) => void;
  /** Marks the window in the task bar until it is looked at; false when it is in front already. */
  readonly callForAttention: () => boolean;
  /** Brings the window before the person, out of the task bar if need be. */
  readonly focus: () => void;
  /** Whether a call came from this window's own page. */
  readonly owns: (sender: WebContents) => boolean;
  readonly onClosed: (listener: () => void) => void;
  /** Asks, in the system's box, where to save a file of this name; null when it is called off. */
  readonly askWhere: (suggested: string) => Promise<string | null>;
  /** The page as it prints, in PDF. */
  readonly pdf: () => Promise<Uint8Array>;
  /** The same by way of the system's dialog; false when it is closed without printing. */
  readonly print: () => Promise<boolean>;
}

/** `ready-to-show` does not fire when the first paint is held up: the window is shown after this time at the latest. */
const SHOW_AFTER_MS = 500;
/** Paper and ink: the page's own background, so that the window does not flash before it. */
const BACKGROUND = { light: '#f5f2ea', dark: '#11141b' };

/** `url` is the page's address, `preload` the path of the built preload. */
export function openWindow(options: {
  readonly title: string;
  readonly url: string;
  readonly preload: string;
  /** Where it stood last. */
  readonly place: WindowPlace | null;
  readonly onPlace: (place: WindowPlace) => void;
  /** The page's process is gone: why, in Electron's word; `reload` brings it back. */
  readonly onPageGone: (reason: string, reload: () => void) => void;
}): DeskWindow {
  const window = new BrowserWindow({
    title: options.title,
    ...placeOn(
      options.place,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    // The menu is for the keyboard; it comes with Alt.
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preload,
      // Electron's defaults, written down so that a change of defaults changes nothing here.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // What is typed is other people's data: it is not for a dictionary, ours or the system's.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });

  if (options.place?.maximized === true) window.maximize();
  const timer = setTimeout(() => window.show(), SHOW_AFTER_MS);
  window.once('ready-to-show', () => {
    clearTimeout(timer);
    window.show();
  });
  window.once('closed', () => clearTimeout(timer));
  window.on('close', () => options.onPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  // The title says "Practice" where it must; the page cannot unsay it.
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(options.url);

  const { webContents } = window;
  const alive = (): boolean => !window.isDestroyed() && !webContents.isDestroyed();
  webContents.on('render-process-gone', (_event, { reason }) => {
    options.onPageGone(reason, () => {
      if (alive()) webContents.reload();
    });
  });
  return {
    send: (view) => {
      if (alive()) webContents.send(DESK_CHANGED, view);
    },
    setTitle: (title) => {
      if (alive()) window.setTitle(title);
    },
    setTextSize: (percent) => {
      // Chromium keeps a factor for each origin: it is set again only when it has changed.
      if (alive() && webContents.getZoomFactor() !== percent / 100) webContents.setZoomFactor(percent / 100);
    },
    press: (key) => {
      if (!alive()) return;
      const keyCode = acceleratorOf({ ...key, modified: false });
      const modifier = process.platform === 'darwin' ? 'meta' : 'control';
      for (const type of ['keyDown', 'keyUp'] as const)
        webContents.sendInputEvent({ type, keyCode, modifiers: key.modified ? [modifier] : [] });
    },
    callForAttention: () => {
      if (!alive() || window.isFocused()) return false;
      window.flashFrame(true);
      window.once('focus', () => window.flashFrame(false));
      return true;
    },
    focus: () => {
      if (!alive()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    owns: (sender) => alive() && sender === webContents,
    askWhere: async (suggested) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), suggested),
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
    // The page's own style says which paper, and that backgrounds that carry meaning are printed.
    pdf: () => webContents.printToPDF({ preferCSSPageSize: true, printBackground: true }),
    print: () => new Promise((resolve) => webContents.print({}, resolve)),
    onClosed: (listener) => void window.once('closed', listener),
  };
}

/** The colours of the window and its page: the page's media query follows. */
export function setTheme(theme: Theme): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}
