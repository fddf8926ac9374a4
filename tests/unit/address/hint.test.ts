/** @file Hints before sending: a likely slip is named, a role or a disposable mailbox is noted, nothing is changed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hintsFor } from '../../../src/main/address/hint.ts';
import {
  disposableDomains,
  isKnownDomain,
  properNames,
  services,
  soundsLike,
  typedDaily,
} from '../../../src/main/address/known-domains.ts';
import { parseAddress } from '../../../src/main/address/parse.ts';
import { slipOf, slips } from '../../../src/main/address/typo.ts';
import { parsed, plausibleAddress } from './addresses.ts';
import { REAL_DOMAINS } from './real-domains.ts';

describe('a likely slip', { timeout: 60_000 }, () => {
  it.each([
    // Letters swapped, lost, doubled, or hit beside their key, in what is typed every day.
    ['gmial.com', 'gmail.com'],
    ['gamil.com', 'gmail.com'],
    ['gmali.com', 'gmail.com'],
    ['mgail.com', 'gmail.com'],
    ['gmal.com', 'gmail.com'],
    ['gmil.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gmmail.com', 'gmail.com'],
    ['ggmail.com', 'gmail.com'],
    ['gmaiil.com', 'gmail.com'],
    ['gnail.com', 'gmail.com'],
    ['gmsil.com', 'gmail.com'],
    ['gmaik.com', 'gmail.com'],
    ['gmaul.com', 'gmail.com'],
    ['googlemial.com', 'googlemail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotmal.com', 'hotmail.com'],
    ['homail.com', 'hotmail.com'],
    ['hotmai.com', 'hotmail.com'],
    ['hotmaill.com', 'hotmail.com'],
    ['hotnail.com', 'hotmail.com'],
    ['hotmial.co.uk', 'hotmail.co.uk'],
    ['yaho.com', 'yahoo.com'],
    ['yhoo.com', 'yahoo.com'],
    ['yahooo.com', 'yahoo.com'],
    ['yahooo.fr', 'yahoo.fr'],
    ['yhaoo.com', 'yahoo.com'],
    ['yaohoo.com', null],
    ['outlok.com', 'outlook.com'],
    ['outloo.com', 'outlook.com'],
    ['outllook.com', 'outlook.com'],
    ['oultook.com', 'outlook.com'],
    ['iclod.com', 'icloud.com'],
    ['icoud.com', 'icloud.com'],
    ['icluod.com', 'icloud.com'],
    ['protonmial.com', 'protonmail.com'],
    // Letters that look like others.
    ['grnail.com', 'gmail.com'],
    ['hotrnail.com', 'hotmail.com'],
    ['yah00.com', 'yahoo.com'],
    ['outl00k.com', 'outlook.com'],
    ['gmai1.com', 'gmail.com'],
    ['icl0ud.com', 'icloud.com'],
    // An ending that does not exist, or that the service does not have.
    ['gmail.con', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.cm', 'gmail.com'],
    ['gmail.de', 'gmail.com'],
    ['gmail.co.uk', 'gmail.com'],
    ['gmail.comm', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['hotmail.comm', 'hotmail.com'],
    ['hotmail.couk', 'hotmail.co.uk'],
    ['yahoo.cmo', 'yahoo.com'],
    ['yahoo.co', 'yahoo.com'],
    ['comcast.ent', 'comcast.net'],
    ['gmx.nte', 'gmx.net'],
    ['gmx.dee', 'gmx.de'],
    ['web.dee', 'web.de'],
    ['example.con', 'example.com'],
    ['example.dee', 'example.de'],
    ['example.couk', 'example.co.uk'],
    ['example.comau', 'example.com.au'],
    ['shop.example.ogr', 'shop.example.org'],
    ['www.gmail.com', 'gmail.com'],
    ['www.web.de', 'web.de'],
    // The key above stands a little to the right or to the left.
    ['gmaip.com', 'gmail.com'],
    ['gmwil.com', 'gmail.com'],
    // A name of its own.
    ['gail.com', null],
  ])('%s is answered with %s, whatever DNS says', (typed, meant) => {
    const hints = meant === null ? [] : [{ kind: 'typo', suggestion: `Mia.W@${meant}` }];
    for (const takes of ['yes', 'unknown'] as const)
      expect(hintsFor(parsed(`Mia.W@${typed}`), takes)).toEqual(hints);
  });

  it.each([
    ['gxm.de', 'gmx.de'],
    ['gmxx.de', 'gmx.de'],
    ['gm.de', 'gmx.de'],
    ['wbe.de', 'web.de'],
    ['wb.de', 'web.de'],
    ['aoll.com', 'aol.com'],
    ['alo.com', 'aol.com'],
    ['mns.com', 'msn.com'],
    ['gmale.com', 'gmail.com'],
    ['jmail.com', 'gmail.com'],
    ['hotmale.com', 'hotmail.com'],
    ['yahu.com', 'yahoo.com'],
    ['outluk.com', 'outlook.com'],
    ['hosmail.com', 'hotmail.com'],
    ['iclould.com', 'icloud.com'],
    ['protnmial.com', 'protonmail.com'],
    ['yaohoo.com', 'yahoo.com'],
    ['ferenet.de', 'freenet.de'],
    ['t-onlien.de', 't-online.de'],
    ['tonline.de', 't-online.de'],
    ['poseto.de', 'posteo.de'],
    ['wanado.fr', 'wanadoo.fr'],
    ['ornage.fr', 'orange.fr'],
    ['lapost.net', 'laposte.net'],
    ['blewin.ch', 'bluewin.ch'],
    ['gmx.dw', 'gmx.de'],
    ['yahoo.ft', 'yahoo.fr'],
    ['btinternt.com', 'btinternet.com'],
    ['comcats.net', 'comcast.net'],
    ['seznma.cz', 'seznam.cz'],
    ['interai.pl', 'interia.pl'],
    ['liebro.it', 'libero.it'],
    ['yanedx.ru', 'yandex.ru'],
    ['navre.com', 'naver.com'],
    ['live.con', 'live.com'],
    ['cloud.com', 'icloud.com'],
    ['hmail.com', 'gmail.com'],
  ])('%s is answered with %s when DNS says that it takes no mail', (typed, meant) => {
    expect(hintsFor(parsed(`mia@${typed}`), 'no')).toEqual([{ kind: 'typo', suggestion: `mia@${meant}` }]);
  });

  it.each([
    'example.com',
    'gmail.example.com',
    'mail.example.com',
    'brotonmial.com',
    'bbc.co.uk',
    'outdoor.com',
  ])('is not seen in %s, even when it takes no mail', (domain) => {
    expect(slipOf(domain)).toBeNull();
    expect(hintsFor(parsed(`mia@${domain}`), 'no')).toEqual([{ kind: 'no-mail-server' }]);
  });

  it('is never seen in a domain that is a mail service itself', () => {
    for (const [name, endings] of services)
      for (const ending of endings) expect(slipOf(`${name}.${ending}`)).toBeNull();
  });

  it('is looked for only among services that are in the table', () => {
    for (const names of [properNames, typedDaily, soundsLike.values()])
      expect([...names].filter((name) => !services.has(name))).toEqual([]);
  });

  it('is seen when any letter of a long name is missing, doubled or swapped', () => {
    for (const name of [...properNames].filter((target) => target.length > 4)) {
      const ending = services.get(name)?.[0] ?? '';
      for (let i = 1; i < name.length - 1; i += 1) {
        const missing = name.slice(0, i) + name.slice(i + 1);
        const doubled = name.slice(0, i) + name.charAt(i) + name.slice(i);
        const swapped = name.slice(0, i) + name.charAt(i + 1) + name.charAt(i) + name.slice(i + 2);
        for (const slip of [missing, doubled, swapped]) {
          const domain = `${slip}.${ending}`;
          if (isKnownDomain(domain) || slip === 'gail') continue;
          const said = [domain, slipOf(domain)];
          expect(said).toEqual([domain, { meant: `${name}.${ending}`, sure: typedDaily.has(name) }]);
        }
      }
    }
  });
});

describe('a domain that people have mail at', () => {
  const known = [...services].flatMap(([name, endings]) => endings.map((ending) => `${name}.${ending}`));

  it('is one of at least four hundred, sixty of which stand near a service, and in no list of the program', () => {
    expect(REAL_DOMAINS.length).toBeGreaterThanOrEqual(400);
    expect(REAL_DOMAINS.filter((domain) => isKnownDomain(domain) || disposableDomains.has(domain))).toEqual(
      [],
    );
    const near = REAL_DOMAINS.filter((domain) => known.some((service) => slips(domain, service) <= 2));
    expect(near.length).toBeGreaterThanOrEqual(60);
  });

  it.each(REAL_DOMAINS)('%s raises no alarm, also when DNS says nothing', (domain) => {
    for (const takes of ['yes', 'unknown'] as const)
      expect(hintsFor(parsed(`mia.keller@${domain}`), takes)).toEqual([]);
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

describe('what stands in front', () => {
  it.each([
    ["'mia@example.com", "'", 'mia@example.com'],
    ["'o'neil@example.com", "'", "o'neil@example.com"],
    ['www.mia@example.com', 'www.', 'mia@example.com'],
    ['WWW.Mia@example.com', 'WWW.', 'Mia@example.com'],
  ])('of %s was most likely pasted along, and is offered to go', (entered, extra, suggestion) => {
    expect(hintsFor(parsed(entered), 'yes')).toEqual([{ kind: 'extra', extra, suggestion }]);
    expect(hintsFor(parsed(suggestion), 'yes')).toEqual([]);
  });

  it.each(["o'neil@example.com", 'wwwmia@example.com', 'mia.www.x@example.com'])(
    'of %s is its own',
    (entered) => {
      expect(hintsFor(parsed(entered), 'yes')).toEqual([]);
    },
  );
});

describe('notes', () => {
  it.each(['info@example.com', 'Admin@example.com', 'postmaster@example.com', 'no-reply+x@example.com'])(
    'say that %s is a role',
    (entered) => {
      expect(hintsFor(parsed(entered), 'yes')).toEqual([{ kind: 'role' }]);
    },
  );

  it.each(['mia@mailinator.com', 'mia@anything.mailinator.com', 'mia@yopmail.fr'])(
    'say that %s is disposable',
    (entered) => {
      expect(hintsFor(parsed(entered), 'yes')).toEqual([{ kind: 'disposable' }]);
    },
  );

  it.each([
    'mia@example.com',
    'information@example.com',
    'mia@notmailinator.com',
    'mia@mailinator.com.example.org',
  ])('say nothing about %s', (entered) => {
    expect(hintsFor(parsed(entered), 'yes')).toEqual([]);
  });
});

describe('hints', { timeout: 60_000 }, () => {
  it('never change the address', () => {
    fc.assert(
      fc.property(plausibleAddress, (entered) => {
        const result = parseAddress(entered);
        fc.pre(result.ok);
        const before = { ...result.value };
        hintsFor(Object.freeze(result.value), 'no');
        expect(result.value).toEqual(before);
      }),
    );
  });

  it('suggest only what parses, keeps the local part and gives no reason for another suggestion', () => {
    const slip = fc.tuple(
      fc.constantFrom(...services.keys()),
      fc.nat(9),
      fc.stringMatching(/^[a-z0-9]$/),
      fc.constantFrom('com', 'con', 'co', 'net', 'nte', 'de', 'cmo'),
    );
    fc.assert(
      fc.property(slip, ([name, at, letter, ending]) => {
        const domain = `${name.slice(0, at)}${letter}${name.slice(at + 1)}.${ending}`;
        const hint = hintsFor(parsed(`Mia+x@${domain}`), 'no').find(({ kind }) => kind === 'typo');
        fc.pre(hint?.kind === 'typo');
        const suggested = parsed(hint.suggestion);
        expect(suggested.delivery).toBe(hint.suggestion);
        expect(suggested.delivery.startsWith('Mia+x@')).toBe(true);
        expect(hintsFor(suggested, 'yes').some(({ kind }) => kind === 'typo')).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
