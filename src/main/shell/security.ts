/**
 * @file Takes away from the page everything it does not need. Each line stands alone, so that a hole in one is
 * covered by another; none may be weakened for convenience.
 */
import { app, type Session, type WebContents } from 'electron';
import { isMailAddress, mayLoad, type PageSource } from '../page/source.ts';
import { offerContextMenu } from './context-menu.ts';

/** An installed program that was started with `--no-sandbox`: by a menu entry of another's making, for one. */
export const startedWithoutSandbox = (): boolean => app.isPackaged && app.commandLine.hasSwitch('no-sandbox');

/** Call before the program is ready. */
export function hardenApp(page: PageSource): void {
  // The OS sandbox around every renderer, also around one that is opened later without asking for it. Not where it was
  // switched off on the command line: Chromium's first child is there already, without it (App::EnableSandbox).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // On the event and not on our window: all contents that come to exist are guarded from their first moment.
  app.on('web-contents-created', (_event, contents) => guard(contents, page));
}

/** Call once the program is ready, before anything else touches the session and before a window opens. */
export function hardenSession(session: Session, page: PageSource): void {
  // Electron would fetch a dictionary from a Google host for every session, also with the window's `spellcheck` off; it
  // does not if this is said in the same turn in which the session comes to be.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  // The page needs no camera, clipboard, location or notification. Two handlers, because Electron grants what
  // is asked for, and separately answers what is only looked up.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  // HID, serial and USB devices are granted through a third way.
  session.setDevicePermissionHandler(() => false);
  // The page's own files are the only thing it may load; the CSP says the same, but a CSP is the page's.
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !mayLoad(url, page, app.isPackaged) }),
  );
  // Nothing is ever saved by the page; a download would be a way to put a file in front of a person.
  session.on('will-download', (event) => event.preventDefault());
}

function guard(contents: WebContents, page: PageSource): void {
  // The page is one document. Going elsewhere would carry the bridge along, so only a reload may happen.
  contents.on('will-navigate', (details) => {
    if (details.url !== page.url) details.preventDefault();
  });
  // about:blank and its like make no request that could be refused: the page is fetched back from there.
  contents.on('did-navigate', (_event, url) => {
    if (url !== page.url) void contents.loadURL(page.url);
  });
  // Its one frame shows a mail of practice and goes nowhere else.
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame && !isMailAddress(details.url)) details.preventDefault();
  });
  // Our files redirect nowhere.
  contents.on('will-redirect', (details) => details.preventDefault());
  // A new window would be one without our address, our menu and our checks.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // A peer connection asks neither the CSP nor webRequest, and its packets could carry all that the page shows.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  // A webview brings its own preferences, Node among them.
  contents.on('will-attach-webview', (event) => event.preventDefault());
  offerContextMenu(contents);
}
