/** @file What lies on disk tells nobody anything, and its keys can be changed without losing a budget or a code. */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatAnchor, parseAnchor } from '../../../src/main/ledger/anchor.ts';
import {
  formatKeyring,
  keyringOf,
  MOST_GENERATIONS,
  parseKeyring,
  withNewKey,
} from '../../../src/main/ledger/keyring.ts';
import { requestOf, type Request } from '../../../src/shared/request.ts';
import { createFakeRandom } from '../../fakes/clock.ts';
import { REFUSED } from '../../fakes/post.ts';
import { Killed } from '../../fakes/vault.ts';
import { asking, openScene, type Scene, wrong } from '../../fakes/scene.ts';

// Real files, written through to the disk: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const random = createFakeRandom('keys');
const verified = { ok: true, value: { outcome: 'verified' } };
let scene: Scene;
beforeEach(async () => (scene = await openScene()));
afterEach(() => scene.end());

const generations = () => [...(parseKeyring(scene.vault.items.get('keys') ?? null)?.roots.keys() ?? [])];

describe('a seal', () => {
  const keys = withNewKey(new Map(), 1, random).at(1);
  if (keys === null) throw new Error('no keys');
  const sealed = keys.seal('maria@example.test', 'verification\0a', random);

  it('opens with its key at its place', () => {
    expect(keys.open(sealed, 'verification\0a')).toBe('maria@example.test');
  });
  it('does not open at another place, under another generation or key [T-seal-place]', () => {
    expect(keys.open(sealed, 'verification\0b')).toBeNull();
    const root = new Uint8Array(32).fill(1);
    const moved =
      keyringOf(new Map([[2, root]]))
        .at(2)
        ?.seal('x', 'p', random) ?? new Uint8Array();
    expect(
      keyringOf(new Map([[3, root]]))
        .at(3)
        ?.open(moved, 'p'),
    ).toBeNull();
    expect(withNewKey(new Map(), 1, random).at(1)?.open(sealed, 'verification\0a')).toBeNull();
  });
  it('does not open when any bit of it was changed or its end is missing [T-seal-bits]', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Uint8Array.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(keys.open(changed, 'verification\0a')).toBeNull();
    }
    for (let end = 0; end < sealed.length; end += 1) {
      expect(keys.open(sealed.slice(0, end), 'verification\0a')).toBeNull();
    }
  });
  it('never looks the same twice [T-seal-differs]', () => {
    const seals = Array.from({ length: 100 }, () => Buffer.from(keys.seal('x', 'p', random)).toString('hex'));
    expect(new Set(seals).size).toBe(100);
  });
});

describe('the vault items', () => {
  it('fit the 2,000 characters of a keychain, however long the addresses and many the keys', async () => {
    let ring = withNewKey(new Map(), 999_980, random);
    for (let n = 1; n < MOST_GENERATIONS; n += 1) ring = withNewKey(ring.roots, 999_980 + n, random);
    expect(formatKeyring(ring).length).toBeLessThan(2_000);
    const read = parseKeyring(formatKeyring(ring));
    expect(read && formatKeyring(read)).toBe(formatKeyring(ring));

    const longest = `${'ü'.repeat(32)}@${`${'d'.repeat(61)}.`.repeat(3)}tst`;
    scene.sender = `${'s'.repeat(64)}@${`${'d'.repeat(61)}.`.repeat(3)}tst`;
    await scene.start(longest);
    const anchor = scene.vault.items.get('anchor') ?? '';
    expect(anchor.length).toBeGreaterThan(800);
    expect(anchor.length).toBeLessThan(2_000);
    expect(formatAnchor(parseAnchor(anchor) ?? ({} as never))).toBe(anchor);
  });

  it.each(['', 'null', '{}', '{"keys":{}}', '{"keys":{"1":"short"}}', '{"keys":{"x":"AAAA"}}', '[1]'])(
    'damaged keys are no keys: %s',
    (text) => expect(parseKeyring(text)).toBeNull(),
  );
});

describe('the records on disk', () => {
  it('hold no address, detail, reference, Message-ID, server’s words or code [T-records-sealed]', async () => {
    const request: Request = requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' });
    scene.post.outcome = REFUSED;
    const { id, code } = await scene.start('Maria.Secret+tag@Example.test', request);
    await scene.verifier.check(id, wrong(code));
    const [letter] = scene.post.letters;
    await scene.verifier.close();
    const bytes = ['', '-wal', '-shm'].map((suffix) => {
      try {
        return readFileSync(scene.path + suffix);
      } catch {
        return Buffer.alloc(0);
      }
    });
    const disk = Buffer.concat(bytes);
    const anchor = Buffer.from(scene.vault.items.get('anchor') ?? '');
    const names = [
      'maria',
      'secret',
      'example.test',
      'payment',
      '49.90',
      'Harbour',
      '5.1.1',
      'desk@gmail.com',
    ];
    const reference = letter?.reference ?? '';
    for (const name of [
      ...names,
      reference,
      reference.replaceAll('-', ''),
      letter?.messageId.split('.')[1] ?? '',
    ]) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        for (const form of [name, name.toLowerCase(), name.toUpperCase()]) {
          expect(disk.includes(Buffer.from(form, encoding)), form).toBe(false);
          expect(anchor.includes(Buffer.from(form, encoding)), form).toBe(false);
        }
      }
    }
    expect(disk.includes(Buffer.from(code))).toBe(false);
    expect(disk.includes(Buffer.from(id))).toBe(true);
  });
});

