/**
 * @file What a forgery of a receipt or a journal is, what the forger has, and how it is tried: it must be noticed, and named
 * for what it is, where it is. The checker's own judge judges.
 */
import { randomInt } from 'node:crypto';
import { judge, type Judgement } from '../../src/verifier/judge.ts';
import { journalWith, type TestJournal } from '../fakes/journal-scene.ts';

export interface Forged {
  readonly forgery: string;
  readonly tried: number;
  /** Passed as genuine. */
  readonly accepted: number;
  /** Noticed, and called something else, or elsewhere. */
  readonly misnamed: number;
}

/** One try: what is handed to the stranger, and whether what they are told is right. */
export interface Try {
  readonly texts: readonly string[];
  readonly isNamed: (judgement: Judgement) => boolean;
}

export interface Forgery {
  readonly name: string;
  readonly tries: (desk: Desk, most: number) => AsyncIterable<Try> | Iterable<Try>;
}

/** What the forger has: a desk's journal with its receipts, another desk's, and for some the signing key. */
export interface Desk {
  readonly journal: TestJournal;
  readonly tokens: readonly string[];
  readonly receipts: readonly string[];
  readonly key: string;
  readonly other: TestJournal;
  readonly otherReceipts: readonly string[];
}

/** The seed of the desk's key: who has the key signs with it. */
export const OWN = 'forged desk';
const ENTRIES = 12;

export async function forgersDesk(): Promise<Desk> {
  const journal = await journalWith(ENTRIES - 1, OWN);
  const other = await journalWith(ENTRIES - 1, `${OWN} elsewhere`);
  const all = (from: TestJournal) => Promise.all(from.tokens().map((_, index) => from.receipt(index + 1)));
  return {
    journal,
    tokens: journal.tokens(),
    receipts: await all(journal),
    key: await journal.key(),
    other,
    otherReceipts: await all(other),
  };
}

/** A stranger who has the desk's key takes it for what the desk said: nothing is wrong, and the key is right. */
const isAccepted = ({ receipts, journals, comparisons }: Judgement): boolean =>
  [...receipts, ...journals].every(
    ({ read, trust }) => read.faults.length === 0 && (trust === 'known' || trust === 'introduced'),
  ) &&
  receipts.every(({ standings }) => standings.every(({ standing }) => standing === 'in')) &&
  comparisons.every(({ comparison: { kind } }) => kind === 'same' || kind === 'continues');

export async function tryForgery({ name, tries }: Forgery, desk: Desk, most: number): Promise<Forged> {
  let [tried, accepted, misnamed] = [0, 0, 0];
  for await (const { texts, isNamed } of tries(desk, most)) {
    tried += 1;
    const judgement = await judge(
      texts.map((text, index) => ({ name: `file ${index + 1}`, text })),
      desk.key,
    );
    if (isAccepted(judgement)) accepted += 1;
    else if (!isNamed(judgement)) misnamed += 1;
  }
  return { forgery: name, tried, accepted, misnamed };
}

/** Places 0 to `below - 1`: all of them while there are few, else as many different ones. */
export function places(below: number, most: number): readonly number[] {
  if (below <= most) return Array.from({ length: below }, (_, place) => place);
  const chosen = new Set<number>();
  while (chosen.size < most) chosen.add(randomInt(below));
  return [...chosen];
}

export const at = (tokens: readonly string[], place: number): string => tokens[place] ?? '';

/** One bit of a text's bytes flipped. */
export function flipped(text: string, place: number, bit: number): string {
  const bytes = Buffer.from(text);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
  return bytes.toString('utf8');
}
