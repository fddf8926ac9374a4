/** @file A package that was asked for is there, or it is missed. */
import { expect, it } from 'vitest';
import { isMade } from '../../../scripts/packaging/made.mjs';

const X64 = ['countersign-0.1.0-linux-amd64.deb', 'countersign-0.1.0-linux-x64.tar.gz'];

it.each([
  ['deb', [], X64, true],
  ['nsis', [], ['countersign-0.1.0-win-x64.exe'], true],
  ['rpm', [], X64, false],
  ['nsis', [], [], false],
  // Of the other architecture.
  ['deb', X64, X64, false],
  ['deb', X64, [...X64, 'countersign-0.1.0-linux-arm64.deb'], true],
  // Another kind that ends alike.
  ['zip', [], ['countersign-0.1.0-mac-x64.dmg', 'countersign-zip'], false],
])('%s, from %j to %j: %s', (target, before, after, there) => {
  expect(isMade(target, before, after)).toBe(there);
});
