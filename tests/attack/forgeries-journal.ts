/** @file Forgeries of a journal's export: by anybody who has one, and by the holder of the desk's key. */
import { randomInt } from 'node:crypto';
import { formatJournal, type JournalFault } from '../../src/main/journal/chain.ts';
import { TYPES } from '../../src/main/journal/claims.ts';
import { writeEntry } from '../../src/main/journal/entry.ts';
import { signerOf } from '../../src/main/journal/signing.ts';
import type { Head } from '../../src/main/ports/journal.ts';
import type { Judgement } from '../../src/verifier/judge.ts';
import { createFakeRandom, MORNING } from '../fakes/clock.ts';
import { beginJournal, ended, keyFrom, MIA } from '../fakes/journal-scene.ts';
import { HOUR, MINUTE } from '../fakes/time.ts';
import { at, type Desk, flipped, type Forgery, OWN, places, type Try } from './forgery.ts';

type Fault = Partial<JournalFault> & Pick<JournalFault, 'kind'>;

/** In the first journal the one fault is this one. */
const names =
  (fault: Fault) =>
  ({ journals }: Judgement): boolean => {
    const [found, ...more] = journals[0]?.read.faults ?? [];
    return (
      found !== undefined &&
      more.length === 0 &&
      Object.entries(fault).every(([name, value]) => found[name as keyof JournalFault] === value)
    );
  };

const journalTry = (tokens: readonly string[], fault: Fault): Try => ({
  texts: [formatJournal(tokens)],
  isNamed: names(fault),
});

/** The next entry as the holder of a key could write it. */
async function written(head: Head | null, by: string, now: number): Promise<string> {
  const writing = {
    signer: await signerOf(keyFrom(by)),
    random: createFakeRandom(by),
    practice: false,
    app: 'x',
  };
  return (await writeEntry(writing, head, ended(), MIA, now)).token;
}
const headAt = ({ journal }: Desk, place: number): Head | null => journal.written[place]?.head ?? null;

