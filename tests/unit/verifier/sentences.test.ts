/** @file What the checker says of receipts and journals: what is proven, what isn't, and what is wrong, in plain words. */
import { describe, expect, it } from 'vitest';
import { formatJournal } from '../../../src/main/journal/chain.ts';
import { judge } from '../../../src/verifier/judge.ts';
import { findingsOf } from '../../../src/verifier/sentences.ts';
import { beginJournal, ended, journalWith, MIA, type TestJournal } from '../../fakes/journal-scene.ts';

const desk = await journalWith(3);
const key = await desk.key();
const other = await journalWith(3, 'another desk');

const check = async (texts: readonly string[], by: string | null) =>
  findingsOf(
    await judge(
      texts.map((text, index) => ({ name: `File ${index + 1}`, text })),
      by,
    ),
  );
const exportOf = (journal: TestJournal) => formatJournal(journal.tokens());
const words = (found: Awaited<ReturnType<typeof check>>) =>
  found
    .flatMap(({ headline, wrong, proven, notProven }) => [headline, ...wrong, ...proven, ...notProven])
    .join('\n');

describe('a receipt', () => {
  it('signed by the key that the desk told is genuine, and what that proves and doesn’t is said', async () => {
    const [found] = await check([await desk.receipt(3)], key);
    expect(found).toMatchObject({
      tone: 'genuine',
      headline: 'Genuine: the desk says “Verified”',
      wrong: [],
    });
    expect(found?.proven.join()).toContain(
      'on 23 November 2026, 10:02:00 (UTC+01:00), the code mailed to mia.keller@example.com was read back',
    );
    expect(found?.notProven.join()).toMatch(/Who the person is.*the desk tells the truth.*its journal/s);
  });

  it('in which a letter became a dot is told as a changed receipt, and not as a journal', async () => {
    // On the line with the first dot of its token, so that it looks like a whole entry.
    const changed = (await desk.receipt(3)).replace(/^([\w-]+\.[\w-]{4})[\w-]/m, '$1.');
    expect(changed).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/m);
    const [found, ...more] = await check([changed], key);
    expect(more).toEqual([]);
    expect(found?.wrong.join()).not.toContain('line');
    expect(found?.headline).not.toContain('journal');
  });

  it('signed by a key that nobody told proves only that it is unchanged, and claims nothing [T-checker-no-key]', async () => {
    const [found] = await check([await desk.receipt(3)], null);
    expect(found).toMatchObject({
      tone: 'open',
      headline: 'Unchanged, but it is not known whose key signed it',
    });
    expect(found?.proven.join()).not.toContain('mia.keller');
    expect(found?.notProven[0]).toContain('not the person who gave you this');
  });

  it('signed by another key is of another desk, or forged [T-checker-other-key]', async () => {
    const [found] = await check([await other.receipt(3)], key);
    expect(found).toMatchObject({ tone: 'wrong', proven: [] });
    expect(found?.wrong).toEqual([expect.stringContaining('Another key signed it')]);
  });

  it('that was changed is not to be relied on, whoever signed it, and the place is named', async () => {
    const [found] = await check([(await desk.receipt(3)).replace('mia.', 'eve.')], key);
    expect(found).toMatchObject({ tone: 'wrong', headline: 'Changed: do not rely on it', proven: [] });
    expect(found?.wrong).toEqual([
      'Text: line 7 was changed. It reads “Mailbox       eve.keller@example.com”; by the token it should read “Mailbox       mia.keller@example.com”.',
    ]);
    expect(found?.rows).toContainEqual({ label: 'Mailbox', value: 'mia.keller@example.com' });
  });

  it('of an expired verification is genuine, and says that nothing was verified', async () => {
    const journal = await beginJournal('expired');
    await journal.write(ended({ result: 'expired' }), MIA);
    const [found] = await check([await journal.receipt(2)], await journal.key());
    expect(found?.headline).toBe('Genuine: the desk says “Not verified”');
    expect(found?.proven.join()).toContain('nothing was verified for mia.keller@example.com');
  });

  it('in a whole journal is said to be in it', async () => {
    const [receipt, journal] = await check([await desk.receipt(3), exportOf(desk)], key);
    expect(receipt?.tone).toBe('genuine');
    expect(receipt?.proven).toContain('It is entry No. 3 of File 2, where nothing is missing or changed.');
    expect(journal).toMatchObject({ tone: 'genuine', headline: 'This journal is whole' });
  });

  it.each<[string, () => Promise<string>, string, RegExp]>([
    [
      'that lacks it',
      async () => Promise.resolve(formatJournal(desk.tokens().toSpliced(2, 1))),
      'wrong',
      /lacks this entry/,
    ],
    ['of another desk', async () => Promise.resolve(exportOf(other)), 'wrong', /journal of another desk/],
    [
      'that ends before it',
      async () => Promise.resolve(formatJournal(desk.tokens().slice(0, 2))),
      'open',
      /or was cut/,
    ],
    [
      'in which another stands in its place',
      async () => {
        const rewritten = await (await journalWith(1)).fork('rewritten');
        await rewritten.write(ended(), MIA);
        return exportOf(rewritten);
      },
      'wrong',
      /another entry of this number/,
    ],
  ])('beside a journal %s', async (_what, journal, tone, said) => {
    const [found] = await check([await desk.receipt(3), await journal()], key);
    expect(found?.tone).toBe(tone);
    expect([...(found?.wrong ?? []), ...(found?.notProven ?? [])].join('\n')).toMatch(said);
  });

  it('signed by a later key is genuine only together with a whole journal that introduces the key [T-checker-key-change]', async () => {
    const journal = await journalWith(1, 'keys');
    const first = await journal.key();
    await journal.changeKey('second');
    await journal.write(ended(), MIA);
    const receipt = await journal.receipt(4);
    expect((await check([receipt], first))[0]?.tone).toBe('wrong');
    expect((await check([receipt, exportOf(journal)], first))[0]?.tone).toBe('genuine');
    expect((await check([receipt, formatJournal(journal.tokens().toSpliced(1, 1))], first))[0]?.tone).toBe(
      'wrong',
    );
    // And back: a slip printed later names the later key.
    expect((await check([await journal.receipt(2), exportOf(journal)], await journal.key()))[0]?.tone).toBe(
      'genuine',
    );
  });
});

