/**
 * @file A newer version, from the feed to its place, against a real https server on this computer that does all it can, with a
 * real executable in the place of the AppImage that runs. What is asked each time: whether that one is as it was, or whole.
 */
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type ServerResponse } from 'node:http';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { signedFeed } from '../../scripts/release-feed.mjs';
import { appImagePlace } from '../../src/main/releases/appimage.ts';
import { createDraft } from '../../src/main/releases/fetched.ts';
import { imageOf, newKey } from '../fakes/releases.ts';
import {
  answersPackage,
  at,
  expectAsBefore,
  havingReleases,
  inFolder,
  NEWER,
  packageOf,
  program,
  releaseKey,
  releases,
  starts,
} from './peers/released.ts';

havingReleases();

describe('an AppImage', () => {
  it('is replaced by the one that the feed is signed for, keeps its mode, and starts as the newer version [T-install-appimage]', async () => {
    const { fetch, install } = releases();
    expect(await fetch()).toEqual({ ok: true, value: null });
    expectAsBefore();
    expect(statSync(at.folder).mode & 0o777).toBe(0o700);
    const [fetched = ''] = inFolder();
    expect(statSync(join(at.folder, fetched)).mode & 0o777).toBe(0o600);
    await install();
    expect(starts()).toBe('1.4.0');
    expect(statSync(at.image).mode & 0o777).toBe(0o750);
    expect(readdirSync(join(at.home, 'apps'))).toEqual(['Countersign.AppImage']);
    expect(at.asked).toEqual(['/feed', `/v1.4.0/${packageOf.file}`]);
    expect(at.logged).toEqual(['newer version: fetched 1.4.0', 'newer version: installing 1.4.0']);
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
    chownSync(at.image, process.getuid?.() ?? 0, group);
    const { fetch, install } = releases();
    await fetch();
    chmodSync(at.image, 0o4700);
    await install();
    expect(starts()).toBe('1.4.0');
    const { gid, mode } = statSync(at.image);
    expect({ gid, mode: mode & 0o7777 }).toEqual({ gid: group, mode: 0o700 });
  });

  it('is replaced in a folder that cannot be read, and has not failed then', async () => {
    const { fetch, install } = releases();
    await fetch();
    chmodSync(join(at.home, 'apps'), 0o300);
    await install();
    chmodSync(join(at.home, 'apps'), 0o700);
    expect(starts()).toBe('1.4.0');
    expect(at.logged, 'it has not failed').toEqual([
      'newer version: fetched 1.4.0',
      'newer version: installing 1.4.0',
    ]);
  });

  it('that a feed by another hand names is not even asked for [T-install-forged]', async () => {
    const forged = signedFeed('1.4.0', [packageOf], newKey());
    at.serve = (response) => void response.end(forged);
    expect(await releases().newest()).toEqual({ ok: false, problem: 'unsigned' });
    expect(at.asked).toEqual(['/feed']);
  });

  it('that is older, or no newer, is never named, whatever is signed [T-install-older]', async () => {
    for (const older of ['0.9.0', '1.0.0']) {
      const feed = signedFeed(older, [imageOf(older, program(older))], releaseKey);
      at.serve = (response) => void response.end(feed);
      expect(await releases().newest()).toEqual({ ok: true, value: null });
    }
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['other bytes of the same size', (to) => void to.end(NEWER.replace('1.4.0', '6.6.6')), 'other-bytes'],
    ['another length than is signed', (to) => void to.end(`${NEWER}#`), 'other-bytes'],
    [
      'another length, of which nothing follows',
      (to) => to.writeHead(200, { 'content-length': packageOf.bytes + 1 }).flushHeaders(),
      'other-bytes',
    ],
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
    expect(at.logged).toEqual([`newer version: ${problem}`]);
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
    const path = join(at.folder, fetched);
    writeFileSync(path, NEWER.replace('1.4.0', '6.6.6'), { flag: 'r+' });
    await install();
    expectAsBefore();
    at.asked = [];
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'other-bytes' });
    expect(at.asked, 'it is not fetched again by itself').toEqual(['/feed']);
    const again = releases();
    again.installer.forget();
    expect(await again.fetch()).toEqual({ ok: true, value: null });
    writeFileSync(join(at.folder, 'last'), '1.3.0 other-bytes\n');
    expect(await again.fetch(), 'that was another one').toEqual({ ok: true, value: null });
    rmSync(join(at.folder, 'last'));
    // What cannot be forgotten is no error where the owner chooses.
    mkdirSync(join(at.folder, 'last'));
    expect(again.installer.forget).not.toThrow();
  });

  it('takes no file that was put in the place of the fetched one [T-install-swapped-file]', async () => {
    const { fetch, install } = releases();
    await fetch();
    const [fetched = ''] = inFolder();
    const evil = join(at.home, 'evil');
    writeFileSync(evil, program('6.6.6'));
    renameSync(evil, join(at.folder, fetched));
    await install();
    expect(starts(), 'what was fetched is open, and is what is installed').toBe('1.4.0');
  });

  const others: Record<string, () => void> = {
    'another file': () => writeFileSync(`${at.image}.new`, program('2.0.0'), { mode: 0o755 }),
    'one of the same size and time': () => {
      writeFileSync(`${at.image}.new`, program('2.0.0'), { mode: 0o755 });
      utimesSync(`${at.image}.new`, 1_000, 1_000);
    },
    'a link': () => symlinkSync(join(at.home, 'elsewhere'), `${at.image}.new`),
  };
  const putThere = (put: () => void): void => {
    writeFileSync(join(at.home, 'elsewhere'), program('2.0.0'), { mode: 0o755 });
    put();
    renameSync(`${at.image}.new`, at.image);
  };
  it.each(Object.entries(others))(
    'stays what the person has put there meanwhile: %s [T-install-symlink]',
    async (_what, put) => {
      utimesSync(at.image, 1_000, 1_000);
      const { fetch, install } = releases();
      await fetch();
      putThere(put);
      await install();
      expect(starts()).toBe('2.0.0');
      expect(at.logged.at(-1)).toBe('newer version: no-access');
    },
  );

  it('stays what the person has written into it meanwhile', async () => {
    const { fetch, install } = releases();
    await fetch();
    writeFileSync(at.image, `${program('2.0.0')}#`);
    await install();
    expect(starts()).toBe('2.0.0');
  });

  /** Puts the fetched package there; `during` is what happens once the copy has begun. */
  async function copying(during: () => void) {
    const place = appImagePlace(at.image);
    const draft = await createDraft(at.home, '');
    await draft.file.writeFile(NEWER);
    let begun = false;
    const read: FileHandle['read'] = draft.file.read.bind(draft.file);
    vi.spyOn(draft.file, 'read').mockImplementation((...args: Parameters<typeof read>) => {
      if (!begun) during();
      begun = true;
      return read(...args);
    });
    return place?.put({ ...draft, wanted: packageOf }, () => true);
  }
  it('stays what the person puts there during the copy', async () => {
    const put = await copying(() => putThere(() => others['another file']?.()));
    expect(put).toEqual({ ok: false, problem: 'no-access' });
    expect(starts()).toBe('2.0.0');
  });
  it('takes no file that is put in the place of the copy [T-install-copy]', async () => {
    const put = await copying(() => {
      const [draft = ''] = readdirSync(join(at.home, 'apps')).filter((name) => name.startsWith('.'));
      const evil = join(at.home, 'evil');
      writeFileSync(evil, program('6.6.6'), { mode: 0o755 });
      renameSync(evil, join(at.home, 'apps', draft));
    });
    expect(put).toEqual({ ok: false, problem: 'no-access' });
    expect(starts()).toBe('1.0.0');
  });

  it('is fetched through no link in the place of the folder [T-install-folder]', async () => {
    const elsewhere = join(at.home, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, '.countersign-newer-0123456789ab.AppImage'), 'not ours');
    symlinkSync(elsewhere, at.folder);
    expect(await releases().fetch()).toEqual({ ok: false, problem: 'no-access' });
    expect(readdirSync(elsewhere)).toHaveLength(1);
    expect(at.asked).toEqual(['/feed']);
  });

  it('is as it was when a verification is begun during the copy, and may be installed another time', async () => {
    const { fetch, install } = releases();
    await fetch();
    await install(false);
    expectAsBefore();
    expect(at.logged.at(-1)).toBe('newer version: called off');
    expect(await releases().fetch()).toEqual({ ok: true, value: null });
  });

  it('is as it was when the program ends in the middle, and the next one removes what that leaves [T-install-killed]', async () => {
    const { fetch } = releases();
    await fetch();
    // As an end in the middle of the copy leaves it, and as another profile's program copies just now.
    const [half, copying] = ['.countersign-newer-0123456789ab', '.countersign-newer-ba9876543210'];
    const apps = join(at.home, 'apps');
    writeFileSync(join(at.folder, 'last'), '1.4.0 unfinished\n');
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
    expect(at.asked).toEqual(['/feed']);
  });
});
