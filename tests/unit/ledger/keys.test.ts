/** @file What lies on disk tells nothing without the keys. */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { formatAnchor, parseAnchor } from '../../../src/main/ledger/anchor.ts';
import { formatKeyring, MOST_ROOTS, parseKeyring, withNewRoot } from '../../../src/main/ledger/keyring.ts';
import { ok, type Result } from '../../../src/shared/result.ts';
import { requestOf, type Request } from '../../../src/shared/request.ts';
import { createFakeRandom } from '../../fakes/clock.ts';
import { REFUSED } from '../../fakes/post.ts';
import { senderAt, wrong } from '../../fakes/scene.ts';
import { NOT_OPEN } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

const random = createFakeRandom('keys');
openSceneForEach();

describe('a seal', () => {
  const keys = withNewRoot(null, random).newest;
  const sealed = keys.seal('maria@example.test', 'verification\0a', random);

  it('opens with its key at its place', () => {
    expect(keys.open(sealed, 'verification\0a')).toBe('maria@example.test');
  });
  it('does not open at another place, nor under another key [T-seal-place]', () => {
    expect(keys.open(sealed, 'verification\0b')).toBeNull();
    expect(withNewRoot(null, random).newest.open(sealed, 'verification\0a')).toBeNull();
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

/** A vault item that was read, written again. */
const textOf = <T>(read: Result<T | null, string>, format: (item: T) => string): string | null =>
  read.ok && read.value !== null ? format(read.value) : null;

describe('the vault items', () => {
  it('fit the 2,000 characters of a keychain, however long the addresses and many the keys', async () => {
    let ring = withNewRoot(null, random);
    for (let n = 0; n < MOST_ROOTS + 2; n += 1) ring = withNewRoot(ring, random);
    expect(ring.roots).toHaveLength(MOST_ROOTS);
    expect(formatKeyring(ring).length).toBeLessThan(2_000);
    expect(textOf(parseKeyring(formatKeyring(ring)), formatKeyring)).toBe(formatKeyring(ring));

    const longest = `${'ü'.repeat(32)}@${`${'d'.repeat(61)}.`.repeat(3)}tst`;
    scene.sender = senderAt(`${'s'.repeat(64)}@${`${'d'.repeat(61)}.`.repeat(3)}tst`);
    await scene.start(longest);
    const anchor = scene.vault.items.get('anchor') ?? '';
    expect(anchor.length).toBeGreaterThan(300);
    expect(anchor.length).toBeLessThan(2_000);
    expect(textOf(parseAnchor(anchor), formatAnchor)).toBe(anchor);
  });

  const root = Buffer.alloc(32).toString('base64');
  it.each(['', 'null', '{}', '[1]', '{"version":1,"roots":[]}', `{"version":1,"roots":["${root}","short"]}`])(
    'damaged keys are no keys: %s',
    (text) => expect(parseKeyring(text)).toEqual(ok(null)),
  );

  it.each(['keys', 'anchor'] as const)('(%s) of a later version are left alone', async (item) => {
    await scene.verifier.close();
    const later = JSON.stringify({ version: 2, keys: 'in another form' });
    const before = new Map(scene.vault.items).set(item, later);
    scene.vault.items.set(item, later);
    await expect(scene.reopen()).rejects.toThrow('records-newer');
    expect(scene.vault.items).toEqual(before);
  });
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
    expect(await scene.verifier.check(id, typed)).toEqual(NOT_OPEN);
    expect(scene.verifier.get(id)).toBeNull();
  });
});
