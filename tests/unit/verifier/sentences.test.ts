/** @file What the checker says of receipts and journals: what is proven, what isn't, and what is wrong, in plain words. */
import { describe, expect, it } from 'vitest';
import { formatJournal } from '../../../src/main/journal/chain.ts';
import { writeEntry } from '../../../src/main/journal/entry.ts';
import { signerOf } from '../../../src/main/journal/signing.ts';
import { judge } from '../../../src/verifier/judge.ts';
import { findingsOf } from '../../../src/verifier/sentences.ts';
import { createFakeRandom, MORNING } from '../../fakes/clock.ts';
import {
  beginJournal,
  ended,
  journalWith,
  keyFrom,
  MIA,
  type TestJournal,
} from '../../fakes/journal-scene.ts';

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
const tokenOf = (receipt: string) =>
  /TOKEN-----\n([^]+)\n-----END/.exec(receipt)?.[1]?.replaceAll('\n', '') ?? '';
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
    const [journal] = await check([exportOf(other)], key);
    expect(journal).toMatchObject({
      tone: 'wrong',
      proven: [],
      wrong: [expect.stringContaining('Another key')],
    });
  });

  it('by another key under the desk’s name is no better for a number behind the journal’s last', async () => {
    const thief = await signerOf(keyFrom('thief'));
    const head = desk.written.at(-1)?.head ?? null;
    const writing = { signer: thief, random: createFakeRandom('thief'), practice: false, app: 'x' };
    const { token } = await writeEntry(writing, head, ended(), MIA, MORNING);
    const [found] = await check([`${token}~`, exportOf(desk)], key);
    expect(found).toMatchObject({ tone: 'wrong', proven: [] });
    expect(found?.wrong).toEqual([expect.stringContaining('Another key signed it')]);
  });

  it('that shows no address names none', async () => {
    const [found] = await check([await desk.receipt(3, [])], key);
    expect(found?.proven.join()).toContain('the code mailed to a mailbox that is not shown was read back');
  });

  it('that was changed is not to be relied on, whoever signed it, and the place is named', async () => {
    const [found] = await check([(await desk.receipt(3)).replace('mia.', 'eve.')], key);
    expect(found).toMatchObject({ tone: 'wrong', headline: 'Changed: do not rely on it', proven: [] });
    expect(found?.wrong).toEqual([
      'Text: line 7 was changed. It reads “Mailbox       eve.keller@example.com”; by the token it should read “Mailbox       mia.keller@example.com”.',
    ]);
    expect(found?.rows).toContainEqual({ label: 'Mailbox', value: 'mia.keller@example.com' });
  });

  it.each<[string, (receipt: string) => string]>([
    ['between blank lines', (receipt) => `\n\r\n${receipt}\n \n`],
    ['with spaces at the ends of its lines', (receipt) => receipt.replaceAll('\n', ' \t\r\n')],
    ['as its token alone, in lines', (receipt) => /TOKEN-----\n([^]+)\n-----END/.exec(receipt)?.[1] ?? ''],
    ['as its token alone, pasted with blanks', (receipt) => ` \n${tokenOf(receipt)}  \n`],
  ])('pasted %s is what it was', async (_how, paste) => {
    const [found] = await check([paste(await desk.receipt(3))], key);
    expect(found).toMatchObject({ tone: 'genuine', wrong: [] });
  });

  it.each([' ', '\n', '\t\r\n', 'x', 'x~', '.', '~'])(
    'of a million %j is judged without a wait',
    async (text) => {
      const receipt = await desk.receipt(3);
      for (const huge of [text.repeat(1_000_000), `${receipt}${text.repeat(1_000_000)}x${receipt}`])
        expect((await check([huge], key))[0]?.tone).toBe('wrong');
    },
  );

  it('of a new key names it as the settings do', async () => {
    const journal = await journalWith(1, 'named key');
    await journal.changeKey('next key');
    const [found] = await check([await journal.receipt(3)], null);
    expect(found?.rows).toContainEqual({ label: 'New key', value: await journal.key() });
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

describe('a journal of a thief that names the desk’s key as its next [T-checker-announced]', () => {
  const OPEN = 'is only named in the last entry of the journal, and anybody can name a key';

  it('lends its receipts no trust, and is not the desk’s', async () => {
    const thief = await beginJournal('thief');
    await thief.write(ended(), MIA);
    await thief.changeKey('harbour');
    const found = await check([await thief.receipt(2), exportOf(thief)], key);
    expect(found.map(({ tone }) => tone)).toEqual(['open', 'open']);
    for (const { notProven } of found) expect(notProven[0]).toContain(OPEN);
    expect(words(found)).not.toMatch(/genuine|desk's own keys|mia\.keller/i);
    // With a fault it lends not even that.
    const cut = formatJournal(thief.tokens().slice(1));
    expect((await check([await thief.receipt(2), cut], key)).map(({ tone }) => tone)).toEqual([
      'wrong',
      'wrong',
    ]);
  });

  it('is the desk’s as soon as that key has signed in it', async () => {
    const journal = await journalWith(1, 'first key');
    await journal.changeKey('second key');
    const announced = await check([exportOf(journal)], await journal.key());
    expect(announced[0]?.tone).toBe('open');
    await journal.write(ended(), MIA);
    const found = await check([await journal.receipt(2), exportOf(journal)], await journal.key());
    expect(found.map(({ tone }) => tone)).toEqual(['genuine', 'genuine']);
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

  it('that lacks entries is not the same as one that has them, in either order [T-checker-gaps]', async () => {
    const tokens = desk.tokens();
    const gaps = formatJournal(tokens.toSpliced(1, 1));
    for (const texts of [
      [gaps, exportOf(desk)],
      [exportOf(desk), gaps],
    ]) {
      const found = (await check(texts, key)).at(-1);
      expect(found).toMatchObject({ tone: 'wrong', headline: 'One of the two journals is not whole' });
    }
  });
});

describe('what a forger puts into a file', () => {
  it('reaches neither a terminal nor a page unseen [T-checker-unseen]', async () => {
    const found = await check([(await desk.receipt(3)).replace('mia.', '\u001B[2J\u202Emia.')], key);
    expect(JSON.stringify(found)).not.toMatch(/\\u001b|\u202E/);
    expect(found[0]?.wrong.join()).toContain('\\u{1b}[2J\\u{202e}mia.');
  });
});
