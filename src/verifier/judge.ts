/**
 * @file What receipts, journals and a key are worth together. It decides; words are for sentences.ts. Runs in a browser
 * and in Node, asks nothing of a network and keeps nothing.
 */
import {
  type Breath,
  compareJournals,
  type Comparison,
  type JournalRead,
  readJournal,
  type Standing,
  standingIn,
} from '../main/journal/chain.ts';
import { BEGIN, readReceipt, type ReceiptRead } from '../main/journal/receipt.ts';
import type { Entry } from '../main/journal/entry.ts';
import { createSignatureReader } from '../main/journal/signature.ts';

/** Something to be checked, with what to call it. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** How the key that signed stands to the one that was given. */
export type Trust =
  | 'known'
  /** Both signed in a journal without a fault. */
  | 'introduced'
  /** A journal names the one that was given as its next, which anybody can write: it signed nothing there. */
  | 'announced'
  | 'other'
  | 'not-given';

export interface JudgedReceipt {
  readonly name: string;
  readonly read: ReceiptRead;
  /** Null when there is no entry that a key could have signed. */
  readonly trust: Trust | null;
  /** In each journal that was given. */
  readonly standings: readonly {
    readonly journal: string;
    readonly standing: Standing;
    readonly whole: boolean;
  }[];
}

export interface JudgedJournal {
  readonly name: string;
  readonly read: JournalRead;
  readonly trust: Trust | null;
}

export interface Judgement {
  readonly receipts: readonly JudgedReceipt[];
  readonly journals: readonly JudgedJournal[];
  /** Of each journal with the one given before it. */
  readonly comparisons: readonly {
    readonly names: readonly [string, string];
    readonly comparison: Comparison;
  }[];
}

/**
 * A journal has a whole entry on a line. A receipt has not, because its token is longer than its lines, or ends in "~"; but
 * in a damaged one a letter may have become a dot.
 */
const JOURNAL_LINE = /^[\w-]+\.[\w-]+\.[\w-]+\r?$/m;
const isJournal = ({ text }: Document): boolean => JOURNAL_LINE.test(text) && !text.includes(BEGIN);

/** `key`: the thumbprint of the key that the desk told; null when none was given. */
export async function judge(
  documents: readonly Document[],
  key: string | null,
  breathe?: Breath,
): Promise<Judgement> {
  const journals: JudgedJournal[] = [];
  for (const { name, text } of documents.filter(isJournal)) {
    const read = await readJournal(text, breathe);
    journals.push({ name, read, trust: read.journal && trustInJournal(read.journal, key) });
  }
  const reader = createSignatureReader();
  const receipts: JudgedReceipt[] = [];
  for (const { name, text } of documents.filter((document) => !isJournal(document))) {
    const read = await readReceipt(reader, text);
    receipts.push({ name, read, ...judgeEntry(read.entry, journals, key) });
  }
  const comparisons = journals.slice(1).flatMap((journal, index) => {
    const before = journals[index];
    if (before === undefined) return [];
    return [
      { names: [before.name, journal.name] as const, comparison: compareJournals(before.read, journal.read) },
    ];
  });
  return { receipts, journals, comparisons };
}

const trustIn = (keys: readonly string[], given: string | null): Trust => {
  if (given === null) return 'not-given';
  return keys.includes(given) ? 'known' : 'other';
};

function trustInJournal({ keys, next }: NonNullable<JournalRead['journal']>, given: string | null): Trust {
  const own = trustIn(keys, given);
  return own === 'other' && next === given ? 'announced' : own;
}

function judgeEntry(
  entry: Entry | null,
  journals: readonly JudgedJournal[],
  given: string | null,
): Pick<JudgedReceipt, 'trust' | 'standings'> {
  if (entry === null) return { trust: null, standings: [] };
  const standings = journals.map(({ name, read }) => ({
    journal: name,
    standing: standingIn(read, entry),
    whole: read.faults.length === 0,
  }));
  const own = trustIn([entry.thumbprint], given);
  if (own !== 'other') return { trust: own, standings };
  const around = journals.filter((_, index) => standings[index]?.whole && standings[index].standing === 'in');
  if (around.some(({ trust }) => trust === 'known')) return { trust: 'introduced', standings };
  return { trust: around.some(({ trust }) => trust === 'announced') ? 'announced' : 'other', standings };
}
