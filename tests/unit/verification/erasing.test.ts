/**
 * @file Erasing one address: nothing that names it is left, in the file, beside it or in the vault; the journal stays provable;
 * and nothing is gained by it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/main/address/parse.ts';
import { readReceipt } from '../../../src/main/journal/receipt.ts';
import { createSignatureReader } from '../../../src/main/journal/signature.ts';
import { requestOf } from '../../../src/shared/request.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { audited, editBetweenRuns } from '../../fakes/edit.ts';
import { entriesIn, faultsIn } from '../../fakes/journal-scene.ts';
import { asking, spendsIn, wrong } from '../../fakes/scene.ts';
import { DAY, MINUTE } from '../../fakes/time.ts';
import { Killed } from '../../fakes/vault.ts';
import { VAULT_LOCKED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';
import { valueOf } from '../../fakes/value-of.ts';

openSceneForEach();

const MIA = 'Mia.Keller@gmail.com';

const addressOf = (text: string) => valueOf(parseAddress(text));
const erase = (text = MIA) => scene.verifier.erase(addressOf(text));

/** Everything that lies on the disk. */
const onDisk = (): Buffer =>
  Buffer.concat(
    ['', '-wal'].map((end) =>
      existsSync(scene.path + end) ? readFileSync(scene.path + end) : Buffer.alloc(0),
    ),
  );

/** What every kept record says, whole. */
const told = (): string =>
  JSON.stringify(
    scene.file
      .page({ after: null, from: null, to: null, result: null, of: null }, 1_000)
      .rows.map(({ id }) => [scene.verifier.history.record(id), scene.verifier.recordOf(id)]),
  );

