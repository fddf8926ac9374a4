/**
 * @file The release feed, signed on the maintainer's own computer: whoever has the key can run a program on every desk that
 * installs by itself, so that it is in no workflow. `node scripts/release-feed.mjs keys FILE` makes a release key, once, and says
 * what of it goes into build/release.json; `node scripts/release-feed.mjs sign FOLDER KEY FILE` writes the feed of this version and of
 * its packages, which lie in the folder or below it. It imports no package of npm: what can read the key is Node and what is
 * in this tree.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FEED_CONTEXT, LONGEST_FEED_BYTES, readFeed } from '../src/main/releases/feed.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * The packages that install themselves, as electron-builder calls them.
 * @type {readonly (import('../src/main/releases/feed.ts').PackageFor & { readonly ending: string })[]}
 */
export const INSTALLABLE = [
  { system: 'linux', arch: 'x64', kind: 'appimage', ending: 'linux-x86_64.AppImage' },
  { system: 'linux', arch: 'arm64', kind: 'appimage', ending: 'linux-arm64.AppImage' },
  { system: 'win32', arch: 'x64', kind: 'nsis', ending: 'win-x64.exe' },
  { system: 'win32', arch: 'arm64', kind: 'nsis', ending: 'win-arm64.exe' },
];

/** @typedef {import('../src/main/releases/feed.ts').PackageFor & import('../src/main/ports/releases.ts').ReleasedPackage} FeedPackage */

/**
 * What the feed says of each of them; one that is missing throws.
 * @param {string} folder @param {string} version
 * @returns {FeedPackage[]}
 */
export function packagesIn(folder, version) {
  const there = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return INSTALLABLE.map(({ ending, ...place }) => {
    const file = `countersign-${version}-${ending}`;
    const [path, ...more] = there.filter((found) => basename(found) === file);
    if (path === undefined || more.length > 0)
      throw new Error(`${folder} has ${file} ${path === undefined ? 'not at all' : 'more than once'}`);
    const content = readFileSync(join(folder, path));
    return { ...place, file, bytes: content.length, sha512: hash('sha512', content) };
  });
}

/**
 * The feed that names this version.
 * @param {string} version @param {readonly FeedPackage[]} packages @param {string} privateKey in PEM
 */
export function signedFeed(version, packages, privateKey) {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the release key is of another kind than Ed25519');
  const line = JSON.stringify({ version, packages });
  const feed = `${line}\n${sign(null, Buffer.from(FEED_CONTEXT + line), key).toString('base64url')}\n`;
  if (Buffer.byteLength(feed) > LONGEST_FEED_BYTES) throw new Error('the feed is longer than programs read');
  // Each as the program will read it that it is for.
  for (const wanted of [null, ...packages])
    if (!readFeed(feed, createPublicKey(key), wanted).ok)
      throw new Error(`"${version}" is no version of a release, or ${wanted?.file ?? 'a package'} is none`);
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
  console.log(
    `${file} holds the private key: keep it off this tree, off every server and off every workflow.`,
  );
  console.log(`"key": "${publicHalf(pem)}" goes into build/release.json.`);
}

/** @param {string} folder @param {string} keyFile @param {string} file */
function writeFeed(folder, keyFile, file) {
  const { key } = JSON.parse(readFileSync(join(ROOT, 'build/release.json'), 'utf8'));
  if (key === null)
    throw new Error('build/release.json names no release key: no program would read this feed');
  const privateKey = readFileSync(keyFile, 'utf8');
  if (publicHalf(privateKey) !== key)
    throw new Error(`${keyFile} is another key than the one in build/release.json`);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const packages = packagesIn(folder, version);
  writeFileSync(file, signedFeed(version, packages, privateKey));
  for (const { file: name, bytes, sha512 } of packages) console.log(`${sha512}  ${name} (${bytes} bytes)`);
  console.log(`${file} names ${version}. Put it up once the packages are there.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , command, ...args] = process.argv;
  const [first, second, third] = args;
  if (command === 'keys' && first !== undefined) makeKeys(first);
  else if (command === 'sign' && first !== undefined && second !== undefined && third !== undefined)
    writeFeed(first, second, third);
  else throw new Error('usage: node scripts/release-feed.mjs keys FILE | sign FOLDER KEY FILE');
}
