/** @file What goes out of the desk: receipts, the journal, the changes. */
import { describe, expect, it } from 'vitest';
import { formatJournal, readJournal } from '../../../src/main/journal/chain.ts';
import { readReceipt } from '../../../src/main/journal/receipt.ts';
import { createSignatureReader } from '../../../src/main/journal/signature.ts';
import { DAY } from '../../fakes/time.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

openSceneForEach();

describe('a receipt', () => {
  it('shows what was chosen and no more, and is what the checker takes', async () => {
    scene.operator = 'Anna';
    const id = await scene.verify('mia@example.test', undefined, '48219');
    expect(scene.verifier.history.record(id)?.receipt?.canShow).toEqual([
      'address',
      'case',
      'operator',
      'account',
    ]);
    const all = await scene.verifier.history.receipt(id, ['address', 'case', 'operator', 'account']);
    const bare = await scene.verifier.history.receipt(id, []);
    const read = createSignatureReader();
    expect(await readReceipt(read, all ?? '')).toMatchObject({
      shown: {
        address: 'mia@example.test',
        case: { ticket: '48219' },
        operator: 'Anna',
        account: 'desk@gmail.com',
      },
      faults: [],
    });
    expect(await readReceipt(read, bare ?? '')).toMatchObject({ shown: {}, faults: [] });
    expect(Buffer.from(bare ?? '').toString()).not.toMatch(/mia|Anna|48219|gmail/);
  });

  it('can show no note where none was written', async () => {
    const id = await scene.verify('mia@example.test');
    expect(scene.verifier.history.record(id)?.receipt?.canShow).toEqual(['address', 'account']);
  });

  it('of practice begins with PRACTICE', async () => {
    await scene.whileClosed(() => (scene.practice = true));
    const id = await scene.verify('mia@example.test');
    expect(await scene.verifier.history.receipt(id, ['address'])).toMatch(/^PRACTICE RECEIPT/);
  });

  it('is not there while a verification is open', async () => {
    const { id } = await scene.start();
    expect(scene.verifier.history.record(id)?.receipt).toBeNull();
    expect(await scene.verifier.history.receipt(id, [])).toBeNull();
  });
});

describe('the journal’s export', () => {
  const exported = async (): Promise<string> => {
    const tokens: string[] = [];
    for await (const piece of scene.verifier.history.entries()) tokens.push(...piece);
    return formatJournal(tokens);
  };

  it('has the journal that is written to now, whole, and none of one whose key is gone', async () => {
    await scene.verify('one@example.test');
    const first = (await readJournal(await exported())).journal?.name;
    await scene.verifier.close();
    scene.vault.items.delete('signing-key');
    await scene.reopen();
    await scene.verify('two@example.test');
    const { faults, journal } = await readJournal(await exported());
    expect(faults).toEqual([]);
    expect(journal?.name).toBe(scene.verifier.journal().name);
    expect(journal?.name).not.toBe(first);
  });
});

describe('the changes', () => {
  it('are those of a period, by when they were written, and none of a verification', async () => {
    await scene.verify('one@example.test');
    scene.clock.pass(DAY);
    const from = scene.clock.wall();
    scene.policy = { ...scene.policy, guesses: 3 };
    await scene.verifier.policyChanged();
    scene.clock.pass(DAY);
    await scene.verifier.operatorsChanged();
    const told = async (...period: [number | null, number | null]) => {
      const events: string[] = [];
      for await (const piece of scene.verifier.history.changes(...period))
        events.push(...piece.map(({ claims }) => claims.event));
      return events;
    };
    expect(await told(null, from)).toEqual(['journal-begun', 'account-changed']);
    expect(await told(from, from + DAY)).toEqual(['policy-changed']);
    expect(await told(from + 1_000, null)).toEqual(['operators-changed']);
  });
});
