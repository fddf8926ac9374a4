/**
 * @file What the page takes for digits still being typed, and what it leaves to main.
 */
import { describe, expect, it } from 'vitest';
import { cleanCode } from '../../../src/main/verification/clean.ts';
import { charactersOf, digitsOf, firstGroup } from '../../../src/renderer/ui/typed-code.ts';

describe('digits that are still being typed', () => {
  it.each([
    ['', ''],
    ['409', '409'],
    ['000000', '000000'],
    ['409 313', '409313'],
    ['409-313', '409313'],
    ['409\u00a0313', '409313'],
    ['\u200b409313\n', '409313'],
    ['409.313', '409313'],
    ['409\u2013313', '409313'],
    ['\u2068409313\u2069', '409313'],
  ])('%j is %j in the slots', (raw, digits) => {
    expect(digitsOf(raw, 6)).toBe(digits);
  });

  it('keep the script they were typed in: main turns them into ASCII', () => {
    expect(digitsOf('\uff14\uff10\uff19', 6)).toBe('\uff14\uff10\uff19');
    expect(digitsOf('\u0664\u0660\u0669', 6)).toBe('\u0664\u0660\u0669');
  });

  it('count as characters, not as UTF-16 units', () => {
    const six = '𝟒𝟎𝟗𝟑𝟏𝟑';
    expect(digitsOf(six, 6)).toBe(six);
    expect(charactersOf(six)).toHaveLength(6);
  });
});

it('fills no slot with what main would not take for the code', () => {
  const between = Array.from({ length: 0x10000 }, (_, point) => String.fromCharCode(point)).filter(
    (character) => digitsOf(`409313${character}`, 6) === '409313',
  );
  expect(between).toContain('.');
  expect(between.filter((character) => !cleanCode(`409313${character}`, 6).ok)).toEqual([]);
});

describe('what main judges instead', () => {
  it.each(['4O9313', '4l', 'your code is 409313', '40931٣x', '+409313', '1e5'])(
    '%j has more than digits',
    (raw) => {
      expect(digitsOf(raw, 6)).toBeNull();
    },
  );

  it('is also every text with more digits than wanted, up to a million of them', () => {
    expect(digitsOf('4093131', 6)).toBeNull();
    expect(digitsOf('4'.repeat(1_000_000), 6)).toBeNull();
  });
});

it.each([
  [6, 3],
  [7, 4],
  [8, 4],
])('reads %i digits in groups, the first of %i', (length, group) => {
  expect(firstGroup(length)).toBe(group);
});
