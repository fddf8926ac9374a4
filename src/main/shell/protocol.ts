/**
 * @file Serves the page from app://countersign/. It must never answer with anything but a listed file of the
 * page, and never without the Content-Security-Policy.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol } from 'electron';
import { listPageFiles, pageFile, type PageFiles } from '../page/files.ts';
import { CONTENT_SECURITY_POLICY } from '../page/policy.ts';
import { SCHEME } from '../page/source.ts';

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // The files are local; a cache would only be a second copy that outlives an update.
  'Cache-Control': 'no-store',
};

/** Call before the program is ready. A standard, secure scheme has a real origin that 'self' can mean. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Call once the program is ready. `folder` is out/renderer. */
export function installProtocol(folder: string): void {
  const files = listPageFiles(folder);
  protocol.handle(SCHEME, (request) => answer(request, folder, files));
}

async function answer(request: Request, folder: string, files: PageFiles): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405, headers: HEADERS });
  const path = pageFile(request.url, files);
  if (path === null) return new Response(null, { status: 404, headers: HEADERS });
  const type = files.get(path) ?? 'application/octet-stream';
  const body = new Uint8Array(await readFile(join(folder, path)));
  return new Response(body, { headers: { ...HEADERS, 'Content-Type': type } });
}
