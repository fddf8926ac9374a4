/**
 * @file A real https server on this computer that has a feed and its packages, and a person's folder with an AppImage that a
 * program runs from: what a newer version is installed in.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { signedFeed } from '../../../scripts/release-feed.mjs';
import type { Installer } from '../../../src/main/ports/releases.ts';
import { createReleases, type Program } from '../../../src/main/releases/releases.ts';
import { type Listening, listen } from '../../fakes/loopback.ts';
import { HERE, imageOf, newKey, sourceAt } from '../../fakes/releases.ts';
import { makeCertificate } from './certificate.ts';

export const releaseKey = newKey();
/** A program that says which version it is; as large as one that comes in many pieces. */
export const program = (version: string): string =>
  `#!/bin/sh\necho ${version}\nexit\n${'#'.repeat(2_500_000)}\n`;
export const NEWER = program('1.4.0');
export const packageOf = imageOf('1.4.0', NEWER);
const FEED = signedFeed('1.4.0', [packageOf], releaseKey);

type Serve = (response: ServerResponse, url: string) => void;
export const files: Serve = (response, url) => void response.end(url === '/feed' ? FEED : NEWER);

const root = mkdtempSync(join(tmpdir(), 'countersign-install-'));
const trusted = tls.getCACertificates('default');
let server: Listening;
let installers: Installer[] = [];

/** Of the test that runs. */
export const at = {
  origin: '',
  asked: [] as (string | undefined)[],
  logged: [] as string[],
  serve: files,
  /** The folder of the person, with the AppImage; and the profile's. */
  home: '',
  image: '',
  folder: '',
};

/** The feed as it is, and another answer for the package. */
export const answersPackage = (answer: (response: ServerResponse) => void): void => {
  at.serve = (response, url) => (url === '/feed' ? files(response, url) : answer(response));
};

/** Has all of it there for each test of the file. */
export function havingReleases(): void {
  beforeAll(async () => {
    const { ca, cert, key } = await makeCertificate(root, 'DNS:localhost');
    tls.setDefaultCACertificates([...trusted, readFileSync(ca, 'utf8')]);
    server = await listen(
      createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
        at.asked.push(request.url);
        at.serve(response, request.url ?? '');
      }),
    );
    at.origin = `https://localhost:${server.port}`;
  });
  afterAll(async () => {
    tls.setDefaultCACertificates(trusted);
    await server.stop();
    rmSync(root, { recursive: true });
  });
  beforeEach(() => {
    const home = mkdtempSync(join(root, 'home-'));
    const image = join(home, 'apps', 'Countersign.AppImage');
    Object.assign(at, { asked: [], logged: [], serve: files, home, image, folder: join(home, 'profile') });
    installers = [];
    mkdirSync(join(home, 'apps'));
    writeFileSync(image, program('1.0.0'));
    chmodSync(image, 0o750);
  });
  afterEach(async () => {
    for (const installer of installers) await installer.drop();
    rmSync(at.home, { recursive: true });
  });
}

const here = (change: Partial<Program>): Program => ({
  ...HERE,
  folder: at.folder,
  execPath: join(at.home, 'mount', 'countersign'),
  env: { APPIMAGE: at.image, APPDIR: join(at.home, 'mount') },
  ...change,
});

/** The program's own way to newer versions, as version 1.0.0 unless `change` says otherwise. */
export function releases(change: Partial<Program> = {}) {
  const made = createReleases(sourceAt(at.origin, releaseKey), here(change), (event) =>
    at.logged.push(event),
  );
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

export const starts = (path = at.image): string => execFileSync(path, { encoding: 'utf8' }).trim();
export const inFolder = (): string[] => (existsSync(at.folder) ? readdirSync(at.folder) : []);

/** Nothing was touched, and nothing is left of the trial but what became of it. */
export function expectAsBefore(): void {
  expect(starts()).toBe('1.0.0');
  expect(readdirSync(join(at.home, 'apps'))).toEqual(['Countersign.AppImage']);
}
