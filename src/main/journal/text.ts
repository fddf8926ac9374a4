/**
 * @file What a receipt says in words, made from its entry and what is shown of it, and nothing else: a checker makes it
 * again and compares.
 */
import { assertNever } from '../../shared/result.ts';
import type { Hidden, VerificationResult } from './claims.ts';
import type { Entry } from './entry.ts';
import { factsOf, placeOf, type Row } from './rows.ts';

/** Labels stand in a column of their own, and no value begins in it. */
const COLUMN = 14;

/** The text of a receipt above its token, as lines. */
export const textOf = (entry: Entry, shown: Hidden): readonly string[] => [
  entry.practice ? 'PRACTICE RECEIPT OF COUNTERSIGN: IT PROVES NOTHING' : 'COUNTERSIGN RECEIPT',
  '',
  ...headlineOf(entry),
  '',
  ...factsOf(entry, shown).flatMap(linesOf),
  '',
  ...placeOf(entry).flatMap(linesOf),
  '',
  "Times are by the desk's own clock. This text is made from the signed token below, and is worth as",
  'much as the token is once it is checked: with the page countersign-checker.html, which needs no',
  'network, or with any JWT library.',
];

/** What an entry is about: a word or two, and what it means. */
export function headlineOf({ claims, practice }: Entry): readonly [string, ...string[]] {
  if (practice) {
    return ['Practice', 'No mail left the computer. This says nothing about anybody.'];
  }
  switch (claims.event) {
    case 'verification-ended':
      return claims.result === 'verified'
        ? [
            'Verified',
            'A code was mailed to the mailbox, and the same code was read back at the desk: the person who',
            'read it back controlled the mailbox then. It does not say who that person is.',
          ]
        : ['Not verified', NOT_VERIFIED[claims.result]];
    case 'journal-begun':
      return ['Journal begun', 'The first entry, which names the journal after its key.'];
    case 'account-changed':
      return ['Account changed', 'The account that codes are mailed from was changed.'];
    case 'operators-changed':
      return ['Operators changed', 'Who may work at the desk was changed.'];
    case 'policy-changed':
      return ['Limits changed', 'The limits on codes were changed.'];
    case 'key-changed':
      return ['Key changed', 'From the next entry on another key signs.'];
    case 'address-erased':
      return ['Address erased', 'What named one mailbox was erased from the records.'];
    case 'entries-lost':
      return ['Entries lost', 'The desk found entries of its own journal missing.'];
    default:
      return assertNever(claims);
  }
}

const NOT_VERIFIED: Readonly<Record<Exclude<VerificationResult, 'verified'>, string>> = {
  expired: 'The time was up before the right code was read back.',
  locked: 'Too many wrong codes were read back.',
  cancelled: 'It was ended at the desk before the right code was read back.',
};

/** A label and its value, whose further lines are set in, so that no value can look like a line of ours. */
function linesOf({ label, value }: Row): readonly string[] {
  const [first = '', ...more] = value.split('\n');
  const begin = `${label}  `.padEnd(COLUMN);
  return [begin + first, ...more.map((text) => ' '.repeat(COLUMN) + text)].map((text) => text.trimEnd());
}
