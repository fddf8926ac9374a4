/**
 * @file A result and its entry are written together or not at all; the journal goes on over restarts, changes of keys and
 * records that were put back, and says what it lost.
 */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, vi } from 'vitest';
import type { Claims } from '../../../src/main/journal/claims.ts';
import { readEntry } from '../../../src/main/journal/entry.ts';
import { createSignatureReader } from '../../../src/main/journal/signature.ts';
import { removeRecords } from '../../../src/main/store/records.ts';
import { ok } from '../../../src/shared/result.ts';
import { entriesIn, faultsIn, tokensIn } from '../../fakes/journal-scene.ts';
import { senderAt, wrong } from '../../fakes/scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { Killed } from '../../fakes/vault.ts';
import { VAULT_LOCKED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

const eventsIn = async (): Promise<readonly Claims['event'][]> =>
  (await entriesIn(scene.file)).map(({ claims }) => claims.event);

const lastIn = async (): Promise<Claims | undefined> => (await entriesIn(scene.file)).at(-1)?.claims;

/** Every ended verification has one entry, and every entry of an end has its verification. */
async function expectPaired(): Promise<void> {
  const ended = [...scene.file.rows()].flatMap((any) =>
    any.table === 'verifications' && any.row.state !== 'open' ? [any.row.id] : [],
  );
  const references = ended.map((id) => scene.verifier.get(id)?.reference ?? id).toSorted();
  const told = (await entriesIn(scene.file)).flatMap(({ claims }) =>
    claims.event === 'verification-ended' ? [claims.reference] : [],
  );
  expect(told.toSorted()).toEqual(references);
  expect(await faultsIn(scene.file)).toEqual([]);
}

describe('an entry', () => {
  it('begins the journal when records are made, and is signed by a key that the vault keeps', async () => {
    expect(await eventsIn()).toEqual(['journal-begun', 'account-changed']);
    expect(scene.vault.items.get('signing-key')).toContain('"crv":"Ed25519"');
    expect(scene.verifier.journal().name).toBe(scene.verifier.journal().thumbprint);
  });

  it('is there for every end: verified, locked, expired and replaced', async () => {
    const verified = await scene.start('one@example.test');
    await scene.verifier.check(verified.id, wrong(verified.code));
    await scene.verifier.check(verified.id, verified.code);
    const locked = await scene.start('two@example.test');
    for (let by = 1; by <= 5; by += 1) await scene.verifier.check(locked.id, wrong(locked.code, by));
    const replaced = await scene.start('three@example.test');
    await scene.replace(replaced.id);
    const early = new Date(scene.clock.wall()).toISOString().slice(0, 19);
    scene.clock.pass(11 * MINUTE);
    scene.verifier.sweep();
    await scene.written();
    const ends = (await entriesIn(scene.file)).flatMap(({ claims }) =>
      claims.event === 'verification-ended' ? [[claims.result, claims.guesses, claims.sends]] : [],
    );
    expect(ends).toEqual([
      ['verified', 2, 1],
      ['locked', 5, 1],
      ['cancelled', 0, 1],
      ['expired', 0, 1],
    ]);
    // In UTC: when each was over, and not when it would have been.
    const times = (await entriesIn(scene.file)).flatMap(({ claims }) =>
      claims.event === 'verification-ended' ? [new Date(claims.ended).toISOString().slice(0, 19)] : [],
    );
    const late = new Date(Date.parse(`${early}Z`) + 10 * MINUTE).toISOString().slice(0, 19);
    expect(times).toEqual([early, early, early, late]);
    await expectPaired();
  });

  it('says nothing in clear that names a customer, a colleague or the account [T-journal-nameless]', async () => {
    const { id, code } = await scene.start('mia.keller@example.test');
    await scene.verifier.check(id, code);
    const read = createSignatureReader();
    for (const token of tokensIn(scene.file)) {
      const entry = await readEntry(read, token);
      expect(JSON.stringify(entry)).not.toMatch(/mia|keller|gmail/);
    }
  });

  it('is written of a change of account and of policy', async () => {
    scene.sender = senderAt('other@gmail.com');
    await scene.verifier.accountChanged();
    scene.policy = { ...scene.policy, guesses: 3 };
    await scene.verifier.policyChanged();
    expect((await eventsIn()).slice(-2)).toEqual(['account-changed', 'policy-changed']);
    expect(await lastIn()).toMatchObject({ policy: { guesses: 3, codeLength: 6 } });
  });

  it('is written of a policy that was changed while the program was closed, and once [T-journal-policy-file]', async () => {
    await scene.start();
    await scene.whileClosed(() => (scene.policy = { ...scene.policy, guesses: 3 }));
    const events = await eventsIn();
    expect(events.at(-1)).toBe('policy-changed');
    expect(await lastIn()).toMatchObject({ policy: { guesses: 3, codeLength: 6 } });
    await scene.restart();
    expect(await eventsIn()).toEqual(events);
    scene.policy = { ...scene.policy, guesses: 4 };
    await scene.verifier.policyChanged();
    await scene.restart();
    expect(await eventsIn(), 'what the program wrote itself').toEqual([...events, 'policy-changed']);
  });

  it('never goes back in time, whatever the clock does', async () => {
    const first = await scene.start('one@example.test');
    await scene.verifier.check(first.id, first.code);
    await scene.whileClosed(() => scene.clock.setWall(scene.clock.wall() - 60 * MINUTE));
    const second = await scene.start('two@example.test');
    await scene.verifier.check(second.id, second.code);
    const times = (await entriesIn(scene.file)).map(({ claims }) => claims.iat);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(await faultsIn(scene.file)).toEqual([]);
  });
});

describe('killed between result and entry', () => {
  // A right guess: the anchor, the charge with verdict and entry in one commit, the anchor told of the entry.
  it.each([1, 2, 3])('at commit %i, neither is without the other [T-journal-paired]', async (nth) => {
    const { id, code } = await scene.start();
    scene.killAtCommit(nth);
    await scene.verifier.check(id, code).catch(() => undefined);
    await scene.killAndReopen();
    expect(scene.verifier.get(id)?.state).toBe('verified');
    await expectPaired();
    expect(scene.verifier.notices()).toEqual([]);
  });

  it.each(['kill-before', 'kill-after'] as const)(
    'at the anchor, %s, neither is without the other',
    async (kind) => {
      for (const skip of [0, 1]) {
        const { id, code } = await scene.start(`${kind}${skip}@example.test`);
        await scene.written();
        scene.vault.atWrite('anchor', { kind }, skip);
        await scene.verifier.check(id, code).catch(() => undefined);
        await scene.killAndReopen();
        await expectPaired();
        await scene.verifier.check(id, code);
        expect(scene.verifier.get(id)?.state).toBe('verified');
        await expectPaired();
      }
    },
  );

  it('a file that takes no entry takes no result [T-journal-no-entry]', async () => {
    const { id, code } = await scene.start();
    scene.file.insertEntry = () => {
      throw new Error('disk full');
    };
    await expect(scene.verifier.check(id, code)).rejects.toThrow('disk full');
    expect(scene.verifier.get(id)?.state).toBe('open');
    await scene.killAndReopen();
    expect(scene.verifier.get(id)?.state).toBe('verified');
    await expectPaired();
  });
});

describe('a journal that was cut', () => {
  async function endOne(address: string): Promise<void> {
    const { id, code } = await scene.start(address);
    await scene.verifier.check(id, code);
  }

  it('with the records put back goes on after the entry that the vault remembers, and says what it lost [T-journal-put-back]', async () => {
    await endOne('one@example.test');
    const putBack = await scene.whileClosed(scene.copy);
    await endOne('two@example.test');
    await endOne('three@example.test');
    const kept = tokensIn(scene.file);
    await scene.whileClosed(putBack);
    expect(scene.verifier.notices()).toMatchObject([{ kind: 'records-restored' }]);
    const lost = (await entriesIn(scene.file)).find(({ claims }) => claims.event === 'entries-lost')?.claims;
    expect(lost).toMatchObject({ n: kept.length + 1, from: kept.length - 1, to: kept.length });
    // To anybody with an earlier export it is a gap that the desk admits, and not another story.
    expect(await faultsIn(scene.file)).toMatchObject([{ kind: 'missing', admitted: true }]);
  });

  it('with the records removed does not begin a second time under the same name [T-journal-removed]', async () => {
    await endOne('one@example.test');
    const { name, entries } = scene.verifier.journal();
    await scene.whileClosed(() => removeRecords(scene.path));
    expect(scene.verifier.journal().name).toBe(name);
    expect(await lastIn()).toMatchObject({ event: 'account-changed' });
    const [first] = await entriesIn(scene.file);
    expect(first?.claims).toMatchObject({ event: 'entries-lost', n: entries + 1, from: 1, to: entries });
  });

  it('of another desk, put in its place, has nothing to do with how many are lost', async () => {
    await endOne('one@example.test');
    await scene.verifier.close();
    const first = scene.copy();
    scene.vault.items.delete('signing-key');
    await scene.reopen();
    await endOne('two@example.test');
    const { name, entries } = scene.verifier.journal();
    await scene.verifier.close();
    first();
    await scene.reopen();
    const lost = (await entriesIn(scene.file)).find(({ claims }) => claims.event === 'entries-lost')?.claims;
    expect(lost).toMatchObject({ iss: expect.stringContaining(name) as string, from: 1, to: entries });
  });

  it('by hand, with the last entry deleted from the file, is noticed at the next start [T-journal-cut]', async () => {
    await endOne('one@example.test');
    await scene.verifier.close();
    const database = new DatabaseSync(scene.path);
    database.exec('DELETE FROM entries WHERE ordinal = (SELECT max(ordinal) FROM entries)');
    database.close();
    await scene.reopen();
    // Compared with the digest over all rows, before anything is spent.
    const { id, code } = await scene.start('two@example.test').catch(() => ({ id: '', code: '' }));
    await scene.verifier.check(id, code);
    await vi.waitFor(() => expect(scene.verifier.notices()).toMatchObject([{ kind: 'records-restored' }]));
  });
});

describe('another key', () => {
  it('is introduced by an entry that the old one signs, and signs from there on [T-journal-key-signed]', async () => {
    const before = scene.verifier.journal();
    expect(await scene.verifier.changeKey()).toEqual(ok(null));
    const after = scene.verifier.journal();
    expect(after.name).toBe(before.name);
    expect(after.thumbprint).not.toBe(before.thumbprint);
    const { id, code } = await scene.start();
    await scene.verifier.check(id, code);
    const [changed, next] = (await entriesIn(scene.file)).slice(-2);
    expect(changed?.claims.event).toBe('key-changed');
    expect([changed?.thumbprint, next?.thumbprint]).toEqual([before.thumbprint, after.thumbprint]);
    expect(await faultsIn(scene.file)).toEqual([]);
    // The old one is nowhere any more.
    expect(scene.vault.items.get('signing-key')).not.toContain('"next"');
    expect(scene.vault.items.get('signing-key')).not.toContain(changed?.key.x);
  });

  it.each(['kill-before', 'kill-after'] as const)(
    'whose making is killed at any write of the vault (%s) leaves a journal that goes on',
    async (kind) => {
      for (const skip of [0, 1]) {
        scene.vault.atWrite('signing-key', { kind }, skip);
        await expect(scene.verifier.changeKey()).rejects.toThrow(Killed);
        await scene.killAndReopen();
        const { id, code } = await scene.start(`${kind}${skip}@example.test`);
        await scene.verifier.check(id, code);
        expect(scene.verifier.get(id)?.state).toBe('verified');
        expect(await faultsIn(scene.file)).toEqual([]);
        // One key is left: that which signs.
        expect(scene.vault.items.get('signing-key')).not.toContain('"next"');
      }
    },
  );

  it('killed at its commit is not in use', async () => {
    const { thumbprint } = scene.verifier.journal();
    scene.killAtCommit(1);
    await expect(scene.verifier.changeKey()).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.verifier.journal().thumbprint).toBe(thumbprint);
    await expectPaired();
  });

  it('can’t be made while the vault is locked, and nothing is written', async () => {
    const before = tokensIn(scene.file);
    scene.vault.trouble = 'locked';
    expect(await scene.verifier.changeKey()).toEqual(VAULT_LOCKED);
    scene.vault.trouble = null;
    expect(tokensIn(scene.file)).toEqual(before);
  });

  it('signs what ends while the keychain is locked, also when it signed nothing before', async () => {
    const { id } = await scene.start();
    await scene.verifier.changeKey();
    const { thumbprint } = scene.verifier.journal();
    scene.vault.trouble = 'locked';
    scene.sender = senderAt('other@gmail.com');
    await scene.verifier.accountChanged();
    scene.vault.trouble = null;
    expect(scene.verifier.get(id)?.state).toBe('expired');
    const last = (await entriesIn(scene.file)).slice(-2);
    expect(last.map((entry) => entry.thumbprint)).toEqual([thumbprint, thumbprint]);
  });

  it('put into the vault by hand begins another journal, under another name [T-journal-other-key]', async () => {
    const { name } = scene.verifier.journal();
    await scene.whileClosed(() => scene.vault.items.delete('signing-key'));
    expect(scene.verifier.journal().name).not.toBe(name);
    expect(await lastIn()).toMatchObject({ event: 'journal-begun', n: 1 });
  });
});

describe('practice', () => {
  it('writes entries of a type that no checker takes for real [T-journal-practice-type]', async () => {
    await scene.whileClosed(() => {
      removeRecords(scene.path);
      scene.vault.items.clear();
      scene.practice = true;
    });
    const { id, code } = await scene.start();
    await scene.verifier.check(id, code);
    const entries = await entriesIn(scene.file);
    expect(entries.map(({ practice }) => practice)).toEqual(entries.map(() => true));
  });
});
