/**
 * @file Fetches Electron's runtime, which its package installs without: `node scripts/fetch-electron.mjs`. It says how far
 * it is, and when it fails, why, in one line. Proxies are the environment's (bootstrap.mjs lets Node use them).
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { downloadArtifact } from '@electron/get';
import { ROOT } from './bootstrap.mjs';

/** A slow line is no failure; one on which nothing comes is. */
const STALL_MS = Number(process.env['FETCH_STALL_MS'] ?? 60_000);
const STEP = 10;
const electron = join(ROOT, 'node_modules', 'electron');
const load = createRequire(import.meta.url);

/** @param {string} why */
function fail(why) {
  console.error(why);
  process.exit(1);
}

/** The innermost reason: fetch wraps it. @param {unknown} error @returns {string} */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return error.message.split('\n')[0] || error.name;
}

let told = 0;
const stalled = () => setTimeout(() => fail(`nothing came for ${STALL_MS / 1000} seconds`), STALL_MS);
let stall = stalled();

try {
  await downloadArtifact({
    version: load(join(electron, 'package.json')).version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: load(join(electron, 'checksums.json')),
    downloadOptions: {
      quiet: true,
      getProgressCallback: (/** @type {import('@electron/get').Progress} */ { percent, total }) => {
        clearTimeout(stall);
        stall = stalled();
        const tenth = Math.floor(percent * STEP) * (100 / STEP);
        if (tenth > told) {
          told = tenth;
          console.log(`  ${tenth} %${total ? ` of ${Math.ceil(total / 1e6)} MB` : ''}`);
        }
        return Promise.resolve();
      },
    },
  });
} catch (error) {
  fail(reasonOf(error));
}
clearTimeout(stall);
// It finds the download in the cache, checks it again and unpacks it.
const unpacked = spawnSync(process.execPath, [join(electron, 'install.js')], { encoding: 'utf8' });
if (unpacked.status !== 0) fail(unpacked.stderr.trim().split('\n')[0] ?? 'it could not be unpacked');
