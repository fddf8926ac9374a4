/**
 * @file `node scripts/packaging/each.mjs DIST`: takes every package of this system as a person would: installs or opens it,
 * starts it, has it verify a code in practice and keep a password in the keychain; upgrades what is installed from an
 * earlier version, and removes it again. It is for a machine that is thrown away afterwards: it installs for real.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodePath, ROOT } from '../bootstrap.mjs';
import { sandboxSwitches } from '../sandbox.mjs';
import { tool } from '../tool.mjs';

const dist = resolve(process.argv[2] ?? 'dist');
const work = mkdtempSync(join(tmpdir(), 'countersign-each-'));
const EARLIER = '0.0.9';
/** Ubuntu lets only programs with an AppArmor profile set up a sandbox; the deb brings one, a folder cannot. */
const NAMESPACES = 'kernel.apparmor_restrict_unprivileged_userns';

/** @param {string} program @param {string[]} args @param {import('node:child_process').SpawnSyncOptions} [options] */
function run(program, args, options = {}) {
  console.log(`$ ${program} ${args.join(' ')}`);
  const done = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', ...options });
  if (done.status !== 0) throw new Error(`${program} ended with ${done.status ?? done.signal}`);
}

/** @param {string} executable @param {string[]} [switches] */
const tryProgram = (executable, switches = sandboxSwitches()) =>
  run(nodePath(), ['tests/e2e/packaged.ts', executable, ...switches]);

/** @param {string} path @param {boolean} there */
function expectThere(path, there) {
  if (existsSync(path) !== there) throw new Error(`${path} is ${there ? 'not there' : 'still there'}`);
}

/** The same program as an earlier version, in a package of this kind. @param {string} target @param {string} ending */
function earlier(target, ending) {
  const output = mkdtempSync(join(work, 'earlier-'));
  const system = process.platform === 'win32' ? '--win' : '--linux';
  run(
    nodePath(),
    [
      ...[tool('electron-builder'), '--config', 'electron-builder.ts', system, target],
      ...[`-c.extraMetadata.version=${EARLIER}`, `-c.directories.output=${output}`],
      `-c.electronDist=${join('node_modules', 'electron', 'dist')}`,
    ],
    { env: { ...process.env, CUSTOM_FPM_PATH: join(ROOT, 'scripts/packaging/fpm.mjs') } },
  );
  return packageIn(output, ending);
}

/** @param {string} folder @param {string} ending */
function packageIn(folder, ending) {
  const name = readdirSync(folder).find((found) => found.endsWith(ending));
  if (name === undefined) throw new Error(`there is no ${ending} in ${folder}`);
  return join(folder, name);
}

/** @param {string} name */
const folder = (name) => mkdtempSync(join(work, `${name}-`));
/** @param {string} below */
const onlyFolderIn = (below) => join(below, readdirSync(below)[0] ?? '');

const LINUX = {
  '.deb': (/** @type {string} */ path) => {
    const installed = '/opt/Countersign/countersign';
    for (const deb of [earlier('deb', '.deb'), path]) {
      run('sudo', ['apt-get', 'install', '-y', deb]);
      // With the sandbox: the package brings what Ubuntu wants for it.
      tryProgram(installed, process.getuid?.() === 0 ? sandboxSwitches() : []);
    }
    run('sudo', ['apt-get', 'purge', '-y', 'countersign']);
    expectThere(installed, false);
    if (spawnSync('sysctl', ['-n', NAMESPACES]).status === 0)
      run('sudo', ['sysctl', '-w', `${NAMESPACES}=0`]);
  },
  '.rpm': (/** @type {string} */ path) => {
    const at = folder('rpm');
    run('sh', ['-c', `rpm2cpio '${path}' | cpio -idm --quiet`], { cwd: at });
    tryProgram(join(at, 'opt/Countersign/countersign'));
  },
  '.tar.gz': (/** @type {string} */ path) => {
    const at = folder('tar');
    run('tar', ['-xzf', path, '-C', at]);
    tryProgram(join(onlyFolderIn(at), 'countersign'));
  },
  '.AppImage': (/** @type {string} */ path) => {
    // A copy, as after a download: what root has built is not ours to change.
    const copy = join(folder('image'), 'countersign.AppImage');
    run('cp', [path, copy]);
    run('chmod', ['+x', copy]);
    tryProgram(copy);
  },
};
const MACOS = {
  '.dmg': (/** @type {string} */ path) => {
    const [image, at] = [folder('dmg'), folder('applications')];
    run('hdiutil', ['attach', path, '-nobrowse', '-readonly', '-mountpoint', image]);
    run('cp', ['-R', join(image, 'Countersign.app'), at]);
    run('hdiutil', ['detach', image]);
    tryProgram(join(at, 'Countersign.app/Contents/MacOS/Countersign'));
  },
  '.zip': (/** @type {string} */ path) => {
    const at = folder('zip');
    run('ditto', ['-x', '-k', path, at]);
    tryProgram(join(at, 'Countersign.app/Contents/MacOS/Countersign'));
  },
};
const WINDOWS = {
  '.exe': (/** @type {string} */ path) => {
    const at = join(work, 'installed');
    for (const installer of [earlier('nsis', '.exe'), path]) {
      // /D takes the rest of the line, without quotes.
      run(installer, ['/S', `/D=${at}`], { windowsVerbatimArguments: true });
      tryProgram(join(at, 'Countersign.exe'));
    }
    // It copies itself elsewhere and goes on there, unless it is told where it is.
    run(join(at, 'Uninstall Countersign.exe'), ['/S', `_?=${at}`], { windowsVerbatimArguments: true });
    expectThere(join(at, 'Countersign.exe'), false);
  },
  '.zip': (/** @type {string} */ path) => {
    const at = folder('zip');
    // Windows' own tar: Git's comes first in the workflow, and reads no zip.
    run(join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'tar.exe'), ['-xf', path, '-C', at]);
    tryProgram(join(at, 'Countersign.exe'));
  },
};

const { platform } = process;
if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32')
  throw new Error(`Countersign is not packaged on ${platform}`);
const kinds = { linux: LINUX, darwin: MACOS, win32: WINDOWS }[platform];
try {
  for (const [ending, take] of Object.entries(kinds)) {
    take(packageIn(dist, ending));
    console.log(`${ending}: as it should be`);
  }
} finally {
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
