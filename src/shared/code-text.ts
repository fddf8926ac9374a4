/**
 * @file Reads a code out of what was typed or pasted. Main takes only what this takes (verification/clean.ts), and the
 * page shows in its slots what this reads, so that what is judged is what is seen.
 */
import { fail, ok, type Result } from './result.ts';
import type { CodeProblem } from './words.ts';

/**
 * What may stand between digits: spaces of every kind, dashes, what cannot be seen (zero-width, bidi marks, soft hyphen,
 * byte order mark), full stops and commas: one that ends the sentence is copied with the code, and some group digits
 * with them.
 */
const LAYOUT = /^[\p{White_Space}\p{Pd}\p{Cf}\u2212.,]$/u;
const DECIMAL = /^\p{Nd}$/u;
const LETTER = /^\p{L}$/u;
const ZERO = 0x30;

/** The value of a decimal digit of any script. Unicode (chapter 4.6) keeps every ten of them together, 0 first. */
function digitValue(point: number): number {
  let start = point;
  while (DECIMAL.test(String.fromCodePoint(start - 1))) start -= 1;
  return (point - start) % 10;
}

/** As an ASCII digit; null for everything else. */
function digitOf(character: string): string | null {
  const point = character.codePointAt(0) ?? 0;
  if (point >= ZERO && point <= ZERO + 9) return character;
  return point > 0x7f && DECIMAL.test(character) ? String(digitValue(point)) : null;
}

/** Digits with nothing between them, how many they are, and whether a letter touches them. */
interface Group {
  /** At most one more than can be of use: a million digits are counted, not kept. */
  digits: string;
  count: number;
  inWord: boolean;
}

/** Groups with only layout between them. */
type Run = Group[];

interface Reading {
  readonly runs: readonly Run[];
  /** Nothing but digits and layout. */
  readonly plain: boolean;
}

function read(text: string, keep: number): Reading {
  const runs: Run[] = [];
  let plain = true;
  let run: Run | null = null;
  let group: Group | null = null;
  let afterLetter = false;
  for (const character of text) {
    const digit = digitOf(character);
    if (digit !== null) {
      if (run === null) runs.push((run = []));
      if (group === null) run.push((group = { digits: '', count: 0, inWord: afterLetter }));
      group.count += 1;
      if (group.digits.length < keep) group.digits += digit;
    } else if (LAYOUT.test(character)) {
      group = null;
    } else {
      plain = false;
      if (group !== null && LETTER.test(character)) group.inWord = true;
      run = group = null;
    }
    afterLetter = digit === null && LETTER.test(character);
  }
  return { runs, plain };
}

const countOf = (run: Run): number => run.reduce((sum, { count }) => sum + count, 0);
const digitsOfRun = (run: Run): string => run.map(({ digits }) => digits).join('');

/**
 * The text as a code of `wanted` digits. Digits of every script are taken, with layout between them; a letter, however
 * much it looks like a digit (O, l), is none. A sentence is taken for the code in it if it holds exactly one.
 */
export function readCode(text: string, wanted: number): Result<string, CodeProblem> {
  const { runs, plain } = read(text, wanted + 1);
  if (plain) {
    const digits = runs.reduce((sum, run) => sum + countOf(run), 0);
    if (digits === 0) return fail({ kind: 'empty' });
    if (digits < wanted) return fail({ kind: 'too-short', digits, wanted });
    if (digits > wanted) return fail({ kind: 'too-long', digits, wanted });
    return ok(runs.map(digitsOfRun).join(''));
  }
  const apart = runs.filter((run) => !run.some(({ inWord }) => inWord));
  const whole = apart.filter((run) => countOf(run) === wanted).map(digitsOfRun);
  const found = new Set(whole.length > 0 ? whole : apart.flatMap((run) => windowsOf(run, wanted)));
  const [code, other] = found;
  return code === undefined || other !== undefined ? fail({ kind: 'not-digits' }) : ok(code);
}

/** Neighbouring groups that have `wanted` digits together: "5 409313". */
function windowsOf(run: Run, wanted: number): string[] {
  const windows: string[] = [];
  for (let first = 0; first < run.length; first += 1) {
    let count = 0;
    for (let last = first; last < run.length && count < wanted; last += 1) {
      count += run[last]?.count ?? 0;
      if (count === wanted) windows.push(digitsOfRun(run.slice(first, last + 1)));
    }
  }
  return windows;
}

/** The digits of a text that holds nothing else, at most `most` of them; null when there is more than digits. */
export function readDigits(
  text: string,
  most: number,
): { readonly digits: string; readonly count: number } | null {
  const { runs, plain } = read(text, most + 1);
  if (!plain) return null;
  const count = runs.reduce((sum, run) => sum + countOf(run), 0);
  return { digits: runs.map(digitsOfRun).join('').slice(0, most), count };
}
