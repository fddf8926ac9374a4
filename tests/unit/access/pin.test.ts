/** @file Which PINs are taken, what is kept of them, and a recovery code however it was typed. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeName } from '../../../src/main/access/name.ts';
import { cleanRecoveryCode, newRecoveryCode, pinFault, stretch } from '../../../src/main/access/pin.ts';
import { LONGEST_WAIT_MS, waitMs } from '../../../src/main/access/waits.ts';
import { NAME_BYTES } from '../../../src/shared/access.ts';
import { fail, ok } from '../../../src/shared/result.ts';

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };

describe('a new PIN', () => {
  it.each([
    ['operator', '4827', null],
    ['operator', '482', 'too-short'],
    ['operator', '', 'too-short'],
    ['owner', '48271', 'too-short'],
    ['owner', '482715', null],
    ['owner', '4827154827154', 'too-long'],
    ['owner', '48271a', 'not-digits'],
    ['owner', '４８２７１５', 'not-digits'],
    ['operator', '48 27', 'not-digits'],
    ['operator', '0000', 'too-simple'],
    ['operator', '1234', 'too-simple'],
    ['owner', '987654', 'too-simple'],
    ['operator', '2468', 'too-simple'],
    ['operator', '1235', null],
  ] as const)('of the %s, %j, is judged: %s', (whose, pin, why) => {
    expect(pinFault(pin, whose)).toBe(why);
  });
});

describe('what is kept of a PIN', () => {
  it('depends on the key and on whose it is, so that one tells nothing of another [T-pin-kept]', async () => {
    const [key, other] = [random.bytes(32), random.bytes(32)];
    const kept = await Promise.all([
      stretch(key, 'owner', '482715'),
      stretch(key, 'aB3_-9', '482715'),
      stretch(other, 'owner', '482715'),
      stretch(key, 'owner', '482716'),
    ]);
    expect(new Set(kept.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(4);
    expect(await stretch(key, 'owner', '482715')).toEqual(kept[0]);
  });
});

describe('a recovery code', () => {
  it('is a hundred bits, in letters and digits that are not mistaken for others', () => {
    const codes = Array.from({ length: 500 }, () => newRecoveryCode(random));
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/);
    expect(new Set(codes).size).toBe(500);
    const letters = new Set(codes.join('').replaceAll('-', ''));
    expect(letters.size, 'every letter comes').toBe(32);
  });

  it('is taken in any case, with or without dashes, and with letters read for digits', () => {
    const clean = '01K2M0VX3A9ZT5C14HRW';
    for (const typed of ['01K2M-0VX3A-9ZT5C-14HRW', '01k2m0vx3a9zt5c14hrw', ' oik2m-Ovx3a 9zt5c l4hrw '])
      expect(cleanRecoveryCode(typed)).toBe(clean);
  });
});

describe('the wait after wrong PINs', () => {
  it('begins at the third, doubles, reaches fifteen minutes, and goes no further [T-pin-waits-grow]', () => {
    const seconds = Array.from({ length: 12 }, (_, wrong) => waitMs(wrong) / 1_000);
    expect(seconds).toEqual([0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900]);
    for (const wrong of [50, 1_000, 2 ** 31, Number.MAX_SAFE_INTEGER])
      expect(waitMs(wrong)).toBe(LONGEST_WAIT_MS);
  });
});

describe('a name', () => {
  it.each([
    ['  Anna ', ok('Anna')],
    ['Jose\u0301', ok('José')],
    ['', fail({ code: 'operator-name', why: 'empty' })],
    ['   ', fail({ code: 'operator-name', why: 'empty' })],
    ['An\nna', fail({ code: 'operator-name', why: 'control-character' })],
    ['An\u202Ena', fail({ code: 'operator-name', why: 'control-character' })],
    ['An\u200Bna', fail({ code: 'operator-name', why: 'control-character' })],
    ['An\uD800na', fail({ code: 'operator-name', why: 'control-character' })],
    ['KARIM', fail({ code: 'operator-name', why: 'taken' })],
    ['漢'.repeat(14), fail({ code: 'operator-name', why: 'too-long' })],
    ['x'.repeat(NAME_BYTES), ok('x'.repeat(NAME_BYTES))],
    ['x'.repeat(NAME_BYTES + 1), fail({ code: 'operator-name', why: 'too-long' })],
  ])('%j is judged', (typed, judged) => expect(judgeName(typed, ['Karim'])).toEqual(judged));
});
