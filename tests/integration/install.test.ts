/**
 * @file A newer version, from the feed to its place, against a real https server on this computer that does all it can, with a
 * real executable in the place of the AppImage that runs. What is asked each time: whether that one is as it was, or whole.
 */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer as createPlainServer, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signedFeed } from '../../scripts/release-feed.mjs';
import { download, LIMITS } from '../../src/main/releases/download.ts';
import { discard, type Place } from '../../src/main/releases/fetched.ts';
import { createInstaller } from '../../src/main/releases/installer.ts';
import type { Installer } from '../../src/main/ports/releases.ts';
import { createReleases, type Program } from '../../src/main/releases/releases.ts';
import { UNINSTALLER } from '../../src/main/releases/place.ts';
import { type Listening, listen } from '../fakes/loopback.ts';
import { HERE, imageOf, newKey, sourceAt, UPGRADE } from '../fakes/releases.ts';
import { makeCertificate } from './peers/certificate.ts';

const releaseKey = newKey();
/** A program that says which version it is; as large as one that comes in many pieces. */
const program = (version: string): string => `#!/bin/sh\necho ${version}\nexit\n${'#'.repeat(2_500_000)}\n`;
const NEWER = program('1.4.0');
const packageOf = imageOf('1.4.0', NEWER);
const FEED = signedFeed('1.4.0', [packageOf], releaseKey);

const root = mkdtempSync(join(tmpdir(), 'countersign-install-'));
const trusted = tls.getCACertificates('default');
let server: Listening;
let origin = '';
let asked: (string | undefined)[] = [];
let serve: (response: ServerResponse, url: string) => void;
let logged: string[] = [];
let installers: Installer[] = [];
/** The folder of the person, with the AppImage; and the profile's. */
let home = '';
let image = '';
let folder = '';

const files = (response: ServerResponse, url: string): void =>
  void response.end(url === '/feed' ? FEED : NEWER);
/** The feed as it is, and another answer for the package. */
const answersPackage = (answer: (response: ServerResponse) => void): void => {
  serve = (response, url) => (url === '/feed' ? files(response, url) : answer(response));
};

beforeAll(async () => {
  const { ca, cert, key } = await makeCertificate(root, 'DNS:localhost');
  tls.setDefaultCACertificates([...trusted, readFileSync(ca, 'utf8')]);
  server = await listen(
    createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      asked.push(request.url);
      serve(response, request.url ?? '');
    }),
  );
  origin = `https://localhost:${server.port}`;
});
afterAll(async () => {
  tls.setDefaultCACertificates(trusted);
  await server.stop();
  rmSync(root, { recursive: true });
});
beforeEach(() => {
  asked = [];
  logged = [];
  installers = [];
  serve = files;
  home = mkdtempSync(join(root, 'home-'));
  folder = join(home, 'profile');
  mkdirSync(join(home, 'apps'));
  image = join(home, 'apps', 'Countersign.AppImage');
  writeFileSync(image, program('1.0.0'));
  chmodSync(image, 0o750);
});
afterEach(async () => {
  for (const installer of installers) await installer.drop();
  rmSync(home, { recursive: true });
});

const here = (change: Partial<Program> = {}): Program => ({
  ...HERE,
  folder,
  execPath: join(home, 'mount', 'countersign'),
  env: { APPIMAGE: image, APPDIR: join(home, 'mount') },
  ...change,
});

function releases(change: Partial<Program> = {}) {
  const made = createReleases(sourceAt(origin, releaseKey), here(change), (event) => logged.push(event));
  if (made?.installer == null) throw new Error('nothing can be installed');
  const { newest, installer } = made;
  installers.push(installer);
  const never = new AbortController().signal;
  return {
    newest: () => newest(never),
    installer,
    fetch: async (signal = never) => {
      const found = await newest(never);
      if (!found.ok || found.value === null) throw new Error('there is nothing newer');
      return installer.fetch(found.value, signal);
    },
    install: (mayStill = true) => installer.install(() => mayStill),
  };
}

const starts = (path = image): string => execFileSync(path, { encoding: 'utf8' }).trim();
const inFolder = (): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Nothing was touched, and nothing is left of the trial but what became of it. */
function expectAsBefore(): void {
  expect(starts()).toBe('1.0.0');
  expect(readdirSync(join(home, 'apps'))).toEqual(['Countersign.AppImage']);
}

