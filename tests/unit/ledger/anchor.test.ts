/** @file How a store can stand to its anchor, case by case. */
import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  compare,
  formatAnchor,
  parseAnchor,
  type Step,
} from '../../../src/main/ledger/anchor.ts';
import { defaultChoices } from '../../../src/shared/choices.ts';
import { numbersOf } from '../../../src/main/ledger/policy.ts';
import { ISSUER_PREFIX } from '../../../src/main/journal/claims.ts';
import type { Meta } from '../../../src/main/ports/records.ts';
import { fail, ok } from '../../../src/shared/result.ts';

const meta: Meta = {
  storeId: 'a'.repeat(32),
  counter: 7,
  link: 'seven',
  keys: '0123456789abcdef',
  highest: 0,
  budget: 0,
  entry: null,
  frozen: null,
};
const guess: Step = {
  kind: 'guess',
  id: 'b'.repeat(32),
  ordinal: 1,
  at: 5,
  addressHash: 'hash',
  odds: 100,
  typed: 'what was typed',
  now: 5,
};
const send: Step = {
  kind: 'send',
  id: 'b'.repeat(32),
  ordinal: 1,
  at: 5,
  addressHash: 'hash',
  accountHash: 'account',
};
const anchor: Anchor = {
  storeId: meta.storeId,
  counter: 7,
  link: 'seven',
  previous: 'six',
  policy: numbersOf(defaultChoices('gmail')),
  at: 5,
  digest: 'all rows',
  entry: { iss: 'a journal', n: 3, digest: 'an entry', iat: 5, key: 'a key' },
  step: guess,
};
const next: Anchor = { ...anchor, counter: 8, link: 'eight', previous: 'seven' };
const unused: Meta = { ...meta, counter: 0 };
/** With a journal that ends so. */
const ending = (n: number, digest: string): Meta => ({
  ...meta,
  entry: { iss: 'a journal', n, digest, iat: 5, key: 'a key' },
});

describe('compare', () => {
  it.each<[string, ReturnType<typeof compare>, Meta, Anchor | null, string[], boolean]>([
    ['nothing was ever used', 'fresh', unused, null, [], false],
    [
      'an anchor of another store that was never used',
      'fresh',
      unused,
      { ...anchor, storeId: 'x', counter: 0 },
      [],
      true,
    ],
    ['both at the same step', 'in-step', meta, anchor, [], true],
    ['a guess was announced and not charged', 'step-ahead', meta, next, [], true],
    ['a message was announced and not charged', 'step-ahead', meta, { ...next, step: send }, [], true],
    ['one step ahead of other rows', 'restored', meta, { ...next, digest: 'others' }, [], true],
    ['the anchor is older', 'anchor-behind', meta, { ...anchor, counter: 3 }, [], true],
    ['a write of ours failed and arrived', 'anchor-behind', meta, next, ['eight'], true],
    ['a write of ours failed and arrived late', 'anchor-behind', meta, { ...anchor, link: 'x' }, ['x'], true],
    ['the same number of steps on another way', 'restored', meta, { ...anchor, link: 'x' }, [], true],
    ['one step ahead on another way', 'restored', meta, { ...next, previous: 'x' }, [], true],
    ['one step ahead without a step', 'restored', meta, { ...next, step: null }, [], true],
    ['two steps ahead', 'restored', meta, { ...next, counter: 9 }, [], true],
    ['another store', 'restored', meta, { ...anchor, storeId: 'x' }, [], true],
    ['an unused store beside a used anchor', 'restored', unused, { ...anchor, storeId: 'x' }, [], true],
    [
      'a used store beside an unused anchor',
      'restored',
      meta,
      { ...anchor, storeId: 'x', counter: 0 },
      [],
      true,
    ],
    ['fewer entries than the anchor remembers', 'restored', ending(2, 'an entry'), anchor, [], true],
    ['as many entries, the last another one', 'restored', ending(3, 'another'), anchor, [], true],
    ['the entry that the anchor remembers', 'in-step', ending(3, 'an entry'), anchor, [], true],
    ['an entry more than the anchor remembers', 'in-step', ending(4, 'another'), anchor, [], true],
    ['no anchor beside a used store', 'restored', meta, null, [], true],
    ['no anchor and no store, but keys', 'restored', unused, null, [], true],
  ])('%s: %s', (_, standing, store, vault, unconfirmed, keysExist) => {
    const digest = 'all rows';
    expect(compare({ meta: store, digest }, vault, new Set(unconfirmed), keysExist)).toBe(standing);
  });
});

