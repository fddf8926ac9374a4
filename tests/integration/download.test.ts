/** @file How a package is fetched, and what ends that: a full disk, a redirect to nowhere, a server that hangs. */
import { open } from 'node:fs/promises';
import { createServer as createPlainServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { download, LIMITS } from '../../src/main/releases/download.ts';
import { discard, type Place } from '../../src/main/releases/fetched.ts';
import { createInstaller } from '../../src/main/releases/installer.ts';
import { listen } from '../fakes/loopback.ts';
import { UPGRADE } from '../fakes/releases.ts';
import {
  answersPackage,
  at,
  expectAsBefore,
  files,
  havingReleases,
  inFolder,
  NEWER,
  packageOf,
  releases,
  starts,
} from './peers/released.ts';

havingReleases();

describe('a disk that is full', () => {
  it('ends the fetching, and is said [T-install-disk-full]', async () => {
    const full = await open('/dev/full', 'r+');
    const url = new URL(`${at.origin}/v1.4.0/any`);
    await expect(download(url, packageOf, full, new AbortController().signal)).rejects.toThrow('ENOSPC');
    await full.close();
  });

  it('ends the installing, and is said once at the next start', async () => {
    const place: Place = {
      ending: '.AppImage',
      put: async (fetched) => {
        await discard(fetched);
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
      sweep: () => Promise.resolve(),
    };
    const urlOf = () => new URL(`${at.origin}/v1.4.0/any`);
    const installer = createInstaller({
      place,
      folder: at.folder,
      urlOf,
      log: (event) => at.logged.push(event),
    });
    const newest = { version: '1.4.0', package: packageOf };
    expect(await installer.fetch(newest, new AbortController().signal)).toEqual({ ok: true, value: null });
    await installer.install(() => true);
    expect(at.logged.at(-1)).toBe('newer version: disk-full ENOSPC');
    const next = releases();
    expect(await next.fetch()).toEqual({ ok: false, problem: 'disk-full' });
    expect(await next.fetch(), 'by then there may be room').toEqual({ ok: true, value: null });
    expectAsBefore();
  });
});

describe('a redirect', () => {
  it('is followed to https, because what comes is checked by itself', async () => {
    at.serve = (response, url) => {
      if (url.startsWith('/v1.4.0/')) response.writeHead(302, { location: `${at.origin}/elsewhere` }).end();
      else files(response, url);
    };
    const { fetch, install } = releases();
    expect(await fetch()).toEqual({ ok: true, value: null });
    await install();
    expect(starts()).toBe('1.4.0');
  });

  it('is no answer of another kind, wherever that leads', async () => {
    at.serve = (response, url) => {
      if (url.startsWith('/v1.4.0/')) response.writeHead(404, { location: `${at.origin}/elsewhere` }).end();
      else files(response, url);
    };
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'refused' });
  });

  it('is followed to nothing else, and not for ever [T-install-redirect]', async () => {
    let visited = 0;
    const plain = await listen(
      createPlainServer((_request, response) => {
        visited += 1;
        response.end(NEWER);
      }),
    );
    const leading = [
      '',
      `http://localhost:${plain.port}/`,
      'file:///etc/passwd',
      'data:,x',
      'https://[',
      '/v1.4.0/on',
    ];
    for (const location of leading) {
      at.asked = [];
      answersPackage(
        (response) => void response.writeHead(302, location === '' ? {} : { location }).end(NEWER),
      );
      expect(await releases().fetch(), location).toEqual({ ok: false, problem: 'refused' });
      expect(at.asked.length, location).toBeLessThanOrEqual(5);
    }
    expect(visited).toBe(0);
    await plain.stop();
    expectAsBefore();
  });

  it('is not followed to a server whose certificate does not check out', async () => {
    const location = `https://127.0.0.1:${new URL(at.origin).port}/`;
    answersPackage((response) => void response.writeHead(302, { location }).end());
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'unreachable' });
    vi.unstubAllEnvs();
  });
});

describe('a download that hangs', () => {
  const limited = async (limits: Partial<typeof LIMITS>, signal = new AbortController().signal) => {
    const draft = await open(join(at.home, 'draft'), 'wx+');
    const url = new URL(`${at.origin}/v1.4.0/any`);
    const got = await download(url, packageOf, draft, signal, { ...LIMITS, ...limits });
    await draft.close();
    return got;
  };

  it.each<[string, (response: ServerResponse) => void, Partial<typeof LIMITS>]>([
    ['says nothing', () => undefined, { stillMs: 200 }],
    ['changes the protocol', (to) => to.writeHead(101, UPGRADE).flushHeaders(), {}],
    ['stands still', (to) => void to.writeHead(200).write('#!'), { stillMs: 200 }],
    [
      'drips',
      (to) => {
        const drip = setInterval(() => to.write('#'), 20);
        to.once('close', () => clearInterval(drip));
      },
      { wholeMs: 300 },
    ],
  ])('is given up when it %s [T-install-late]', async (_what, answer, limits) => {
    answersPackage(answer);
    expect(await limited(limits)).toEqual({ ok: false, problem: 'unreachable' });
  });

  it('ends at once when it is called off, and nothing is left of it [T-install-called-off]', async () => {
    const off = new AbortController();
    answersPackage((response) => response.writeHead(200).write('#!', () => off.abort()));
    expect(await releases().fetch(off.signal)).toEqual({ ok: false, problem: 'unreachable' });
    expect(at.logged, 'that is nothing to write down').toEqual([]);
    expect(inFolder()).toEqual([]);
  });
});