export const JOURNAL_FORGERIES: readonly Forgery[] = [
  {
    name: 'journal: an entry dropped',
    tries: function* ({ tokens }, most) {
      for (const place of places(tokens.length - 1, most))
        yield journalTry(tokens.toSpliced(place, 1), {
          ...{ kind: 'missing', line: place + 1, from: place + 1, to: place + 1, admitted: false },
        });
    },
  },
  {
    name: 'journal: one bit of an entry changed',
    tries: function* ({ tokens }, most) {
      for (let n = 0; n < most; n += 1) {
        const place = randomInt(tokens.length);
        const token = at(tokens, place);
        const changed = flipped(token, randomInt(token.length), randomInt(8));
        // With a line break in it, it is two lines that are no entries.
        if (/[\r\n]/.test(changed)) continue;
        yield journalTry(tokens.with(place, changed), { kind: 'signature', line: place + 1 });
      }
    },
  },
  {
    name: 'journal: two entries in the other order',
    tries: function* ({ tokens }, most) {
      for (const place of places(tokens.length - 1, most))
        yield journalTry(tokens.with(place, at(tokens, place + 1)).with(place + 1, at(tokens, place)), {
          ...{ kind: 'order', line: place + 2, n: place + 1 },
        });
    },
  },
  {
    name: 'journal: an entry doubled',
    tries: function* ({ tokens }, most) {
      for (const place of places(tokens.length, most)) {
        const behind = place + randomInt(tokens.length - place);
        const doubled = tokens.toSpliced(behind + 1, 0, at(tokens, place));
        yield journalTry(doubled, { kind: 'doubled', line: behind + 2, n: place + 1 });
      }
    },
  },
  {
    name: 'journal: backdated by the holder of its key',
    tries: async function* (desk, most) {
      for (const place of places(desk.tokens.length, most)) {
        const head = headAt(desk, place);
        if (head === null) throw new Error('the journal is too short');
        const token = await written({ ...head, iat: 0 }, OWN, MORNING - HOUR);
        yield journalTry([...desk.tokens.slice(0, place + 1), token], {
          ...{ kind: 'time', line: place + 2, n: place + 2 },
        });
      }
    },
  },
  {
    name: 'journal: its end cut, beside a receipt of the end',
    tries: function* ({ tokens, receipts }, most) {
      for (const place of places(tokens.length - 1, most))
        yield {
          texts: [formatJournal(tokens.slice(0, place + 1)), at(receipts, tokens.length - 1)],
          isNamed: ({ receipts: [receipt] }) => receipt?.standings[0]?.standing === 'beyond',
        };
    },
  },
  {
    name: 'journal: forked, both entries in one file',
    tries: async function* (desk, most) {
      for (const place of places(desk.tokens.length - 1, most)) {
        const token = await written(headAt(desk, place), OWN, MORNING + HOUR);
        yield journalTry(desk.tokens.toSpliced(place + 2, 0, token), {
          ...{ kind: 'forked', line: place + 3, n: place + 2 },
        });
      }
    },
  },
  {
    name: 'journal: put back and written on, beside an earlier export and a receipt',
    tries: async function* (desk, most) {
      for (const place of places(desk.tokens.length - 1, most)) {
        const token = await written(headAt(desk, place), OWN, MORNING + HOUR);
        const restored = [...desk.tokens.slice(0, place + 1), token];
        yield {
          texts: [formatJournal(desk.tokens), formatJournal(restored), at(desk.receipts, place + 1)],
          isNamed: ({ comparisons, receipts }) =>
            comparisons[0]?.comparison.kind === 'parted' &&
            comparisons[0].comparison.at === place + 2 &&
            receipts[0]?.standings.map(({ standing }) => standing).join() === 'in,replaced',
        };
      }
    },
  },
  {
    name: 'journal: an entry rewritten, what followed kept',
    tries: async function* (desk, most) {
      for (const place of places(desk.tokens.length - 2, most)) {
        const token = await written(headAt(desk, place), OWN, MORNING + (place + 1) * MINUTE);
        yield journalTry(desk.tokens.with(place + 1, token), {
          ...{ kind: 'chain', line: place + 3, n: place + 3 },
        });
      }
    },
  },
  {
    name: 'journal: written on by a key that nobody introduced',
    tries: async function* (desk, most) {
      for (const place of places(desk.tokens.length, most)) {
        const token = await written(headAt(desk, place), 'thief', MORNING + HOUR);
        yield journalTry([...desk.tokens.slice(0, place + 1), token], {
          ...{ kind: 'key', line: place + 2, n: place + 2 },
        });
      }
    },
  },
  {
    name: 'journal: every entry signed anew with another key, under its name',
    tries: async function* ({ tokens }, most) {
      const thief = await signerOf(keyFrom('thief'));
      for (const place of places(tokens.length, most)) {
        const length = place + 1;
        const payloads = tokens.slice(0, length).map((token) => token.split('.')[1] ?? '');
        const resigned = payloads.map((payload) =>
          thief.sign(TYPES.desk, Buffer.from(payload, 'base64url').toString()),
        );
        yield {
          texts: [formatJournal(resigned)],
          isNamed: ({ journals }) =>
            journals[0]?.read.faults[0]?.kind === 'key' && journals[0].trust === 'other',
        };
      }
    },
  },
  {
    name: 'journal: of a thief, whose last entry introduces the key of the desk, beside a receipt of it',
    tries: async function* (_desk, most) {
      for (const place of places(6, most)) {
        const thief = await beginJournal('thief');
        for (let more = 0; more < place; more += 1) await thief.changeKey(`thief ${more}`);
        await thief.write(ended(), MIA);
        await thief.changeKey(OWN);
        yield {
          texts: [formatJournal(thief.tokens()), await thief.receipt(place + 2)],
          isNamed: ({ journals, receipts }) =>
            journals[0]?.trust === 'announced' && receipts[0]?.trust === 'announced',
        };
      }
    },
  },
  {
    name: 'journal: of another desk, or with an entry of it',
    tries: function* ({ tokens, other }, most) {
      yield {
        texts: [formatJournal(other.tokens())],
        isNamed: ({ journals }) => journals[0]?.trust === 'other',
      };
      for (const place of places(tokens.length, most))
        yield journalTry(tokens.toSpliced(place + 1, 0, at(other.tokens(), place)), {
          ...{ kind: 'journal', line: place + 2 },
        });
    },
  },
];
