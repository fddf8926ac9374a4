/** @file The journal under attack: what was dropped, changed, moved, doubled, backdated, cut or forked is named, once and where. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareJournals,
  formatJournal,
  type JournalFault,
  readJournal,
  standingIn,
} from '../../../src/main/journal/chain.ts';
import { TYPES } from '../../../src/main/journal/claims.ts';
import { writeEntry } from '../../../src/main/journal/entry.ts';
import { readReceipt } from '../../../src/main/journal/receipt.ts';
import { createSignatureReader } from '../../../src/main/journal/signature.ts';
import { signerOf } from '../../../src/main/journal/signing.ts';
import { createFakeRandom, MORNING } from '../../fakes/clock.ts';
import {
  beginJournal,
  ended,
  journalWith,
  keyFrom,
  MIA,
  type TestJournal,
} from '../../fakes/journal-scene.ts';
import { HOUR, MINUTE } from '../../fakes/time.ts';

type Tokens = readonly string[];

const faultsOf = async (tokens: Tokens) => (await readJournal(formatJournal(tokens))).faults;

const whole = await journalWith(6);
const tokens = whole.tokens();
const other = (await journalWith(6, 'another desk')).tokens();

/** With key changes after its third and its sixth entry. */
async function changedTwice(): Promise<TestJournal> {
  const journal = await journalWith(2, 'keys');
  await journal.changeKey('second');
  await journal.write(ended(), MIA);
  await journal.write(ended(), MIA);
  await journal.changeKey('third');
  await journal.write(ended(), MIA);
  return journal;
}

describe('a journal', () => {
  it('that is whole has no fault, and is named after its first key', async () => {
    const { faults, entries, journal } = await readJournal(formatJournal(tokens));
    expect(faults).toEqual([]);
    expect(entries).toBe(7);
    expect(journal).toMatchObject({ name: await whole.key(), practice: false, keys: [await whole.key()] });
    expect(journal?.last.n).toBe(7);
  });

  it('goes on under another key when the old one introduces it, as often as it likes', async () => {
    const journal = await changedTwice();
    const { faults, journal: read } = await readJournal(formatJournal(journal.tokens()));
    expect(faults).toEqual([]);
    expect(read?.keys).toHaveLength(3);
    expect(read?.keys.at(-1)).toBe(await journal.key());
  });

  it('is read as well after what mail and editors do to lines', async () => {
    expect((await readJournal(`\uFEFF${tokens.join('\r\n')}\r\n\r\n`)).faults).toEqual([]);
  });

  it('leaves time for other things while it is read', async () => {
    const told: [number, number][] = [];
    await readJournal(formatJournal((await journalWith(250)).tokens()), (done, of) => {
      told.push([done, of]);
      return Promise.resolve();
    });
    expect(told).toEqual([
      [0, 251],
      [100, 251],
      [200, 251],
    ]);
  });
});