describe('an AppImage', () => {
  it('is replaced by the one that the feed is signed for, keeps its mode, and starts as the newer version [T-install-appimage]', async () => {
    const { fetch, install } = releases();
    expect(await fetch()).toEqual({ ok: true, value: null });
    expectAsBefore();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await install();
    expect(starts()).toBe('1.4.0');
    expect(statSync(image).mode & 0o777).toBe(0o750);
    expect(readdirSync(join(home, 'apps'))).toEqual(['Countersign.AppImage']);
    expect(asked).toEqual(['/feed', `/v1.4.0/${packageOf.file}`]);
    expect(logged).toEqual(['newer version: fetched 1.4.0', 'newer version: installing 1.4.0']);
    // The newer one finds that it is the newest, and removes what the older one has left.
    const next = releases({ version: '1.4.0' });
    expect(await next.newest()).toEqual({ ok: true, value: null });
    expect(inFolder()).toEqual(['last']);
    next.installer.forget();
    expect(inFolder()).toEqual([]);
  });

  it('is for the same group as before, and may do what the person allows by now, without what runs it as another user [T-install-rights]', async () => {
    const own = process.getgid?.() ?? 0;
    // Root may give any group away, another user only one of its own.
    const group = own === 0 ? 1 : (process.getgroups?.().find((other) => other !== own) ?? own);
    chownSync(image, process.getuid?.() ?? 0, group);
    const { fetch, install } = releases();
    await fetch();
    chmodSync(image, 0o4700);
    await install();
    expect(starts()).toBe('1.4.0');
    const { gid, mode } = statSync(image);
    expect({ gid, mode: mode & 0o7777 }).toEqual({ gid: group, mode: 0o700 });
  });

  it('is replaced in a folder that cannot be read, and has not failed then', async () => {
    const { fetch, install } = releases();
    await fetch();
    chmodSync(join(home, 'apps'), 0o300);
    await install();
    chmodSync(join(home, 'apps'), 0o700);
    expect(starts()).toBe('1.4.0');
    expect(logged, 'it has not failed').toEqual([
      'newer version: fetched 1.4.0',
      'newer version: installing 1.4.0',
    ]);
  });

  it('that a feed by another hand names is not even asked for [T-install-forged]', async () => {
    const forged = signedFeed('1.4.0', [packageOf], newKey());
    serve = (response) => void response.end(forged);
    expect(await releases().newest()).toEqual({ ok: false, problem: 'unsigned' });
    expect(asked).toEqual(['/feed']);
  });

  it('that is older, or no newer, is never named, whatever is signed [T-install-older]', async () => {
    for (const older of ['0.9.0', '1.0.0']) {
      const feed = signedFeed(older, [imageOf(older, program(older))], releaseKey);
      serve = (response) => void response.end(feed);
      expect(await releases().newest()).toEqual({ ok: true, value: null });
    }
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['other bytes of the same size', (to) => void to.end(NEWER.replace('1.4.0', '6.6.6')), 'other-bytes'],
    ['another length than is signed', (to) => void to.end(`${NEWER}#`), 'other-bytes'],
    ['a page', (to) => void to.end('<html>Please sign in.</html>'), 'other-bytes'],
    ['nothing', (to) => void to.end(), 'other-bytes'],
    ['less, and says nothing of a length', (to) => void (to.write('#!'), to.end()), 'other-bytes'],
    [
      'the right length and less',
      (to) => void to.writeHead(200, { 'content-length': packageOf.bytes }).end('#!/bin/sh\n'),
      'unreachable',
    ],
    [
      'half, and hangs up',
      (to) => {
        to.writeHead(200, { 'content-length': packageOf.bytes });
        to.write(NEWER.slice(0, 1_000_000), () => to.destroy());
      },
      'unreachable',
    ],
    ['404', (to) => void to.writeHead(404).end(NEWER), 'refused'],
    ['206', (to) => void to.writeHead(206).end(NEWER), 'refused'],
  ])('is as it was when what comes is %s [T-install-other-bytes]', async (_what, answer, problem) => {
    answersPackage((response) => {
      response.on('error', () => undefined);
      answer(response);
    });
    const { fetch, install } = releases();
    expect(await fetch()).toEqual({ ok: false, problem });
    expect(logged).toEqual([`newer version: ${problem}`]);
    expect(inFolder()).toEqual([]);
    await install();
    expectAsBefore();
  });

  it('is not waited for when the answer is without end, and no more of it is kept than is signed [T-install-endless]', async () => {
    let sent = 0;
    answersPackage((response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('#'.repeat(65_536))) sent += 65_536;
      };
      response.on('drain', pour);
      response.on('error', () => undefined);
      pour();
    });
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'other-bytes' });
    // What fills the buffers of the two ends.
    expect(sent).toBeLessThan(packageOf.bytes + 16 * 2 ** 20);
    expect(inFolder()).toEqual([]);
  });

  it('is as it was when the fetched bytes are changed before they are used, and it is said at the next start [T-install-swapped]', async () => {
    const { fetch, install } = releases();
    await fetch();
    const [fetched = ''] = inFolder();
    const path = join(folder, fetched);
    writeFileSync(path, NEWER.replace('1.4.0', '6.6.6'), { flag: 'r+' });
    await install();
    expectAsBefore();
    asked = [];
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'other-bytes' });
    expect(asked, 'it is not fetched again by itself').toEqual(['/feed']);
    const again = releases();
    again.installer.forget();
    expect(await again.fetch()).toEqual({ ok: true, value: null });
    // What cannot be forgotten is no error where the owner chooses.
    mkdirSync(join(folder, 'last'));
    expect(again.installer.forget).not.toThrow();
  });

  it('takes no file that was put in the place of the fetched one [T-install-swapped-file]', async () => {
    const { fetch, install } = releases();
    await fetch();
    const [fetched = ''] = inFolder();
    const evil = join(home, 'evil');
    writeFileSync(evil, program('6.6.6'));
    renameSync(evil, join(folder, fetched));
    await install();
    expect(starts(), 'what was fetched is open, and is what is installed').toBe('1.4.0');
  });

  it.each([
    ['another file', () => writeFileSync(`${image}.new`, program('2.0.0'), { mode: 0o755 })],
    ['a link', () => symlinkSync(join(home, 'elsewhere'), `${image}.new`)],
  ])('stays what the person has put there meanwhile: %s [T-install-symlink]', async (_what, put) => {
    writeFileSync(join(home, 'elsewhere'), program('2.0.0'), { mode: 0o755 });
    const { fetch, install } = releases();
    await fetch();
    put();
    renameSync(`${image}.new`, image);
    await install();
    expect(starts()).toBe('2.0.0');
    expect(logged.at(-1)).toBe('newer version: no-access');
  });

  it('is fetched through no link in the place of the folder [T-install-folder]', async () => {
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, '.countersign-newer-0123456789ab.AppImage'), 'not ours');
    symlinkSync(elsewhere, folder);
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'no-access' });
    expect(readdirSync(elsewhere)).toHaveLength(1);
    expect(asked).toEqual(['/feed']);
  });

  it('is as it was when a verification is begun during the copy, and may be installed another time', async () => {
    const { fetch, install } = releases();
    await fetch();
    await install(false);
    expectAsBefore();
    expect(await releases().fetch()).toEqual({ ok: true, value: null });
  });

  it('is as it was when the program ends in the middle, and the next one removes what that leaves [T-install-killed]', async () => {
    const { fetch } = releases();
    await fetch();
    // As an end in the middle of the copy leaves it, and as another profile's program copies just now.
    const [half, copying] = ['.countersign-newer-0123456789ab', '.countersign-newer-ba9876543210'];
    const apps = join(home, 'apps');
    writeFileSync(join(folder, 'last'), '1.4.0 unfinished\n');
    for (const name of [half, copying, '.countersign-newer-mine']) writeFileSync(join(apps, name), 'half');
    utimesSync(join(apps, half), 0, 0);
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'unfinished' });
    expect(readdirSync(apps)).toEqual([copying, '.countersign-newer-mine', 'Countersign.AppImage']);
    expect(inFolder()).toEqual(['last']);
    expect(starts()).toBe('1.0.0');
  });

  it('is told of when the feed has none for this computer', async () => {
    const there = releases({ arch: 'riscv64' });
    expect(await there.fetch()).toEqual({ ok: false, problem: 'no-package' });
    expect(asked).toEqual(['/feed']);
  });
});

