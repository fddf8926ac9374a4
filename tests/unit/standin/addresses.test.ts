/** @file Electron's addresses and Chromium's lead to each other, and to nothing else. */
import { expect, it } from 'vitest';
import {
  originToElectron,
  policyToChromium,
  registerScheme,
  toChromium,
  toElectron,
} from '../../standin/addresses.ts';

registerScheme('app');

it.each(['app://countersign/', 'app://countersign/index.html', 'app://countersign/a%20b.css#top'])(
  '%s goes to Chromium and back',
  (address) => {
    expect(toChromium(address)).toMatch(/^https:\/\/countersign\.app\.invalid\//);
    expect(toElectron(toChromium(address))).toBe(address);
  },
);

it.each([
  'https://example.test/',
  'https://countersign.other.invalid/',
  'http://countersign.app.invalid/',
  'about:blank',
])('%s is nobody’s but its own', (address) => {
  expect(toElectron(address)).toBe(address);
  expect(toChromium(address)).toBe(address);
});

it('gives the page the origin that Electron gives it, and nobody else', () => {
  expect(originToElectron('https://countersign.app.invalid')).toBe('app://countersign');
  expect(originToElectron('https://example.test')).toBe('https://example.test');
  expect(originToElectron('://')).toBe('null');
});

it('translates the origins of a policy, and nothing else of it', () => {
  expect(
    policyToChromium("default-src 'none'; frame-src app://mail; frame-ancestors app://countersign"),
  ).toBe(
    "default-src 'none'; frame-src https://mail.app.invalid; frame-ancestors https://countersign.app.invalid",
  );
  expect(policyToChromium("script-src 'self' https://example.test")).toBe(
    "script-src 'self' https://example.test",
  );
});
