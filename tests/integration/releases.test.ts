/**
 * @file The question for a newer version, against a real https server on this computer that does all it can: what is asked,
 * what is believed, and what is not.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Server as AnyServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { ask } from '../../src/main/releases/ask.ts';
import { createReleases } from '../../src/main/releases/releases.ts';
import type { Releases } from '../../src/main/ports/releases.ts';
import { feedOf, HERE, newKey, sourceAt, UPGRADE } from '../fakes/releases.ts';
import { makeCertificate, type ServerCertificate } from './peers/certificate.ts';

const releaseKey = newKey();
const feed = (version: string): string => feedOf(version, releaseKey);

const folder = mkdtempSync(join(tmpdir(), 'countersign-feed-'));
const trusted = tls.getCACertificates('default');
let certificate: ServerCertificate;
let server: Server;
let port = 0;
let asked: IncomingMessage[] = [];
let logged: string[] = [];
let serve: (response: ServerResponse) => void = () => undefined;

beforeAll(async () => {
  certificate = await makeCertificate(folder, 'DNS:localhost');
  tls.setDefaultCACertificates([...trusted, readFileSync(certificate.ca, 'utf8')]);
});
afterAll(() => {
  tls.setDefaultCACertificates(trusted);
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  asked = [];
  logged = [];
  const pair = { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) };
  server = createServer(pair, (request, response) => {
    asked.push(request);
    serve(response);
  });
  port = await listen(server);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const listen = (on: AnyServer): Promise<number> =>
  new Promise((resolve) => {
    // A server that listens has an address with a port.
    on.listen(0, '127.0.0.1', () => resolve((on.address() as AddressInfo).port));
  });

/** The program's own way to ask, as version 1.0.0 would. */
function releases(host = 'localhost', at = port): Releases {
  const source = sourceAt(`https://${host}:${at}`, releaseKey);
  const made = createReleases(source, HERE, (event) => logged.push(event));
  if (made === null) throw new Error('nobody is asked');
  return made;
}

const newest = (from = releases(), signal = new AbortController().signal) => from.newest(signal);
const says = (text: string) => (serve = (response) => void response.end(text));

it('finds the newest version, and says nothing of the desk, its system or its version [T-newer-asks]', async () => {
  says(feed('1.4.0'));
  expect(await newest()).toMatchObject({ ok: true, value: { version: '1.4.0' } });
  expect(asked).toHaveLength(1);
  const [{ method, url, rawHeaders } = { method: '', url: '', rawHeaders: [] }] = asked;
  expect({ method, url, rawHeaders }).toEqual({
    method: 'GET',
    url: '/feed',
    rawHeaders: ['accept', 'text/plain', 'Host', `localhost:${port}`, 'Connection', 'close'],
  });
  expect(logged).toEqual([]);
});

it.each(['1.0.0', '0.9.9', '0.1.0'])(
  'tells of nothing when the newest is %s, and is not newer',
  async (version) => {
    says(feed(version));
    expect(await newest()).toEqual({ ok: true, value: null });
  },
);

const forged = {
  'is not signed': () => '{"version":"1.4.0"}\n',
  'is signed by another key': () => feedOf('1.4.0', newKey()),
  'was changed on its way': () => feed('1.4.0').replace('1.4.0', '9.9.9'),
  'is cut off': () => feed('1.4.0').slice(0, -20),
  'is a page of a hotel': () => '<html><body>Welcome! Please sign in.</body></html>',
  'is empty': () => '',
};
it.each(Object.entries(forged))('believes nothing that %s [T-newer-forged]', async (_what, made) => {
  says(made());
  expect(await newest()).toEqual({ ok: false, problem: 'unsigned' });
  expect(logged).toEqual(['release feed: unsigned']);
});

it('goes back to no older version once it was told of a newer one [T-newer-rolled-back]', async () => {
  const place = releases();
  says(feed('1.4.0'));
  await newest(place);
  for (const older of ['1.3.9', '1.0.0', '0.1.0']) {
    says(feed(older));
    expect(await newest(place), older).toEqual({ ok: false, problem: 'rolled-back' });
  }
  says(feed('1.4.1'));
  expect(await newest(place)).toMatchObject({ ok: true, value: { version: '1.4.1' } });
});

