/**
 * @file The address parser: one mailbox or a refusal that says why, the delivery form exactly as shown, and no
 * way for anything with a meaning to a mail program to come through.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TYPED, survey } from '../../../src/main/address/survey.ts';
import { parseAddress } from '../../../src/main/address/parse.ts';
import type { AddressProblem } from '../../../src/shared/words.ts';
import { hostileText, parsed, plausibleAddress } from './addresses.ts';

const problemOf = (entered: string): AddressProblem | null => {
  const result = parseAddress(entered);
  return result.ok ? null : result.problem;
};

describe('what is taken', () => {
  it.each([
    ['mia@example.com', 'mia@example.com'],
    ['  mia@example.com\r\n', 'mia@example.com'],
    ['Mia.Wong+desk@Example.COM', 'Mia.Wong+desk@example.com'],
    ["o'brien@example.ie", "o'brien@example.ie"],
    ["#$&'*+-/?=^_`{|}~@example.com", "#$&'*+-/?=^_`{|}~@example.com"],
    ['1@r3---sn.example.com', '1@r3---sn.example.com'],
    ['mia@mail.example.co.uk', 'mia@mail.example.co.uk'],
  ])('%j is delivered to %j', (entered, delivery) => {
    expect(parsed(entered)).toMatchObject({ entered: entered.trim(), delivery });
  });

  it('keeps plus-tags and dots for sending', () => {
    expect(parsed('m.i.a+desk@gmail.com').delivery).toBe('m.i.a+desk@gmail.com');
  });

  it('keeps the case of the local part for sending', () => {
    expect(parsed('MiA@GMAIL.com').delivery).toBe('MiA@gmail.com');
  });

  it('puts a decomposed letter into the one spelling Unicode has for it', () => {
    expect(parsed('jose\u0301@example.com').delivery).toBe('jos\u00e9@example.com');
  });

  it.each(['мария@example.com', '用户@example.com', 'น้ำ@example.com', 'ışık@example.com', 'फ़@example.com'])(
    'takes %j and says that the server must offer SMTPUTF8',
    (entered) => {
      expect(parsed(entered)).toMatchObject({ delivery: entered.normalize('NFC') });
    },
  );
});

describe('international domains', () => {
  it.each([
    ['mia@bücher.de', 'mia@xn--bcher-kva.de'],
    ['mia@BÜCHER.DE', 'mia@xn--bcher-kva.de'],
    ['mia@bu\u0308cher.de', 'mia@xn--bcher-kva.de'],
    ['mia@faß.de', 'mia@xn--fa-hia.de'],
    ['mia@почта.рф', 'mia@xn--80a1acny.xn--p1ai'],
    ['mia@paral·lel.cat', 'mia@xn--parallel-koa.cat'],
    ['mia@น้ำ.com', 'mia@xn--q3c4c8cq.com'],
    ['mia@例え.jp', 'mia@xn--r8jz45g.jp'],
  ])('%j goes to its ASCII form %j', (entered, delivery) => {
    expect(parsed(entered).delivery).toBe(delivery);
  });

  it('takes punycode that is the punycode of something', () => {
    expect(parsed('mia@XN--Bcher-KVA.de').delivery).toBe('mia@xn--bcher-kva.de');
  });

  it('takes a joiner where the script needs it, in punycode only, where everybody can see it', () => {
    expect(parsed('mia@xn--mgba3gch31f060k.com').delivery).toBe('mia@xn--mgba3gch31f060k.com');
    expect(problemOf('mia@نامه\u200cای.com')).toBe('invisible-character');
  });

  it.each([
    'xn--a.de',
    'xn--gmail-.com',
    'xn--0.com',
    'xn--.com',
    'xn--1ug.com',
    'xn--ls8h.com',
    'xn--ab-0ea.com',
  ])('refuses %s, whose punycode stands for nothing that may be a domain', (domain) => {
    expect(problemOf(`mia@${domain}`)).toBe('domain-not-valid');
  });

  it('refuses a label of both directions and a label that begins with a mark', () => {
    expect(problemOf('mia@aא.com')).toBe('domain-not-valid');
    expect(problemOf('mia@\u0301a.com')).toBe('domain-not-valid');
  });

  it('shows what U+212A, full-width letters and the long s stand for in a domain', () => {
    expect(parsed('mia@\u212aiosk.com').delivery).toBe('mia@kiosk.com');
    expect(parsed('mia@ｇｍａｉｌ.com').delivery).toBe('mia@gmail.com');
    expect(parsed('mia@mu\u017feum.com').delivery).toBe('mia@museum.com');
  });

  it('never reads a dotless i as an i', () => {
    expect(parsed('mia@gma\u0131l.com').delivery).toBe('mia@xn--gmal-nza.com');
  });

  it.each([
    'evil.c\u2100.gmail.com',
    'a\uff05\u0034\u0031.com',
    'a%41.com',
    'a/b.com',
    'a#b.com',
    'a?b.com',
    'a\\b.com',
  ])('refuses %j, which a URL parser would cut or decode', (domain) => {
    expect(problemOf(`mia@${domain}`)).toBe('character-not-allowed');
  });
});

describe('what is refused, with the most helpful reason', () => {
  it.each<[string, AddressProblem]>([
    ['', 'empty'],
    ['  \t\n ', 'empty'],
    ['mia', 'no-at-sign'],
    ['Mia Wong', 'no-at-sign'],
    ['mia.gmail.com', 'no-at-sign'],
    ['@', 'no-local-part'],
    ['@example.com', 'no-local-part'],
    ['mia@', 'no-domain'],
    ['mia@gmail', 'domain-without-dot'],
    ['a@x.com, b@y.com', 'several-addresses'],
    ['a@x.com;b@y.com', 'several-addresses'],
    ['a@x.com b@y.com', 'several-addresses'],
    ['a@x.com\nb@y.com\nc@z.com', 'several-addresses'],
    ['Mia <a@x.com>, Bob <b@y.com>', 'several-addresses'],
    ['team: a@x.com, b@y.com;', 'several-addresses'],
    ['<a@x.com><b@y.com>', 'several-addresses'],
    ['Mia <mia@x.com>', 'display-name'],
    ['<mia@x.com>', 'display-name'],
    ['"Wong, Mia" <mia@x.com>', 'display-name'],
    ['"Mia" mia@x.com', 'display-name'],
    ['team: mia@x.com;', 'display-name'],
    ['mailto:mia@x.com', 'link'],
    ['<mailto:mia@x.com>', 'link'],
    ['"a b"@x.com', 'quoted'],
    ['"a@gmail.com"@x.com', 'quoted'],
    ['"x@gmail.com y"@internal.test', 'quoted'],
    ['"@x.com', 'quoted'],
    ['mia(home)@x.com', 'comment'],
    ['mia@x.com (b@y.com, c@z.com)', 'comment'],
    ['mia@x.com)', 'comment'],
    ['mia @x.com', 'space-inside'],
    ['mi\u00a0a@x.com', 'space-inside'],
    ['mia@\tx.com', 'space-inside'],
    ['mia@x.com\r\nBcc: eve@y.com', 'control-character'],
    ['mia@x.com\nRCPT TO:<eve@y.com>', 'control-character'],
    ['mia\r@x.com', 'control-character'],
    ['mia\0@x.com', 'control-character'],
    ['mia@x.com\0.evil.com', 'control-character'],
    ['mia\u0085@x.com', 'control-character'],
    ['mia\u2028@x.com', 'control-character'],
    ['mia\u200b@x.com', 'invisible-character'],
    ['mia@x.com\u200b', 'invisible-character'],
    ['\u202emoc.x@aim', 'invisible-character'],
    ['mia\u2066@x.com', 'invisible-character'],
    ['mi\u00ada@x.com', 'invisible-character'],
    ['mia@gm\u00adail.com', 'invisible-character'],
    ['mia\u3164@x.com', 'invisible-character'],
    ['mia\u{e0041}@x.com', 'invisible-character'],
    ['mia,wong@x.com', 'character-not-allowed'],
    ['mia@gmail,com', 'character-not-allowed'],
    ['mia@@x.com', 'several-at-signs'],
    ['mia@x.com@y.com', 'several-at-signs'],
    ['mia\uff20x.com', 'character-not-allowed'],
    ['mia\\@x.com', 'character-not-allowed'],
    ['=?utf-8?q?eve=40y.com=3e=00?=@x.com', 'character-not-allowed'],
    ['\u212aim@x.com', 'character-not-allowed'],
    ['ｍｉａ@x.com', 'character-not-allowed'],
    ['o\ufb03ce@x.com', 'character-not-allowed'],
    ['\u0301mia@x.com', 'character-not-allowed'],
    ['😀@x.com', 'character-not-allowed'],
    ['mia\ud800@x.com', 'character-not-allowed'],
    ['mia@a_b.com', 'character-not-allowed'],
    ['mia@x.com:25', 'character-not-allowed'],
    ['mia@☃.net', 'character-not-allowed'],
    ['mia@x。com', 'character-not-allowed'],
    ['mia%example.test@desk.test', 'route'],
    ['example.test!mia@desk.test', 'route'],
    ['%@x.com', 'route'],
    ['mia!@x.com', 'route'],
    ['.mia@x.com', 'dots'],
    ['mia.@x.com', 'dots'],
    ['m..ia@x.com', 'dots'],
    ['mia@x..com', 'dots'],
    ['mia@.com', 'dots'],
    ['mia@x.com.', 'trailing-dot'],
    ['mia@[127.0.0.1]', 'domain-literal'],
    ['mia@[IPv6:::1]', 'domain-literal'],
    ['mia@127.0.0.1', 'domain-not-valid'],
    ['mia@127.1', 'domain-not-valid'],
    ['mia@１２７.１', 'domain-not-valid'],
    ['mia@0x7f.0x1', 'domain-not-valid'],
    ['mia@x.123', 'domain-not-valid'],
    ['mia@x.c', 'domain-not-valid'],
    ['mia@-x.com', 'domain-not-valid'],
    ['mia@x-.com', 'domain-not-valid'],
  ])('%j is answered with %s [T-parse-answers]', (entered, problem) => {
    expect(problemOf(entered)).toBe(problem);
  });
});

describe('lengths', () => {
  /** A domain of exactly that many characters, in labels of ten. */
  const domain = (length: number) =>
    `${'ddddddddd.'
      .repeat(30)
      .slice(0, length - 5)
      .replace(/\.$/, 'd')}d.com`;

  it('takes 64 octets before the @ and refuses 65', () => {
    expect(problemOf(`${'a'.repeat(64)}@x.com`)).toBeNull();
    expect(problemOf(`${'a'.repeat(65)}@x.com`)).toBe('local-part-too-long');
  });

  it('counts octets, not characters', () => {
    expect(problemOf(`${'ü'.repeat(32)}@x.com`)).toBeNull();
    expect(problemOf(`${'ü'.repeat(32)}a@x.com`)).toBe('local-part-too-long');
  });

  it('counts a decomposed letter as what is sent', () => {
    expect(problemOf(`${'u\u0308'.repeat(32)}@x.com`)).toBeNull();
  });

  it('takes 254 octets in all and refuses 255', () => {
    const longest = `${'a'.repeat(64)}@${domain(189)}`;
    expect(longest).toHaveLength(254);
    expect(problemOf(longest)).toBeNull();
    expect(problemOf(`${'a'.repeat(64)}@${domain(190)}`)).toBe('too-long');
  });

  it('counts an international domain in its ASCII form', () => {
    const international = `a@${'bücher-bücher-bücher.'.repeat(9)}de`;
    expect(international.length).toBeLessThan(254);
    expect(problemOf(international)).toBe('too-long');
  });

  it('takes labels of 63 and refuses 64', () => {
    expect(problemOf(`a@${'d'.repeat(63)}.com`)).toBeNull();
    expect(problemOf(`a@${'d'.repeat(64)}.com`)).toBe('domain-not-valid');
  });
});

