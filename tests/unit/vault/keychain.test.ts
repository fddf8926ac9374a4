/** @file A keychain that is unlocked in the middle of a call: what was not found in a locked one is looked for again. */
import { describe, expect, it } from 'vitest';
import { createKeychainVault } from '../../../src/main/vault/keychain.ts';
import { fail, ok } from '../../../src/shared/result.ts';

/** libsecret as it is: "nothing found" and "nothing removed" while locked, and a prompt when something is written. */
function keychainWithPrompt(letIn: boolean) {
  const items = new Map([['Desk keys', 'precious']]);
  let locked = true;
  const keytar = {
    getPassword: (service: string, item: string) =>
      Promise.resolve(locked ? null : (items.get(`${service} ${item}`) ?? null)),
    setPassword: (service: string, item: string, value: string) => {
      if (locked && !letIn) return Promise.reject(new Error('Cannot create an item in a locked collection'));
      locked = false;
      items.set(`${service} ${item}`, value);
      return Promise.resolve();
    },
    deletePassword: (service: string, item: string) =>
      Promise.resolve(!locked && items.delete(`${service} ${item}`)),
  };
  return { vault: createKeychainVault({ service: 'Desk', load: () => keytar }), items };
}

describe('a locked keychain whose prompt is answered', () => {
  it('gives what is in it, and not "nothing there"', async () => {
    const { vault } = keychainWithPrompt(true);
    expect(await vault.read('keys')).toEqual(ok('precious'));
  });

  it('has removed what was to be removed', async () => {
    const { vault, items } = keychainWithPrompt(true);
    expect(await vault.remove('keys')).toEqual(ok(null));
    expect([...items.keys()]).toEqual([]);
  });
});

it('says locked when the prompt is not answered', async () => {
  const { vault, items } = keychainWithPrompt(false);
  expect(await vault.read('keys')).toEqual(fail('locked'));
  expect(await vault.remove('keys')).toEqual(fail('locked'));
  expect(items.get('Desk keys')).toBe('precious');
});

it('is given nothing that a keychain might cut off or change', async () => {
  const { vault, items } = keychainWithPrompt(true);
  for (const value of ['', 'ü', 'x'.repeat(2_001)])
    await expect(vault.write('keys', value)).rejects.toThrow('printable ASCII');
  expect(items.get('Desk keys')).toBe('precious');
});
