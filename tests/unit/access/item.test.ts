/** @file The vault item with the PINs: it fits, comes back as it was, and is nothing when it is damaged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessItem, formatAccess, parseAccess } from '../../../src/main/access/item.ts';
import { MOST_OPERATORS, NAME_BYTES } from '../../../src/shared/access.ts';
import { fail, ok } from '../../../src/shared/result.ts';

const hash = fc.stringMatching(/^[\w-]{22}$/).filter((text) => /^[A-Za-z0-9_-]{22}$/.test(text));
const name = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => Buffer.byteLength(text) <= NAME_BYTES && text.isWellFormed());
const pin = fc.record({ hash, wrong: fc.nat(999) });
const item: fc.Arbitrary<AccessItem> = fc.record({
  owner: fc.record({ name, pin, recovery: hash }),
  operators: fc.array(
    fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9_-]{6}$/),
      name,
      pin: fc.option(pin),
    }),
    { maxLength: MOST_OPERATORS },
  ),
});

describe('the item', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(item, (value) => {
        expect(parseAccess(formatAccess(value))).toEqual(ok(value));
      }),
    );
  });

  it('fits into a keychain, with as many people, names as long and tries as many as there can be [T-pin-item-fits]', () => {
    const longest = 'x'.repeat(NAME_BYTES);
    const full = { hash: 'h'.repeat(22), wrong: Number.MAX_SAFE_INTEGER };
    const text = formatAccess({
      owner: { name: longest, pin: full, recovery: 'r'.repeat(22) },
      operators: Array.from({ length: MOST_OPERATORS }, (_, n) => {
        return { id: `abcd${String(n).padStart(2, '0')}`, name: longest, pin: full };
      }),
    });
    expect(text.length).toBeGreaterThan(1_500);
    expect(text).toMatch(/^[\x20-\x7e]{1,2000}$/);
  });

  it('is nothing when it is damaged, and left alone when a later version wrote it', () => {
    const whole = formatAccess(fc.sample(item, { numRuns: 1, seed: 7 })[0] as AccessItem);
    for (const text of [null, '', 'null', '{}', '[]', whole.slice(0, -1), whole.replace('"p":"', '"p":"!')])
      expect(parseAccess(text)).toEqual(ok(null));
    expect(parseAccess('{"version":2,"owner":"in another form"}')).toEqual(fail('later'));
  });
});
