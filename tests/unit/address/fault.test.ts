/**
 * @file What clerks paste into the address field: the one address that a refused text obviously holds is offered, and
 * where there are two readings there is none. A character at fault is named.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../src/main/address/fault.ts';
import { parseAddress } from '../../../src/main/address/parse.ts';
import type { AddressFault, AddressProblem } from '../../../src/shared/words.ts';
import { hostileText, parsed, plausibleAddress } from './addresses.ts';

function faultIn(entered: string): AddressFault {
  const result = parseAddress(entered);
  if (result.ok) throw new Error(`${JSON.stringify(entered)} is an address`);
  return faultOf(entered, result.problem);
}

describe('a paste that holds one address', () => {
  it.each<[string, string]>([
    // Names, headers and labels.
    ['Mia Keller <mia@example.com>', 'mia@example.com'],
    ['"Keller, Mia" <mia@example.com>', 'mia@example.com'],
    ['“Lena Fischer” <lena.fischer@example.de>;', 'lena.fischer@example.de'],
    ["'Mia Keller' <mia@example.com>", 'mia@example.com'],
    ['Keller, Mia <mia@example.com>', 'mia@example.com'],
    ['Mia Keller (mia@example.com)', 'mia@example.com'],
    ['Mia Keller [mia@example.com]', 'mia@example.com'],
    ['<mia@example.com>', 'mia@example.com'],
    ['<mia@example.com', 'mia@example.com'],
    ['mia@example.com>', 'mia@example.com'],
    ['From: Mia Keller <mia@example.com>', 'mia@example.com'],
    ['To: mia@example.com', 'mia@example.com'],
    ['Email: mia@example.com', 'mia@example.com'],
    ['E-Mail:mia@example.com', 'mia@example.com'],
    ['e-mail mia@example.com', 'mia@example.com'],
    ['My address is mia@example.com', 'mia@example.com'],
    ['Mia Keller mia@example.com', 'mia@example.com'],
    ['Mia Keller mkeller@example.com', 'mkeller@example.com'],
    ['Keller\tMia\tmia.k@example.com', 'mia.k@example.com'],
    ['12\tKeller\tm.k@example.com\t0171 555', 'm.k@example.com'],
    ['Keller, Mia, mia@example.com', 'mia@example.com'],
    ['mia@example.com (private)', 'mia@example.com'],
    ['mia@example.com Keller', 'mia@example.com'],
    ['mia@example.com, Thanks', 'mia@example.com'],
    ['mia@example.com. Thank you', 'mia@example.com'],
    ['undisclosed-recipients: mia@example.com;', 'mia@example.com'],
    // Links.
    ['mailto:mia@example.com', 'mia@example.com'],
    ['MAILTO:mia@example.com', 'mia@example.com'],
    ['<mailto:mia@example.com>', 'mia@example.com'],
    ['mailto:mia@example.com?subject=Hello%20you', 'mia@example.com'],
    ['mailto:mia%40example.com', 'mia@example.com'],
    ['mia@example.com <mailto:mia@example.com>', 'mia@example.com'],
    ['Mia Keller<mailto:mia@example.com>', 'mia@example.com'],
    // Marks at the ends.
    ['mia@example.com.', 'mia@example.com'],
    ['mia@example.com,', 'mia@example.com'],
    ['mia@example.com;', 'mia@example.com'],
    ['mia@example.com:', 'mia@example.com'],
    ['mia@example.com!', 'mia@example.com'],
    ['mia@example.com...', 'mia@example.com'],
    ['mia@example.com…', 'mia@example.com'],
    ['mia@example.com。', 'mia@example.com'],
    ['mia@example.com/', 'mia@example.com'],
    [',mia@example.com', 'mia@example.com'],
    ['; mia@example.com', 'mia@example.com'],
    [':mia@example.com', 'mia@example.com'],
    ['• mia@example.com', 'mia@example.com'],
    ['– mia@example.com', 'mia@example.com'],
    // Quotation marks and the like.
    ['"mia@example.com"', 'mia@example.com'],
    ["'mia@example.com'", 'mia@example.com'],
    ['‘mia@example.com’', 'mia@example.com'],
    ['“mia@example.com”', 'mia@example.com'],
    ['„mia@example.com“', 'mia@example.com'],
    ['«mia@example.com»', 'mia@example.com'],
    ['`mia@example.com`', 'mia@example.com'],
    ['*mia@example.com*', 'mia@example.com'],
    ['_mia@example.com_', 'mia@example.com'],
    ['(mia@example.com)', 'mia@example.com'],
    ['[mia@example.com]', 'mia@example.com'],
    ['{mia@example.com}', 'mia@example.com'],
    // What cannot be seen.
    ['mia\u200b@example.com', 'mia@example.com'],
    ['\u200bmia@example.com\u200b', 'mia@example.com'],
    ['mia@exam\u00adple.com', 'mia@example.com'],
    ['\u2068mia@example.com\u2069', 'mia@example.com'],
    ['mia@example.com\u2060', 'mia@example.com'],
    ['\u202amia@example.com\u202c', 'mia@example.com'],
    // Spaces.
    ['mia @example.com', 'mia@example.com'],
    ['mia@ example.com', 'mia@example.com'],
    ['mia @ example.com', 'mia@example.com'],
    ['mia\u00a0@\u00a0example.com', 'mia@example.com'],
    ['mia@\texample.com', 'mia@example.com'],
    ['mia@example .com', 'mia@example.com'],
    ['mia@example. com', 'mia@example.com'],
    ['mia@example . com', 'mia@example.com'],
    ['mia@exam ple.com', 'mia@example.com'],
    ['mia.keller@exam\nple.com', 'mia.keller@example.com'],
    ['mia@example.com\r\n\r\nKind regards', 'mia@example.com'],
    // The same address twice.
    ['mia@example.com mia@example.com', 'mia@example.com'],
    ['mia@example.com, mia@example.com', 'mia@example.com'],
    ['mia@example.com; MIA@Example.com', 'mia@example.com'],
    ['mia@example.com <mia@example.com>', 'mia@example.com'],
    ['"mia@example.com" <mia@example.com>', 'mia@example.com'],
    ['mia@example.com (mia@example.com)', 'mia@example.com'],
    // A wrong key.
    ['mia@@example.com', 'mia@example.com'],
    ['mia@ @example.com', 'mia@example.com'],
    ['mia@gmail,com', 'mia@gmail.com'],
    ['mia@example..com', 'mia@example.com'],
    ['mia@example,co,uk', 'mia@example.co.uk'],
    ['o’brien@example.ie', "o'brien@example.ie"],
    ['Sean O’Brien <o’brien@example.ie>', "o'brien@example.ie"],
    ['mia＠example.com', 'mia@example.com'],
    ['ｍｉａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'mia@example.com'],
    ['mia@example。com', 'mia@example.com'],
    ['mia [at] example [dot] com', 'mia@example.com'],
    ['mia(at)example.com', 'mia@example.com'],
    // The form stays as it was typed.
    ['Mia Keller <Mia.Keller+desk@Example.COM>', 'Mia.Keller+desk@Example.COM'],
    ['Mia <mia@bücher.de>', 'mia@bücher.de'],
    ['Мария <мария@example.com>', 'мария@example.com'],
  ])('%j offers %s', (entered, offer) => {
    expect(faultIn(entered).repair).toBe(offer);
  });
});

describe('a paste of which nothing is obvious', () => {
  it.each([
    '',
    'mia',
    'Mia Keller',
    'mia@',
    '@example.com',
    'mia@example',
    'mia.example.com',
    // Two people.
    'mia@example.com, sam@example.com',
    'mia@example.com sam@example.com',
    'Mia <mia@example.com>, Sam <sam@example.com>',
    'mia@example.com\nsam@example.com',
    'mia@example.com\r\nBcc: eve@evil.example',
    '"sam@example.org" <mia@example.com>',
    'mia@example.com (sam@example.com)',
    'mia@example.com (mia@work)',
    // A dot or an underscore may have been lost.
    'mia keller@example.com',
    'Mia Keller@example.com',
    'mia,keller@example.com',
    'anna mia keller@example.com',
    // Quotes, comments and groups that mail programs read in different ways.
    '"a b"@example.com',
    '"x@gmail.com y"@internal.test',
    'mia(home)@example.com',
    'mia@example.com@evil.example',
    'mia@[127.0.0.1]',
    'mia@127.0.0.1',
    '=?utf-8?q?eve=40evil.example=3e=00?=@example.com',
    // What is only part of an address of the web.
    'https://example.com/?to=mia@example.com',
    'ftp://mia@example.com',
    'mia@example.com/work',
    'mia@example.com:25',
    // Letters that only look alike.
    '\u212aim@example.com',
    'o\ufb03ce@example.com',
    'mia😀@example.com',
    '.mia@example.com@',
    `${'x'.repeat(2000)} <mia@example.com>`,
  ])('%j offers nothing', (entered) => {
    expect(faultIn(entered).repair).toBeNull();
  });
});

describe('the character at fault', () => {
  it.each<[string, AddressProblem, string | null]>([
    ['o’brien@example.ie', 'character-not-allowed', '’'],
    ['mia@gmail,com', 'character-not-allowed', ','],
    ['mia,k@gmail.com', 'character-not-allowed', ','],
    ['mia@a_b.com', 'character-not-allowed', '_'],
    ['mia/k@x.com/', 'character-not-allowed', '/'],
    ['mia\\k@x.com', 'character-not-allowed', '\\'],
    ['ｍia@x.com', 'character-not-allowed', 'ｍ'],
    ['\u212aim@x.com', 'character-not-allowed', '\u212a'],
    ['mia😀@x.com', 'character-not-allowed', '😀'],
    ['mia＠x.com', 'character-not-allowed', '＠'],
    ['=?x?q?a?=@x.com', 'character-not-allowed', null],
    ['mia\u200b@x.com', 'invisible-character', '\u200b'],
    ['mia@x.com\u2069', 'invisible-character', '\u2069'],
    ['mia\0@x.com', 'control-character', '\0'],
    ['mia@x.com\nKeller', 'control-character', '\n'],
    ['mia@@x.com', 'several-at-signs', null],
    ['mia@x.com.', 'trailing-dot', null],
    ['mailto:mia@x.com', 'link', null],
    ['mia @x.com', 'space-inside', null],
  ])('of %j (%s) is %j', (entered, problem, character) => {
    expect(faultIn(entered)).toMatchObject({ problem, character });
  });

  it('is found in a paste of a million characters', { timeout: 60_000 }, () => {
    expect(faultIn(`${'a'.repeat(1_000_000)}\u200b@x.com`).character).toBe('\u200b');
    expect(faultIn(`${'a'.repeat(1_000_000)}\u200b@x.com`).repair).toBeNull();
  });
});

describe('an offer, whatever was pasted,', { timeout: 120_000 }, () => {
  const around = fc.constantFrom(
    '<%>',
    '"%"',
    ' % ',
    '%.',
    '%,',
    'Name <%>',
    'mailto:%',
    '(%)',
    '%\u200b',
    '%; %',
  );

  it('is an address by itself, and the one that was in it', () => {
    fc.assert(
      fc.property(plausibleAddress, around, (address, frame) => {
        fc.pre(parseAddress(address).ok);
        const entered = frame.replaceAll('%', () => address);
        const result = parseAddress(entered);
        fc.pre(!result.ok);
        const { repair } = faultOf(entered, result.problem);
        if (repair !== null) expect(parsed(repair).canonical).toBe(parsed(address).canonical);
      }),
      { numRuns: 3000 },
    );
  });

  it('parses, and is made of nothing but what was typed', () => {
    fc.assert(
      fc.property(hostileText, (entered) => {
        const result = parseAddress(entered);
        fc.pre(!result.ok);
        const { repair } = faultOf(entered, result.problem);
        fc.pre(repair !== null);
        expect(parseAddress(repair).ok).toBe(true);
        const typed = new Set(entered.normalize('NFKD'));
        for (const character of repair.normalize('NFKD'))
          expect(typed.has(character) || "@.'".includes(character)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
