/**
 * @file `npm run package`: builds the packages of this machine's system into dist/, one pack an architecture, and ends
 * with the list of what is there and a line of JSON. Where Electron's runtime cannot be had, they are built around a
 * stand-in, as previews. What was asked for and is not there makes it fail. `--targets deb,rpm` and `--arch x64,arm64` ask
 * for less or more; `--built` packs what is in out/ (for the tests, which use it meanwhile); `--stand-in` makes previews
 * even where the runtime is there, and `--release` makes none.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { gzipSync } from 'node:zlib';
import { electronRuntime, ensurePackages, nodePath, ROOT } from './bootstrap.mjs';
import { build, ensureBuilt } from './build.mjs';
import { ensureSystemPackages } from './system-packages.mjs';
import { tool } from './tool.mjs';

const DIST = join(ROOT, 'dist');

/** What each system makes for itself; electron-builder.ts says what is in them. */
const TARGETS = {
  linux: ['tar.gz', 'deb', 'rpm', 'AppImage'],
  darwin: ['dmg', 'zip'],
  win32: ['nsis', 'zip'],
};
/** An AppImage needs a runtime of its own that electron-builder downloads. */
const PREVIEW_TARGETS = ['tar.gz', 'deb', 'rpm'];
const SWITCH = { linux: '--linux', darwin: '--mac', win32: '--win' };

/** @typedef {{ target: string, why: string }} Failure */

const ARCHITECTURES = ['x64', 'arm64'];

/** What is asked for; a word that it does not know, which would make something else, throws. */
const asked = parseArgs({
  options: {
    arch: { type: 'string', default: process.arch },
    targets: { type: 'string' },
    built: { type: 'boolean', default: false },
    'stand-in': { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
  },
}).values;
const architectures = asked.arch.split(',');
for (const arch of architectures)
  if (!ARCHITECTURES.includes(arch))
    throw new Error(`--arch takes ${ARCHITECTURES.join(' and ')}, and not "${arch}"`);

/** @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
const runNode = (args, env = {}) =>
  spawnSync(nodePath(), args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, ...env },
  });

/** The line that says why, out of all that a tool wrote; and what the tool that it called said itself. @param {string} output */
function reasonIn(output) {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim());
  const told =
    lines.find((line) => line.startsWith('⨯')) ?? lines.findLast((line) => line !== '') ?? 'it did not say';
  const command = lines.findIndex((line) => line.includes('Command failed: '));
  // Ours is told by its name: the command that calls it has a line break in it.
  const own = lines.find((line) => line.startsWith('fpm.mjs: ')) ?? lines[command + 1] ?? '';
  return (told.replace(/^⨯\s*|\s+failedTask=.*/g, '') + (command < 0 ? '' : `: ${own}`)).slice(0, 300);
}

/**
 * How old what is packed is, whenever it is packed: as the packager says
 * (reproducible-builds.org/docs/source-date-epoch), or as its commit.
 */
function age() {
  const said = process.env['SOURCE_DATE_EPOCH'];
  if (said) return said;
  const shown = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT, encoding: 'utf8' });
  if (shown.status === 0) return shown.stdout.trim();
  throw new Error(
    'git does not tell the time of the commit: set SOURCE_DATE_EPOCH to when this source was released',
  );
}

// The packager's own mask would lock the packed files to everyone else who installs them.
process.umask(0o022);
ensurePackages();
const { platform } = process;
if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32')
  throw new Error(`Countersign is not packaged on ${platform}`);

const runtime = asked['stand-in'] ? 'stand-in' : electronRuntime();
if (runtime === 'stand-in' && asked.release)
  throw new Error("Electron's runtime is not here, and no preview is a release");
if (runtime === 'stand-in' && asked.arch !== process.arch)
  throw new Error(`a preview holds the Node of this machine, and is built for ${process.arch} only`);
if (runtime === 'stand-in' && platform !== 'linux')
  throw new Error("Electron's runtime is not here; previews without it are built on Linux only");
if (platform === 'linux')
  ensureSystemPackages(['packing', ...(runtime === 'stand-in' ? /** @type {const} */ (['standIn']) : [])]);
const epoch = age();
const targets = asked.targets?.split(',') ?? (runtime === 'stand-in' ? PREVIEW_TARGETS : TARGETS[platform]);
if (runtime === 'stand-in')
  console.log(
    "Electron's runtime is not here: what is built are previews around a stand-in, never a release.",
  );

if (asked.built) ensureBuilt();
else build();
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
// It stays there: an earlier version is packed from the same folder afterwards (packaging/each.mjs).
writeFileSync(
  join(ROOT, 'out', 'changelog.gz'),
  gzipSync(readFileSync(join(ROOT, 'CHANGELOG.md')), { level: 9 }),
);