describe('parseAnchor', () => {
  it.each([anchor, { ...anchor, step: send }, { ...anchor, step: null, at: null }])(
    'reads what was written',
    (it) => {
      expect(parseAnchor(formatAnchor(it))).toEqual(ok(it));
    },
  );

  it.each([
    { ...anchor, counter: -1 },
    { ...anchor, counter: 1.5 },
    { ...anchor, counter: '7' },
    { ...anchor, link: null },
    { ...anchor, at: 'now' },
  ])('takes a damaged one for none: %j', (damaged) => {
    expect(parseAnchor(JSON.stringify({ version: 1, ...damaged }))).toEqual(ok(null));
  });

  it.each([
    'guess',
    { ...guess, kind: 'refund' },
    { ...guess, addressHash: undefined },
    { ...guess, ordinal: null },
    { ...guess, typed: 4 },
    { ...send, accountHash: null },
  ])('leaves out a step that it can’t read, and nothing else: %j', (step) => {
    expect(parseAnchor(JSON.stringify({ version: 1, ...anchor, step }))).toEqual(
      ok({ ...anchor, step: null }),
    );
  });

  it('of a later version is told as that, whatever else is in it', () => {
    expect(parseAnchor('{"version":2}')).toEqual(fail('later'));
    expect(parseAnchor(JSON.stringify({ ...anchor, version: 2 }))).toEqual(fail('later'));
  });

  it('without the policy, which an earlier one had not, is read all the same', () => {
    expect(parseAnchor(JSON.stringify({ version: 1, ...anchor, policy: undefined }))).toEqual(
      ok({ ...anchor, policy: null }),
    );
  });

  it('with fields that it does not know is read without them', () => {
    const more = { version: 1, ...anchor, more: 1, step: { ...guess, more: 1 } };
    expect(parseAnchor(JSON.stringify(more))).toEqual(ok(anchor));
  });
});

describe('the longest anchor', () => {
  const HASH = '_'.repeat(43);
  const longest: Anchor = {
    ...{ storeId: 'a'.repeat(32), link: 'b'.repeat(32), previous: 'c'.repeat(32), digest: HASH },
    ...{ counter: Number.MAX_SAFE_INTEGER, at: Number.MAX_SAFE_INTEGER },
    policy: Object.fromEntries(
      Object.keys(numbersOf(defaultChoices('gmail'))).map((name) => [name, Number.MAX_SAFE_INTEGER]),
    ),
    entry: {
      ...{ iss: ISSUER_PREFIX + HASH, digest: HASH, key: HASH },
      ...{ n: Number.MAX_SAFE_INTEGER, iat: Number.MAX_SAFE_INTEGER },
    },
    step: {
      ...{ kind: 'guess', id: 'd'.repeat(32), addressHash: HASH, typed: HASH },
      ...{ ordinal: Number.MAX_SAFE_INTEGER, at: Number.MAX_SAFE_INTEGER, now: Number.MAX_SAFE_INTEGER },
      odds: Number.MAX_SAFE_INTEGER,
    },
  };
  const { step } = longest;
  const sent: Anchor = {
    ...longest,
    step: step && {
      ...{ kind: 'send', id: step.id, ordinal: step.ordinal, at: step.at },
      ...{ addressHash: HASH, accountHash: HASH },
    },
  };

  it.each([longest, sent])('fits into a vault item: fewer than 2,000 plain characters', (it) => {
    const text = formatAnchor(it);
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(text.length).toBeLessThan(2_000);
    // As long as it can be, and still read.
    expect(parseAnchor(text)).toEqual(ok(it));
  });
});
