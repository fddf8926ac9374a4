/** @file Everything people type or paste where a code belongs. */
import { describe, expect, it } from 'vitest';
import { cleanCode } from '../../../src/main/verification/clean.ts';
import { fail, ok } from '../../../src/shared/result.ts';

/** The ten digits of a numbering system, from the platform's own tables. */
const digitsOf = (system: string): string[] =>
  Array.from({ length: 10 }, (_, n) => new Intl.NumberFormat(`en-u-nu-${system}`).format(n));

/** Systems whose digits Unicode calls decimal; hanidec's are ideographs with other meanings. */
const DECIMAL_SYSTEMS = Intl.supportedValuesOf('numberingSystem').filter((system) =>
  digitsOf(system).every((digit) => /^\p{Nd}$/u.test(digit)),
);

describe('cleanCode', () => {
  it.each([
    ['as it was sent', '012345'],
    ['with a space in the middle', '012 345'],
    ['with spaces around it', '  012345\t'],
    ['with a line break after it', '012345\r\n'],
    ['with no-break and thin spaces', '012\u00a0\u2009\u202f345'],
    ['with an ideographic space', '012\u3000345'],
    ['with dashes of every kind', '0-1\u20102\u20113\u2013\u20144\u22125'],
    ['with the full stop of its sentence', '012345.'],
    ['with a full stop in the middle', '012.345'],
    ['with zero-width characters', '\u200b012\u200c\u200d\u2060345\ufeff'],
    ['with bidi marks and isolates', '\u200f\u202e012\u2067345\u2069\u200e'],
    ['with a soft hyphen', '012\u00ad345'],
    ['with a comma in the middle', '012,345'],
    ['as the sentence it stands in', 'Your code is 012345.'],
    ['as the subject of its mail', '012345 is your code for Harbour Clinic 24/7 (until 17:51)'],
    ['as its mail', 'Your code for Harbour Clinic\n\n    012 345\n\nGood until: 17:51 (10 minutes)'],
    ['with a label', 'code:012345'],
    ['in brackets', '(012345)'],
    ['with its day', 'Your code of 25.11.2026 is 012-345, Mia'],
    ['that is said twice', '012345 (I repeat, 012 345)'],
    ['after another number', 'Desk 5 012345 please'],
    ['in full-width digits', '０１２３４５'],
    ['in Arabic-Indic digits', '٠١٢٣٤٥'],
    ['in extended Arabic-Indic digits', '۰۱۲۳۴۵'],
    ['in Devanagari digits', '०१२३४५'],
    ['in mathematical bold digits, beyond the BMP', '𝟎𝟏𝟐𝟑𝟒𝟓'],
    ['in several scripts at once', '0١２३4𝟓'],
  ])('takes a code %s', (_, typed) => {
    expect(cleanCode(typed, 6)).toEqual(ok('012345'));
  });

  it('knows the decimal digits of every numbering system the platform knows', () => {
    expect(DECIMAL_SYSTEMS.length).toBeGreaterThan(50);
    for (const system of DECIMAL_SYSTEMS) {
      const typed = digitsOf(system).slice(2).join('');
      expect(cleanCode(typed, 8), system).toEqual(ok('23456789'));
    }
  });

  it.each([
    ['nothing', '', { kind: 'empty' }],
    ['only separators', ' -\u200b ', { kind: 'empty' }],
    ['five digits', '12345', { kind: 'too-short', digits: 5, wanted: 6 }],
    ['seven digits', '1234567', { kind: 'too-long', digits: 7, wanted: 6 }],
    ['the letter O', '12345O', { kind: 'not-digits' }],
    ['the letter l', 'l23456', { kind: 'not-digits' }],
    ['a superscript digit', '12345²', { kind: 'not-digits' }],
    ['a roman numeral', '12345Ⅵ', { kind: 'not-digits' }],
    ['an ideograph for a digit', '一二三四五六', { kind: 'not-digits' }],
    ['an exponent', '1e5', { kind: 'not-digits' }],
    ['two codes', 'Your code is 123456, not 654321', { kind: 'not-digits' }],
    ['two codes side by side', 'either 12 34 56 78 then', { kind: 'not-digits' }],
    ['digits in a word', 'ticket A123456', { kind: 'not-digits' }],
    ['digits before a unit', '123456km', { kind: 'not-digits' }],
    ['a sentence without a code', 'Good until 17:51 (10 minutes)', { kind: 'not-digits' }],
    ['a day and nothing else', '25.11.2026', { kind: 'too-long', digits: 8, wanted: 6 }],
    ['a code and a digit', '123456 7', { kind: 'too-long', digits: 7, wanted: 6 }],
    ['a NUL', '123\u0000456', { kind: 'not-digits' }],
    ['half of a surrogate pair', '12345\ud835', { kind: 'not-digits' }],
  ] as const)('says what is wrong with %s', (_, typed, problem) => {
    expect(cleanCode(typed, 6)).toEqual(fail(problem));
  });

  it('counts the digits of a paste of a million characters [T-clean-million]', () => {
    expect(cleanCode('7'.repeat(1_000_000), 6)).toEqual(
      fail({ kind: 'too-long', digits: 1_000_000, wanted: 6 }),
    );
    expect(cleanCode('\u200b'.repeat(1_000_000), 6)).toEqual(fail({ kind: 'empty' }));
  });
});
