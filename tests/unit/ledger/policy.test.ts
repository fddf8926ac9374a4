/** @file What the policy promises about guessing, and how long one waits before the next message. */
import { describe, expect, it } from 'vitest';
import { chance, coolDown } from '../../../src/main/ledger/policy.ts';
import { defaultChoices } from '../../../src/shared/choices.ts';

const usual = defaultChoices('gmail');

describe('chance', () => {
  it('is 1 in 200,000 a verification, 1 in 50,000 an address and day and 1 in 5,000 a day by default [T-policy-chances]', () => {
    expect(chance(usual)).toEqual({
      verificationOneIn: 200_000,
      addressDayOneIn: 50_000,
      deskDayOneIn: 5_000,
    });
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
