/** @file The names of a verification: unmistakable aloud, never mistakable for a code. */
import { describe, expect, it } from 'vitest';
import { newId, newMessageId, newReference } from '../../../src/main/ledger/identity.ts';
import { createFakeRandom } from '../../fakes/clock.ts';

const random = createFakeRandom();
const many = <T>(make: () => T) => Array.from({ length: 2_000 }, make);

describe('newReference', () => {
  it('starts with a letter and has no symbol that is mistaken for another', () => {
    for (const reference of many(() => newReference(random))) {
      expect(reference).toMatch(/^[A-HJ-NP-R][2-9A-HJ-NP-Z]-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}$/);
    }
  });
  it('does not repeat itself in a day', () => {
    expect(new Set(many(() => newReference(random))).size).toBe(2_000);
  });
});

describe('newId', () => {
  it('is 128 bits in hexadecimal [T-id-128-bits]', () => {
    for (const id of many(() => newId(random))) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('newMessageId', () => {
  it('starts with the verification and ends with the domain of the sender', () => {
    const id = newId(random);
    expect(newMessageId(random, id, 'desk@gmail.com')).toMatch(
      new RegExp(`^<${id}\\.[0-9a-f]{16}@gmail\\.com>$`),
    );
  });
});
