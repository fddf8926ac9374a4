/** @file The feed of releases: believed by its signature alone, for this program and a newer version. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { publicHalf, signedFeed } from '../../../scripts/release-feed.mjs';
import { FEED_CONTEXT, readFeed } from '../../../src/main/releases/feed.ts';
import { createReleases } from '../../../src/main/releases/releases.ts';
import { isNewer, parseVersion, type Version } from '../../../src/main/releases/version.ts';
import source from '../../../build/release.json' with { type: 'json' };

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const whole = signedFeed('1.4.0', pem);

/** Any line, signed by the release key. */
const signed = (line: string, context = FEED_CONTEXT): string =>
  `${line}\n${sign(null, Buffer.from(context + line), privateKey).toString('base64url')}\n`;

const problemOf = (text: string): string => {
  const read = readFeed(text, publicKey);
  return read.ok ? `read as ${read.value.join('.')}` : read.problem;
};

describe('a release feed', () => {
  it('names a version', () => {
    expect(readFeed(whole, publicKey)).toEqual({ ok: true, value: [1, 4, 0] });
  });

  it('may say more than this version of the program knows', () => {
    expect(problemOf(signed('{"version":"1.4.0","note":"and so on"}'))).toBe('read as 1.4.0');
  });

  it('is nothing without the release key’s signature over every byte of it [T-feed-signed]', () => {
    const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    const [line = '', signature = ''] = whole.split('\n');
    const forged = [
      '',
      line,
      `${line}\n`,
      `${line}\n\n`,
      `${line}\n${'A'.repeat(86)}\n`,
      signedFeed('1.4.0', other.toString()),
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
    expect(problemOf(signed(JSON.stringify({ version })))).toBe('unknown');
    expect(() => signedFeed(version, pem)).toThrow('no version');
  });

  it.each(['null', '[]', '"1.4.0"', '{}', '{"version":1}', '{"version":{"a":1}}', '{', 'version'])(
    'that says %s names no version',
    (line) => {
      expect(problemOf(signed(line))).toBe('unknown');
    },
  );
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
  const of = (text: unknown, own = '1.0.0') => createReleases(JSON.stringify(text), own, () => undefined);

  it('is one whole answer or nowhere, in the file as it is', () => {
    expect(() => of(source)).not.toThrow();
    expect(of({ feed: null, page: null, key: null })).toBeNull();
    expect(of({ feed, page, key })).toMatchObject({ host: 'countersign.example', page });
  });

  it.each([
    ['a feed without TLS', { feed: 'http://countersign.example/feed', page, key }],
    ['a page without TLS', { feed, page: 'http://countersign.example/', key }],
    ['no key', { feed, page, key: null }],
    ['half a key', { feed, page, key: key.slice(0, 20) }],
    ['more than that', { feed, page, key, also: 1 }],
  ])('is not built with %s', (_what, text) => {
    expect(() => of(text)).toThrow();
  });

  it('is nowhere for a version that cannot be compared', () => {
    expect(of({ feed, page, key }, '1.0.0-beta.1')).toBeNull();
  });
});
