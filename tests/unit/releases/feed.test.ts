/** @file The feed of releases: believed by its signature alone, for this program and a newer version. */
import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Arch, getArtifactArchName } from 'builder-util';
import { afterAll, describe, expect, it } from 'vitest';
import { INSTALLABLE, packagesIn, publicHalf, signedFeed } from '../../../scripts/release-feed.mjs';
import configuration from '../../../electron-builder.ts';
import { FEED_CONTEXT, LARGEST_BYTES, readFeed } from '../../../src/main/releases/feed.ts';
import { createReleases } from '../../../src/main/releases/releases.ts';
import { isNewer, parseVersion, type Version } from '../../../src/main/releases/version.ts';
import { HERE } from '../../fakes/releases.ts';
import source from '../../../build/release.json' with { type: 'json' };

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
/** The package of the AppImage, and of one that is for another computer. */
const image = { system: 'linux', arch: 'x64', kind: 'appimage' } as const;
const own = { ...image, file: 'countersign-1.4.0-linux-x86_64.AppImage', bytes: 7, sha512: 'a'.repeat(128) };
const other = { ...own, arch: 'arm64', file: 'countersign-1.4.0-linux-arm64.AppImage' } as const;
const whole = signedFeed('1.4.0', [other, own], pem);

/** Any line, signed by the release key. */
const signed = (line: string, context = FEED_CONTEXT): string =>
  `${line}\n${sign(null, Buffer.from(context + line), privateKey).toString('base64url')}\n`;

const problemOf = (text: string): string => {
  const read = readFeed(text, publicKey, image);
  return read.ok ? `read as ${read.value.version.join('.')}` : read.problem;
};
const signedWith = (...packages: unknown[]): string => signed(JSON.stringify({ version: '1.4.0', packages }));

describe('a release feed', () => {
  it('names a version, and the package for the program that asks', () => {
    const { file, bytes, sha512 } = own;
    const value = { version: [1, 4, 0], package: { file, bytes, sha512 } };
    expect(readFeed(whole, publicKey, image)).toEqual({ ok: true, value });
    for (const none of [null, { ...image, arch: 'riscv64' }, { ...image, system: 'win32' as const }])
      expect(readFeed(whole, publicKey, none)).toEqual({ ok: true, value: { ...value, package: null } });
  });

  it('may say more than this version of the program knows', () => {
    expect(problemOf(signed('{"version":"1.4.0","packages":[],"note":"and so on"}'))).toBe('read as 1.4.0');
    const kinds = [null, 7, 'deb', {}, { ...own, kind: 'flatpak', file: '../x', bytes: null }];
    expect(problemOf(signedWith(...kinds, own))).toBe('read as 1.4.0');
  });

  it.each([
    { file: '../countersign.AppImage' },
    { file: 'a/b' },
    { file: 'a\\b' },
    { file: '..' },
    { file: '' },
    { file: '.AppImage' },
    { file: 'a..b' },
    { file: 'a?b' },
    { file: 'a%2Fb' },
    { file: 'a\n' },
    { file: 'https://evil.example/a' },
    { file: 'a'.repeat(129) },
    { file: 7 },
    { bytes: 0 },
    { bytes: -1 },
    { bytes: 1.5 },
    { bytes: '7' },
    { bytes: [7] },
    { bytes: null },
    { bytes: true },
    { bytes: LARGEST_BYTES + 1 },
    { sha512: 'a'.repeat(127) },
    { sha512: 'A'.repeat(128) },
    { sha512: 'g'.repeat(128) },
    { sha512: ['a'.repeat(128)] },
    { sha512: undefined },
  ])(
    'whose package for this program has %j is not understood, whoever signed it [T-feed-package]',
    (wrong) => {
      expect(problemOf(signedWith(own))).toBe('read as 1.4.0');
      expect(problemOf(signedWith({ ...own, ...wrong }))).toBe('unknown');
      expect(problemOf(signedWith(own, { ...own, ...wrong })), 'two of them').toBe('unknown');
    },
  );

  it('is nothing without the release key’s signature over every byte of it [T-feed-signed]', () => {
    const foreign = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    const [line = '', signature = ''] = whole.split('\n');
    const forged = [
      '',
      line,
      `${line}\n`,
      `${line}\n\n`,
      `${line}\n${'A'.repeat(86)}\n`,
      signedFeed('1.4.0', [own], foreign.toString()),
      `{"version":"9.9.9"}\n${signature}\n`,
      `${line} \n${signature}\n`,
      `${line}\r\n${signature}\r\n`,
      `{"version":"9.9.9"}\n${whole}`,
      `${whole}${whole}`,
      `${whole}{"version":"9.9.9"}`,
      // What this key signed for something else.
      signed(line, ''),
      signed(line, 'Countersign release feed 2\n'),
    ];
    for (const text of forged) expect(problemOf(text), JSON.stringify(text)).toBe('unsigned');
    for (let at = 0; at < line.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(problemOf(changed.toString()), `byte ${at}`).toBe('unsigned');
    }
  });

  it.each([
    '',
    '1.4',
    '1.4.0.1',
    'v1.4.0',
    '1.4.0-beta.1',
    '01.4.0',
    '1.4.1234567',
    ' 1.4.0',
    '1.4.0\n',
    '1.4.0<img src=x onerror=alert(1)>',
    '<b>2.0.0</b>',
    '2.0.0 – call +1 555 0100',
    '２.0.0',
    '\u202e0.0.2',
  ])('that names %j names no version, whoever signed it [T-feed-version]', (version) => {
    expect(problemOf(signed(JSON.stringify({ version, packages: [own] })))).toBe('unknown');
    expect(() => signedFeed(version, [own], pem)).toThrow('no version');
  });

  it.each([
    'null',
    '[]',
    '"1.4.0"',
    '{}',
    '{"version":1,"packages":[]}',
    '{"version":{"a":1},"packages":[]}',
    '{"version":"1.4.0"}',
    '{"version":"1.4.0","packages":{}}',
    '{',
    'version',
  ])('that says %s is not understood', (line) => {
    expect(problemOf(signed(line))).toBe('unknown');
  });
});

