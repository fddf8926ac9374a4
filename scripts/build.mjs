/** @file Builds out/ when it is older than what it is made from. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nodePath, ROOT } from './bootstrap.mjs';
import { tool } from './tool.mjs';

const SOURCES = [
  'src',
  'scripts/build-verifier.mjs',
  'build/release.json',
  'electron.vite.config.ts',
  'package-lock.json',
];
/** What is written last in each of the three programs, and the receipt's checker. */
export const RESULTS = [
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'out/verifier/countersign-checker.html',
];

/**
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const here = statSync(path);
  if (!here.isDirectory()) return here.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))), 0);
}

/**
 * Whether every result in `root` is there and younger than every source.
 * @param {string} root
 */
export function isBuilt(root) {
  const results = RESULTS.map((path) => join(root, path));
  if (!results.every((path) => existsSync(path))) return false;
  const oldest = Math.min(...results.map((path) => statSync(path).mtimeMs));
  return SOURCES.map((path) => join(root, path)).every((path) => !existsSync(path) || newest(path) < oldest);
}

/** Builds if need be. Throws when the build fails. */
export function ensureBuilt() {
  if (!isBuilt(ROOT)) build();
}

/** Throws when it fails. */
export function build() {
  console.log('Building …');
  const built = spawnSync(nodePath(), [tool('electron-vite'), 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status !== 0) {
    console.error(built.stdout, built.stderr);
    throw new Error('the build failed; see above');
  }
}
