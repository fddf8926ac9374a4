/**
 * @file Takes away from the page everything it does not need. Each line stands alone, so that a hole in one is
 * covered by another; none may be weakened for convenience.
 */
import { app, type Session, type WebContents } from 'electron';
import type { PageSource } from '../page/source.ts';

/** Call before the program is ready. */
export function hardenApp(page: PageSource): void {
  // The OS sandbox around every renderer, also around one that is opened later without asking for it.
  app.enableSandbox();
  // On the event and not on our window: all contents that come to exist are guarded from their first moment.
  app.on('web-contents-created', (_event, contents) => guard(contents, page));
}

/** Call once the program is ready, before a window opens. */
export function hardenSession(session: Session, page: PageSource): void {
  // The page needs no camera, clipboard, location or notification. Two handlers, because Electron grants what
  // is asked for, and separately answers what is only looked up.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  // HID, serial and USB devices are granted through a third way.
  session.setDevicePermissionHandler(() => false);
  // The page's own files are the only thing it may load; the CSP says the same, but a CSP is the page's.
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isPageAddress(url, page) }));
  // Nothing is ever saved by the page; a download would be a way to put a file in front of a person.
  session.on('will-download', (event) => event.preventDefault());
}

function guard(contents: WebContents, page: PageSource): void {
  // The page is one document. Going elsewhere would carry the bridge along, so only a reload may happen.
  contents.on('will-navigate', (details) => {
    if (details.url !== page.url) details.preventDefault();
  });
  // It has no frames, so no frame has anywhere to go.
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame) details.preventDefault();
  });
  // Our files redirect nowhere.
  contents.on('will-redirect', (details) => details.preventDefault());
  // A new window would be one without our address, our menu and our checks.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // A peer connection asks neither the CSP nor webRequest, and its packets could carry all that the page shows.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  // A webview brings its own preferences, Node among them.
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

function isPageAddress(address: string, page: PageSource): boolean {
  if (address.startsWith(`${page.origin}/`)) return true;
  // The development server reloads through a socket of the same origin.
  return page.origin.startsWith('http:') && address.startsWith(`${page.origin.replace(/^http/, 'ws')}/`);
}
