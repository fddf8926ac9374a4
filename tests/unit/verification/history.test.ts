/** @file What is kept is found by what is known of it, told whole, and its note changed without losing what it said. */
import { describe, expect, it, vi } from 'vitest';
import { requestOf } from '../../../src/shared/request.ts';
import type { HistoryCursor, HistoryQuery, HistoryRow } from '../../../src/shared/history.ts';
import { editBetweenRuns } from '../../fakes/edit.ts';
import { REFUSED } from '../../fakes/post.ts';
import { wrong } from '../../fakes/scene.ts';
import { DAY, MINUTE } from '../../fakes/time.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

const ALL: HistoryQuery = { text: '', from: null, to: null, purpose: null, result: null, operator: null };

/** Every slice of a search, put together as the page does. */
function find(query: Partial<HistoryQuery>): { rows: HistoryRow[]; slices: number; scanned: number } {
  const rows: HistoryRow[] = [];
  let after: HistoryCursor | null = null;
  let [slices, scanned] = [0, 0];
  do {
    const slice = scene.verifier.history.search({ ...ALL, ...query }, after);
    rows.push(...slice.rows);
    scanned += slice.scanned;
    slices += 1;
    after = slice.next;
  } while (after !== null);
  return { rows, slices, scanned };
}
const found = (query: Partial<HistoryQuery>): readonly string[] =>
  find(query).rows.map((row) => (row.state === 'unreadable' ? row.state : row.sentTo));

