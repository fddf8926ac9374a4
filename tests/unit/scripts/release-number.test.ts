/** @file A release has one number, wherever it is written. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faultsOfRelease } from '../../../scripts/release-number.mjs';

const RELEASE = {
  tag: 'v0.2.0',
  version: '0.2.0',
  locked: '0.2.0',
  changelog: '# Changelog\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n## [0.1.0] - 2026-11-23\n',
  metainfo:
    '<releases>\n<release version="0.2.0" date="2026-12-01"/>\n<release version="0.1.0" date="2026-11-23"/>',
};

it('is in order when tag, package, lockfile, changelog and metainfo agree', () => {
  expect(faultsOfRelease(RELEASE)).toEqual([]);
});

it.each([
  ['the tag is 0.3.0', { tag: 'v0.3.0' }],
  ['the tag is ', { tag: '' }],
  ['package-lock.json says 0.1.0', { locked: '0.1.0' }],
  [
    'the newest section of CHANGELOG.md is 0.1.0',
    { changelog: '## [Unreleased]\n\n## [0.1.0] - 2026-11-23\n' },
  ],
  ['the newest section of CHANGELOG.md is of no version', { changelog: '## [Unreleased]\n' }],
  [
    'the newest release in the metainfo is 0.1.0',
    { metainfo: '<release version="0.1.0" date="2026-11-23"/>' },
  ],
])('is told when %s', (fault, change) => {
  expect(faultsOfRelease({ ...RELEASE, ...change })).toEqual([`package.json says 0.2.0, and ${fault}`]);
});

it('the command fails for a tag that is none of this version', () => {
  const script = join(import.meta.dirname, '../../../scripts/release-number.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, 'v999.0.0'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('the tag is 999.0.0');
});