it('follows no redirect, to another host or to none [T-newer-redirect]', async () => {
  let visited = 0;
  const elsewhere = createPlainServer((_request, response) => {
    visited += 1;
    response.end(feed('1.4.0'));
  });
  const there = await listen(elsewhere);
  for (const location of [
    `http://127.0.0.1:${there}/feed`,
    `https://localhost:${port}/other`,
    '//127.0.0.1/',
  ]) {
    for (const status of [301, 302, 303, 307, 308]) {
      serve = (response) => void response.writeHead(status, { location }).end(feed('1.4.0'));
      expect(await newest(), `${status} ${location}`).toEqual({ ok: false, problem: 'refused' });
    }
  }
  expect(visited).toBe(0);
  expect(asked.every(({ url }) => url === '/feed')).toBe(true);
  await new Promise((resolve) => elsewhere.close(resolve));
});

it.each([404, 500, 204, 206])('believes no feed that comes with %i', async (status) => {
  serve = (response) => void response.writeHead(status).end(feed('1.4.0'));
  expect(await newest()).toEqual({ ok: false, problem: 'refused' });
});

it('reads no more than a few kilobytes of an endless answer [T-newer-endless]', async () => {
  let sent = 0;
  let over: Promise<unknown> = Promise.resolve();
  serve = (response) => {
    over = new Promise((resolve) => response.once('close', resolve));
    const pour = (): void => {
      while (!response.destroyed && response.write('a'.repeat(1_024))) sent += 1_024;
    };
    response.on('drain', pour);
    pour();
  };
  expect(await newest()).toEqual({ ok: false, problem: 'too-long' });
  await over;
  // What fills the buffers of the two ends.
  expect(sent).toBeLessThan(16 * 2 ** 20);
});

it.each([
  ['says nothing', () => undefined],
  [
    'drips',
    (response: ServerResponse) => {
      const drip = setInterval(() => response.write('a'), 20);
      response.once('close', () => clearInterval(drip));
    },
  ],
  [
    'sends headers and no more',
    (response: ServerResponse) => {
      response.writeHead(200).flushHeaders();
    },
  ],
  ['changes the protocol', (response: ServerResponse) => response.writeHead(101, UPGRADE).flushHeaders()],
])('waits no longer than it has for a server that %s [T-newer-late]', async (_what, does) => {
  serve = does;
  const signal = new AbortController().signal;
  expect(await ask(new URL(`https://localhost:${port}/feed`), signal, 300)).toEqual({
    ok: false,
    problem: 'unreachable',
  });
});

it('ends at once when it is called off', async () => {
  const off = new AbortController();
  serve = () => off.abort();
  expect(await newest(releases(), off.signal)).toEqual({ ok: false, problem: 'unreachable' });
  const url = new URL(`https://localhost:${port}/feed`);
  for (const begins of [() => undefined, (response: ServerResponse) => response.writeHead(200).write('{')]) {
    const late = new AbortController();
    serve = (response) => {
      begins(response);
      setImmediate(() => late.abort());
    };
    expect(await ask(url, late.signal, 3_600_000)).toEqual({ ok: false, problem: 'unreachable' });
  }
  expect(logged, 'that is no fault of the place').toEqual([]);
});

it.each([undefined, '0'])(
  'asks nobody whose certificate does not check out, though Node be told not to look: %s [T-newer-certificate]',
  async (told) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', told);
    says(feed('1.4.0'));
    // Its certificate is for localhost.
    expect(await newest(releases('127.0.0.1'))).toEqual({ ok: false, problem: 'unreachable' });
    tls.setDefaultCACertificates(trusted);
    expect(await newest()).toEqual({ ok: false, problem: 'unreachable' });
    tls.setDefaultCACertificates([...trusted, readFileSync(certificate.ca, 'utf8')]);
    expect(asked).toHaveLength(0);
  },
);

it('asks nobody without TLS', async () => {
  const plain = createPlainServer((request) => asked.push(request));
  const at = await listen(plain);
  expect(await newest(releases('localhost', at))).toEqual({ ok: false, problem: 'unreachable' });
  expect(asked).toHaveLength(0);
  plain.closeAllConnections();
  await new Promise((resolve) => plain.close(resolve));
});

it('is silent where nobody answers', async () => {
  await new Promise((resolve) => server.close(resolve));
  expect(await newest()).toEqual({ ok: false, problem: 'unreachable' });
  server = createServer();
  await listen(server);
});