describe('a paste of a million characters', { timeout: 120_000 }, () => {
  const MILLION = 1_000_000;

  it('is read once, one step a character [T-parse-linear]', () => {
    function* counted(text: string, count: { steps: number }) {
      for (const character of text) {
        count.steps += 1;
        yield character;
      }
    }
    for (const pattern of ['a', '@', '"', '(', ')', ',', '<', ' ', '.', '\u0301', 'a@x.com,', '"(']) {
      for (const length of pattern === 'a' ? [1000, MILLION] : [1000, 100_000]) {
        const text = pattern.repeat(length).slice(0, length);
        const count = { steps: 0 };
        survey(counted(text, count));
        expect(count.steps).toBe(length);
      }
    }
  });

  // A parser with a quadratic step would need 10¹² of them here and never come back.
  it.each<[string, string, AddressProblem]>([
    ['a', '', 'too-long'],
    ['a', '@x.com', 'too-long'],
    ['ü', '@x.com', 'too-long'],
    ['\u0301\u0323', '@x.com', 'too-long'],
    ['a.', 'a@x.com', 'too-long'],
    ['@', '', 'too-long'],
    ['a@x.com,', '', 'several-addresses'],
    ['"', '@x.com', 'quoted'],
    ['(', '@x.com', 'comment'],
    ['<', '@x.com', 'display-name'],
    ['a\u200b', '@x.com', 'invisible-character'],
    ['a ', '@x.com', 'space-inside'],
  ])('of %j and %j is answered like a short one', (pattern, end, problem) => {
    expect(problemOf(pattern.repeat(MILLION / pattern.length) + end)).toBe(problem);
  });

  it('after the @ is answered too', () => {
    expect(problemOf(`mia@${'x.'.repeat(MILLION / 2)}com`)).toBe('too-long');
    expect(problemOf(`mia@${'ü'.repeat(MILLION)}.com`)).toBe('too-long');
  });

  it('never reaches what looks closer: that sees a bounded text', () => {
    expect(problemOf(`${'a'.repeat(LONGEST_TYPED - 5)}@x.com`)).toBe('too-long');
    expect(problemOf(`${'a'.repeat(LONGEST_TYPED - 6)}@x.com`)).toBe('local-part-too-long');
  });
});

