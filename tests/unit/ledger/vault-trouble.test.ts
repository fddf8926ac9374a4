/** @file A keychain that is locked or missing stops spending, tells so, and loses nothing. */
import { describe, expect, it } from 'vitest';
import { openRecords } from '../../../src/main/store/records.ts';
import { openVerifier } from '../../../src/main/verification/open-verifier.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { comparisons } from '../../attack/comparisons.ts';
import { asking, wrong } from '../../fakes/scene.ts';
import { VAULT_LOCKED, VERIFIED, wrongWith } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';
import { valueOf } from '../../fakes/value-of.ts';

openSceneForEach();

describe('a vault that is locked', () => {
  it('lets nothing be guessed, sent or started, and nothing is charged [T-vault-nothing]', async () => {
    const { id, code } = await scene.start();
    scene.clock.pass(60_000);
    scene.vault.trouble = 'locked';
    expect(await scene.verifier.check(id, code)).toEqual(VAULT_LOCKED);
    expect(await scene.verifier.resend(id)).toEqual(VAULT_LOCKED);
    expect(await scene.verifier.start(asking('mario@example.test'))).toEqual(VAULT_LOCKED);
    scene.vault.trouble = null;
    expect(scene.verifier.get(id)).toMatchObject({ guessesLeft: 5, sends: 1 });
    expect(scene.verifier.sends().left).toBe(399);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('still shows what is there [T-vault-view]', async () => {
    const { id } = await scene.start();
    scene.vault.trouble = 'missing';
    expect(scene.verifier.get(id)?.sentTo).toBe('maria@example.test');
  });

  it('keeps the verifier from opening, and the records stay as they are', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.close();
    scene.vault.trouble = 'locked';
    await expect(scene.reopen()).rejects.toThrow('the vault is locked');
    scene.vault.trouble = null;
    await scene.reopen();
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });
});

describe('a vault that fails at a write', () => {
  it('leaves a guess unjudged and uncounted, and goes on with the next [T-vault-unjudged]', async () => {
    const { id, code } = await scene.start();
    const compared = comparisons();
    scene.vault.atWrite('anchor', { kind: 'refuse', state: 'locked' });
    expect(await scene.verifier.check(id, wrong(code))).toEqual(VAULT_LOCKED);
    expect(comparisons(), 'what was not announced is not compared').toBe(compared);
    expect(scene.verifier.get(id)?.guessesLeft).toBe(5);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('does not charge a guess that it wrote after saying that it had not [T-vault-late-write]', async () => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('anchor', { kind: 'late', state: 'locked' });
    expect(await scene.verifier.check(id, code)).toEqual(VAULT_LOCKED);
    expect(await scene.verifier.check(id, wrong(code))).toEqual(wrongWith(4));
    await scene.restart();
    expect(scene.verifier.get(id)?.guessesLeft).toBe(4);
    expect(scene.verifier.notices()).toEqual([]);
  });

  it('charges that guess when the program ended before it could look', async () => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('anchor', { kind: 'late', state: 'locked' });
    await scene.verifier.check(id, code);
    await scene.killAndReopen();
    expect(scene.verifier.get(id)?.guessesLeft).toBe(4);
    expect(scene.verifier.notices()).toEqual([]);
  });

  it('can write late over a later step without being taken for a restored keychain', async () => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('anchor', { kind: 'late', state: 'locked' });
    await scene.verifier.check(id, wrong(code));
    const late = scene.vault.items.get('anchor') ?? '';
    await scene.verifier.check(id, wrong(code, 2));
    scene.vault.items.set('anchor', late);
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
    expect(scene.verifier.notices()).toEqual([]);
  });
});

/** No commit comes to the disk until it ends. */
function fillDisk(): { readonly end: () => void } {
  const { file } = scene;
  const commit = file.commit.bind(file);
  file.commit = () => {
    throw new Error('database or disk is full');
  };
  return { end: () => void (file.commit = commit) };
}

describe('a guess', () => {
  it.each(['right', 'wrong'])('that is %s costs the vault one reading and one writing', async (kind) => {
    const { id, code } = await scene.start();
    const { reads, writes } = scene.vault.counts;
    await scene.verifier.check(id, kind === 'right' ? code : wrong(code));
    expect(scene.vault.counts).toEqual({ reads: reads + 1, writes: writes + 1 });
  });

  it.each([
    ['right, and the last one', 0, 'not-open', 'verified'],
    ['wrong, and the last one', 5, 'locked', 'locked'],
  ] as const)(
    'that was %s, and could not be written down, is charged and judged with the next one',
    async (_, by, outcome, state) => {
      const { id, code } = await scene.start();
      for (let n = 1; n <= 4; n += 1) await scene.verifier.check(id, wrong(code, n));
      const full = fillDisk();
      await expect(scene.verifier.check(id, wrong(code, by))).rejects.toThrow('disk is full');
      full.end();
      expect(await scene.verifier.check(id, code)).toEqual(ok({ outcome }));
      expect(scene.verifier.get(id)).toMatchObject({ state, guessesLeft: 0 });
    },
  );

  it('is compared once while nothing can be written down, and counts [T-vault-full]', async () => {
    const { id, code } = await scene.start();
    const full = fillDisk();
    const compared = comparisons();
    for (let n = 1; n <= 5; n += 1)
      await expect(scene.verifier.check(id, wrong(code, n))).rejects.toThrow('disk is full');
    expect(comparisons() - compared).toBe(1);
    full.end();
    expect(await scene.verifier.check(id, wrong(code))).toEqual(wrongWith(3));
  });
});

it('asks the vault nothing for guesses that are turned away', async () => {
  const { id, code } = await scene.start();
  for (let n = 1; n <= 5; n += 1) await scene.verifier.check(id, wrong(code, n));
  await scene.written();
  const before = { ...scene.vault.counts };
  for (let n = 0; n < 1_000; n += 1) await scene.verifier.check(id, code);
  expect(scene.vault.counts).toEqual(before);
});

it('closes the records when it cannot be opened', async () => {
  await scene.verifier.close();
  const file = valueOf(openRecords(scene.path));
  scene.vault.trouble = 'missing';
  const opened = await openVerifier({
    ...{ file, vault: scene.vault, clock: scene.clock },
    random: { bytes: (length) => new Uint8Array(length) },
    timers: scene.clock.timers,
    post: scene.post,
    sender: () => null,
    waits: false,
    practice: false,
    operator: () => null,
    app: 'Countersign 0.0.0',
    policy: () => scene.policy,
    keepDays: () => 30,
    onChange: () => undefined,
    onDamaged: () => undefined,
    report: () => undefined,
  });
  expect(opened).toEqual(fail({ code: 'vault', state: 'missing' }));
  expect(() => file.meta()).toThrow('not open');
  scene.vault.trouble = null;
});
