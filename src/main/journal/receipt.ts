/**
 * @file A receipt: one entry with what its holder chose to show, as a file that a person can read and a program can check.
 * The text in it is made from the token; reading one makes it again and compares every line.
 */
import type { Hidden, HiddenName } from './claims.ts';
import { type DisclosureFault, type Disclosures, readDisclosures } from './disclosures.ts';
import { type Entry, type EntryFault, readEntry } from './entry.ts';
import type { SignatureReader } from './signature.ts';
import { textOf } from './text.ts';

const BLANKS: ReadonlySet<string | undefined> = new Set([' ', '\t', '\r', '\n', '\uFEFF']);

/** Without what pasting adds at the end, and at the start, too, if `both`. Any other character that is none to see is a change. */
function withoutBlanks(text: string, both = false): string {
  let [from, to] = [0, text.length];
  while (to > 0 && BLANKS.has(text[to - 1])) to -= 1;
  while (both && from < to && BLANKS.has(text[from])) from += 1;
  return text.slice(from, to);
}

/** Stands before the token, and in nothing else that is handed out. */
export const BEGIN = '-----BEGIN SIGNED TOKEN-----';
const END = '-----END SIGNED TOKEN-----';
/** Narrow enough for every mail program and page. */
const WIDTH = 76;

/** The file: text and token. Only the `disclosures` that are handed in are in it. */
export async function formatReceipt(
  read: SignatureReader,
  token: string,
  disclosures: Disclosures,
  show: readonly HiddenName[],
): Promise<string> {
  const entry = await readEntry(read, token);
  if (typeof entry === 'string') throw new Error(`the entry cannot be read: ${entry}`);
  const chosen = show.flatMap((name) => disclosures[name] ?? []);
  const { shown, faults } = await readDisclosures(chosen, entry.claims._sd);
  if (faults.length > 0) throw new Error('a disclosure does not belong to the entry');
  return format(entry, chosen, shown);
}

/** An SD-JWT without key binding (RFC 9901 section 4): every part ends in "~". */
const sdJwt = (token: string, disclosures: readonly string[]): string =>
  [token, ...disclosures, ''].join('~');

function format(entry: Entry, disclosures: readonly string[], shown: Hidden): string {
  const token = sdJwt(entry.token, disclosures);
  const lines = token.match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [];
  return [...textOf(entry, shown), '', BEGIN, ...lines, END, ''].join('\n');
}

/** What is wrong with a receipt, and where. */
export type ReceiptFault =
  /** No signed token is in it, or it is not one. */
  | { readonly kind: 'token' }
  | { readonly kind: EntryFault }
  /** `at` counts the disclosures from 1. */
  | { readonly kind: 'disclosure'; readonly at: number; readonly why: DisclosureFault }
  /** The first line that is not as the token has it; null where there should be none. */
  | {
      readonly kind: 'text';
      readonly line: number;
      readonly is: string | null;
      readonly should: string | null;
    };

export interface ReceiptRead {
  /** Null when nothing of it can be believed. */
  readonly entry: Entry | null;
  readonly shown: Hidden;
  readonly faults: readonly ReceiptFault[];
}

/** Reads a receipt's file, or its token alone. */
export async function readReceipt(read: SignatureReader, file: string): Promise<ReceiptRead> {
  // What mail programs and editors change about a text is not what it says.
  const lines = withoutBlanks(file, true).split('\n');
  const text = lines.map((line) => withoutBlanks(line)).join('\n');
  const alone = text.includes('~') && text.split('\n').every(isToken);
  const found = alone ? text.replaceAll('\n', '') : tokenIn(text);
  const [token = '', ...disclosures] = found?.split('~') ?? [];
  const last = disclosures.pop();
  if (found === null || token.split('.').length !== 3)
    return { entry: null, shown: {}, faults: [{ kind: 'token' }] };
  const entry = await readEntry(read, token);
  if (typeof entry === 'string') return { entry: null, shown: {}, faults: [{ kind: entry }] };

  // What stands behind the last "~" would be a disclosure cut short, or a proof of another kind.
  const texts = last === '' ? disclosures : [...disclosures, last ?? ''];
  const { shown, faults } = await readDisclosures(texts, entry.claims._sd);
  if (faults.length > 0) {
    return { entry, shown, faults: faults.map((fault) => ({ kind: 'disclosure', ...fault })) };
  }
  const different = alone
    ? null
    : firstDifference(text, format(entry, disclosures, shown).replace(/\n$/, ''));
  return { entry, shown, faults: different === null ? [] : [{ kind: 'text', ...different }] };
}

/** A line of a token, or one that looks so. */
const isToken = (line: string): boolean => /^[\w.~-]+$/.test(line);

/** Between the two marks; where they are damaged, the last lines that can be one: the text is judged later. */
function tokenIn(text: string): string | null {
  const lines = text.split('\n');
  const [begin, end] = [lines.lastIndexOf(BEGIN), lines.lastIndexOf(END)];
  if (begin !== -1 && begin < end) return lines.slice(begin + 1, end).join('');
  const last = lines.findLastIndex(isToken);
  if (last === -1) return null;
  return lines.slice(lines.slice(0, last).findLastIndex((line) => !isToken(line)) + 1, last + 1).join('');
}

function firstDifference(
  is: string,
  should: string,
): { readonly line: number; readonly is: string | null; readonly should: string | null } | null {
  const [found, wanted] = [is.split('\n'), should.split('\n')];
  const index = Array.from({ length: Math.max(found.length, wanted.length) }).findIndex(
    (_, at) => found[at] !== wanted[at],
  );
  if (index === -1) return null;
  return { line: index + 1, is: found[index] ?? null, should: wanted[index] ?? null };
}
