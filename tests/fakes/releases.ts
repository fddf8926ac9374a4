/**
 * @file A program that can be told of newer versions, and the feeds and packages that a test makes for it. It runs from a
 * package, as version 1.0.0 on Linux, unless the test says otherwise; and it starts no other program.
 */
import { generateKeyPairSync, hash } from 'node:crypto';
import { publicHalf, signedFeed, type FeedPackage } from '../../scripts/release-feed.mjs';
import type { Program } from '../../src/main/releases/releases.ts';

export const PAGE = 'https://countersign.example/';

/** A release key, in PEM. */
export const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export const HERE: Program = {
  version: '1.0.0',
  platform: 'linux',
  arch: 'x64',
  execPath: '/opt/Countersign/countersign',
  env: {},
  folder: '/nowhere/newer-version',
  isThere: () => false,
  run: () => Promise.reject(new Error('another program is started')),
};

/** The headers of an answer that is no answer, and no error either: the protocol is changed. */
export const UPGRADE = { connection: 'upgrade', upgrade: 'websocket' };

/** What build/release.json would say of a place on this computer. */
export const sourceAt = (origin: string, key: string): string =>
  JSON.stringify({
    feed: `${origin}/feed`,
    page: PAGE,
    packages: `${origin}/v{version}/`,
    key: publicHalf(key),
  });

/** The AppImage of this content, as the feed has it. */
export const imageOf = (version: string, content: string | Buffer): FeedPackage => ({
  system: 'linux',
  arch: 'x64',
  kind: 'appimage',
  file: `countersign-${version}-linux-x86_64.AppImage`,
  bytes: Buffer.byteLength(content),
  sha512: hash('sha512', content),
});

/** A feed that names a version, and one package that nobody has. */
export const feedOf = (version: string, key: string): string =>
  signedFeed(version, [imageOf(version, 'nobody has it')], key);
