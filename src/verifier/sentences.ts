/**
 * @file A judgement in plain words, the same on the page and for the command: what is proven, what is not, what is wrong
 * and where. It must never call a practice receipt verified, nor anything genuine that has a fault.
 */
import type { Comparison, Standing } from '../main/journal/chain.ts';
import type { Entry } from '../main/journal/entry.ts';
import { factsOf, placeOf, type Row, spokenSeconds, spokenTime } from '../main/journal/rows.ts';
import { headlineOf } from '../main/journal/text.ts';
import { assertNever } from '../shared/result.ts';
import { journalFault, receiptFault } from './faults.ts';
import type { JudgedJournal, JudgedReceipt, Judgement } from './judge.ts';

export type Tone =
  /** Signed by the key that was given, and nothing wrong. */
  | 'genuine'
  /** Nothing wrong, but something is missing to believe it. */
  | 'open'
  | 'wrong'
  | 'practice';

/** What is said about one document, or about two journals. */
export interface Finding {
  readonly name: string;
  readonly tone: Tone;
  readonly headline: string;
  readonly wrong: readonly string[];
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
  /** What the signed token says; the text beside it may differ. */
  readonly rows: readonly Row[];
}

export const findingsOf = (judgement: Judgement): readonly Finding[] => [
  ...judgement.receipts.map((receipt) => receiptFinding(receipt, judgement.journals.length > 0)),
  ...judgement.journals.map((journal) => journalFinding(journal)),
  ...judgement.comparisons.map(({ names, comparison }) => comparisonFinding(names, comparison)),
];

const PRACTICE =
  'It was made in practice: no mail left the computer, and the key that signed it is a throw-away.';
const OTHER_KEY = 'Another key signed it than the one you entered: it is of another desk, or forged.';
/** What was typed as a key is none. */
export const BAD_KEY = 'This is no key: a key has 43 letters, digits, “-” and “_”.';
const ASK_KEY =
  'That the desk signed it. Ask the desk itself for its key (in its settings, and on its printed slips), not the person who gave you this, and check again with it.';
const ANNOUNCED =
  'That the desk signed it: the key that you entered is only named in the last entry of the journal, and anybody can name a key. Ask the desk for a journal in which it has signed something.';
const ASK_JOURNAL =
  'That the desk has not written something else in its place. Ask it for its journal, and check both together.';
const NOT_PROVEN: readonly string[] = [
  'Who the person is: only that the person who read the code back controlled the mailbox then.',
  'That the desk tells the truth, or that its clock was right: the holder of its key can sign anything.',
];

function receiptFinding(receipt: JudgedReceipt, withJournal: boolean): Finding {
  const { name, read, trust, standings } = receipt;
  const { entry, shown, faults } = read;
  const practice = entry?.practice === true;
  const wrong = [
    ...faults.map(receiptFault),
    // The key and the journal of practice are never those of a desk.
    ...(trust === 'other' && !practice ? [OTHER_KEY] : []),
    ...(practice ? [] : standings.flatMap(({ journal, standing }) => standingFault(journal, standing))),
  ];
  const about = {
    name,
    wrong,
    proven: [],
    notProven: [],
    rows: entry === null ? [] : [...factsOf(entry, shown), ...placeOf(entry)],
  };
  if (practice) {
    return { ...about, tone: 'practice', headline: 'Practice: this proves nothing', notProven: [PRACTICE] };
  }
  if (entry === null || wrong.length > 0) {
    const headline = faults.length > 0 ? 'Changed: do not rely on it' : 'Do not rely on it';
    return { ...about, tone: 'wrong', headline };
  }
  const genuine = trust === 'known' || trust === 'introduced';
  const later = standings.filter(({ standing }) => standing === 'beyond');
  return {
    ...about,
    tone: genuine && later.length === 0 ? 'genuine' : 'open',
    headline: genuine
      ? `Genuine: the desk says “${headlineOf(entry)[0]}”`
      : 'Unchanged, but it is not known whose key signed it',
    proven: [
      signedBy(receipt),
      ...(genuine ? [saidBy(entry, shown.address ?? null)] : []),
      ...standings
        .filter(({ standing, whole }) => standing === 'in' && whole)
        .map(
          ({ journal }) =>
            `It is entry No. ${entry.claims.n} of ${journal}, where nothing is missing or changed.`,
        ),
    ],
    notProven: [
      ...(genuine ? [] : [trust === 'announced' ? ANNOUNCED : ASK_KEY]),
      ...later.map(
        ({ journal }) =>
          `That it is in ${journal}, which ends before it: the journal is older than this, or was cut.`,
      ),
      ...NOT_PROVEN,
      ...(withJournal ? [] : [ASK_JOURNAL]),
    ],
  };
}

