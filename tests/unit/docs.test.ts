/**
 * @file Keeps what the documents say about the code true: files and tests that they name exist, and every
 * dependency has its line. It never judges the words around them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A path in backquotes, and the titles in “quotation marks” that follow it: tests in that file. */
const NAMED = /`((?:src|tests|scripts|bench|build|docs)\/[^`\s]*)`((?:,?\s*“[^”]+”)*)/g;

interface Named {
  readonly path: string;
  readonly titles: readonly string[];
}

function namedIn(document: string): Named[] {
  return [...read(document).matchAll(NAMED)].map(([, path = '', titles = '']) => ({
    path,
    titles: [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title.replace(/\s+/g, ' ')),
  }));
}

/** Whether the file has a string that is this title, as `it` and `describe` get them. */
function hasTitle(path: string, title: string): boolean {
  const source = read(path);
  return ["'", '"', '`'].some((quote) =>
    source.includes(quote + title.replaceAll(quote, `\\${quote}`) + quote),
  );
}

describe.each(['docs/threat-model.md', 'docs/asvs.md', 'docs/dependencies.md'])('%s', (document) => {
  it('names only files that are there', () => {
    const paths = namedIn(document).map(({ path }) => path);
    expect(paths).not.toEqual([]);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe.each(['docs/threat-model.md', 'docs/asvs.md'])('%s', (document) => {
  it('names only tests that are there, by their titles', () => {
    const titled = namedIn(document).filter(({ titles }) => titles.length > 0);
    expect(titled.length).toBeGreaterThan(20);
    const missing = titled
      .filter(({ path }) => existsSync(join(root, path)))
      .flatMap(({ path, titles }) => titles.map((title) => ({ path, title })))
      .filter(({ path, title }) => !hasTitle(path, title));
    expect(missing).toEqual([]);
  });

  it('has no quoted title that belongs to no file', () => {
    const belonging = namedIn(document).flatMap(({ titles }) => titles);
    const all = [...read(document).matchAll(/“([^”]+)”/g)].map(([, title = '']) =>
      title.replace(/\s+/g, ' '),
    );
    expect(all.filter((title) => !belonging.includes(title))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  it('has one line for every package of package.json, and no other', () => {
    const packages = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    const lines = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    expect(lines.toSorted()).toEqual(packages.toSorted());
  });
});
