/** @file A profile is moved once, whole, and never lost: in one file system and from another. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveProfile } from '../../../src/main/system/profile-move.ts';

const MOVE = pathToFileURL(join(import.meta.dirname, '../../../src/main/system/profile-move.ts')).href;

let here: string;
let newer: string;
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'move-'));
  newer = join(here, 'Local', 'Countersign');
});
afterEach(() => rmSync(here, { recursive: true, force: true }));

const FILES = ['settings.db', 'verifications.db', 'verifications.db-wal', 'logs/countersign.log'];
function fill(profile: string): void {
  mkdirSync(join(profile, 'logs'), { recursive: true });
  for (const name of FILES) writeFileSync(join(profile, name), name);
}
const whole = (profile: string) =>
  expect(FILES.map((name) => readFileSync(join(profile, name), 'utf8'))).toEqual(FILES);

/** Another file system than the temporary folder's, as a redirected folder on a server is. */
const OTHER = ['/dev/shm', process.cwd()].find(
  (place) => existsSync(place) && statSync(place).dev !== statSync(tmpdir()).dev,
);

const aside: string[] = [];
afterEach(() => {
  for (const folder of aside.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function elsewhere(): string {
  if (OTHER === undefined) throw new Error('this machine has one file system only');
  const folder = mkdtempSync(join(OTHER, 'move-'));
  aside.push(folder);
  return folder;
}

describe.each(['in the same file system', 'from another file system'])('a profile %s', (where) => {
  it('is moved whole, with its keychain entry named before', () => {
    const away = where === 'in the same file system' ? here : elsewhere();
    const older = join(away, 'Roaming', 'Countersign');
    fill(older);
    const named: string[] = [];
    expect(
      moveProfile(older, newer, (profile) => {
        whole(profile);
        named.push(profile);
      }),
    ).toBe(newer);
    expect(named).toEqual([older]);
    whole(newer);
    expect(existsSync(older)).toBe(false);
    expect(readdirSync(join(here, 'Local'))).toEqual(['Countersign']);
  });
});

it('is moved once: one that is there is used, and the older one is left as it is', () => {
  const older = join(here, 'Roaming', 'Countersign');
  fill(older);
  fill(newer);
  writeFileSync(join(newer, 'settings.db'), 'newer');
  const start = () => moveProfile(older, newer, () => expect.unreachable());
  expect([start(), start()]).toEqual([newer, newer]);
  expect(readFileSync(join(newer, 'settings.db'), 'utf8')).toBe('newer');
  whole(older);
});

it('begins in the new place where there never was one', () => {
  mkdirSync(join(here, 'Roaming', 'Countersign'), { recursive: true });
  expect(moveProfile(join(here, 'Roaming', 'Countersign'), newer, () => expect.unreachable())).toBe(newer);
});

it.each([
  ['the new place cannot be made', (local: string) => writeFileSync(local, 'a file')],
  ['something else is in the new place', (local: string) => fillOther(local)],
])('stays where it is, whole, when %s', (_why, hinder) => {
  const older = join(here, 'Roaming', 'Countersign');
  fill(older);
  hinder(join(here, 'Local'));
  expect(moveProfile(older, newer, () => undefined)).toBe(older);
  whole(older);
});

it('stays where it is, whole, when the disk is full half-way, and is moved at a later start', () => {
  const older = join(elsewhere(), 'Roaming', 'Countersign');
  fill(older);
  writeFileSync(join(older, 'verifications.db'), Buffer.alloc(100_000));
  // The limit for files stands for the full disk: settings.db goes over, the records do not.
  const move = `
    import { moveProfile } from ${JSON.stringify(MOVE)};
    process.stdout.write(moveProfile(${JSON.stringify(older)}, ${JSON.stringify(newer)}, () => undefined));`;
  const limited = ['-c', 'trap "" XFSZ; ulimit -f 64; exec "$0" --input-type=module --eval "$1"'];
  expect(execFileSync('sh', [...limited, process.execPath, move], { encoding: 'utf8' })).toBe(older);
  expect(existsSync(newer)).toBe(false);
  expect(readFileSync(join(older, 'verifications.db'))).toHaveLength(100_000);
  expect(readdirSync(older, { recursive: true }).sort()).toEqual(['logs', ...FILES].sort());

  expect(moveProfile(older, newer, () => undefined)).toBe(newer);
  expect(readdirSync(newer, { recursive: true }).sort()).toEqual(['logs', ...FILES].sort());
  expect(readdirSync(join(here, 'Local'))).toEqual(['Countersign']);
  expect(existsSync(older)).toBe(false);
});

/** Moves it in a process of its own, in which a call of the file system is refused, or the process is cut off at it. */
function moveWith(older: string, call: string, from: string | null, what: string) {
  const move = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const real = fs.${call};
    fs.${call} = (from, ...rest) => {
      if (${JSON.stringify(from)} !== null && from !== ${JSON.stringify(from)}) return real(from, ...rest);
      ${what};
    };
    syncBuiltinESMExports();
    const { moveProfile } = await import(${JSON.stringify(MOVE)});
    process.stdout.write(moveProfile(${JSON.stringify(older)}, ${JSON.stringify(newer)}, () => undefined));`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', move], { encoding: 'utf8' });
}
const refused = (code: string): string => `throw Object.assign(new Error(), { code: '${code}' })`;
const CUT_OFF = "process.kill(process.pid, 'SIGKILL')";

it.each(['renameSync', 'rmSync'])(
  'is whole when it is cut off at %s, and moved at the next start',
  (call) => {
    const older = join(elsewhere(), 'Roaming', 'Countersign');
    fill(older);
    const from = call === 'renameSync' ? `${newer}.moving` : older;
    expect(moveWith(older, call, from, CUT_OFF).signal).toBe('SIGKILL');
    whole(call === 'renameSync' ? older : newer);
    expect(moveProfile(older, newer, () => undefined)).toBe(newer);
    whole(newer);
  },
);

it('is not copied while an earlier version has a file of it open, as Windows says by a refusal', () => {
  const older = join(here, 'Roaming', 'Countersign');
  fill(older);
  expect(moveWith(older, 'renameSync', older, refused('EPERM')).stdout).toBe(older);
  whole(older);
  expect(existsSync(newer)).toBe(false);
});

it('stays where it is, whole, when the copy cannot be brought to the disk', () => {
  const older = join(elsewhere(), 'Roaming', 'Countersign');
  fill(older);
  expect(moveWith(older, 'fsyncSync', null, refused('EIO')).stdout).toBe(older);
  whole(older);
  expect(existsSync(newer)).toBe(false);
});

it('is used in the new place when the copied one cannot be removed', () => {
  const older = join(elsewhere(), 'Roaming', 'Countersign');
  fill(older);
  expect(moveWith(older, 'rmSync', older, refused('EBUSY')).stdout).toBe(newer);
  whole(newer);
});

it('has nothing in it of a copy that was cut off', () => {
  const older = join(elsewhere(), 'Roaming', 'Countersign');
  fill(older);
  mkdirSync(`${newer}.moving`, { recursive: true });
  writeFileSync(join(`${newer}.moving`, 'verifications.db-journal'), 'of the day before');
  expect(moveProfile(older, newer, () => undefined)).toBe(newer);
  expect(readdirSync(newer, { recursive: true }).sort()).toEqual(['logs', ...FILES].sort());
});

function fillOther(local: string): void {
  mkdirSync(join(local, 'Countersign'), { recursive: true });
  writeFileSync(join(local, 'Countersign', 'of somebody else'), '');
}
