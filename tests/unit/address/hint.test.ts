/** @file Hints before sending: a likely slip is named, a role or a disposable mailbox is noted, nothing is changed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hintsFor } from '../../../src/main/address/hint.ts';
import { isKnownDomain, services, slipTargets } from '../../../src/main/address/known-domains.ts';
import { parseAddress } from '../../../src/main/address/parse.ts';
import { slips, suggestDomain } from '../../../src/main/address/typo.ts';
import { parsed, plausibleAddress } from './addresses.ts';

describe('a likely slip', { timeout: 60_000 }, () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gmal.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.cm', 'gmail.com'],
    ['gmail.de', 'gmail.com'],
    ['gmail.co.uk', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['hotnail.com', 'hotmail.com'],
    ['hotmial.co.uk', 'hotmail.co.uk'],
    ['hotmail.comm', 'hotmail.com'],
    ['yaho.com', 'yahoo.com'],
    ['yahooo.fr', 'yahoo.fr'],
    ['yahoo.cmo', 'yahoo.com'],
    ['outlok.com', 'outlook.com'],
    ['iclould.com', 'icloud.com'],
    ['protnmial.com', 'protonmail.com'],
    ['hosmail.com', 'hotmail.com'],
    ['comcast.ent', 'comcast.net'],
    ['gmx.nte', 'gmx.net'],
    ['example.con', 'example.com'],
    ['shop.example.ogr', 'shop.example.org'],
  ])('%s is answered with %s', (typed, meant) => {
    expect(hintsFor(parsed(`Mia.W@${typed}`))).toEqual([{ kind: 'typo', suggestion: `Mia.W@${meant}` }]);
  });

  it.each([
    ...[
      'gmx.net',
      'gmx.at',
      'mail.com',
      'ymail.com',
      'email.com',
      'hotmail.co.uk',
      'foxmail.com',
      'googlemail.com',
    ],
    ...['yahoo.co.in', 'live.de', 'life.com', 'five.com', 'me.com', 'aon.com', 'outdoor.com', 'example.com'],
    ...[
      'example.co',
      'example.cm',
      'gmail.example.com',
      'mail.example.com',
      'brotonmial.com',
      'never.com',
      'bbc.co.uk',
      'grange.fr',
    ],
  ])('is not seen in %s', (domain) => {
    expect(suggestDomain(domain)).toBeNull();
  });

  it('is never seen in a domain that is a mail service itself', () => {
    for (const [name, endings] of services) {
      for (const ending of endings) expect(suggestDomain(`${name}.${ending}`)).toBeNull();
    }
  });

  it('is looked for only among services that are in the table', () => {
    expect(slipTargets.filter((name) => !services.has(name))).toEqual([]);
  });

  it('is seen when any letter of a long name is missing, doubled or swapped', () => {
    for (const name of slipTargets.filter((target) => target.length > 4)) {
      const ending = services.get(name)?.[0] ?? '';
      for (let i = 1; i < name.length - 1; i += 1) {
        const missing = name.slice(0, i) + name.slice(i + 1);
        const doubled = name.slice(0, i) + name.charAt(i) + name.slice(i);
        const swapped = name.slice(0, i) + name.charAt(i + 1) + name.charAt(i) + name.slice(i + 2);
        for (const slip of [missing, doubled, swapped]) {
          const domain = `${slip}.${ending}`;
          if (!isKnownDomain(domain))
            expect([domain, suggestDomain(domain)]).toEqual([domain, `${name}.${ending}`]);
        }
      }
    }
  });
});

describe('the distance between two names', () => {
  it.each([
    ['gmail', 'gmail', 0],
    ['gmial', 'gmail', 1],
    ['gmal', 'gmail', 1],
    ['gmaill', 'gmail', 1],
    ['gnail', 'gmail', 1],
    ['', 'abc', 3],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s: %i', (a, b, distance) => {
    expect(slips(a, b)).toBe(distance);
  });

  it('is the same both ways, zero only between equals, and never more than the longer name', () => {
    const name = fc.stringMatching(/^[abc]{0,6}$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(slips(a, b)).toBe(slips(b, a));
        expect(slips(a, b) === 0).toBe(a === b);
        expect(slips(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(slips(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe('notes', () => {
  it.each(['info@example.com', 'Admin@example.com', 'postmaster@example.com', 'no-reply+x@example.com'])(
    'say that %s is a role',
    (entered) => {
      expect(hintsFor(parsed(entered))).toEqual([{ kind: 'role' }]);
    },
  );

  it.each(['mia@mailinator.com', 'mia@anything.mailinator.com', 'mia@yopmail.fr'])(
    'say that %s is disposable',
    (entered) => {
      expect(hintsFor(parsed(entered))).toEqual([{ kind: 'disposable' }]);
    },
  );

  it.each([
    'mia@example.com',
    'information@example.com',
    'mia@notmailinator.com',
    'mia@mailinator.com.example.org',
  ])('say nothing about %s', (entered) => {
    expect(hintsFor(parsed(entered))).toEqual([]);
  });
});

describe('hints', { timeout: 60_000 }, () => {
  it('never change the address', () => {
    fc.assert(
      fc.property(plausibleAddress, (entered) => {
        const result = parseAddress(entered);
        fc.pre(result.ok);
        const before = { ...result.value };
        hintsFor(Object.freeze(result.value));
        expect(result.value).toEqual(before);
      }),
    );
  });

  it('suggest only what parses, keeps the local part and gives no reason for another suggestion', () => {
    const slip = fc.tuple(
      fc.constantFrom(...slipTargets),
      fc.nat(9),
      fc.stringMatching(/^[a-z0-9]$/),
      fc.constantFrom('com', 'con', 'co', 'net', 'nte', 'de', 'cmo'),
    );
    fc.assert(
      fc.property(slip, ([name, at, letter, ending]) => {
        const domain = `${name.slice(0, at)}${letter}${name.slice(at + 1)}.${ending}`;
        const hint = hintsFor(parsed(`Mia+x@${domain}`)).find(({ kind }) => kind === 'typo');
        fc.pre(hint?.kind === 'typo');
        const suggested = parsed(hint.suggestion);
        expect(suggested.delivery).toBe(hint.suggestion);
        expect(suggested.delivery.startsWith('Mia+x@')).toBe(true);
        expect(hintsFor(suggested).some(({ kind }) => kind === 'typo')).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