describe('a disk that is full', () => {
  it('ends the fetching, and is said [T-install-disk-full]', async () => {
    const full = await open('/dev/full', 'r+');
    const url = new URL(`${origin}/v1.4.0/any`);
    await expect(download(url, packageOf, full, new AbortController().signal)).rejects.toThrow('ENOSPC');
    await full.close();
  });

  it('ends the installing, and is said at the next start', async () => {
    const place: Place = {
      ending: '.AppImage',
      put: async (fetched) => {
        await discard(fetched);
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
      sweep: () => Promise.resolve(),
    };
    const urlOf = () => new URL(`${origin}/v1.4.0/any`);
    const installer = createInstaller({ place, folder, urlOf, log: (event) => logged.push(event) });
    const newest = { version: '1.4.0', package: packageOf };
    expect(await installer.fetch(newest, new AbortController().signal)).toEqual({ ok: true, value: null });
    await installer.install(() => true);
    expect(logged.at(-1)).toBe('newer version: disk-full ENOSPC');
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'disk-full' });
    expectAsBefore();
  });
});

describe('a redirect', () => {
  it('is followed to https, because what comes is checked by itself', async () => {
    serve = (response, url) => {
      if (url.startsWith('/v1.4.0/')) response.writeHead(302, { location: `${origin}/elsewhere` }).end();
      else files(response, url);
    };
    const { fetch, install } = releases();
    expect(await fetch()).toEqual({ ok: true, value: null });
    await install();
    expect(starts()).toBe('1.4.0');
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
      asked = [];
      answersPackage(
        (response) => void response.writeHead(302, location === '' ? {} : { location }).end(NEWER),
      );
      expect(await releases().fetch(), location).toEqual({ ok: false, problem: 'refused' });
      expect(asked.length, location).toBeLessThanOrEqual(5);
    }
    expect(visited).toBe(0);
    await plain.stop();
    expectAsBefore();
  });

  it('is not followed to a server whose certificate does not check out', async () => {
    const location = `https://127.0.0.1:${server.port}/`;
    answersPackage((response) => void response.writeHead(302, { location }).end());
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'unreachable' });
    vi.unstubAllEnvs();
  });
});

