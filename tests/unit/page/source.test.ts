/** @file Where the page may come from. */
import { describe, expect, it } from 'vitest';
import { mayLoad, pageSource } from '../../../src/main/page/source.ts';

const OWN = { origin: 'app://countersign', url: 'app://countersign/index.html' };

it('is our own files when no development server is named', () => {
  expect(pageSource({ packaged: false, devServer: undefined })).toEqual(OWN);
});

it('is the development server for a program that is not packaged', () => {
  expect(pageSource({ packaged: false, devServer: 'http://localhost:5173' })).toEqual({
    origin: 'http://localhost:5173',
    url: 'http://localhost:5173/',
  });
});

it('is never a development server for a packaged program [T-source-packaged]', () => {
  expect(pageSource({ packaged: true, devServer: 'http://localhost:5173' })).toEqual(OWN);
});

it.each([
  'http://example.test',
  'https://localhost:5173',
  'file:///tmp/page.html',
  'http://localhost.example.test',
  '',
])('is never %s [T-source-foreign]', (devServer) =>
  expect(pageSource({ packaged: false, devServer })).toEqual(OWN),
);

describe('what may be loaded', () => {
  const DEV = pageSource({ packaged: false, devServer: 'http://localhost:5173' });
  it.each([
    ['the page’s own files', 'app://countersign/assets/page.js', OWN, true, true],
    ['a mail of practice', 'app://mail/0123456789abcdef', OWN, true, true],
    ['another host of the scheme', 'app://elsewhere/page.js', OWN, false, false],
    ['the developer tools, unless packaged', 'devtools://devtools/bundled/inspector.html', OWN, false, true],
    ['the network', 'https://example.test/', OWN, false, false],
    ['the development server', 'http://localhost:5173/main.tsx', DEV, false, true],
    ['its socket', 'ws://localhost:5173/', DEV, false, true],
    ['another port of this computer', 'http://localhost:5174/', DEV, false, false],
  ] as const)('%s: %s', (_what, address, page, packaged, unpackaged) => {
    expect(mayLoad(address, OWN, true)).toBe(packaged);
    expect(mayLoad(address, page, false)).toBe(unpackaged);
  });
});