describe('whatever is typed', { timeout: 120_000 }, () => {
  const anything = fc.oneof(plausibleAddress, hostileText);

  it('comes out with nothing in it that means something to a mail program [T-parse-harmless]', () => {
    fc.assert(
      fc.property(anything, (entered) => {
        const result = parseAddress(entered);
        fc.pre(result.ok);
        const { delivery, canonical } = result.value;
        for (const form of [delivery, canonical]) {
          expect(form).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Z},;:<>()[\]\\"]/u);
          expect(form.split('@')).toHaveLength(2);
          expect(form).not.toContain('=?');
        }
        expect(new TextEncoder().encode(delivery).length).toBeLessThanOrEqual(254);
        expect(delivery.slice(delivery.indexOf('@') + 1)).toMatch(/^[a-z0-9.-]+$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('parses to the same delivery address again when that is typed', () => {
    fc.assert(
      fc.property(anything, (entered) => {
        const result = parseAddress(entered);
        fc.pre(result.ok);
        expect(parsed(result.value.delivery)).toEqual({ ...result.value, entered: result.value.delivery });
      }),
      { numRuns: 3000 },
    );
  });

  it('is delivered to the local part that was typed, or to none', () => {
    fc.assert(
      fc.property(anything, (entered) => {
        const result = parseAddress(entered);
        fc.pre(result.ok);
        const typed = entered.trim();
        const local = result.value.delivery.split('@')[0];
        expect(local).toBe(typed.slice(0, typed.indexOf('@')).normalize('NFC'));
      }),
      { numRuns: 3000 },
    );
  });

  it('is mostly an address when it is made like one, so that these properties are about something', () => {
    const sample = fc.sample(plausibleAddress, { numRuns: 1000, seed: 1 });
    expect(sample.filter((entered) => parseAddress(entered).ok).length).toBeGreaterThan(300);
  });
});
