/**
 * @file The journal as a row: whether every entry is there, once, unchanged, in order, and by a key that the one before
 * allows. What is wrong is said once, at the place where it is; what follows from it is not said again.
 */
import { ISSUER_PREFIX, journalName } from './claims.ts';
import { type Entry, type EntryFault, readEntry } from './entry.ts';
import { createSignatureReader } from './signature.ts';

/** The export: one entry a line, as signed, oldest first. */
export const formatJournal = (tokens: Iterable<string>): string => [...tokens, ''].join('\n');

/** What is wrong with a journal. `line` counts from 1; `n` is what the entry there says of itself. */
export type JournalFault =
  /** Nothing is in it. */
  | { readonly kind: 'empty'; readonly line: 1 }
  /** The entry of this line can't be read, or is not as it was signed. */
  | { readonly kind: EntryFault; readonly line: number }
  /** These numbers are not there, the first and the last one included. `admitted`: the desk's next entry says so. */
  | {
      readonly kind: 'missing';
      readonly line: number;
      readonly from: number;
      readonly to: number;
      readonly admitted: boolean;
    }
  /** The same entry once more. */
  | { readonly kind: 'doubled'; readonly line: number; readonly n: number }
  /** Another entry of the same number: two journals are in one, or one was written twice. */
  | { readonly kind: 'forked'; readonly line: number; readonly n: number }
  /** It stands behind one with a higher number. */
  | { readonly kind: 'order'; readonly line: number; readonly n: number }
  /** It was written after another entry than the one that is there. */
  | { readonly kind: 'chain'; readonly line: number; readonly n: number }
  /** It says that it was written before the one before it. */
  | { readonly kind: 'time'; readonly line: number; readonly n: number }
  /** Its key is not the one that the entries before it allow. */
  | { readonly kind: 'key'; readonly line: number; readonly n: number }
  /** It belongs to another journal. */
  | { readonly kind: 'journal'; readonly line: number; readonly n: number };

/** An entry without what is needed no more, so that a long journal fits into memory. */
interface Link {
  readonly line: number;
  readonly n: number;
  readonly prev: string | null;
  readonly iat: number;
  readonly digest: string;
  readonly thumbprint: string;
  /** The thumbprint of the key that signs from the next one on. */
  readonly next: string;
  /** The numbers that the desk says are lost. */
  readonly lost: { readonly from: number; readonly to: number } | null;
}

export interface JournalRead {
  readonly faults: readonly JournalFault[];
  /** How many lines there are, and how many of them could be read. */
  readonly lines: number;
  readonly entries: number;
  /** Null when no entry could be read. */
  readonly journal: {
    /** Its name: the thumbprint of its first key. */
    readonly name: string;
    readonly practice: boolean;
    /** Of its last entry; `iat` in seconds. */
    readonly last: { readonly n: number; readonly iat: number };
    /**
     * Thumbprints of the keys that signed in it, oldest first. Where it has no fault, each vouches for all of it: for what
     * is before by its digest, for what follows by the keys that it introduced.
     */
    readonly keys: readonly string[];
    /** Of the key that signs the next entry. Where it signed none so far it vouches for nothing: anybody can name any key. */
    readonly next: string;
  } | null;
  /** The digests of the entries with this number: one, unless it was forked; none when it is not there. */
  readonly digests: ReadonlyMap<number, readonly string[]>;
}

/** Called between two entries now and then, so that a long journal leaves time for other things. */
export type Breath = (done: number, of: number) => Promise<void>;
const BREATH_EVERY = 100;

export async function readJournal(
  text: string,
  breathe: Breath = () => Promise.resolve(),
): Promise<JournalRead> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) {
    return { faults: [{ kind: 'empty', line: 1 }], lines: 0, entries: 0, journal: null, digests: new Map() };
  }
  const { links, unread, faults, first } = await readLinks(lines, breathe);
  const sorted = links.toSorted((a, b) => a.n - b.n);
  const last = sorted.at(-1);
  const digests = new Map<number, string[]>();
  for (const { n, digest } of sorted) digests.set(n, [...(digests.get(n) ?? []), digest]);
  const row = sorted.filter(({ n }, index) => sorted[index - 1]?.n !== n);
  faults.push(...faultsBetween(row, unread, first?.name ?? ''));
  return {
    faults: faults.toSorted((a, b) => a.line - b.line),
    lines: lines.length,
    entries: links.length,
    journal:
      first === null || last === undefined ? null : { ...first, last, keys: keysOf(row), next: last.next },
    digests,
  };
}

interface Readable {
  readonly links: Link[];
  /** The lines that could not be read. */
  readonly unread: readonly number[];
  readonly faults: JournalFault[];
  readonly first: { readonly name: string; readonly practice: boolean } | null;
}