describe('a file edited by hand', () => {
  it.each([
    'expires_at = expires_at - 60000',
    'guesses_allowed = 4',
    'code_length = 8',
    'opened_at = opened_at + 1',
  ])('is not believed about what never changes: %s', async (edit) => {
    const { id, code } = await scene.start();
    await scene.verifier.close();
    const database = new DatabaseSync(scene.path);
    database.exec(`UPDATE verifications SET ${edit}`);
    database.close();
    await scene.reopen();
    const typed = edit.startsWith('code_length') ? `${code}00` : code;
    expect(await scene.verifier.check(id, typed)).toEqual({ ok: true, value: { outcome: 'not-open' } });
    expect(scene.verifier.get(id)).toBeNull();
  });
});

describe('new keys', () => {
  it('keep open codes, guesses and sends [T-keys-open]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, wrong(code));
    const before = scene.verifier.get(id);
    expect(await scene.verifier.rotateKeys()).toEqual({ ok: true, value: null });
    expect(scene.verifier.get(id)).toEqual(before);
    expect(scene.verifier.sends().left).toBe(399);
    await scene.restart();
    expect(await scene.verifier.check(id, code)).toEqual(verified);
  });

  it('keep the budgets of an address [T-keys-budgets]', async () => {
    for (let n = 0; n < 5; n += 1) {
      await scene.start('maria@example.test', requestOf('other', { what: String(n) }));
      await scene.verifier.rotateKeys();
    }
    expect(await scene.verifier.start(asking('maria@example.test'))).toMatchObject({
      ok: false,
      problem: { code: 'address-delayed', why: 'sends' },
    });
  });

  it('keep what is counted for a start that was killed half-way', async () => {
    scene.vault.atWrite('anchor', { kind: 'kill-after' });
    await expect(scene.verifier.start(asking('maria@example.test'))).rejects.toThrow(Killed);
    await scene.killAndReopen();
    await scene.verifier.rotateKeys();
    for (let n = 0; n < 4; n += 1)
      await scene.start('maria@example.test', requestOf('other', { what: String(n) }));
    expect((await scene.verifier.start(asking('maria@example.test'))).ok).toBe(false);
  });

  it('leave the old key in the vault only while a code depends on it', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.rotateKeys();
    await scene.verifier.rotateKeys();
    expect(generations()).toEqual([1, 3]);
    await scene.verifier.check(id, code);
    scene.verifier.sweep();
    await scene.written();
    expect(generations()).toEqual([3]);
  });

  it('make copies from before them unreadable [T-keys-copies]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, code);
    await scene.verifier.close();
    const putBack = scene.copy();
    await scene.reopen();
    await scene.verifier.rotateKeys();
    await scene.verifier.close();
    putBack();
    await scene.reopen();
    expect(scene.verifier.get(id)).toBeNull();
    expect(scene.verifier.notices()).toMatchObject([{ kind: 'keys-gone' }]);
  });

  it.each(['kill-before', 'kill-after'] as const)('survive a kill at the vault: %s', async (kind) => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('keys', { kind });
    await expect(scene.verifier.rotateKeys()).rejects.toThrow(Killed);
    await scene.killAndReopen();
    expect(scene.verifier.notices()).toEqual([]);
    expect(generations()).toEqual([1]);
    expect(await scene.verifier.rotateKeys()).toMatchObject({ ok: true });
    expect(await scene.verifier.check(id, code)).toEqual(verified);
  });

  it('wait for a step that was announced and not charged', async () => {
    const { id, code } = await scene.start();
    scene.vault.atWrite('anchor', { kind: 'kill-after' });
    await expect(scene.verifier.check(id, wrong(code))).rejects.toThrow(Killed);
    expect(await scene.verifier.rotateKeys()).toMatchObject({ ok: true });
    expect(scene.verifier.get(id)).toMatchObject({ state: 'open', guessesLeft: 4 });
    expect(scene.verifier.notices()).toEqual([]);
  });

  it('are learnt by another process that holds the old ones', async () => {
    const { id, code } = await scene.start();
    const other = await scene.second();
    await scene.verifier.rotateKeys();
    expect(await other.check(id, code)).toEqual(verified);
    expect(other.get(id)?.sentTo).toBe('maria@example.test');
  });

  it('end the oldest open verifications rather than outgrow the keychain', async () => {
    const oldest = await scene.start('first@example.test');
    for (let n = 0; n < MOST_GENERATIONS + 3; n += 1) {
      await scene.start(`guest${n}@example.test`);
      expect(await scene.verifier.rotateKeys()).toMatchObject({ ok: true });
    }
    expect(generations().length).toBeLessThanOrEqual(MOST_GENERATIONS);
    expect(scene.verifier.get(oldest.id)).toMatchObject({ state: 'expired', endReason: 'keys-gone' });
  });
});