describe('a download that hangs', () => {
  const limited = async (limits: Partial<typeof LIMITS>, signal = new AbortController().signal) => {
    const draft = await open(join(home, 'draft'), 'wx+');
    const url = new URL(`${origin}/v1.4.0/any`);
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
    expect(logged, 'that is nothing to write down').toEqual([]);
    expect(inFolder()).toEqual([]);
  });
});

describe('Windows’ installer', () => {
  const installer = {
    ...packageOf,
    system: 'win32',
    kind: 'nsis',
    file: 'countersign-1.4.0-win-x64.exe',
  } as const;
  const feed = signedFeed('1.4.0', [packageOf, installer], releaseKey);
  const own = 'C:\\Users\\mia\\AppData\\Local';
  /** What is run, and what is in it then. */
  let ran: { readonly program: string; readonly args: readonly string[]; readonly sha512: string }[] = [];
  const windows: Partial<Program> = {
    platform: 'win32',
    execPath: `${own}\\Programs\\countersign\\Countersign.exe`,
    env: { LOCALAPPDATA: own },
    isThere: (path) => path.endsWith(UNINSTALLER),
    run: (path, args) => {
      ran.push({ program: path, args, sha512: hash('sha512', readFileSync(path)) });
      return Promise.resolve();
    },
  };
  beforeEach(() => {
    ran = [];
    serve = (response, url) => void response.end(url === '/feed' ? feed : NEWER);
  });

  it('is run without questions from the program’s own folder, with the bytes that are signed [T-install-nsis]', async () => {
    const { fetch, install } = releases(windows);
    expect(await fetch()).toEqual({ ok: true, value: null });
    expect(asked).toEqual(['/feed', `/v1.4.0/${installer.file}`]);
    expect(ran).toEqual([]);
    await install();
    expect(ran).toMatchObject([{ args: ['--updated', '/S'], sha512: installer.sha512 }]);
    expect(ran[0]?.program.startsWith(join(folder, '.countersign-newer-'))).toBe(true);
    expect(ran[0]?.program.endsWith('.exe')).toBe(true);
    // Whether it came to its end the next start knows: this version is not the one.
    expect(await releases(windows).fetch()).toEqual({ ok: false, problem: 'unfinished' });
    expect(inFolder()).toEqual(['last']);
  });

  it('is not run with other bytes, nor with a verification open, and what does not start is said [T-install-nsis-swapped]', async () => {
    const open = releases(windows);
    await open.fetch();
    await open.install(false);
    expect(inFolder(), 'nothing is left').toEqual([]);
    const swapped = releases(windows);
    await swapped.fetch();
    const [fetched = ''] = inFolder().filter((name) => name.endsWith('.exe'));
    writeFileSync(join(folder, fetched), 'MZ');
    await swapped.install();
    expect(ran).toEqual([]);
    expect(inFolder()).toEqual(['last']);
    expect(await releases(windows).fetch()).toEqual({ ok: false, problem: 'other-bytes' });

    const refused = releases({ ...windows, run: () => Promise.reject(new Error('spawn EACCES')) });
    refused.installer.forget();
    await refused.fetch();
    await refused.install();
    expect(inFolder()).toEqual(['last']);
    expect(await releases(windows).fetch()).toEqual({ ok: false, problem: 'no-access' });
  });
});
