/** @file The commands that make the release key and sign a feed, as docs/releasing.md has them, in a tree without packages of npm. */
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, hash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { INSTALLABLE } from '../../../scripts/release-feed.mjs';
import { readFeed } from '../../../src/main/releases/feed.ts';

const ROOT = join(import.meta.dirname, '../../..');
let tree = '';
let key = '';
let feed = '';
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'countersign-release-'));
  for (const part of ['scripts/release-feed.mjs', 'src/main/releases', 'src/shared', 'build/release.json'])
    cpSync(join(ROOT, part), join(tree, part), { recursive: true });
  writeFileSync(join(tree, 'package.json'), '{ "version": "1.4.0", "type": "module" }');
  mkdirSync(join(tree, 'packages'));
  for (const { ending } of INSTALLABLE)
    writeFileSync(join(tree, 'packages', `countersign-1.4.0-${ending}`), ending);
  [key, feed] = [join(tree, 'key.pem'), join(tree, 'feed.txt')];
});
afterEach(() => rmSync(tree, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(tree, 'scripts/release-feed.mjs'), ...args],
    { encoding: 'utf8' },
  );
  return { status, said: stdout + stderr };
}
/** The public half, as the command says it. */
const publicHalf = (said: string): string => /"key": "([\w-]{43})"/.exec(said)?.[1] ?? '';
const build = (x: string | null) =>
  writeFileSync(join(tree, 'build/release.json'), JSON.stringify({ key: x }));
const sign = () => run('sign', join(tree, 'packages'), key, feed);

it('make a key that only its owner may read, and never one in the place of another', () => {
  expect(run('keys', key).status).toBe(0);
  expect(statSync(key).mode & 0o777).toBe(0o600);
  const made = readFileSync(key, 'utf8');
  expect(run('keys', key)).toMatchObject({ status: 1 });
  expect(readFileSync(key, 'utf8')).toBe(made);
});

it('sign the packages that are there by the key that the program has', () => {
  const x = publicHalf(run('keys', key).said);
  build(x);
  const { status, said } = sign();
  expect({ status, said }).toMatchObject({ status: 0 });
  const program = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  for (const { ending, ...place } of INSTALLABLE) {
    const sha512 = hash('sha512', ending);
    expect(readFeed(readFileSync(feed, 'utf8'), program, place)).toMatchObject({
      value: { version: [1, 4, 0], package: { file: `countersign-1.4.0-${ending}`, sha512 } },
    });
    expect(said, 'to be compared with what is published').toContain(sha512);
  }
});

it.each([
  [
    'by another key than the program has',
    () => build(publicHalf(run('keys', `${key}.other`).said)),
    'another key',
  ],
  ['for a program without a key', () => build(null), 'no release key'],
  [
    'of which one is missing',
    () => rmSync(join(tree, 'packages', 'countersign-1.4.0-win-x64.exe')),
    'not at all',
  ],
  [
    'of which one is there twice',
    () => {
      const name = 'countersign-1.4.0-win-x64.exe';
      cpSync(join(tree, 'packages', name), join(tree, 'packages', 'again', name));
    },
    'more than once',
  ],
  [
    'by a key of another kind',
    () => {
      const { privateKey } = generateKeyPairSync('ed448');
      writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
      build(String(privateKey.export({ format: 'jwk' }).x));
    },
    'another kind than Ed25519',
  ],
])('write nothing %s', (_what, spoil, says) => {
  build(publicHalf(run('keys', key).said));
  spoil();
  const { status, said } = sign();
  expect(status).toBe(1);
  expect(said).toContain(says);
  expect(existsSync(feed)).toBe(false);
});
