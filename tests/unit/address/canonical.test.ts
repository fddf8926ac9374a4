/** @file The form addresses are counted by: every spelling of one mailbox has one, and it is never sent to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/main/address/parse.ts';
import { FAMILIES } from '../../../src/main/address/spellings.ts';
import { parsed, plausibleAddress } from './addresses.ts';

const canonical = (entered: string): string => parsed(entered).canonical;

describe('the canonical address', { timeout: 60_000 }, () => {
  it.each([
    ['case', 'Mia@Example.COM', 'mia@example.com'],
    ['a plus-tag', 'mia+anything@example.com', 'mia@example.com'],
    ['two plus-tags', 'mia+a+b@example.com', 'mia@example.com'],
    ['dots at Gmail', 'm.i.a@gmail.com', 'mia@gmail.com'],
    ['dots, a tag and case at Gmail', 'M.i.A+desk@GMail.com', 'mia@gmail.com'],
    ["Gmail's other name", 'm.ia@googlemail.com', 'mia@gmail.com'],
    ['an international domain', 'mia@BÜCHER.de', 'mia@xn--bcher-kva.de'],
    ['a decomposed letter', 'jose\u0301@example.com', 'jos\u00e9@example.com'],
    ['capitals outside ASCII', 'МАРИЯ@example.com', 'мария@example.com'],
    ['a final sigma', 'ΟΔΟΣ@example.com', 'οδοσ@example.com'],
    ['a presentation form', '\ufeb3@example.com', '\u0633@example.com'],
  ])('folds %s: %s counts as %s [T-address-folded]', (_, entered, folded) => {
    expect(canonical(entered)).toBe(folded);
  });

  it.each([
    ['dots elsewhere', 'm.i.a@example.com', 'm.i.a@example.com'],
    ['a local part that is all tag', '+mia@example.com', '+mia@example.com'],
    ['a hyphen', 'mia-desk@example.com', 'mia-desk@example.com'],
    ['subdomains of Gmail', 'm.ia@mail.gmail.com', 'm.ia@mail.gmail.com'],
  ])('keeps %s: %s counts as %s', (_, entered, folded) => {
    expect(canonical(entered)).toBe(folded);
  });

  it.each([
    [
      'gmail.com',
      ['mia.hal@gmail.com', 'miahal+x@googlemail.com'],
      ['mia.hal@gmail.com', 'miahall@gmail.com'],
    ],
    ['icloud.com', ['mia@icloud.com', 'mia@mac.com', 'Mia+x@me.com'], ['mia@icloud.com', 'm.ia@me.com']],
    [
      'proton.me',
      ['mia.hal@proton.me', 'mia_hal@pm.me', 'miahal@protonmail.com', 'm-ia-hal+x@protonmail.ch'],
      ['miahal@proton.me', 'miahall@proton.me'],
    ],
    [
      'yandex.com',
      ['mia@yandex.ru', 'mia@ya.ru', 'mia+x@yandex.com', 'mia@yandex.kz'],
      ['mia@yandex.ru', 'mia.h@yandex.ru'],
    ],
    ['yahoo.com', ['mia-shop@yahoo.com', 'mia-bank@yahoo.com'], ['mia-shop@yahoo.com', 'mia-shop@yahoo.fr']],
    [
      'rocketmail.com',
      ['mia-a@rocketmail.com', 'mia+b@rocketmail.com'],
      ['mia@rocketmail.com', 'mia@yahoo.com'],
    ],
    [
      'fastmail.com',
      ['mia@fastmail.com', 'shop@mia.fastmail.com', 'bank+x@mia.fastmail.com'],
      ['shop@mia.fastmail.com', 'shop@mio.fastmail.com'],
    ],
    ['fastmail.fm', ['mia@fastmail.fm', 'x@mia.fastmail.fm'], ['mia@fastmail.fm', 'mia@fastmail.com']],
  ])(
    'gives spellings of one mailbox at %s one budget, and two mailboxes two [T-address-families]',
    (_, one, two) => {
      expect(new Set(one.map(canonical)).size).toBe(1);
      expect(new Set(two.map(canonical)).size).toBe(2);
    },
  );

  it('has a source for every rule, and names no domain twice', () => {
    for (const { source } of FAMILIES) expect(source).toMatch(/^[a-z.]+\/\S+$/);
    const domains = FAMILIES.flatMap((family) => family.domains);
    expect(new Set(domains).size).toBe(domains.length);
  });

  it('counts what is overlooked whole as it stands', () => {
    expect(canonical('_-_@proton.me')).toBe('_-_@proton.me');
  });

  it('gives every spelling of a Gmail mailbox one budget [T-address-gmail-spellings]', () => {
    const spelling = fc
      .tuple(
        fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 6, maxLength: 6 }),
        fc.stringMatching(/^(?:\+[a-z0-9.+]{0,10}[a-z0-9])?$/),
        fc.constantFrom('gmail.com', 'Gmail.com', 'googlemail.com', 'GOOGLEMAIL.COM'),
      )
      .map(([choices, tag, domain]) => {
        const letters = choices.map(([upper, dot], index) => {
          const letter = 'miahal'.charAt(index);
          return (dot && index > 0 ? '.' : '') + (upper ? letter.toUpperCase() : letter);
        });
        return `${letters.join('')}${tag.replace(/\.\.+/g, '.').replace(/\.$/, '')}@${domain}`;
      });
    fc.assert(fc.property(spelling, (entered) => canonical(entered) === 'miahal@gmail.com'));
  });

  it('folds a second time to the same', () => {
    fc.assert(
      fc.property(plausibleAddress, (entered) => {
        const first = parseAddress(entered);
        fc.pre(first.ok);
        const second = parseAddress(first.value.canonical);
        // Taking a tag or dots away can leave what is no address of its own; that is never sent to.
        fc.pre(second.ok && !first.value.canonical.startsWith('+'));
        expect(second.value.canonical).toBe(first.value.canonical);
      }),
      { numRuns: 5000 },
    );
  });
});
