/**
 * @file Where the page comes from: our own files, or the development server of an unpackaged program. It must
 * never let a packaged program load its page from anywhere else.
 */

export const SCHEME = 'app';
export const HOST = 'countersign';
/** Where the mails of practice are shown from: an origin of its own, which the bridge refuses. */
export const MAIL_ORIGIN = `${SCHEME}://mail`;

export interface PageSource {
  /** What the router compares a sender with. */
  readonly origin: string;
  readonly url: string;
}

const OWN: PageSource = { origin: `${SCHEME}://${HOST}`, url: `${SCHEME}://${HOST}/index.html` };

/** `devServer` is what `electron-vite dev` puts into ELECTRON_RENDERER_URL; loopback only. */
export function pageSource(start: {
  readonly packaged: boolean;
  readonly devServer: string | undefined;
}): PageSource {
  if (start.packaged || start.devServer === undefined) return OWN;
  const url = URL.parse(start.devServer);
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return local ? { origin: url.origin, url: url.href } : OWN;
}

export const isMailAddress = (address: string): boolean => address.startsWith(`${MAIL_ORIGIN}/`);

/** Whether something may be loaded from there: the page's own files, and what a person who builds the program needs. */
export function mayLoad(address: string, page: PageSource, packaged: boolean): boolean {
  if (address.startsWith(`${page.origin}/`) || isMailAddress(address)) return true;
  if (packaged) return false;
  // The developer tools are pages of Chromium's own.
  if (address.startsWith('devtools://')) return true;
  // The development server reloads through a socket of the same origin.
  return page.origin.startsWith('http:') && address.startsWith(`${page.origin.replace(/^http/, 'ws')}/`);
}