/** A change of one letter in the payload of a token. */
function changeLetter(token: string): string {
  const at = token.indexOf('.') + 40;
  return token.slice(0, at) + (token.charAt(at) === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

/** An entry for the end of `journal` signed as `by`, as the holder of that key could. */
async function entryBy(journal: TestJournal, by: string, now: number): Promise<string> {
  const head = journal.written.at(-1)?.head ?? null;
  const writing = {
    signer: await signerOf(keyFrom(by)),
    random: createFakeRandom(by),
    practice: false,
    app: 'x',
  };
  return (await writeEntry(writing, head, ended(), MIA, now)).token;
}

describe('an attack on a journal is named', () => {
  it.each<[string, (all: Tokens) => Tokens, readonly JournalFault[]]>([
    [
      'one dropped',
      (all) => all.toSpliced(3, 1),
      [{ kind: 'missing', line: 4, from: 4, to: 4, admitted: false }],
    ],
    [
      'three dropped',
      (all) => all.toSpliced(2, 3),
      [{ kind: 'missing', line: 3, from: 3, to: 5, admitted: false }],
    ],
    [
      'its beginning dropped',
      (all) => all.slice(2),
      [{ kind: 'missing', line: 1, from: 1, to: 2, admitted: false }],
    ],
    [
      'two dropped in two places',
      (all) => [all[0], all[2], all[3], ...all.slice(5)].map((token) => token ?? ''),
      [
        { kind: 'missing', line: 2, from: 2, to: 2, admitted: false },
        { kind: 'missing', line: 4, from: 5, to: 5, admitted: false },
      ],
    ],
    ['one changed', (all) => all.with(3, changeLetter(all[3] ?? '')), [{ kind: 'signature', line: 4 }]],
    ['one made unreadable', (all) => all.with(3, 'x'), [{ kind: 'signature', line: 4 }]],
    ['the last changed', (all) => all.with(6, changeLetter(all[6] ?? '')), [{ kind: 'signature', line: 7 }]],
    ['the first changed', (all) => all.with(0, changeLetter(all[0] ?? '')), [{ kind: 'signature', line: 1 }]],
    [
      'two put in another order',
      (all) => all.with(3, all[4] ?? '').with(4, all[3] ?? ''),
      [{ kind: 'order', line: 5, n: 4 }],
    ],
    [
      'all turned round',
      (all) => all.toReversed(),
      [6, 5, 4, 3, 2, 1].map((n) => ({ kind: 'order', line: 8 - n, n })),
    ],
    ['one doubled', (all) => all.toSpliced(4, 0, all[3] ?? ''), [{ kind: 'doubled', line: 5, n: 4 }]],
    ['one doubled at the end', (all) => [...all, all[0] ?? ''], [{ kind: 'doubled', line: 8, n: 1 }]],
    [
      'one of another desk in its place',
      (all) => all.with(3, other[3] ?? ''),
      [
        { kind: 'journal', line: 4, n: 4 },
        { kind: 'missing', line: 5, from: 4, to: 4, admitted: false },
      ],
    ],
    ['one of another desk added', (all) => [...all, other[6] ?? ''], [{ kind: 'journal', line: 8, n: 7 }]],
    ['a line left empty', (all) => all.toSpliced(3, 0, ''), [{ kind: 'signature', line: 4 }]],
    ['everything taken', () => [], [{ kind: 'empty', line: 1 }]],
  ])('%s', async (_what, attack, faults) => {
    expect(await faultsOf(attack(tokens))).toEqual(faults);
  });

  it('one of practice among real ones, although the same key signed it [T-journal-practice]', async () => {
    const journal = await journalWith(1);
    const head = journal.written.at(-1)?.head ?? null;
    const practising = {
      signer: await signerOf(keyFrom('harbour')),
      random: createFakeRandom(),
      practice: true,
      app: 'x',
    };
    const { token } = await writeEntry(practising, head, ended(), MIA, MORNING + HOUR);
    expect(await faultsOf([...journal.tokens(), token])).toEqual([{ kind: 'journal', line: 3, n: 3 }]);
  });

  it('written on by another key that nobody introduced [T-journal-key]', async () => {
    const journal = await journalWith(3);
    const token = await entryBy(journal, 'thief', MORNING + HOUR);
    expect(await faultsOf([...journal.tokens(), token])).toEqual([{ kind: 'key', line: 5, n: 5 }]);
  });

  it('written on by the old key after it introduced a new one', async () => {
    const journal = await journalWith(1);
    await journal.changeKey('second');
    const token = await entryBy(journal, 'harbour', MORNING + HOUR);
    expect(await faultsOf([...journal.tokens(), token])).toEqual([{ kind: 'key', line: 4, n: 4 }]);
  });

  it('begun by another key under the name of the first', async () => {
    const payload = Buffer.from(tokens[0]?.split('.')[1] ?? '', 'base64url').toString();
    const thief = await signerOf(keyFrom('thief'));
    expect(await faultsOf([thief.sign(TYPES.desk, payload)])).toEqual([{ kind: 'key', line: 1, n: 1 }]);
  });

  it.each([
    ['another n than the first without an entry before it', { n: 2 }],
    ['a first with an entry before it', { prev: 'A'.repeat(43) }],
    ['a digest twice', { _sd: ['A'.repeat(43), 'A'.repeat(43)] }],
    ['a time of no kind', { iat: '2026' }],
    ['an event of no kind', { event: 'verified' }],
    ['a name of no kind', { iss: 'https://harbour-clinic.example' }],
  ])('%s, although it is signed', async (_what, change) => {
    const payload = JSON.parse(Buffer.from(tokens[0]?.split('.')[1] ?? '', 'base64url').toString()) as object;
    const signer = await signerOf(keyFrom('harbour'));
    const token = signer.sign(TYPES.desk, JSON.stringify({ ...payload, ...change }));
    expect(await faultsOf([token])).toEqual([{ kind: 'unknown', line: 1 }]);
  });

  it('one of another type, or of a later version, although it is signed', async () => {
    const payload = Buffer.from(tokens[0]?.split('.')[1] ?? '', 'base64url').toString();
    const signer = await signerOf(keyFrom('harbour'));
    expect(await faultsOf([signer.sign('JWT', payload)])).toEqual([{ kind: 'unknown', line: 1 }]);
    const later = signer.sign(TYPES.desk, payload.replace('"ver":1', '"ver":2'));
    expect(await faultsOf([later])).toEqual([{ kind: 'later', line: 1 }]);
  });

  it('backdated by the holder of the key [T-journal-backdated]', async () => {
    const journal = await journalWith(3);
    const head = journal.written.at(-1)?.head;
    if (head === undefined) throw new Error('empty');
    const writing = {
      signer: await signerOf(keyFrom('harbour')),
      random: createFakeRandom(),
      practice: false,
      app: 'x',
    };
    const { token } = await writeEntry(writing, { ...head, iat: 0 }, ended(), MIA, MORNING - HOUR);
    expect(await faultsOf([...journal.tokens(), token])).toEqual([{ kind: 'time', line: 5, n: 5 }]);
  });

  it('rewritten from one entry on by the holder of the key, and joined to the old end [T-journal-rewritten]', async () => {
    const journal = await journalWith(2);
    const forked = await journal.fork('fork');
    await forked.write(ended({ result: 'expired' }), MIA);
    await journal.write(ended(), MIA);
    await journal.write(ended(), MIA);
    const joined = [...forked.tokens(), ...journal.tokens().slice(4)];
    expect(await faultsOf(joined)).toEqual([{ kind: 'chain', line: 5, n: 5 }]);
    const both = journal.tokens().toSpliced(4, 0, forked.tokens()[3] ?? '');
    expect(await faultsOf(both)).toEqual([{ kind: 'forked', line: 5, n: 4 }]);
  });

  it('a loss that the desk itself admits, as such', async () => {
    const journal = await journalWith(3);
    await journal.write({ event: 'entries-lost', from: 3, to: 4 });
    expect(await faultsOf(journal.tokens().toSpliced(2, 2))).toEqual([
      { kind: 'missing', line: 3, from: 3, to: 4, admitted: true },
    ]);
    // More than it admits is not admitted.
    expect(await faultsOf(journal.tokens().toSpliced(1, 3))).toEqual([
      { kind: 'missing', line: 2, from: 2, to: 4, admitted: false },
    ]);
  });

  it('whatever is dropped, moved, doubled or changed, unless it is the end that is cut [T-journal-attacks]', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('drop' as const), at: fc.nat(6) }),
      fc.record({ do: fc.constant('swap' as const), at: fc.nat(5) }),
      fc.record({ do: fc.constant('double' as const), at: fc.nat(6) }),
      fc.record({ do: fc.constant('change' as const), at: fc.nat(6) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        let row: string[] = [...tokens];
        for (const { do: what, at } of steps) {
          const token = row[at];
          if (token === undefined) continue;
          if (what === 'drop') row = row.toSpliced(at, 1);
          if (what === 'swap')
            row = row.with(at, row[at + 1] ?? token).with(Math.min(at + 1, row.length - 1), token);
          if (what === 'double') row = row.toSpliced(at, 0, token);
          if (what === 'change') row = row.with(at, changeLetter(token));
        }
        const isBeginning = row.length > 0 && row.every((token, index) => token === tokens[index]);
        expect((await faultsOf(row)).length > 0).toBe(!isBeginning);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a receipt and a journal', () => {
  const entryOf = async (file: string) => {
    const { entry } = await readReceipt(createSignatureReader(), file);
    if (entry === null) throw new Error('unreadable');
    return entry;
  };
  const standing = async (receipt: string, row: Tokens) =>
    standingIn(await readJournal(formatJournal(row)), await entryOf(receipt));

  it.each<[string, (all: Tokens) => Tokens, string]>([
    ['in', (all) => all, 'in'],
    ['missing from one that lacks it', (all) => all.toSpliced(4, 1), 'missing'],
    ['beyond one that was cut before it', (all) => all.slice(0, 4), 'beyond'],
    ['not of one of another desk', () => other, 'another-journal'],
  ])('the one is %s', async (_what, change, expected) => {
    expect(await standing(await whole.receipt(5), change(tokens))).toBe(expected);
  });

  it('that was rewritten since: another entry stands in its place [T-journal-receipt-replaced]', async () => {
    const journal = await journalWith(2);
    const forked = await journal.fork('fork');
    await journal.write(ended(), MIA);
    await forked.write(ended({ result: 'expired' }), MIA);
    expect(await standing(await journal.receipt(4), forked.tokens())).toBe('replaced');
  });

  it('of practice is not in the journal of the desk', async () => {
    const practice = await beginJournal('harbour', { practice: true });
    await practice.write(ended(), MIA);
    expect(await standing(await practice.receipt(2), tokens)).toBe('another-journal');
  });
});

describe('two exports of a journal', () => {
  const compare = async (a: Tokens, b: Tokens) =>
    compareJournals(await readJournal(formatJournal(a)), await readJournal(formatJournal(b)));

  it.each<[string, Tokens, Tokens, object]>([
    ['are the same', tokens, tokens, { kind: 'same' }],
    ['continue each other', tokens.slice(0, 4), tokens, { kind: 'continues', to: 4 }],
    ['in either order', tokens, tokens.slice(0, 4), { kind: 'continues', to: 4 }],
    ['are of two desks', tokens, other, { kind: 'another-journal' }],
    ['are nothing', [], tokens, { kind: 'another-journal' }],
  ])('%s', async (_what, a, b, expected) => {
    expect(await compare(a, b)).toEqual(expected);
  });

  it('part where one of them was rewritten, although each by itself is whole [T-journal-parted]', async () => {
    const journal = await journalWith(2);
    const forked = await journal.fork('fork');
    await journal.write(ended(), MIA);
    await forked.write(ended({ result: 'expired' }), MIA);
    await forked.write(ended(), MIA);
    expect(await faultsOf(journal.tokens())).toEqual([]);
    expect(await faultsOf(forked.tokens())).toEqual([]);
    expect(await compare(journal.tokens(), forked.tokens())).toEqual({ kind: 'parted', at: 4 });
  });
});

describe('what is written', () => {
  it('never goes back in time, also when the clock does', async () => {
    const journal = await journalWith(1);
    const head = journal.written.at(-1)?.head ?? null;
    const writing = {
      signer: await signerOf(keyFrom('harbour')),
      random: createFakeRandom(),
      practice: false,
      app: 'x',
    };
    const { token } = await writeEntry(writing, head, ended(), MIA, MORNING - 10 * MINUTE);
    expect(await faultsOf([...journal.tokens(), token])).toEqual([]);
  });
});
