/** @file What the keychain remembers outlives whatever the store is settled by, and a keychain that says something else is not worked with. */
import { describe, expect, it } from 'vitest';
import { valueOf } from '../../fakes/value-of.ts';
import { type Anchor, parseAnchor } from '../../../src/main/ledger/anchor.ts';
import { comparisons } from '../../attack/comparisons.ts';
import { EXPIRED, VAULT_LOCKED, VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';
import { asking, wrong } from '../../fakes/scene.ts';
import { DAY, MINUTE } from '../../fakes/time.ts';
import { Killed } from '../../fakes/vault.ts';

openSceneForEach();

const anchor = (): Anchor | null => valueOf(parseAnchor(scene.vault.items.get('anchor') ?? null));

describe('the anchor', () => {
  it('is not told a smaller number by a copy: one that is less old is noticed after it [T-anchor-counter]', async () => {
    const { id, code } = await scene.start();
    const oldest = await scene.whileClosed(scene.copy);
    for (let n = 1; n <= 3; n += 1) await scene.verifier.check(id, wrong(code, n));
    const older = await scene.whileClosed(scene.copy);
    for (let n = 4; n <= 5; n += 1) await scene.verifier.check(id, wrong(code, n));
    await scene.whileClosed(oldest);
    await scene.whileClosed(older);
    expect(scene.verifier.notices()).toMatchObject([{ kind: 'records-restored' }]);
    expect(await scene.verifier.check(id, code)).toEqual(EXPIRED);
  });

  it('keeps the last entry and the policy when the program is killed while a copy is settled [T-anchor-entry]', async () => {
    const putBack = await scene.whileClosed(scene.copy);
    await scene.verify('maria@example.test');
    await scene.verifier.close();
    const before = anchor();
    putBack();
    scene.policy = { ...scene.policy, guesses: 3 };
    scene.vault.atWrite('anchor', { kind: 'kill-after' });
    await expect(scene.reopen()).rejects.toThrow(Killed);
    const { entry, policy } = before ?? {};
    expect(before?.entry?.n).toBeGreaterThan(1);
    expect(anchor()).toMatchObject({ step: null, entry, policy });
    await scene.reopen();
  });

  it('keeps when something was last spent when the keychain was the one put back', async () => {
    const { id, code } = await scene.start();
    const older = scene.vault.items.get('anchor') ?? '';
    await scene.verifier.check(id, wrong(code));
    await scene.whileClosed(() => scene.vault.items.set('anchor', older));
    expect(anchor()).toMatchObject({ step: null, at: scene.clock.wall() });
  });

  it('of another step is not told of an end', async () => {
    const { id } = await scene.start();
    const other = JSON.stringify({ version: 1, ...anchor(), link: 'another' });
    scene.vault.items.set('anchor', other);
    scene.clock.pass(10 * MINUTE);
    scene.verifier.sweep();
    await scene.settled();
    expect(scene.file.verification(id)?.state).toBe('expired');
    expect(scene.vault.items.get('anchor')).toBe(other);
  });
});

it('the day that a restored copy waits is not over sooner by a clock set forward [T-anchor-frozen]', async () => {
  await scene.start();
  await scene.whileClosed(() => scene.vault.items.delete('anchor'));
  scene.clock.setWall(scene.clock.wall() + 2 * DAY);
  expect(await scene.verifier.start(asking('maria@example.test'))).toMatchObject({
    problem: { code: 'records-restored' },
  });
});

describe('a keychain that', () => {
  it('says something older each time has nothing judged [T-anchor-stuck]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, wrong(code));
    const { vault } = scene;
    const older = vault.items.get('anchor') ?? '';
    await scene.verifier.check(id, wrong(code));
    const read = vault.read.bind(vault);
    vault.read = async (item) => (item === 'anchor' ? { ok: true, value: older } : read(item));
    const before = comparisons();
    expect(await scene.verifier.check(id, code)).toEqual(VAULT_LOCKED);
    expect(comparisons()).toBe(before);
    vault.read = read;
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('has what a later version wrote is left alone, and nothing is judged [T-anchor-later]', async () => {
    const { id, code } = await scene.start();
    const ours = scene.vault.items.get('anchor') ?? '';
    const later = JSON.stringify({ version: 2 });
    scene.vault.items.set('anchor', later);
    await expect(scene.verifier.check(id, code)).rejects.toThrow('later version');
    expect(scene.vault.items.get('anchor')).toBe(later);
    scene.vault.items.set('anchor', ours);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });
});