/** @type {Failure[]} */
const failures = [];
const work = mkdtempSync(join(tmpdir(), 'countersign-runtime-'));
const { makeStandInRuntime } = await import('./packaging/stand-in-runtime.mjs');
const { faultsOf, unpackedIn } = await import('./inspect-package.mjs');
const { makeArchive } = await import('./packaging/archive.mjs');
const { isMade } = await import('./packaging/made.mjs');
const builder = [
  ...[tool('electron-builder'), '--config'],
  runtime === 'stand-in' ? 'electron-builder.preview.ts' : 'electron-builder.ts',
];
const packing = {
  SOURCE_DATE_EPOCH: epoch,
  CUSTOM_FPM_PATH: join(ROOT, 'scripts/packaging/fpm.mjs'),
  // A preview is made to be tried, not to be sent.
  PACKAGE_COMPRESSION: runtime === 'stand-in' ? '1' : '9',
};

for (const arch of architectures) {
  let distribution = join('node_modules', 'electron', 'dist');
  if (runtime === 'stand-in') {
    distribution = join(work, arch);
    makeStandInRuntime(distribution);
  } else if (arch !== process.arch) distribution = '';
  console.log(`Packing for ${arch} …`);
  const packed = runNode(
    [
      ...[...builder, SWITCH[platform], 'dir', `--${arch}`],
      // The runtime that is installed already, instead of downloading it once more.
      ...(distribution === '' ? [] : [`-c.electronDist=${distribution}`]),
    ],
    packing,
  );
  if (packed.status !== 0) {
    failures.push({ target: `dir (${arch})`, why: note(`dir-${arch}`, packed) });
    continue;
  }
  const unpacked = unpackedIn(DIST, { arch, preview: runtime === 'stand-in' });
  for (const fault of await faultsOf(unpacked))
    failures.push({ target: `dir (${arch})`, why: `the package ${fault}` });
  for (const target of targets) {
    console.log(`Packaging ${target} for ${arch} …`);
    const before = packagesIn();
    const made =
      target === 'tar.gz'
        ? archive(unpacked.folder, arch)
        : runNode(
            [...builder, SWITCH[platform], target, `--${arch}`, '--prepackaged', unpacked.folder],
            packing,
          );
    if (made.status !== 0)
      failures.push({ target: `${target} (${arch})`, why: note(`${target}-${arch}`, made) });
    else if (!isMade(target, before, packagesIn()))
      failures.push({ target: `${target} (${arch})`, why: 'it says that it was made, and is not there' });
  }
}
rmSync(work, { recursive: true, force: true });
rmSync(join(DIST, 'builder-debug.yml'), { force: true });

/** Keeps all that a tool said, and answers the reason. @param {string} name @param {{ stdout: string, stderr: string }} said */
function note(name, { stdout, stderr }) {
  mkdirSync(DIST, { recursive: true });
  writeFileSync(join(DIST, `${name}.log`), stdout + stderr);
  return `${reasonIn(stdout + stderr)} (dist/${name}.log)`;
}

/** @param {string} folder @param {string} arch */
function archive(folder, arch) {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const called = `${name}${runtime === 'stand-in' ? '-preview' : ''}-${version}-linux-${arch}`;
  const level = Number(packing.PACKAGE_COMPRESSION);
  return makeArchive({ folder, called, epoch, level, target: join(DIST, `${called}.tar.gz`) });
}

function packagesIn() {
  return readdirSync(DIST)
    .filter((name) => /\.(tar\.gz|deb|rpm|AppImage|dmg|zip|exe)$/.test(name))
    .sort();
}

const { billOfMaterials } = await import('./packaging/sbom.mjs');
const packages = packagesIn();
writeFileSync(join(DIST, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(runtime), null, 1)}\n`);
const sums = [...packages, 'sbom.cdx.json'].map(
  (name) =>
    `${createHash('sha256')
      .update(readFileSync(join(DIST, name)))
      .digest('hex')}  ${name}\n`,
);
writeFileSync(join(DIST, 'SHA256SUMS'), sums.join(''));

for (const { target, why } of failures) console.log(`not built: ${target}: ${why}`);
const sizes = Object.fromEntries(packages.map((name) => [name, statSync(join(DIST, name)).size]));
/** @type {Record<string, unknown>} */
const report = { runtime: runtime === 'electron' ? 'real' : 'stand-in', packages: sizes };
if (platform === 'linux' && failures.length === 0) {
  const { tryPackages } = await import('./packaging/trial.mjs');
  Object.assign(report, tryPackages(DIST, { preview: runtime === 'stand-in' }));
}
for (const name of readdirSync(DIST).sort()) console.log(`dist/${name}`);
console.log(JSON.stringify(report));
/** Every count of errors is 0, and every claim true; on Linux all of them were made. */
const good =
  Object.entries(report).every(
    ([name, value]) => value !== false && !(name.endsWith('Errors') && value !== 0),
  ) && (report['lintianErrors'] !== undefined) === (platform === 'linux');
process.exitCode = failures.length === 0 && packages.length > 0 && good ? 0 : 1;
