/** @file Names made to be taken for others are pointed out with their punycode; honest ones are left in peace. */
import { describe, expect, it } from 'vitest';
import { lookAlikeHints } from '../../../src/main/address/look-alike.ts';
import { parsed } from './addresses.ts';

const kinds = (entered: string): string[] => lookAlikeHints(parsed(entered)).map(({ kind }) => kind);

describe('a domain', () => {
  it.each([
    ['Cyrillic letters that spell "apple"', 'mia@аррӏе.com', 'xn--80ak6aa92e.com'],
    ['Cyrillic among Latin', 'mia@pаypal.com', 'xn--pypal-4ve.com'],
    ['Greek letters that spell "vivo"', 'mia@νινο.com', 'xn--uxahbi.com'],
    ['a dotless i in Gmail', 'mia@gma\u0131l.com', 'xn--gmal-nza.com'],
    ['an accent on Gmail', 'mia@gmáil.com', 'xn--gmil-6na.com'],
    ['a small capital in Gmail', 'mia@ɢmail.com', 'xn--mail-47b.com'],
    ['a dot below in Yahoo', 'mia@yạhoo.com', 'xn--yhoo-5q5a.com'],
    ['Latin and Greek', 'mia@αmazon.com', 'xn--mazon-c9d.com'],
    ['a script that is no longer written', 'mia@ᚠᚢᚦ.com', 'xn--3veem.com'],
    ['an invisible joiner', 'mia@xn--mgba3gch31f060k.com', 'xn--mgba3gch31f060k.com'],
  ])('with %s is pointed out, with its punycode [T-look-alike-shown]', (_, entered, ascii) => {
    expect(lookAlikeHints(parsed(entered))).toEqual([{ kind: 'look-alike', ascii }]);
  });

  it('is pointed out in the same way when it is typed as punycode [T-look-alike-punycode]', () => {
    expect(kinds('mia@xn--80ak6aa92e.com')).toEqual(['look-alike']);
  });

  it.each([
    'mia@bücher.de',
    'mia@почта.рф',
    'mia@сосо.рф',
    'mia@яндекс.com',
    'mia@δοκιμή.gr',
    'mia@例え.jp',
    'mia@ローソンlawson.jp',
    'mia@한국abc.kr',
    'mia@ไทย.com',
    'mia@مثال.com',
    'mia@ישראל.com',
  ])('like %s is only called international', (entered) => {
    expect(kinds(entered)).toEqual(['international']);
  });

  it('in ASCII is not spoken of', () => {
    expect(kinds('mia@example.com')).toEqual([]);
  });
});

describe('a local part', () => {
  it.each([
    'mіa@x.com',
    'аdmin@x.com',
    'соса@x.com',
    'mia.раураl@x.com',
    'gma\u0131l@x.com',
    'ɡoogle@x.com',
    'mi𝛂@x.com',
    'ᴍɪᴀ@x.com',
    'oʼbrien@x.com',
    'josé@gmail.com',
    'müller@web.de',
    'ב1@x.com',
    '1ב@x.com',
    'aב1@x.com',
    'a1ב@x.com',
    'علي12@x.com',
  ])('%j is pointed out', (entered) => {
    expect(kinds(entered)).toEqual(['look-alike-local']);
  });

  it.each([
    'мария@x.com',
    'mia.мария@x.com',
    'josé@x.com',
    'ışık@x.com',
    'yıldız@x.com',
    'aydın@x.com',
    'דוד@x.com',
    '用户abc@x.com',
    'mia+2026@x.com',
  ])('%j is left in peace', (entered) => {
    expect(kinds(entered)).toEqual([]);
  });
});
