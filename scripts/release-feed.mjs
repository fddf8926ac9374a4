/**
 * @file The release feed, signed. `node scripts/release-feed.mjs keys FILE` makes a release key, once, and says what of it
 * goes into build/release.json; `node scripts/release-feed.mjs sign FILE` writes the feed of this version, with the key in
 * RELEASE_KEY. It imports no package: what can read the key is Node and what is in this tree.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FEED_CONTEXT, readFeed } from '../src/main/releases/feed.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The feed that names this version. @param {string} version @param {string} privateKey in PEM */
export function signedFeed(version, privateKey) {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the release key is of another kind than Ed25519');
  const line = JSON.stringify({ version });
  const feed = `${line}\n${sign(null, Buffer.from(FEED_CONTEXT + line), key).toString('base64url')}\n`;
  const read = readFeed(feed, createPublicKey(key));
  if (!read.ok) throw new Error(`"${version}" is no version of a release`);
  return feed;
}

/** The public half as build/release.json has it. @param {string} privateKey in PEM */
export const publicHalf = (privateKey) =>
  String(createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' }).x);

/** @param {string} file */
function makeKeys(file) {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  // Never over one that is there: copies of the program know that one.
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  console.log(`${file} holds the private key: keep it out of this tree.`);
  console.log(`"key": "${publicHalf(pem)}" goes into build/release.json.`);
}

/** @param {string} file */
function writeFeed(file) {
  const { key } = JSON.parse(readFileSync(join(ROOT, 'build/release.json'), 'utf8'));
  if (key === null) {
    console.log('build/release.json names no release key: nobody is told of this version.');
    return;
  }
  const privateKey = process.env['RELEASE_KEY'] ?? '';
  if (privateKey === '') throw new Error('RELEASE_KEY is empty');
  if (publicHalf(privateKey) !== key)
    throw new Error('RELEASE_KEY is another key than the one in build/release.json');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(file, signedFeed(version, privateKey));
  console.log(`${file} names ${version}. Put it up once the packages are there.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , command, file] = process.argv;
  if (command === 'keys' && file !== undefined) makeKeys(file);
  else if (command === 'sign' && file !== undefined) writeFeed(file);
  else throw new Error('usage: node scripts/release-feed.mjs keys FILE | sign FILE');
}
