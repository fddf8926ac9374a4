/** @file Where the page may come from. */
import { expect, it } from 'vitest';
import { pageSource } from '../../../src/main/page/source.ts';

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
