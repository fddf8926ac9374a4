/**
 * @file Which file an address of the page stands for. It must never name a file that was not in the list made
 * at start: there is no path arithmetic to get wrong, only a look-up.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOST, SCHEME } from './source.ts';

const TYPES = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['woff2', 'font/woff2'],
]);

/** Path within the page's folder, with forward slashes, to the Content-Type it is served with. */
export type PageFiles = ReadonlyMap<string, string>;

/**
 * Everything below `folder` that a page is made of. Folder by folder, because that is what Electron's view into
 * an asar archive has always supported.
 */
export function listPageFiles(folder: string): PageFiles {
  const files = new Map<string, string>();
  const visit = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const type = TYPES.get(entry.name.split('.').at(-1) ?? '');
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile() && type !== undefined) files.set(path, type);
    }
  };
  visit('');
  return files;
}

/** The listed file that `address` names, or null. The page's addresses carry no query, user or port. */
export function pageFile(address: string, files: PageFiles): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== `${SCHEME}:` || url.host !== HOST) return null;
  if (url.username !== '' || url.password !== '' || url.search !== '') return null;
  const path = decoded(url.pathname.slice(1));
  return path !== null && files.has(path) ? path : null;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
