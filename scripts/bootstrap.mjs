/**
 * @file Makes a bare machine ready: npm packages, system packages, Electron's runtime. Plain Node 20 and no
 * dependency, because it runs before there is any. It says what it does, and what it could not do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSystemPackages, setsFor } from './system-packages.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = join(ROOT, 'node_modules');
const CACHE = join(MODULES, '.cache', 'countersign');

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @typedef {{ version?: string, optional?: boolean }} LockedPackage */

/**
 * Whether what npm installed is what the lockfile says. Packages for other systems are optional and may be absent.
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed
 */
export function inStep(locked, installed) {
  const wanted = Object.entries(locked).filter(([path]) => path !== '');
  return (
    wanted.every(([path, { version, optional }]) =>
      path in installed ? installed[path]?.version === version : optional === true,
    ) && Object.keys(installed).every((path) => path in locked)
  );
}

/** The Node that the project itself asks for (devDependencies.node); another `node` may have started this script. */
const OWN_NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
/** Runs `.ts` files and has `node:sqlite`. */
const LEAST_NODE = 24;

/**
 * The project's own Node; where npm has none for the system, the one that runs, if it is new enough; otherwise null.
 * @param {string} own @param {{ path: string, version: string }} running
 */
export function chooseNode(own, { path, version }) {
  if (existsSync(own)) return own;
  return Number.parseInt(version) >= LEAST_NODE ? path : null;
}
const chosenNode = () => chooseNode(OWN_NODE, { path: process.execPath, version: process.versions.node });
export const nodePath = () => chosenNode() ?? OWN_NODE;

function packagesAreInStep() {
  const installed = join(MODULES, '.package-lock.json');
  if (!existsSync(installed) || chosenNode() === null) return false;
  const { packages } = readJson(installed);
  // npm keeps the list, but `npm install --package-lock-only` adds to it what it did not install.
  const isThere = (/** @type {string} */ path) => existsSync(join(ROOT, path, 'package.json'));
  return (
    inStep(readJson(join(ROOT, 'package-lock.json')).packages, packages) &&
    Object.keys(packages).every(isThere)
  );
}

/** What it said when it failed, or null. @param {string[]} args */
function npm(...args) {
  const ended = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    encoding: 'utf8',
    // npm is a script of the command interpreter on Windows.
    shell: process.platform === 'win32',
  });
  if (ended.error) return `npm, which belongs to Node.js, does not start: ${ended.error.message}`;
  return ended.status === 0 ? null : `npm ${args[0]} failed: ${ended.stdout}${ended.stderr}`;
}

/** Runs `npm ci` when node_modules is absent or not in step with the lockfile. Throws when it fails. */
export function ensurePackages() {
  if (packagesAreInStep()) return;
  if (lstatSync(MODULES, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(
      `${MODULES} is a link, and its packages are not those of package-lock.json: npm would empty the folder that it leads to. Delete the link, or install there.`,
    );
  console.log('Installing the npm packages (a minute or two) …');
  const failure = npm('ci');
  if (failure !== null) throw new Error(failure);
  // No package's own script runs by itself (.npmrc); this one fetches Node, which npm has not for every system.
  const noNode = npm('rebuild', 'node', '--ignore-scripts=false');
  if (chosenNode() === null)
    throw new Error(
      `npm has no Node for this system: start this with Node.js ${LEAST_NODE} or newer.\n${noNode}`,
    );
}

function electronIsThere() {
  const electron = join(MODULES, 'electron');
  const stamp = join(electron, 'dist', 'version');
  if (!existsSync(stamp) || !existsSync(join(electron, 'path.txt'))) return false;
  return (
    readFileSync(stamp, 'utf8').trim().replace(/^v/, '') === readJson(join(electron, 'package.json')).version
  );
}

/** The program that runs out/, when electronRuntime() is 'electron'. */
export const electronPath = () =>
  join(MODULES, 'electron', 'dist', readFileSync(join(MODULES, 'electron', 'path.txt'), 'utf8').trim());

/** What was noted there; null when nothing was, or it was cut off. @param {string} path */
function noted(path) {
  try {
    return readJson(path);
  } catch {
    return null;
  }
}

/** Proxies and certificate authorities are the computer's, as for every other download. */
const NETWORK = { NODE_USE_ENV_PROXY: '1', NODE_USE_SYSTEM_CA: '1' };

/**
 * Whether Electron's runtime is there, after one attempt a day to fetch it: the package installs without it. Where it
 * cannot be had, tests/standin opens the same built program in a Chromium; why, and when it is tried again, is said.
 * @returns {'electron' | 'stand-in'}
 */
export function electronRuntime() {
  if (electronIsThere()) return 'electron';
  const failure = join(CACHE, 'electron-unreachable.json');
  const today = new Date().toISOString().slice(0, 10);
  const earlier = noted(failure);
  if (earlier?.day === today) {
    console.log(`Electron's runtime could not be fetched earlier today: ${earlier.why}.`);
    console.log(RETRY);
    return 'stand-in';
  }
  console.log("Fetching Electron's runtime (about 110 MB) …");
  const fetched = spawnSync(nodePath(), [join(ROOT, 'scripts', 'fetch-electron.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, ...NETWORK },
  });
  if (electronIsThere()) return 'electron';
  const why = fetched.stderr.trim().split('\n').at(-1) || 'it does not say why';
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(failure, JSON.stringify({ day: today, why }));
  console.log(`It could not be fetched: ${why}.`);
  console.log(RETRY);
  return 'stand-in';
}

const RETRY = 'It is tried again tomorrow; `node scripts/fetch-electron.mjs` tries at once.';

/** Without ELECTRON_RUN_AS_NODE, which would make Electron a bare Node. */
export function programEnv(env = process.env) {
  const rest = { ...env };
  delete rest['ELECTRON_RUN_AS_NODE'];
  return rest;
}

/**
 * Everything a command needs before it can start: Electron first, because what else is needed depends on it.
 * @param {{ window?: boolean, tests?: boolean }} needs `window`: one without a screen; `tests`: everything they use
 * @returns {{ runtime: 'electron' | 'stand-in', lacks: string[] }} `lacks`: what is missing and could not be installed.
 */
export function bootstrap({ window = false, tests = false }) {
  ensurePackages();
  const runtime = electronRuntime();
  return { runtime, lacks: ensureSystemPackages(setsFor(runtime, { window, tests })) };
}