describe('the feed of a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-packages-'));
  const nameOf = (ending: string): string => `countersign-1.4.0-${ending}`;
  const put = (below: string, name: string): void => {
    mkdirSync(join(folder, below), { recursive: true });
    writeFileSync(join(folder, below, name), `what ${name} holds`);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names what can be installed, by its size and its digest, and is not made while one of them is missing', () => {
    put('packages-ubuntu', 'countersign-1.4.0-linux-amd64.deb');
    for (const { ending } of INSTALLABLE) {
      expect(() => packagesIn(folder, '1.4.0')).toThrow(`${nameOf(ending)} not at all`);
      put(ending, nameOf(ending));
    }
    const packages = packagesIn(folder, '1.4.0');
    expect(packages.map(({ system, arch, kind }) => `${system} ${arch} ${kind}`)).toEqual([
      'linux x64 appimage',
      'linux arm64 appimage',
      'win32 x64 nsis',
      'win32 arm64 nsis',
    ]);
    for (const wanted of packages) {
      const { file, bytes, sha512 } = wanted;
      const content = `what ${file} holds`;
      expect({ bytes, sha512 }).toEqual({ bytes: content.length, sha512: hash('sha512', content) });
      const read = readFeed(signedFeed('1.4.0', packages, pem), publicKey, wanted);
      expect(read).toMatchObject({ value: { package: { file, bytes, sha512 } } });
    }
    put('again', nameOf('win-x64.exe'));
    expect(() => packagesIn(folder, '1.4.0')).toThrow('more than once');
  });

  it('calls them as electron-builder does', () => {
    expect(configuration.artifactName).toBe('${name}-${version}-${os}-${arch}.${ext}');
    expect(INSTALLABLE.map(({ ending }) => ending)).toEqual([
      `linux-${getArtifactArchName(Arch.x64, 'AppImage')}.AppImage`,
      `linux-${getArtifactArchName(Arch.arm64, 'AppImage')}.AppImage`,
      `win-${getArtifactArchName(Arch.x64, 'exe')}.exe`,
      `win-${getArtifactArchName(Arch.arm64, 'exe')}.exe`,
    ]);
  });
});

describe('versions', () => {
  const version = (text: string): Version => {
    const parsed = parseVersion(text);
    if (!parsed.ok) throw new Error(text);
    return parsed.value;
  };
  it('come one after the other by their numbers', () => {
    const order = ['0.1.0', '0.1.9', '0.1.10', '0.2.0', '0.10.0', '1.0.0', '1.0.1', '2.0.0', '10.0.0'];
    const versions = order.map(version);
    versions.forEach((one, at) =>
      versions.forEach((other, place) => expect(isNewer(one, other)).toBe(at > place)),
    );
  });
});

describe('where this program asks', () => {
  const key = publicHalf(pem);
  const feed = 'https://countersign.example/feed';
  const page = 'https://countersign.example/';
  const packages = 'https://countersign.example/v{version}/';
  const of = (text: unknown, version = '1.0.0') =>
    createReleases(JSON.stringify(text), { ...HERE, version }, () => undefined);

  it('is one whole answer or nowhere, in the file as it is', () => {
    expect(() => of(source)).not.toThrow();
    expect(of({ feed: null, page: null, packages: null, key: null })).toBeNull();
    expect(of({ feed, page, packages, key })).toMatchObject({ host: 'countersign.example', page });
  });

  it.each([
    ['a feed without TLS', { feed: 'http://countersign.example/feed' }],
    ['a page without TLS', { page: 'http://countersign.example/' }],
    ['packages without TLS', { packages: 'http://countersign.example/' }],
    ['packages in no folder', { packages: 'https://countersign.example/v{version}' }],
    ['no packages', { packages: null }],
    ['no key', { key: null }],
    ['half a key', { key: key.slice(0, 20) }],
    ['more than that', { also: 1 }],
  ])('is not built with %s', (_what, change) => {
    expect(() => of({ feed, page, packages, key, ...change })).toThrow();
  });

  it('is nowhere for a version that cannot be compared', () => {
    expect(of({ feed, page, packages, key }, '1.0.0-beta.1')).toBeNull();
  });
});