describe('a search', () => {
  it('without a word shows all, newest first', async () => {
    await scene.verify('one@example.test');
    await scene.verify('two@example.test');
    await scene.verify('three@example.test');
    expect(found({})).toEqual(['three@example.test', 'two@example.test', 'one@example.test']);
  });

  it('finds a whole address by its index, in any spelling that the mailbox has, and looks at no other row', async () => {
    for (let n = 0; n < 5; n += 1) await scene.verify(`other${n}@example.test`);
    await scene.verify('Mia.Keller@gmail.com');
    expect(find({ text: ' miakeller+shop@googlemail.com ' })).toMatchObject({
      rows: [{ sentTo: 'Mia.Keller@gmail.com' }],
      scanned: 1,
    });
  });

  it('finds a whole reference by its index, however it is typed', async () => {
    for (let n = 0; n < 5; n += 1) await scene.verify(`other${n}@example.test`);
    const reference = scene.verifier.get(await scene.verify('mia@example.test'))?.reference ?? '';
    for (const text of [
      reference,
      reference.toLowerCase(),
      reference.replaceAll('-', ''),
      reference.replaceAll('-', ' '),
    ])
      expect(find({ text })).toMatchObject({ rows: [{ reference }], scanned: 1 });
  });

  it('finds a part of address, ticket, note, operator or detail, in upper or lower case', async () => {
    scene.operator = 'Karim';
    const noted = await scene.verify(
      'one@example.test',
      requestOf('other', { what: 'Membership card' }),
      'T-48219',
    );
    await scene.verifier.history.note(noted, { ticket: 'T-48219', text: 'Called back about the Invoice.' });
    scene.operator = 'Anna';
    await scene.verify('two@example.test');
    for (const text of ['ONE@EX', '48219', 'invoice', 'karim', 'member'])
      expect(found({ text })).toEqual(['one@example.test']);
    expect(found({ text: 'nobody' })).toEqual([]);
  });

  it('finds several words in any order, with or without accents, and what was pasted around them', async () => {
    const id = await scene.verify('m.keller@example.test');
    await scene.verifier.history.note(id, { ticket: 'T-7', text: 'Frau Müller (José’s sister), Straße 4' });
    await scene.verify('two@example.test');
    for (const text of [
      ...['sister muller', 'MULLER  frau', 'jose', '“José’s sister”', 'keller t-7', 'strasse'.slice(0, 4)],
      ...['Keller <m.keller@example.test>', ' m.keller@example .test ', 'müller'.normalize('NFD'), 'keller,'],
    ])
      expect([text, found({ text })]).toEqual([text, ['m.keller@example.test']]);
    expect(found({ text: 'sister brother' })).toEqual([]);
    expect(found({ text: '…' })).toEqual([]);
  });

  it('takes a word that could be a reference or an address, and is none of them, for a word', async () => {
    await scene.verify('one@example.test', requestOf('other', { what: 'payments' }));
    await scene.verify('mia@example.company');
    expect(found({ text: 'payments' })).toEqual(['one@example.test']);
    expect(found({ text: 'mia@example.com' })).toEqual(['mia@example.company']);
  });

  it('keeps to day, purpose, result and operator', async () => {
    const from = scene.clock.wall();
    scene.operator = 'Ann';
    await scene.verify('one@example.test');
    scene.operator = 'Anna';
    scene.clock.pass(DAY);
    await scene.verify('two@example.test', requestOf('payment', { amount: '1', payee: 'x' }));
    const locked = await scene.start('three@example.test');
    for (let by = 1; by <= 5; by += 1) await scene.verifier.check(locked.id, wrong(locked.code, by));
    scene.post.outcome = REFUSED;
    await scene.start('four@example.test');
    expect(found({ from, to: from + DAY })).toEqual(['one@example.test']);
    expect(found({ from: from + DAY, result: 'verified' })).toEqual(['two@example.test']);
    expect(found({ purpose: 'payment' })).toEqual(['two@example.test']);
    expect(found({ result: 'locked' })).toEqual(['three@example.test']);
    expect(found({ result: 'not-delivered' })).toEqual(['four@example.test']);
    expect(found({ result: 'open' })).toEqual(['four@example.test']);
    // By the whole name; a part of one is searched for as words are.
    expect(found({ operator: 'Ann' })).toEqual(['one@example.test']);
    expect(found({ operator: 'Anna', result: 'locked' })).toEqual(['three@example.test']);
  });

  it('goes on where it was, whatever was opened meanwhile, and shows no row twice', async () => {
    // Several in one millisecond as well.
    for (let n = 0; n < 7; n += 1) await scene.start(`n${n}@example.test`);
    const seen: string[] = [];
    let after: HistoryCursor | null = null;
    do {
      const page = scene.file.page({ after, from: null, to: null, result: null, of: null }, 2);
      seen.push(...page.rows.map(({ id }) => id));
      after = page.end;
      if (seen.length === 2) {
        scene.clock.pass(1);
        await scene.start('late@example.test');
      }
    } while (after !== null);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  it('is answered in slices: none looks at more than a few rows', async () => {
    const [file, rows] = [scene.file, 400];
    const { id } = await scene.start();
    const row = file.verification(id);
    if (row === null) throw new Error('it was written');
    await file.begin();
    for (let n = 0; n < rows; n += 1)
      file.insertVerification({
        ...row,
        id: n.toString(16).padStart(32, '0'),
        openedAt: row.openedAt - n - 1,
        expiresAt: row.expiresAt - n - 1,
      });
    file.commit();
    const { slices, scanned } = find({ text: 'nobody at all' });
    expect(scanned).toBe(rows + 1);
    expect(slices).toBeGreaterThan(2);
  });

  it('looks at a bounded number of rows for a rare result too, and finds each once [T-history-bounded]', async () => {
    const rare = await scene.verify('rare@example.test');
    const row = scene.file.verification(rare);
    if (row === null) throw new Error('it was written');
    await scene.written();
    await scene.file.begin();
    for (let n = 0; n < 2_000; n += 1)
      scene.file.insertVerification({
        ...row,
        id: n.toString(16).padStart(32, '0'),
        // Every third in the same millisecond as the one before.
        openedAt: row.openedAt - n + (n % 3),
        expiresAt: row.expiresAt - n + (n % 3),
        deliveryState: n % 700 === 0 ? 'refused' : 'accepted',
      });
    scene.file.commit();
    for (const [result, count] of [
      ['not-delivered', 3],
      ['verified', 2_001],
      ['locked', 0],
    ] as const) {
      const seen: string[] = [];
      let looked = 0;
      let after: HistoryCursor | null = null;
      do {
        const query = { after, from: row.openedAt - 5_000, to: row.openedAt + 5_000, result, of: null };
        const page = scene.file.page(query, 60);
        expect(page.looked).toBeLessThanOrEqual(600);
        expect(page.rows.length).toBeLessThanOrEqual(60);
        seen.push(...page.rows.map(({ id }) => id));
        looked += page.looked;
        after = page.end;
      } while (after !== null);
      expect(seen).toHaveLength(count);
      expect(new Set(seen).size).toBe(count);
      expect(looked).toBe(2_001);
    }
  });

  it('says of a row that was changed that it was there, and nothing else', async () => {
    const id = await scene.verify('one@example.test');
    await editBetweenRuns(scene, 'UPDATE verifications SET guesses_used = 4');
    const [row] = find({}).rows;
    expect(row).toMatchObject({ id, state: 'unreadable' });
    expect(JSON.stringify(row)).not.toContain('one@');
    for (const query of [{ text: 'one' }, { purpose: 'registration' }, { operator: 'Anna' }] as const)
      expect(find(query).rows).toEqual([]);
    expect(scene.verifier.history.record(id)).toBeNull();
    expect(await scene.verifier.history.receipt(id, [])).toBeNull();
  });
});

describe('a record', () => {
  it('is whole: who, what, every mail, guesses, policy, account, operator, note and its entry', async () => {
    scene.operator = 'Anna';
    scene.policy = { ...scene.policy, guesses: 4 };
    const note = { ticket: '48219', text: 'By telephone.' };
    const { id, code } = await scene.start(
      'Mia@Example.test',
      requestOf('payment', { amount: '€5', payee: 'Clinic' }),
      note,
    );
    scene.clock.pass(MINUTE);
    scene.post.outcome = { state: 'unknown' };
    await scene.verifier.resend(id);
    await vi.waitFor(() => expect(scene.verifier.get(id)?.delivery.state).toBe('unknown'));
    await scene.verifier.check(id, wrong(code));
    await scene.verifier.check(id, code);
    const record = scene.verifier.history.record(id);
    expect(record).toMatchObject({
      ...{ entered: 'Mia@Example.test', sentTo: 'Mia@example.test', state: 'verified', operator: 'Anna' },
      ...{ guessesUsed: 2, guessesAllowed: 4, caseNote: note, earlierNotes: [] },
      sentBy: { address: 'desk@gmail.com' },
      policy: { guesses: 4, codeLength: 6 },
      mails: [{ delivery: { state: 'accepted' } }, { delivery: { state: 'unknown' } }],
      receipt: { n: 3, key: scene.verifier.journal().thumbprint },
    });
    const [first, second] = record?.mails ?? [];
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(MINUTE);
    // It stays so when the policy changes, and over a restart.
    scene.policy = { ...scene.policy, guesses: 3 };
    await scene.restart();
    expect(scene.verifier.history.record(id)).toEqual(record);
  });

  it('has no part of its note in its mail, nor in the code [T-note-not-mailed]', async () => {
    const { id } = await scene.start('mia@example.test', undefined, { ticket: 'XYZZY', text: 'plugh' });
    expect(JSON.stringify(scene.post.letters)).not.toMatch(/XYZZY|plugh/);
    const before = scene.post.letters.at(-1)?.code;
    await scene.verifier.history.note(id, { ticket: 'other', text: 'wording' });
    scene.clock.pass(MINUTE);
    await scene.verifier.resend(id);
    await vi.waitFor(() => expect(scene.post.letters).toHaveLength(2));
    expect(scene.post.letters.at(-1)?.code).toBe(before);
  });

  it('keeps earlier wordings of its note, with when and by whom each was replaced', async () => {
    scene.operator = 'Anna';
    const id = await scene.verify('mia@example.test', undefined, '48219');
    const at = scene.clock.wall();
    expect(await scene.verifier.history.note(id, { ticket: '48220', text: '' })).toBe(true);
    scene.clock.pass(MINUTE);
    scene.operator = 'Karim';
    await scene.verifier.history.note(id, { ticket: '48220', text: 'Invoice.' });
    // The same once more is no change.
    await scene.verifier.history.note(id, { ticket: '48220', text: 'Invoice.' });
    expect(scene.verifier.history.record(id)).toMatchObject({
      caseNote: { ticket: '48220', text: 'Invoice.' },
      earlierNotes: [
        { note: { ticket: '48220', text: '' }, at: at + MINUTE, by: 'Karim' },
        { note: { ticket: '48219', text: '' }, at, by: 'Anna' },
      ],
    });
    expect(await scene.verifier.history.note('0'.repeat(32), { ticket: '', text: '' })).toBe(false);
  });
});

describe('the time that records are kept', () => {
  it.each([1, 30, 365])('is %i days, as the owner chose, and no more [T-kept-days]', async (days) => {
    scene.keepDays = days;
    const id = await scene.verify('mia@example.test');
    scene.clock.pass(days * DAY - MINUTE);
    await scene.restart();
    expect(scene.verifier.get(id)).not.toBeNull();
    scene.clock.pass(2 * MINUTE);
    await scene.verifier.forgetDue();
    expect(scene.verifier.get(id)).toBeNull();
  });
});
