/** @file Which addresses of the page lead to a file, and that no other does. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPageFiles, pageFile, type PageFiles } from '../../../src/main/page/files.ts';

let root: string;
let files: PageFiles;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-page-'));
  const page = join(root, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  for (const name of [
    'index.html',
    'assets/app-1.js',
    'assets/app 1.css',
    'assets/app-1.js.map',
    'notes.txt',
  ])
    writeFileSync(join(page, name), name);
  writeFileSync(join(root, 'secret.js'), 'secret');
  symlinkSync(join(root, 'secret.js'), join(page, 'linked.js'));
  files = listPageFiles(page);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the list of page files', () => {
  it('holds what a page is made of and nothing else, links out of the folder included', () => {
    expect([...files.keys()].toSorted()).toEqual(['assets/app 1.css', 'assets/app-1.js', 'index.html']);
  });
});

describe('an address of the page', () => {
  it.each([
    ['app://countersign/index.html', 'index.html'],
    ['app://countersign/assets/app-1.js', 'assets/app-1.js'],
    ['app://countersign/assets/app%201.css', 'assets/app 1.css'],
    ['app://countersign/assets/../index.html', 'index.html'],
    ['app://countersign/index.html#top', 'index.html'],
  ])('%s is the file %s', (address, path) => expect(pageFile(address, files)).toBe(path));

  it.each([
    'app://countersign',
    'app://countersign/',
    'app://countersign/../secret.js',
    'app://countersign/..%2fsecret.js',
    'app://countersign/%2e%2e/secret.js',
    'app://countersign/%2e%2e%2fsecret.js',
    'app://countersign/..%5csecret.js',
    'app://countersign/..\\secret.js',
    'app://countersign/%252e%252e%252fsecret.js',
    'app://countersign//index.html',
    'app://countersign/./assets//app-1.js',
    'app://countersign//etc/passwd',
    'app://countersign/%2fetc%2fpasswd',
    'app://countersign/C:/index.html',
    'app://countersign/index.html%00',
    'app://countersign/%E0%A4%A',
    'app://countersign/INDEX.HTML',
    'app://countersign/index.html?x=1',
    'app://countersign/linked.js',
    'app://countersign/assets',
    'app://countersign/assets/app-1.js.map',
    'app://countersign:80/index.html',
    'app://user@countersign/index.html',
    'app://user:word@countersign/index.html',
    'app://other/index.html',
    'app://countersign.example.test/index.html',
    'app:index.html',
    'https://countersign/index.html',
    'file:///index.html',
    'index.html',
    '',
  ])('%s is no file [T-files-none]', (address) => expect(pageFile(address, files)).toBeNull());

  it('is a listed file or nothing, whatever is written after the host [T-files-listed]', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      '%00',
      'assets',
      'secret.js',
      'index.html',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const path = pageFile(`app://countersign/${parts.join('')}`, files);
        expect(path === null || files.has(path)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
