/**
 * @file Makes a code out of what was typed or pasted, or says what is wrong with it. It judges form only,
 * never whether the code is right: an ill-formed one must not spend a guess.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { CodeProblem } from '../../shared/words.ts';
import type { Code } from './code.ts';

/**
 * Spaces of every kind, dashes, what can't be seen (zero-width, bidi marks, soft hyphen, byte-order mark), and full
 * stops: one that ends the sentence is copied with the code, and some group digits with them.
 */
const LAYOUT = /^[\p{White_Space}\p{Pd}\p{Cf}\u2212.]$/u;
const DECIMAL = /^\p{Nd}$/u;
const ZERO = 0x30;

/** The value of a decimal digit of any script. Unicode (chapter 4.6) keeps every ten of them together, 0 first. */
function digitValue(point: number): number {
  let start = point;
  while (DECIMAL.test(String.fromCodePoint(start - 1))) start -= 1;
  return (point - start) % 10;
}

/** One typed character as an ASCII digit, as nothing (''), or as what does not belong in a code (null). */
function read(character: string): string | null {
  const point = character.codePointAt(0) ?? 0;
  if (point >= ZERO && point <= ZERO + 9) return character;
  if (LAYOUT.test(character)) return '';
  return DECIMAL.test(character) ? String(digitValue(point)) : null;
}

/**
 * The typed text as a code of `wanted` digits. Separators and invisible characters are dropped and the decimal
 * digits of every script are taken; a letter, however much it looks like a digit (O, l), is not.
 */
export function cleanCode(typed: string, wanted: number): Result<Code, CodeProblem> {
  let kept = '';
  let digits = 0;
  for (const character of typed) {
    const digit = read(character);
    if (digit === null) return fail({ kind: 'not-digits' });
    if (digit === '') continue;
    digits += 1;
    if (digits <= wanted) kept += digit;
  }
  if (digits === 0) return fail({ kind: 'empty' });
  if (digits < wanted) return fail({ kind: 'too-short', digits, wanted });
  if (digits > wanted) return fail({ kind: 'too-long', digits, wanted });
  // Exactly `wanted` ASCII digits: what the brand promises.
  return ok(kept as Code);
}
