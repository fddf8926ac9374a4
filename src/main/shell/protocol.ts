/**
 * @file Serves the page from app://countersign/ and, for its frame, mails of practice and previews from app://mail/. It must
 * never answer with anything but a listed file of the page or a mail that is shown now, and never without a
 * Content-Security-Policy.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { listPageFiles, pageFile, type PageFiles } from '../page/files.ts';
import { CONTENT_SECURITY_POLICY, mailPolicy } from '../page/policy.ts';
import { isMailAddress, type PageSource, SCHEME } from '../page/source.ts';

const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // The files are local; a cache would only be a second copy that outlives an update.
  'Cache-Control': 'no-store',
};
const PAGE = {
  ...ALWAYS,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const nothing = (status: 404 | 405): Response => new Response(null, { status, headers: PAGE });

/** Call before the program is ready. A standard, secure scheme has a real origin that 'self' can mean. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Call once the program is ready. `folder` is out/renderer; `mailDocument` is the HTML of a mail by its id. */
export function installProtocol(
  folder: string,
  page: PageSource,
  mailDocument: (id: string) => string | null,
): void {
  // A development server has the files itself, and in a fresh clone nothing is built.
  const files: PageFiles = page.url.startsWith(`${SCHEME}:`) ? listPageFiles(folder) : new Map();
  protocol.handle(SCHEME, async (request) => {
    if (request.method !== 'GET') return nothing(405);
    if (isMailAddress(request.url))
      return mail(mailDocument(URL.parse(request.url)?.pathname.slice(1) ?? ''));
    const path = pageFile(request.url, files);
    if (path === null) return nothing(404);
    const body = new Uint8Array(await readFile(join(folder, path)));
    return new Response(body, {
      headers: { ...PAGE, 'Content-Type': files.get(path) ?? 'application/octet-stream' },
    });
  });

  const mail = (html: string | null): Response =>
    html === null
      ? nothing(404)
      : new Response(html, {
          headers: {
            ...ALWAYS,
            'Content-Security-Policy': mailPolicy(page.origin),
            'Content-Type': 'text/html; charset=utf-8',
          },
        });
}