/** Every line by itself, and what it says about its place among those before it. */
async function readLinks(lines: readonly string[], breathe: Breath): Promise<Readable> {
  const read = createSignatureReader();
  const faults: JournalFault[] = [];
  const unread: number[] = [];
  const links: Link[] = [];
  const seen = new Map<number, string[]>();
  let first: Readable['first'] = null;
  let highest = 0;
  for (const [index, token] of lines.entries()) {
    if (index % BREATH_EVERY === 0) await breathe(index, lines.length);
    const line = index + 1;
    const entry = await readEntry(read, token);
    if (typeof entry === 'string') {
      faults.push({ kind: entry, line });
      unread.push(line);
      continue;
    }
    const { n, iss } = entry.claims;
    first ??= { name: journalName(iss), practice: entry.practice };
    if (iss !== ISSUER_PREFIX + first.name || entry.practice !== first.practice) {
      faults.push({ kind: 'journal', line, n });
      continue;
    }
    const before = seen.get(n) ?? [];
    seen.set(n, [...before, entry.digest]);
    if (before.includes(entry.digest)) {
      faults.push({ kind: 'doubled', line, n });
      continue;
    }
    if (before.length > 0) faults.push({ kind: 'forked', line, n });
    else if (n < highest) faults.push({ kind: 'order', line, n });
    highest = Math.max(highest, n);
    links.push(linkOf(entry, line));
  }
  return { links, unread, faults, first };
}

function linkOf({ claims, digest, thumbprint, next }: Entry, line: number): Link {
  const { n, prev, iat } = claims;
  const lost = claims.event === 'entries-lost' ? { from: claims.from, to: claims.to } : null;
  return { line, n, prev, iat, digest, thumbprint, next, lost };
}

/** What does not fit between the entries of one number and the next. */
function faultsBetween(
  row: readonly Link[],
  unread: readonly number[],
  name: string,
): readonly JournalFault[] {
  return row.flatMap((link, index): readonly JournalFault[] => {
    const before = row[index - 1] ?? null;
    const { line, n } = link;
    const gap = n - 1 - (before?.n ?? 0);
    if (gap > 0) {
      // A line that can't be read is an entry, and told as such.
      const filled = unread.filter((at) => at > (before?.line ?? 0) && at < line).length;
      if (filled >= gap) return [];
      const [from, to] = [n - gap, n - 1];
      return [{ kind: 'missing', line, from, to, admitted: link.lost?.from === from && link.lost.to === to }];
    }
    if (link.thumbprint !== (before?.next ?? name)) return [{ kind: 'key', line, n }];
    if (before === null) return [];
    if (link.prev !== before.digest) return [{ kind: 'chain', line, n }];
    return link.iat < before.iat ? [{ kind: 'time', line, n }] : [];
  });
}

/** The keys in the order in which they signed. */
const keysOf = (row: readonly Link[]): readonly string[] => [
  ...new Set(row.map(({ thumbprint }) => thumbprint)),
];

/** Where a receipt's entry stands in a journal. */
export type Standing =
  | 'in'
  /** Another entry has its number: one of the two was written instead of the other. */
  | 'replaced'
  /** The journal has no entry with its number, though with higher ones. */
  | 'missing'
  /** Its number is higher than the journal's last: the journal is older, or was cut. */
  | 'beyond'
  | 'another-journal';

export function standingIn({ journal, digests }: JournalRead, { claims, digest, practice }: Entry): Standing {
  if (journal === null || claims.iss !== ISSUER_PREFIX + journal.name || practice !== journal.practice) {
    return 'another-journal';
  }
  const there = digests.get(claims.n) ?? [];
  if (there.includes(digest)) return 'in';
  if (there.length > 0) return 'replaced';
  return claims.n > journal.last.n ? 'beyond' : 'missing';
}

/** How two exports of one journal stand to each other, by their last numbers: the longer one must begin with the shorter. */
export type Comparison =
  | { readonly kind: 'another-journal' }
  /** One of them is not whole, which is said of it: what it lacks can't be compared. */
  | { readonly kind: 'not-whole' }
  | { readonly kind: 'same' }
  /** They agree to the end of the shorter, which is this number. */
  | { readonly kind: 'continues'; readonly to: number }
  /** From this number on they tell different things: one of them was rewritten. */
  | { readonly kind: 'parted'; readonly at: number };

export function compareJournals(a: JournalRead, b: JournalRead): Comparison {
  if (a.journal === null || b.journal === null || a.journal.name !== b.journal.name) {
    return { kind: 'another-journal' };
  }
  // What both have and tell differently is said all the same.
  const whole = a.faults.length + b.faults.length === 0;
  const to = Math.min(a.journal.last.n, b.journal.last.n);
  for (const [n, digests] of [...a.digests].toSorted(([x], [y]) => x - y)) {
    const there = b.digests.get(n);
    if (there !== undefined && !digests.some((digest) => there.includes(digest)))
      return { kind: 'parted', at: n };
  }
  if (!whole) return { kind: 'not-whole' };
  return a.journal.last.n === b.journal.last.n ? { kind: 'same' } : { kind: 'continues', to };
}
