/** @file A profile is moved once, whole, and never lost: in one file system and from another. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveProfile } from '../../../src/main/system/profile-move.ts';

let here: string;
let newer: string;
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'move-'));
  newer = join(here, 'Local', 'Countersign');
});
afterEach(() => rmSync(here, { recursive: true, force: true }));

function fill(profile: string): void {
  mkdirSync(join(profile, 'logs'), { recursive: true });
  for (const name of ['settings.db', 'verifications.db', 'verifications.db-wal', 'logs/countersign.log'])
    writeFileSync(join(profile, name), name);
}
const whole = (profile: string) =>
  expect(
    ['settings.db', 'verifications.db', 'verifications.db-wal', 'logs/countersign.log'].map((name) =>
      readFileSync(join(profile, name), 'utf8'),
    ),
  ).toHaveLength(4);

/** Another file system than the temporary folder's, as a redirected folder on a server is. */
const OTHER = ['/dev/shm', process.cwd()].find(
  (place) => existsSync(place) && statSync(place).dev !== statSync(tmpdir()).dev,
);

describe.each(['in the same file system', 'from another file system'])('a profile %s', (where) => {
  let away: string | null;
  beforeEach(() => {
    away =
      where === 'in the same file system'
        ? here
        : OTHER === undefined
          ? null
          : mkdtempSync(join(OTHER, 'move-'));
  });
  afterEach(() => {
    if (away !== null) rmSync(away, { recursive: true, force: true });
  });

  it('is moved whole, with its keychain entry named before', () => {
    if (away === null) throw new Error('this machine has one file system only');
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
  expect(moveProfile(older, newer, () => expect.unreachable())).toBe(newer);
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

function fillOther(local: string): void {
  mkdirSync(join(local, 'Countersign'), { recursive: true });
  writeFileSync(join(local, 'Countersign', 'of somebody else'), '');
}
