/** @file The ranges of the policy, and what it promises about guessing. */
import { describe, expect, it } from 'vitest';
import { chance, checkPolicy, coolDown, defaultPolicy } from '../../../src/main/ledger/policy.ts';
import type { Policy } from '../../../src/shared/words.ts';

const usual = defaultPolicy('gmail');

describe('checkPolicy', () => {
  it.each<[keyof Policy, number, number]>([
    ['codeLength', 6, 8],
    ['lifetimeMinutes', 2, 10],
    ['guesses', 3, 5],
    ['addressGuesses', 5, 20],
    ['addressSends', 1, 5],
    ['accountSends', 1, 400],
  ])('takes %s from %i to %i and nothing else [T-policy-range]', (field, min, max) => {
    for (const value of [min, max]) expect(checkPolicy({ ...usual, [field]: value }, 'gmail').ok).toBe(true);
    for (const value of [min - 1, max + 1, min + 0.5, NaN, Infinity, -1, String(min), null, undefined]) {
      expect(checkPolicy({ ...usual, [field]: value }, 'gmail')).toEqual({
        ok: false,
        problem: { code: 'out-of-policy', field },
      });
    }
  });

  it('lets Workspace and other servers send 1,900 a day', () => {
    expect(checkPolicy({ ...usual, accountSends: 1_900 }, 'workspace').ok).toBe(true);
    expect(checkPolicy({ ...usual, accountSends: 1_900 }, 'server').ok).toBe(true);
    expect(checkPolicy({ ...usual, accountSends: 1_901 }, 'server').ok).toBe(false);
    expect(checkPolicy({ ...usual, accountSends: 401 }, null).ok).toBe(false);
  });

  it.each([[null], ['policy'], [[]], [7], [undefined], [Object.create(usual)]])('refuses %s', (value) => {
    expect(checkPolicy(value, 'gmail').ok).toBe(false);
  });

  it('keeps nothing that is not a field', () => {
    const checked = checkPolicy({ ...usual, extra: 1, ['__proto__']: { guesses: 99 } }, 'gmail');
    expect(checked).toEqual({ ok: true, value: usual });
  });
});

describe('chance', () => {
  it('is 1 in 200,000 a verification and 1 in 50,000 an address and day by default [T-policy-chances]', () => {
    expect(chance(usual)).toEqual({ verificationOneIn: 200_000, addressDayOneIn: 50_000 });
  });
  it('never claims more than guesses / 10ⁿ [T-policy-chance-bound]', () => {
    for (let guesses = 3; guesses <= 5; guesses += 1) {
      const { verificationOneIn } = chance({ ...usual, guesses });
      expect(1 / verificationOneIn).toBeGreaterThanOrEqual(guesses / 1_000_000);
    }
  });
});

describe('coolDown', () => {
  it('is 30 seconds after the first message and 60 after every other [T-policy-cooldown]', () => {
    expect([1, 2, 3, 4].map(coolDown)).toEqual([30_000, 60_000, 60_000, 60_000]);
  });
});
