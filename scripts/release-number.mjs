/**
 * @file `node scripts/release-number.mjs TAG`: fails when the tag and what is written of the release name different
 * versions, so that nothing is built under a number that is not its own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './bootstrap.mjs';

/**
 * What is not as the tag says, in words; empty when all of it is.
 * @param {{ tag: string, version: string, locked: string, changelog: string, metainfo: string }} release
 */
export function faultsOfRelease({ tag, version, locked, changelog, metainfo }) {
  const written = /^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$/m.exec(changelog)?.[1];
  const told = /<release version="([^"]+)"/.exec(metainfo)?.[1];
  const claims = {
    'the tag is': tag.replace(/^v/, ''),
    'package-lock.json says': locked,
    'the newest section of CHANGELOG.md is': written,
    'the newest release in the metainfo is': told,
  };
  return Object.entries(claims)
    .filter(([, claimed]) => claimed !== version)
    .map(([what, claimed]) => `package.json says ${version}, and ${what} ${claimed ?? 'of no version'}`);
}

/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path), 'utf8');

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = faultsOfRelease({
    tag: process.argv[2] ?? '',
    version: JSON.parse(read('package.json')).version,
    locked: JSON.parse(read('package-lock.json')).version,
    changelog: read('CHANGELOG.md'),
    metainfo: read('build/linux/org.countersign.Countersign.metainfo.xml'),
  });
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
