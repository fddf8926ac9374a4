/** @file What a code depends on, and that every code is as likely as any other. */
import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codeFromMac, deriveCode, reduce, sameCode } from '../../../src/main/verification/code.ts';
import { requestOf } from '../../../src/shared/request.ts';

const WORDS = 2 ** 32;
const keyOf = (byte: number) => createSecretKey(new Uint8Array(32).fill(byte));
const key = keyOf(7);
const base = {
  key,
  id: '00112233445566778899aabbccddeeff',
  signIn: '["smtp.gmail.com","desk@gmail.com","desk@gmail.com"]',
  canonical: 'maria@example.test',
  request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
  length: 6,
};

describe('deriveCode', () => {
  it('is the reduced HMAC-SHA-256 of the length-prefixed parts [T-code-hmac]', () => {
    const message =
      '18:countersign code 1' +
      '32:00112233445566778899aabbccddeeff' +
      '52:["smtp.gmail.com","desk@gmail.com","desk@gmail.com"]18:maria@example.test' +
      // The euro sign has three bytes.
      '7:payment6:amount8:€49.905:payee14:Harbour Clinic' +
      '1:0';
    const first = createHmac('sha256', key).update(message).digest().readUInt32BE(0);
    expect(first).toBeLessThan(4_294_000_000);
    expect(deriveCode(base)).toBe(String(first % 1_000_000).padStart(6, '0'));
  });

  it('gives the same code every time, so that a resend and a restart change nothing [T-code-derived]', () => {
    expect(deriveCode({ ...base })).toBe(deriveCode(base));
  });

  it.each<[string, Partial<Parameters<typeof deriveCode>[0]>]>([
    ['key', { key: keyOf(8) }],
    ['verification', { id: '10112233445566778899aabbccddeeff' }],
    ['account', { signIn: '["smtp.evil.example","desk@gmail.com","desk@gmail.com"]' }],
    ['address', { canonical: 'mario@example.test' }],
    ['amount', { request: requestOf('payment', { amount: '€49.91', payee: 'Harbour Clinic' }) }],
    ['payee', { request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinics' }) }],
    ['purpose', { request: requestOf('sign-in') }],
    [
      'name of a detail',
      {
        request: {
          purpose: 'payment',
          details: [
            { name: 'fee', value: '€49.90' },
            { name: 'payee', value: 'Harbour Clinic' },
          ],
        },
      },
    ],
    ['desk’s own words', { request: requestOf('other', { what: '€49.90' }) }],
  ])('gives another code for another %s [T-code-bound]', (_, change) => {
    expect(deriveCode({ ...base, ...change })).not.toBe(deriveCode(base));
  });

  it('does not take details that were cut elsewhere for the same [T-code-details-cut]', () => {
    const codes = [
      requestOf('payment', { amount: 'ab', payee: 'c' }),
      requestOf('payment', { amount: 'a', payee: 'bc' }),
      requestOf('payment', { amount: 'abc', payee: '' }),
    ];
    expect(new Set(codes.map((request) => deriveCode({ ...base, request }))).size).toBe(3);
  });

  it('keeps its leading zeros', () => {
    const codes = Array.from({ length: 2_000 }, (_, n) => deriveCode({ ...base, id: String(n) }));
    expect(codes.filter((code) => code.startsWith('0')).length).toBeGreaterThan(100);
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  });
});

describe.each([6, 7, 8])('reduce to %i digits', (length) => {
  const codes = 10 ** length;
  const fair = Math.floor(WORDS / codes) * codes;
  const zeros = '0'.repeat(length);
  const nines = '9'.repeat(length);

  it('reaches all zeros and all nines [T-code-extremes]', () => {
    expect(reduce(0, length)).toBe(zeros);
    expect(reduce(codes, length)).toBe(zeros);
    expect(reduce(codes - 1, length)).toBe(nines);
  });

  it('takes the last word below the boundary and rejects the first at it [T-code-rejection]', () => {
    expect(reduce(fair - 1, length)).toBe(nines);
    expect(reduce(fair, length)).toBeNull();
    expect(reduce(WORDS - 1, length)).toBeNull();
  });

  it('passes over rejected words to the next', () => {
    const mac = Buffer.alloc(32, 0xff);
    [fair, WORDS - 1, 42, 43].forEach((word, index) => mac.writeUInt32BE(word, index * 4));
    expect(codeFromMac(() => mac, length)).toBe('42'.padStart(length, '0'));
  });

  it('gives every code the same number of words [T-code-uniform]', () => {
    // fair is a whole multiple of 10ⁿ and every word below it counts: fair / 10ⁿ words a code, exactly.
    expect(fair % codes).toBe(0);
    expect(WORDS - fair).toBeLessThan(codes);
  });

  it('asks for another MAC when all eight words are rejected', () => {
    const macs = [Buffer.alloc(32, 0xff), Buffer.alloc(32, 0xff), Buffer.alloc(32)];
    macs[2]?.writeUInt32BE(123_456, 0);
    const asked: number[] = [];
    const code = codeFromMac((counter) => {
      asked.push(counter);
      return macs[counter] ?? Buffer.alloc(0);
    }, length);
    expect(code).toBe('123456'.padStart(length, '0'));
    expect(asked).toEqual([0, 1, 2]);
  });
});

describe('sameCode', () => {
  const code = (word: number, length = 6) => {
    const made = reduce(word, length);
    if (made === null) throw new Error('rejected');
    return made;
  };
  it('tells equal from unequal, and never compares different lengths [T-code-compare]', () => {
    expect(sameCode(code(123_456), code(123_456))).toBe(true);
    expect(sameCode(code(123_456), code(123_457))).toBe(false);
    expect(sameCode(code(123_456), code(123_456, 7))).toBe(false);
  });
});
