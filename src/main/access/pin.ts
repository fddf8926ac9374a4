/**
 * @file PINs and the recovery code: which are taken, and what is kept of them. Kept is scrypt of a keyed hash, so that
 * neither the kept value nor the key alone can be guessed at.
 */
import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from '../ports/random.ts';
import { PIN_DIGITS, type PinFault } from '../../shared/access.ts';

/**
 * OWASP Password Storage Cheat Sheet, "scrypt": N=2^15, r=8, p=3 is one of the settings it holds for equal, and needs
 * 32 MB. A PIN has few values: what bounds guessing at the desk are the waits (waits.ts).
 */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 } as const;
const HASH_BYTES = 16;

/** Characters that can be read out over a telephone: Crockford's, without I, L, O and U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 100 bits: nothing that has to be counted against. */
const RECOVERY_LETTERS = 20;

/** What is wrong with a new PIN; null when it is taken. */
export function pinFault(pin: string, whose: keyof typeof PIN_DIGITS): PinFault | null {
  const { min, max } = PIN_DIGITS[whose];
  if (!/^\d*$/.test(pin)) return 'not-digits';
  if (pin.length < min) return 'too-short';
  if (pin.length > max) return 'too-long';
  return isSimple(pin) ? 'too-simple' : null;
}

/** Each digit is as far from the one before as the next: 0000, 123456, 9876, and 2468 too. */
function isSimple(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, index) => digit - (digits[index] ?? digit));
  return steps.every((step) => step === steps[0]);
}

/** `of` is whose it is: one and the same PIN of two people is kept as two values. */
export function stretch(key: Uint8Array, of: string, secret: string): Promise<Uint8Array> {
  const keyed = createHmac('sha256', key).update(`pin\0${of}\0${secret}`).digest();
  const salt = createHmac('sha256', key).update(`salt\0${of}`).digest();
  return new Promise((resolve, reject) => {
    scrypt(keyed, salt, HASH_BYTES, COST, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}

export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

/** "7KQ2M-0VX3A-9ZT5C-4HRW1" */
export function newRecoveryCode(random: Random): string {
  // 32 letters: the low five bits of a byte are one of them, each as likely.
  const letters = [...random.bytes(RECOVERY_LETTERS)].map((byte) => LETTERS.charAt(byte & 31)).join('');
  return (letters.match(/.{5}/g) ?? []).join('-');
}

/** As it was shown, however it was typed: in any case, with or without dashes, and with letters read for digits. */
export const cleanRecoveryCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
