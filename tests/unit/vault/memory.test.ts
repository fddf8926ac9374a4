/** @file The vault in memory behaves as the keychain's does, and forgets. */
import { expect, it } from 'vitest';
import { createMemoryVault } from '../../../src/main/vault/memory.ts';
import { ok } from '../../../src/shared/result.ts';

it('keeps each item by itself until it is removed', async () => {
  const vault = createMemoryVault();
  expect(await vault.state()).toBe('available');
  expect(await vault.read('keys')).toEqual(ok(null));
  await vault.write('keys', 'one');
  await vault.write('anchor', 'two');
  expect(await vault.read('keys')).toEqual(ok('one'));
  expect(await vault.remove('keys')).toEqual(ok(null));
  expect(await vault.read('keys')).toEqual(ok(null));
  expect(await vault.read('anchor')).toEqual(ok('two'));
});

it('shares nothing with another one', async () => {
  await createMemoryVault().write('keys', 'one');
  expect(await createMemoryVault().read('keys')).toEqual(ok(null));
});

it.each([
  ['empty', ''],
  ['too long', 'x'.repeat(2001)],
  ['not ASCII', 'naïve'],
  ['two lines', 'a\nb'],
])('refuses a value that no keychain would keep unchanged: %s', async (_, value) => {
  const refusal = createMemoryVault().write('keys', value);
  await expect(refusal).rejects.toThrow('a vault value is 1 to 2,000 printable ASCII characters');
});