describe('practice', () => {
  it('proves nothing: of its receipt and its journal nobody says verified or genuine [T-checker-practice]', async () => {
    const practice = await beginJournal('practice', { practice: true });
    await practice.write(ended(), MIA);
    for (const by of [null, await practice.key(), key]) {
      const found = await check([await practice.receipt(2), exportOf(practice)], by);
      expect(found.map(({ tone }) => tone)).toEqual(['practice', 'practice']);
      expect(words(found)).not.toMatch(/verified|genuine/i);
    }
  });
});

describe('a journal', () => {
  it('without a key to judge by is whole, and it is not known whose it is', async () => {
    const [found] = await check([exportOf(desk)], null);
    expect(found).toMatchObject({ tone: 'open', headline: 'Whole, but it is not known whose journal it is' });
  });

  it.each<[string, (tokens: readonly string[]) => readonly string[], RegExp]>([
    ['with one dropped', (all) => all.toSpliced(1, 1), /No. 2 is missing before line 2/],
    ['with two dropped', (all) => all.toSpliced(1, 2), /No. 2 to No. 3 are missing/],
    [
      'with one changed',
      (all) => all.with(1, (all[1] ?? '').replace(/.$/, 'x')),
      /entry in line 2 was changed/,
    ],
    [
      'with two turned',
      (all) => all.with(1, all[2] ?? '').with(2, all[1] ?? ''),
      /No. 2 in line 3 stands behind/,
    ],
    ['with one twice', (all) => [...all, all[1] ?? ''], /No. 2 is there once more/],
  ])('%s is not whole, and where is said', async (_what, attack, said) => {
    const [found] = await check([formatJournal(attack(desk.tokens()))], key);
    expect(found).toMatchObject({ tone: 'wrong', headline: 'This journal is not whole', proven: [] });
    expect(found?.wrong.join()).toMatch(said);
  });

  it('that continues an earlier one was not rewritten; one that contradicts it was', async () => {
    const early = formatJournal(desk.tokens().slice(0, 3));
    const [, , continued] = await check([early, exportOf(desk)], key);
    expect(continued?.headline).toBe('One journal continues the other');
    const rewritten = await (await journalWith(1)).fork('rewritten');
    await rewritten.write(ended(), MIA);
    const [, , parted] = await check([early, exportOf(rewritten)], key);
    expect(parted).toMatchObject({ tone: 'wrong', headline: 'The two journals contradict each other' });
  });
});

describe('what a forger puts into a file', () => {
  it('reaches neither a terminal nor a page unseen [T-checker-unseen]', async () => {
    const found = await check([(await desk.receipt(3)).replace('mia.', '\u001B[2J\u202Emia.')], key);
    expect(JSON.stringify(found)).not.toMatch(/\\u001b|\u202E/);
    expect(found[0]?.wrong.join()).toContain('\\u{1b}[2J\\u{202e}mia.');
  });
});
