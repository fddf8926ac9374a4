/**
 * @file The one window. It must never give its page more than a sandboxed document and the bridge, and it
 * remembers nothing: not what was typed, not where it stood.
 */
import { app, BrowserWindow, nativeTheme, type WebContents } from 'electron';
import { DESK_CHANGED } from '../../shared/contract.ts';
import type { DeskView } from '../../shared/desk-view.ts';

export interface DeskWindow {
  /** Pushes the view to the page; does nothing once the window is gone. */
  readonly send: (view: DeskView) => void;
  readonly setTitle: (title: string) => void;
  /** Brings the window before the person, out of the task bar if need be. */
  readonly focus: () => void;
  /** Whether a call came from this window's own page. */
  readonly owns: (sender: WebContents) => boolean;
  readonly onClosed: (listener: () => void) => void;
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
  /** The page's process is gone: why, in Electron's word; `reload` brings it back. */
  readonly onPageGone: (reason: string, reload: () => void) => void;
}): DeskWindow {
  const window = new BrowserWindow({
    title: options.title,
    width: 1180,
    height: 800,
    minWidth: 360,
    minHeight: 560,
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

  const timer = setTimeout(() => window.show(), SHOW_AFTER_MS);
  window.once('ready-to-show', () => {
    clearTimeout(timer);
    window.show();
  });
  window.once('closed', () => clearTimeout(timer));
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
    focus: () => {
      if (!alive()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    owns: (sender) => alive() && sender === webContents,
    onClosed: (listener) => void window.once('closed', listener),
  };
}
