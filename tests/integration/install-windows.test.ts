/** @file A newer version that Windows' installer puts in its place: what is run, when, and with which bytes. */
import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { signedFeed } from '../../scripts/release-feed.mjs';
import { UNINSTALLER } from '../../src/main/releases/place.ts';
import { type Program } from '../../src/main/releases/releases.ts';
import { at, havingReleases, inFolder, NEWER, packageOf, releaseKey, releases } from './peers/released.ts';

havingReleases();

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
    at.serve = (response, url) => void response.end(url === '/feed' ? feed : NEWER);
  });

  it('is run without questions from the program’s own folder, with the bytes that are signed [T-install-nsis]', async () => {
    const { fetch, install } = releases(windows);
    expect(await fetch()).toEqual({ ok: true, value: null });
    expect(at.asked).toEqual(['/feed', `/v1.4.0/${installer.file}`]);
    expect(ran).toEqual([]);
    await install();
    expect(ran).toMatchObject([{ args: ['--updated', '/S'], sha512: installer.sha512 }]);
    expect(ran[0]?.program.startsWith(join(at.folder, '.countersign-newer-'))).toBe(true);
    expect(ran[0]?.program.endsWith('.exe')).toBe(true);
    expect(existsSync(ran[0]?.program ?? ''), 'it may still be read from').toBe(true);
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
    writeFileSync(join(at.folder, fetched), 'MZ');
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
