/** @file Where Electron's runtime cannot be had, it is said why and when it is tried again; it is asked for once a day. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/bootstrap.mjs';

let folder: string;
const asked: string[] = [];
const proxy = createServer();
proxy.on('connect', (request, socket) => {
  asked.push(request.url ?? '');
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
});

/** A tree of ours in which Electron's package is installed, and its runtime is not. */
beforeEach(async () => {
  asked.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'countersign-runtime-'));
  cpSync(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true });
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'electron'), { recursive: true });
  for (const name of ['package.json', 'checksums.json'])
    copyFileSync(join(ROOT, 'node_modules/electron', name), join(modules, 'electron', name));
  for (const name of ['@electron', 'node'])
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterEach(() => {
  proxy.closeAllConnections();
  proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

async function lookForElectron(): Promise<string> {
  const script = pathToFileURL(join(folder, 'scripts/bootstrap.mjs')).href;
  const look = `import { electronRuntime } from ${JSON.stringify(script)}; console.log(electronRuntime());`;
  const at = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const env = {
    PATH: process.env['PATH'],
    ...{ HOME: folder, XDG_CACHE_HOME: folder, ELECTRON_MIRROR: 'http://mirror.invalid/' },
    ...{ HTTP_PROXY: at, http_proxy: at },
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', look], {
    env,
  });
  return stdout;
}

it('asks by the computer’s proxy, says why it failed and when it is tried again, and does so the next day', async () => {
  const first = await lookForElectron();
  expect(asked[0]).toContain('mirror.invalid');
  expect(first).toMatch(
    /^Fetching Electron's runtime \(about 110 MB\) …\nIt could not be fetched: .*\S\.\nIt is tried again tomorrow; .*\nstand-in\n$/,
  );
  const [, why = ''] = /could not be fetched: (.*)\.\n/.exec(first) ?? [];

  asked.length = 0;
  const second = await lookForElectron();
  expect(asked).toEqual([]);
  expect(second).toContain(
    `Electron's runtime could not be fetched earlier today: ${why}.\nIt is tried again tomorrow`,
  );

  const kept = join(folder, 'node_modules/.cache/countersign/electron-unreachable.json');
  writeFileSync(kept, readFileSync(kept, 'utf8').replace(/\d{4}-\d\d-\d\d/, '2026-01-01'));
  await lookForElectron();
  expect(asked).not.toEqual([]);

  // Cut off, or written on a full disk.
  asked.length = 0;
  writeFileSync(kept, '');
  await lookForElectron();
  expect(asked).not.toEqual([]);
});
