/** @file The history at the desk: what its channels answer, and what leaves the program and where to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJournal } from '../../../src/main/journal/chain.ts';
import { readReceipt } from '../../../src/main/journal/receipt.ts';
import { createSignatureReader } from '../../../src/main/journal/signature.ts';
import { NOTE_LENGTH } from '../../../src/shared/history.ts';
import { USUAL_PURPOSES } from '../../../src/shared/purposes.ts';
import { requestWith } from '../../../src/shared/request.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { type DeskScene, MARIA, openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';
import { folder, makeFolderForEach } from '../../fakes/each-folder.ts';

makeFolderForEach();
let scene: DeskScene;
beforeEach(async () => (scene = await openSetUpDesk()));
afterEach(() => scene.desk.close());

const call = () => scene.desk.handlers;
const ALL = { text: '', from: null, to: null, purpose: null, result: null, operator: null } as const;
const NOTE = { ticket: '48219', text: 'Called back.' };
const notFound = fail({ code: 'not-found' });

async function verifyMaria(request = MARIA.request): Promise<string> {
  const { id, code } = await startFor(scene, { ...MARIA, request, caseNote: NOTE });
  await call()['verification.check']({ id, code });
  return id;
}
const saved = (name: string): string => readFileSync(join(folder, name), 'utf8');
const place = (name: string) => (scene.savesTo = join(folder, name));

describe('the case note', () => {
  it('goes with the verification, and is kept beside a draft that is taken up again', async () => {
    const id = await verifyMaria();
    expect(scene.desk.view().shift[0]).toMatchObject({ ticket: '48219' });
    await call()['verification.changeAddress']({ id });
    expect(scene.desk.view().draft.caseNote).toEqual(NOTE);
  });

  it.each([
    ['ticket', 'too-long', { ticket: 'x'.repeat(NOTE_LENGTH.ticket + 1), text: '' }],
    ['text', 'too-long', { ticket: '', text: 'x'.repeat(NOTE_LENGTH.text + 1) }],
    ['ticket', 'control-character', { ticket: 'a\nb', text: '' }],
    ['text', 'control-character', { ticket: '', text: 'a\u0007b' }],
  ] as const)('that is %s %s is refused, and nothing starts', async (field, why, caseNote) => {
    const problem = { code: 'note', field, why };
    expect(await call()['verification.start']({ ...MARIA, caseNote })).toEqual(fail(problem));
    expect(scene.post.letters).toEqual([]);
    // What was typed is still there.
    expect(scene.desk.view().draft).toMatchObject({ address: MARIA.address, caseNote });
    const id = await verifyMaria();
    expect(await call()['history.note']({ id, note: caseNote })).toEqual(fail(problem));
  });
});

describe('the history', () => {
  it('is a place of its own, with the opened record in the view', async () => {
    const id = await verifyMaria();
    await call()['desk.go']({ to: 'history' });
    expect(scene.shown().screen).toEqual({ at: 'history', record: null });
    const found = await call()['history.search']({ query: { ...ALL, text: '48219' }, after: null });
    expect(found).toMatchObject(ok({ rows: [{ id, ticket: '48219' }], next: null, of: 1 }));
    await call()['history.show']({ id });
    expect(scene.shown().screen).toMatchObject({ at: 'history', record: { id, caseNote: NOTE } });
    await call()['history.note']({ id, note: { ticket: ' 48220 ', text: 'Two\r\nlines' } });
    expect(scene.shown().screen).toMatchObject({
      record: { caseNote: { ticket: '48220', text: 'Two\nlines' }, earlierNotes: [{ note: NOTE }] },
    });
    await call()['history.show']({ id: null });
    expect(scene.shown().screen).toEqual({ at: 'history', record: null });
  });

  it('knows nothing of a record that is not there', async () => {
    const id = 'f'.repeat(32);
    expect(await call()['history.show']({ id })).toEqual(notFound);
    expect(await call()['history.note']({ id, note: NOTE })).toEqual(notFound);
    expect(await call()['history.copy']({ id })).toEqual(notFound);
    expect(await call()['history.saveReceipt']({ id, show: [] })).toEqual(notFound);
    expect(await call()['history.savePdf']({ id })).toEqual(notFound);
    expect(await call()['history.print']({ id })).toEqual(notFound);
    expect(scene.asked).toEqual([]);
  });
});

describe('what leaves the program', () => {
  it('as a line is on the clipboard', async () => {
    const id = await verifyMaria();
    const copied = await call()['history.copy']({ id });
    expect(copied).toMatchObject({ ok: true });
    expect(scene.copied).toEqual([copied.ok ? copied.value.line : '']);
    expect(scene.copied[0]).toMatch(/^Verified Maria@example\.test · Payment · /);
  });

  it('as a receipt shows what the saver chose, and its name tells the reference and no address', async () => {
    const id = await verifyMaria();
    place('receipt.txt');
    expect(await call()['history.saveReceipt']({ id, show: ['address'] })).toEqual(ok(null));
    const read = await readReceipt(createSignatureReader(), saved('receipt.txt'));
    expect(read).toMatchObject({ faults: [], shown: { address: 'Maria@example.test' } });
    expect(read.shown.case).toBeUndefined();
    expect(scene.asked).toEqual([expect.stringMatching(/^countersign-receipt-[A-Z0-9-]+\.txt$/)]);
  });

  it('is nowhere when the person calls it off', async () => {
    const id = await verifyMaria();
    scene.savesTo = null;
    const calledOff = fail({ code: 'called-off' });
    expect(await call()['history.saveReceipt']({ id, show: [] })).toEqual(calledOff);
    expect(await call()['history.export']({ format: 'csv', from: null, to: null })).toEqual(calledOff);
    expect(readdirSync(folder)).toEqual([]);
    scene.savesTo = join(folder, 'no', 'such', 'folder');
    expect(await call()['history.saveReceipt']({ id, show: [] })).toEqual(
      fail({ code: 'not-written', why: 'other' }),
    );
  });

  it('as a slip is the record that is opened, and no other', async () => {
    const id = await verifyMaria();
    place('slip.pdf');
    expect(await call()['history.savePdf']({ id })).toEqual(notFound);
    await call()['history.show']({ id });
    expect(await call()['history.savePdf']({ id })).toEqual(ok(null));
    expect(saved('slip.pdf')).toMatch(/^%PDF-/);
    expect(await call()['history.print']({ id })).toEqual(ok(null));
    scene.prints = false;
    expect(await call()['history.print']({ id })).toEqual(fail({ code: 'called-off' }));
  });

  it.each(['csv', 'jsonl', 'summary'] as const)(
    'as %s tells how far it is, and ends with nothing under way',
    async (format) => {
      await verifyMaria();
      place('out');
      const seen: unknown[] = [];
      const before = scene.published();
      expect(await call()['history.export']({ format, from: null, to: null })).toEqual(ok({ rows: 1 }));
      seen.push(scene.shown().task);
      expect(seen).toEqual([null]);
      expect(scene.published()).toBeGreaterThan(before + 1);
      expect(saved('out').length).toBeGreaterThan(20);
    },
  );

  it('names a purpose of the owner’s own with its details, in every form', async () => {
    // By names that the program has for something else.
    const own = { purpose: 'amount', details: ['what', 'Street'], offered: true };
    const purposes = { ...USUAL_PURPOSES, list: [...USUAL_PURPOSES.list, own] };
    expect(await call()['settings.choose']({ purposes })).toMatchObject({ ok: true });
    const id = await verifyMaria(
      requestWith(own.purpose, own.details, { what: 'A visit', Street: 'Quay 4' }),
    );
    place('receipt.txt');
    await call()['history.saveReceipt']({ id, show: ['details'] });
    const receipt = saved('receipt.txt');
    expect(await readReceipt(createSignatureReader(), receipt)).toMatchObject({
      faults: [],
      entry: { claims: { purpose: 'amount' } },
      shown: {
        details: [
          { name: 'what', value: 'A visit' },
          { name: 'Street', value: 'Quay 4' },
        ],
      },
    });
    expect(receipt).toMatch(/what: A visit\n.*Street: Quay 4/);
    for (const format of ['csv', 'jsonl', 'summary'] as const) {
      place(format);
      await call()['history.export']({ format, from: null, to: null });
      expect(saved(format), format).toContain('amount');
    }
    expect(saved('csv')).toContain('Street');
  });

  it('as a journal is what the checker finds no fault with', async () => {
    await verifyMaria();
    place('journal.txt');
    await call()['history.export']({ format: 'journal', from: null, to: null });
    const read = await readJournal(saved('journal.txt'));
    expect(read.faults).toEqual([]);
    expect(read.journal).toMatchObject({ name: scene.desk.view().journal?.name, last: { n: 3 } });
    expect(saved('journal.txt')).not.toMatch(/maria/i);
  });

  it('keeps to the period that was asked for', async () => {
    await verifyMaria();
    place('out');
    const answer = await call()['history.export']({ format: 'jsonl', from: 0, to: 1 });
    expect(answer).toEqual(ok({ rows: 0 }));
  });

  it('goes out one at a time', async () => {
    await verifyMaria();
    place('out');
    const first = call()['history.export']({ format: 'csv', from: null, to: null });
    expect(await call()['history.export']({ format: 'csv', from: null, to: null })).toEqual(
      fail({ code: 'busy' }),
    );
    expect(await first).toMatchObject({ ok: true });
  });
});

describe('erasing', () => {
  it('says that what was typed is no address', async () => {
    expect(await call()['history.erase']({ address: 'maria@' })).toMatchObject({
      problem: { code: 'address' },
    });
    expect(await call()['history.erase']({ address: 'nobody@example.test' })).toEqual(notFound);
  });

  it('takes it out of what is shown, and out of the draft', async () => {
    const id = await verifyMaria();
    await call()['history.show']({ id });
    await call()['desk.draft'](MARIA);
    expect(await call()['history.erase']({ address: 'maria@example.test' })).toEqual(ok({ records: 1 }));
    expect(JSON.stringify(scene.shown())).not.toMatch(/maria/i);
    expect(scene.shown().screen).toEqual({ at: 'history', record: null });
  });
});

describe('the key', () => {
  it('is told by its thumbprint, and another one goes on in the same journal', async () => {
    const before = scene.desk.view().journal;
    expect(await call()['journal.changeKey'](undefined)).toEqual(ok(null));
    const after = scene.shown().journal;
    expect(after?.name).toBe(before?.name);
    expect(after?.thumbprint).not.toBe(before?.thumbprint);
  });
});

describe('practice', () => {
  it('has a history, a journal and a key of its own, and marks what leaves it', async () => {
    await verifyMaria();
    const real = scene.desk.view().journal;
    await call()['practice.begin'](undefined);
    expect(scene.desk.view().journal?.name).not.toBe(real?.name);
    const id = await verifyMaria();
    place('receipt.txt');
    await call()['history.saveReceipt']({ id, show: [] });
    expect(saved('receipt.txt')).toMatch(/^PRACTICE/);
    expect(scene.asked.at(-1)).toMatch(/^countersign-practice-/);
    await call()['history.copy']({ id });
    expect(scene.copied.at(-1)).toMatch(/^PRACTICE/);
    await call()['practice.leave'](undefined);
    expect(scene.desk.view().journal).toEqual(real);
    expect(await call()['history.show']({ id })).toEqual(notFound);
  });
});