function signedBy({ trust, read }: JudgedReceipt): string {
  switch (trust) {
    case 'known':
      return 'The key that you entered signed it, and nothing in it was changed since.';
    case 'introduced':
      return 'A key signed it that the journal links to the one you entered, and nothing in it was changed since.';
    case 'not-given':
    case 'announced':
    case 'other':
    case null:
      return `Nothing in it was changed since it was signed with the key ${read.entry?.thumbprint ?? ''}.`;
  }
}

function saidBy(entry: Entry, address: string | null): string {
  const { claims } = entry;
  if (claims.event !== 'verification-ended') return `The desk says: ${headlineOf(entry).slice(1).join(' ')}`;
  const whom = address === null ? 'a mailbox that is not shown' : address;
  const what =
    claims.result === 'verified'
      ? `the code mailed to ${whom} was read back at the desk`
      : `nothing was verified for ${whom}`;
  return `The desk says: by its own clock, on ${spokenTime(claims.ended)}, ${what}.`;
}

function standingFault(journal: string, standing: Standing): readonly string[] {
  switch (standing) {
    case 'in':
    case 'beyond':
      return [];
    case 'replaced':
      return [
        `${journal} has another entry of this number: the desk wrote one of the two in place of the other.`,
      ];
    case 'missing':
      return [`${journal} lacks this entry, although it has later ones.`];
    case 'another-journal':
      return [`${journal} is the journal of another desk.`];
    default:
      return assertNever(standing);
  }
}

function journalFinding({ name, read, trust }: JudgedJournal): Finding {
  const { faults, journal, entries } = read;
  const practice = journal?.practice === true;
  const wrong = [...faults.map(journalFault), ...(trust === 'other' && !practice ? [OTHER_KEY] : [])];
  const rows: readonly Row[] =
    journal === null
      ? []
      : [
          { label: 'Entries', value: `${entries}, the last is No. ${journal.last.n}` },
          { label: 'Last written', value: spokenSeconds(journal.last.iat) },
          { label: 'Keys', value: journal.keys.join('\n') },
          { label: 'Journal', value: journal.name },
        ];
  const about = { name, wrong, proven: [], notProven: [], rows };
  if (practice) {
    return {
      ...about,
      tone: 'practice',
      headline: 'A journal of practice: it proves nothing',
      notProven: [PRACTICE],
    };
  }
  if (wrong.length > 0) return { ...about, tone: 'wrong', headline: 'This journal is not whole' };
  return {
    ...about,
    tone: trust === 'known' ? 'genuine' : 'open',
    headline: trust === 'known' ? 'This journal is whole' : 'Whole, but it is not known whose journal it is',
    proven: [
      `${entries === 1 ? 'Its one entry is' : `All ${entries} entries are`} there, unchanged and in order${trust === 'known' ? ", by the desk's own keys" : ''}.`,
    ],
    notProven: [
      ...(trust === 'known' ? [] : [trust === 'announced' ? ANNOUNCED : ASK_KEY]),
      'That nothing was written after the last entry: compare it with a later receipt or journal.',
      'That it was not written anew from the beginning: compare it with a receipt or journal handed out earlier.',
    ],
  };
}

function comparisonFinding([one, other]: readonly [string, string], comparison: Comparison): Finding {
  const about = { name: `${one} and ${other}`, wrong: [], proven: [], notProven: [], rows: [] };
  switch (comparison.kind) {
    case 'same':
      return { ...about, tone: 'genuine', headline: 'The two journals are the same' };
    case 'continues':
      return {
        ...about,
        tone: 'genuine',
        headline: 'One journal continues the other',
        proven: [`Up to No. ${comparison.to} both have the same entries: nothing was rewritten in between.`],
        notProven: ['If the shorter one is the newer, its last entries were cut off.'],
      };
    case 'parted':
      return {
        ...about,
        tone: 'wrong',
        headline: 'The two journals contradict each other',
        wrong: [`From No. ${comparison.at} on they have different entries: one of them was rewritten.`],
      };
    case 'not-whole':
      return { ...about, tone: 'wrong', headline: 'One of the two journals is not whole', wrong: [] };
    case 'another-journal':
      return { ...about, tone: 'wrong', headline: 'The two journals are of different desks', wrong: [] };
    default:
      return assertNever(comparison);
  }
}