describe('erasing an address', () => {
  it('takes its records away, in whatever spelling of the mailbox they were made [T-erase-records]', async () => {
    const { id, code } = await scene.start(MIA);
    await scene.verifier.check(id, code);
    await scene.start('miakeller+shop@googlemail.com');
    const other = await scene.start('other@example.test');
    expect(await erase()).toEqual(ok(2));
    expect(scene.verifier.get(id)).toBeNull();
    expect(scene.verifier.get(other.id)?.state).toBe('open');
    expect(told()).not.toMatch(/mia/i);
  });

  it('leaves nothing of it in free pages, the write-ahead log or the anchor [T-erase-rest]', async () => {
    const { id, code } = await scene.start(MIA);
    await scene.verifier.check(id, wrong(code));
    const row = scene.file.verification(id);
    const sealed = Buffer.from(row?.sealed ?? []);
    expect(onDisk().includes(sealed)).toBe(true);
    expect(scene.vault.items.get('anchor')).toContain(row?.addressHash);
    await erase();
    // What it looked like before it ended, and after.
    expect(onDisk().includes(sealed)).toBe(false);
    expect(onDisk().includes(Buffer.from(id))).toBe(true); // Its spends, under their random id.
    const anchor = scene.vault.items.get('anchor') ?? '';
    expect(anchor).toContain('"step":null');
    expect(anchor).not.toContain(row?.addressHash ?? 'none');
    await scene.restart();
    expect(scene.verifier.notices()).toEqual([]);
    expect(onDisk().includes(sealed)).toBe(false);
  });

  it('takes along a record that was changed in its file, which could be opened all the same', async () => {
    const { id, code } = await scene.start(MIA);
    await scene.verifier.check(id, code);
    await editBetweenRuns(scene, 'UPDATE verifications SET guesses_used = 4');
    await audited(scene);
    const sealed = Buffer.from(scene.file.verification(id)?.sealed ?? []);
    expect(scene.verifier.history.record(id)).toBeNull();
    expect(await erase()).toEqual(ok(1));
    expect(scene.file.verification(id)).toBeNull();
    expect(onDisk().includes(sealed)).toBe(false);
  });

  it('waits for who reads in the write-ahead log, which stands still meanwhile [T-erase-reader]', async () => {
    const { id, code } = await scene.start(MIA);
    await scene.verifier.check(id, wrong(code));
    const sealed = Buffer.from(scene.file.verification(id)?.sealed ?? []);
    await scene.written();
    const reader = new DatabaseSync(scene.path, { readOnly: true });
    reader.exec('BEGIN; SELECT * FROM verifications');
    expect(reader.prepare('SELECT count(*) AS n FROM verifications').get()).toEqual({ n: 1 });
    let erased = false;
    const erasing = erase().then(() => (erased = true));
    while (scene.verifier.get(id) !== null) await new Promise(setImmediate);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(erased).toBe(false);
    reader.close();
    await erasing;
    expect(onDisk().includes(sealed)).toBe(false);
  });

  it('blanks it in what other records say: notes, their earlier wordings, details and receipts [T-erase-named]', async () => {
    const request = requestOf('other', { what: `refund to ${MIA}` });
    const { id, code } = await scene.start('other@example.test', request, {
      ticket: '48219',
      text: 'Shares a box with MIA.KELLER@GMAIL.COM, says Karim.',
    });
    await scene.verifier.check(id, code);
    await scene.verifier.history.note(id, { ticket: '48219', text: 'See mia.keller@gmail.com.' });
    await scene.start(MIA);
    expect(await erase()).toEqual(ok(1));
    expect(told()).not.toMatch(/mia\.?keller/i);
    const record = scene.verifier.history.record(id);
    expect(record).toMatchObject({
      state: 'verified',
      caseNote: { ticket: '48219', text: 'See [erased].' },
      earlierNotes: [{ note: { text: 'Shares a box with [erased], says Karim.' } }],
      receipt: { canShow: ['address', 'account'] },
    });
    const receipt = (await scene.verifier.history.receipt(id, ['address', 'details', 'case'])) ?? '';
    const read = await readReceipt(createSignatureReader(), receipt);
    expect(read).toMatchObject({ faults: [], shown: { address: 'other@example.test' } });
    expect(JSON.stringify(read)).not.toMatch(/keller/i);
  });

  it('ends an open verification first, also one whose details name it', async () => {
    const { id } = await scene.start(MIA);
    await scene.verify(MIA);
    const naming = await scene.start('other@example.test', requestOf('other', { what: MIA }));
    await erase();
    expect(scene.verifier.get(id)).toBeNull();
    expect(scene.verifier.get(naming.id)?.state).toBe('cancelled');
    const results = (await entriesIn(scene.file)).flatMap(({ claims }) =>
      claims.event === 'verification-ended' ? [claims.result] : [],
    );
    expect(results).toEqual(['verified', 'cancelled', 'cancelled']);
  });

  it('keeps the journal provable, and tells in it which references and who, never the address [T-erase-provable]', async () => {
    const { id, code } = await scene.start(MIA);
    await scene.verifier.check(id, code);
    const reference = scene.verifier.get(id)?.reference;
    scene.operator = 'Anna';
    await erase();
    const entries = await entriesIn(scene.file);
    expect(entries.at(-1)?.claims).toMatchObject({ event: 'address-erased', references: [reference] });
    expect(await faultsIn(scene.file)).toEqual([]);
    // What is signed is random in part: three letters of it would be there by chance.
    expect(JSON.stringify(entries)).not.toMatch(/mia\.|keller/i);
    await scene.restart();
    expect(await faultsIn(scene.file)).toEqual([]);
  });

  it('gives no guess back: guess, erase, guess [T-erase-guess]', async () => {
    scene.policy = { ...scene.policy, addressGuesses: 5, guesses: 5 };
    const { id, code } = await scene.start(MIA);
    for (let by = 1; by <= 4; by += 1) await scene.verifier.check(id, wrong(code, by));
    await erase();
    const again = await scene.start(MIA);
    const answers = [];
    for (let by = 1; by <= 3; by += 1)
      answers.push(await scene.verifier.check(again.id, wrong(again.code, by)));
    expect(answers.map((answer) => answer.ok)).toEqual([true, false, false]);
    await erase();
    expect(await scene.verifier.start(asking(MIA))).toMatchObject({ problem: { code: 'address-delayed' } });
  });

  it('gives no code back either', async () => {
    scene.policy = { ...scene.policy, addressSends: 1 };
    await scene.start(MIA);
    await erase();
    expect(await scene.verifier.start(asking(MIA))).toMatchObject({
      problem: { code: 'address-delayed', why: 'sends' },
    });
  });

  it('leaves keyed hashes of what was spent for two days at most [T-erase-two-days]', async () => {
    await scene.start(MIA);
    await erase();
    expect(spendsIn(scene.file)).toHaveLength(1);
    expect(JSON.stringify(spendsIn(scene.file))).not.toMatch(/mia|keller/i);
    scene.clock.pass(2 * DAY + MINUTE);
    await scene.restart();
    expect(spendsIn(scene.file)).toEqual([]);
  });

  it('that is not in the records says so, and writes nothing', async () => {
    await scene.start('other@example.test');
    const before = (await entriesIn(scene.file)).length;
    expect(await erase('nobody@example.test')).toEqual(fail({ code: 'not-found' }));
    expect(await entriesIn(scene.file)).toHaveLength(before);
  });

  it('takes nothing away while the vault is locked', async () => {
    const { id } = await scene.start(MIA);
    scene.vault.trouble = 'locked';
    expect(await erase()).toEqual(VAULT_LOCKED);
    expect(scene.verifier.get(id)?.state).toBe('open');
    scene.vault.trouble = null;
  });

  it.each([1, 2, 3])(
    'killed at commit %i leaves records that the desk goes on with, and can be done again',
    async (nth) => {
      const { id } = await scene.start(MIA);
      const commit = scene.file.commit.bind(scene.file);
      let commits = 0;
      scene.file.commit = () => {
        commits += 1;
        if (commits === nth) throw new Killed();
        commit();
      };
      await erase().catch(() => undefined);
      await scene.killAndReopen();
      expect(scene.verifier.notices()).toEqual([]);
      await erase();
      expect(scene.verifier.get(id)).toBeNull();
      expect(await faultsIn(scene.file)).toEqual([]);
    },
  );

  it('calls off a mail that is under way, and one whose details name it', async () => {
    const called: string[] = [];
    const deliver = scene.post.deliver.bind(scene.post);
    scene.post.deliver = (letter, hooks) => {
      hooks.signal.addEventListener('abort', () => called.push(letter.verificationId));
      return deliver(letter, hooks);
    };
    scene.post.outcome = null;
    const { id } = await scene.start(MIA);
    const naming = await scene.start('other@example.test', requestOf('other', { what: MIA }));
    await scene.start('third@example.test');
    await erase();
    expect(called.toSorted()).toEqual([id, naming.id].toSorted());
  });

  it('looks at every record, however many there are', async () => {
    const note = { ticket: '', text: `with ${MIA}` };
    const { id } = await scene.start('other@example.test', requestOf('registration'), note);
    scene.clock.pass(MINUTE);
    const row = scene.file.verification((await scene.start('third@example.test')).id);
    if (row === null) throw new Error('it was written');
    await scene.written();
    await scene.file.begin();
    for (let n = 0; n < 400; n += 1)
      scene.file.insertVerification({ ...row, id: n.toString(16).padStart(32, '0') });
    scene.file.commit();
    await scene.start(MIA);
    expect(await erase()).toEqual(ok(1));
    expect(scene.verifier.history.record(id)?.caseNote.text).toBe('with [erased]');
  });

  it('does not stop a mail that is under way from ending', async () => {
    scene.post.outcome = null;
    await scene.start(MIA);
    await erase();
    await scene.verifier.close();
    expect(scene.reports).toEqual([]);
    scene.post.outcome = { state: 'accepted', tookMs: 1 };
    await scene.reopen();
    expect(told()).not.toMatch(/mia/i);
  });
});
