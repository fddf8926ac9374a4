/** @file The name of the keychain's entries outlives what happens to the profile's folder. */
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { keychainEntry } from '../../../src/main/vault/entry.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';

makeFolderForEach();
let profile: string;
beforeEach(() => (profile = join(folder, 'mia', 'Countersign')));

it('is "Countersign" and a number, and the same at every start', () => {
  const name = keychainEntry(profile);
  expect(name).toMatch(/^Countersign [0-9a-f]{8}$/);
  expect(keychainEntry(profile)).toBe(name);
});

it('is another for another profile', () => {
  expect(keychainEntry(join(folder, 'sam', 'Countersign'))).not.toBe(keychainEntry(profile));
});

it('stays when the user, and with that the folder, is renamed', () => {
  const name = keychainEntry(profile);
  renameSync(join(folder, 'mia'), join(folder, 'mia-keller'));
  expect(keychainEntry(join(folder, 'mia-keller', 'Countersign'))).toBe(name);
});

it.each(['first', 'later'])('is the same through a link that is used %s', (when) => {
  mkdirSync(profile, { recursive: true });
  symlinkSync(join(folder, 'mia'), join(folder, 'link'));
  const linked = join(folder, 'link', 'Countersign');
  const [one, other] = when === 'first' ? [linked, profile] : [profile, linked];
  const name = keychainEntry(one);
  // Also when the profile's files are deleted in between.
  rmSync(join(profile, 'keychain-entry'));
  expect(keychainEntry(other)).toBe(name);
});

it('is the old one when the files are deleted: a desk cannot be made new by deleting its folder', () => {
  const name = keychainEntry(profile);
  rmSync(profile, { recursive: true });
  expect(keychainEntry(profile)).toBe(name);
});

it('is the same for a copy, so that both meet in one anchor', () => {
  const name = keychainEntry(profile);
  cpSync(profile, join(folder, 'copy'), { recursive: true });
  expect(keychainEntry(join(folder, 'copy'))).toBe(name);
});

it.each(['', 'Countersign 1234', 'Login', 'Countersign 0123abcd\nmore', '\u0000'])(
  'is made again where the file is no name: %j',
  (content) => {
    const name = keychainEntry(profile);
    writeFileSync(join(profile, 'keychain-entry'), content);
    expect(keychainEntry(profile)).toBe(name);
  },
);
