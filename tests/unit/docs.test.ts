/**
 * @file Keeps what the documents say about the code true: the files that they name exist, every test that they name by
 * its id (T-guess-counted, carried in square brackets at the end of a title) is one test, and every dependency has its
 * line; and every file says what it is. It never judges the words around them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const documents = ['.', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** An id ends the title that carries it. */
const CARRIED = /\[(T-[a-z0-9-]+)\](?=['"`])/g;
const CITED = /\bT-[a-z0-9]+(?:-[a-z0-9]+)*\b/g;

const idsIn = (path: string, pattern: RegExp): string[] =>
  [...read(path).matchAll(pattern)].map(([whole, id = whole]) => id);

const carried = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(test|spec)\.tsx?$/.test(name))
  .flatMap((name) => idsIn(join('tests', name), CARRIED));

/** What is wrong between the ids that documents cite and those that tests carry. */
function faultsOf(cited: readonly string[], tests: readonly string[]): string[] {
  const unknown = cited.filter((id) => !tests.includes(id)).map((id) => `${id}: no test carries it`);
  const twice = tests.filter((id, at) => tests.indexOf(id) !== at).map((id) => `${id}: two tests carry it`);
  const idle = tests.filter((id) => !cited.includes(id)).map((id) => `${id}: no document cites it`);
  return [...new Set([...unknown, ...twice, ...idle])];
}

describe('an id', () => {
  it('that is cited is carried by exactly one test, and one that is carried is cited', () => {
    const cited = documents.flatMap((document) => idsIn(document, CITED));
    expect(cited.length).toBeGreaterThan(200);
    expect(faultsOf(cited, carried)).toEqual([]);
  });

  it.each([
    ['that no test carries', ['T-a'], [], 'T-a: no test carries it'],
    ['that two tests carry', ['T-a'], ['T-a', 'T-a'], 'T-a: two tests carry it'],
    ['that no document cites', [], ['T-a'], 'T-a: no document cites it'],
  ])('%s is a fault', (_what, cited, tests, fault) => {
    expect(faultsOf(cited, tests)).toEqual([fault]);
  });
});

describe.each(documents)('%s', (document) => {
  it('names only files that are there', () => {
    const paths = idsIn(document, /`((?:src|tests|scripts|bench|build|docs)\/[^`\s]*)`/g);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it('every file begins by saying what it is', () => {
  const files = ['src', 'tests', 'bench', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:tsx?|mjs|cjs|css)$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((path) => !/^(?:#!.*\n)?\/\*\*\s+(?:\* )?@file /.test(read(path)))).toEqual([]);
});

describe('docs/dependencies.md', () => {
  it('has one line for every package of package.json, and no other', () => {
    const packages = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    const lines = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
    expect(lines.toSorted()).toEqual(packages.toSorted());
  });
});
