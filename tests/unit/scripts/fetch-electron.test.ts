/** @file Fetching Electron's runtime says how far it is, and why it fails, and uses the computer's proxy. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { listen } from '../../fakes/loopback.ts';
import { ROOT } from '../../../scripts/bootstrap.mjs';
import { stopAfterEach } from '../../fakes/stops.ts';

const stops = stopAfterEach();
let cache: string | null = null;
afterEach(() => {
  if (cache !== null) rmSync(cache, { recursive: true, force: true });
});

/** Runs the script against a mirror of our own; nothing of it can be unpacked, so it always ends with a reason. */
async function fetchFrom(answer: RequestListener, extra: NodeJS.ProcessEnv = {}, mirror?: string) {
  const server = createServer(answer);
  const tunnelled: string[] = [];
  server.on('connect', (request, socket) => {
    tunnelled.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  const { port, stop } = await listen(server);
  stops.push(stop);
  const at = `http://127.0.0.1:${port}`;
  cache = mkdtempSync(join(tmpdir(), 'countersign-fetch-'));
  const child = spawn(process.execPath, [join(ROOT, 'scripts/fetch-electron.mjs')], {
    env: {
      PATH: process.env['PATH'],
      ELECTRON_MIRROR: mirror ?? `${at}/`,
      // Where @electron/get keeps what it fetched (env-paths).
      XDG_CACHE_HOME: cache,
      HOME: cache,
      NODE_USE_ENV_PROXY: '1',
      ...Object.fromEntries(
        Object.entries(extra).map(([name, value]) => [name, value?.replace('SERVER', at)]),
      ),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, tunnelled };
}

it('says how far it is, and that what came is not what was to come', async () => {
  const { code, said } = await fetchFrom((_request, response) => {
    response.writeHead(200, { 'content-length': 1_000_000 });
    for (let part = 0; part < 10; part += 1) response.write(Buffer.alloc(100_000));
    response.end();
  });
  expect(code).toBe(1);
  expect(said).toContain('100 % of 1 MB\n');
  expect(said).toMatch(/checksum/i);
});

it('says what the server answered', async () => {
  const { code, said } = await fetchFrom((_request, response) => response.writeHead(503).end());
  expect(code).toBe(1);
  expect(said).toContain('503');
});

it('says that nobody answers there', async () => {
  const { code, said } = await fetchFrom(() => undefined, {}, 'http://127.0.0.1:1/');
  expect(code).toBe(1);
  expect(said).toMatch(/ECONNREFUSED|bad port/);
});

it('gives up a line on which nothing comes any more, however slow the rest may be', async () => {
  const { code, said } = await fetchFrom(
    (_request, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('begun');
    },
    { FETCH_STALL_MS: '300' },
  );
  expect({ code, said }).toEqual({ code: 1, said: 'nothing came for 0.3 seconds\n' });
});

it('asks the proxy of the environment', async () => {
  const { code, tunnelled } = await fetchFrom(
    () => undefined,
    { HTTP_PROXY: 'SERVER', http_proxy: 'SERVER' },
    'http://mirror.invalid/',
  );
  expect(code).toBe(1);
  expect(tunnelled[0]).toContain('mirror.invalid');
});
