/** @file Forgeries of a receipt: another desk's, with other disclosures, and changed anywhere. */
import { formatJournal } from '../../src/main/journal/chain.ts';
import type { Judgement } from '../../src/verifier/judge.ts';
import { at, flipped, type Forgery, places } from './forgery.ts';

/** The receipt with other parts in its token; its text is left out, which a stranger need not have. */
const withParts = (receipt: string, change: (parts: readonly string[]) => readonly string[]): string => {
  const token = /TOKEN-----\n([^]+)\n-----END/.exec(receipt)?.[1]?.replaceAll('\n', '') ?? '';
  return `${change(token.split('~').slice(0, -1)).join('~')}~`;
};
const partsOf = (receipt: string): readonly string[] => {
  let found: readonly string[] = [];
  withParts(receipt, (parts) => (found = parts));
  return found;
};

const receiptFault =
  (...kinds: readonly string[]) =>
  ({ receipts }: Judgement): boolean => {
    const faults = receipts[0]?.read.faults ?? [];
    return faults.length > 0 && faults.every(({ kind }) => kinds.includes(kind));
  };

/** A change of the disclosures of each receipt that shows some. */
const disclosing = (
  name: string,
  change: (parts: readonly string[], others: readonly string[]) => readonly string[],
): Forgery => ({
  name: `receipt: a disclosure ${name}`,
  tries: function* ({ receipts }, most) {
    // The first entry, of the journal's beginning, has nothing to show.
    for (const place of places(receipts.length - 2, most)) {
      const [own, next] = [at(receipts, place + 1), partsOf(at(receipts, place + 2))];
      yield { texts: [withParts(own, (parts) => change(parts, next))], isNamed: receiptFault('disclosure') };
    }
  },
});

export const RECEIPT_FORGERIES: readonly Forgery[] = [
  {
    name: 'receipt: of another desk',
    tries: function* ({ tokens, otherReceipts }, most) {
      for (const place of places(otherReceipts.length, most))
        yield {
          texts: [at(otherReceipts, place), formatJournal(tokens)],
          isNamed: ({ receipts: [receipt] }) =>
            receipt?.trust === 'other' && receipt.standings[0]?.standing === 'another-journal',
        };
    },
  },
  disclosing('swapped for that of another entry', ([entry = '', , ...rest], [, other = '']) => [
    ...[entry, other],
    ...rest,
  ]),
  disclosing('added from another entry', (parts, others) => [...parts, others.at(-1) ?? '']),
  disclosing('all taken from another entry', ([entry = ''], [, ...others]) => [entry, ...others]),
  disclosing('made up', (parts) => [
    ...parts,
    Buffer.from(JSON.stringify(['A'.repeat(22), 'address', 'eve@example.com'])).toString('base64url'),
  ]),
  disclosing('shown twice', (parts) => [...parts, parts[1] ?? '']),
  {
    name: 'receipt: any bit of any byte flipped',
    tries: function* ({ receipts }, most) {
      const receipt = at(receipts, 2);
      const begin = receipt.indexOf('TOKEN-----\n');
      for (const flip of places(Buffer.byteLength(receipt) * 8, most)) {
        const changed = flipped(receipt, flip >> 3, flip & 7);
        // Its text has letters of one byte only, but for one sign in the details.
        const inText = changed.slice(0, begin) !== receipt.slice(0, begin);
        yield {
          texts: [changed],
          isNamed: receiptFault(...(inText ? ['text'] : ['text', 'token', 'signature', 'disclosure'])),
        };
      }
    },
  },
];
