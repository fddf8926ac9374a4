/**
 * @file Tries what was packaged on Linux: the metadata with the checkers of the distributions, a whole verification in
 * practice in the unpacked program, and the installed journey. It reports and builds nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePath, ROOT } from '../bootstrap.mjs';
import { sandboxSwitches } from '../sandbox.mjs';
import { unpackedIn } from '../inspect-package.mjs';

/** @param {string} program @param {string[]} args @param {string} [cwd] */
const run = (program, args, cwd = ROOT) =>
  spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });

/** What a checker complains about, each on a line; it is shown, and counted. @param {string} name @param {string[]} lines */
function errors(name, lines) {
  for (const line of lines) console.log(`${name}: ${line}`);
  return lines.length;
}

/** @param {string} deb */
function lintian(deb) {
  const { stdout } = run('lintian', ['--tag-display-limit', '0', '--fail-on', 'none', deb]);
  return errors(
    'lintian',
    stdout.split('\n').filter((line) => line.startsWith('E:')),
  );
}

/** @param {string} root the deb's files */
function metadata(root) {
  const desktop = join(root, 'usr/share/applications');
  const validated = readdirSync(desktop).map((name) => run('desktop-file-validate', [join(desktop, name)]));
  const metainfo = join(root, 'usr/share/metainfo');
  const streams = readdirSync(metainfo).map((name) =>
    run('appstreamcli', ['validate', '--no-net', join(metainfo, name)]),
  );
  const complaints = [...validated, ...streams].filter(({ status }) => status !== 0);
  return errors(
    'metadata',
    complaints.map(({ stdout, stderr }) => (stdout + stderr).trim()),
  );
}

/** What menus and task bars ask for, each in a folder that hicolor's index knows (freedesktop.org). */
const ICONS = ['16x16', '24x24', '32x32', '48x48', '64x64', '128x128', '256x256', '512x512', 'scalable'];

/** @param {string} root */
function iconSizes(root) {
  const hicolor = join(root, 'usr/share/icons/hicolor');
  return readdirSync(hicolor)
    .filter((size) => existsSync(join(hicolor, size, 'apps')))
    .sort((one, other) => Number.parseInt(one) - Number.parseInt(other));
}

/** @param {string} dist */
function journey(dist) {
  const travelled = run(nodePath(), ['tests/installed/journey.ts', dist]);
  console.log(travelled.stdout.trim());
  if (travelled.status !== 0) console.log(travelled.stderr);
  return travelled.status === 0;
}

/**
 * @param {string} dist
 * @param {{ preview: boolean }} which
 */
export function tryPackages(dist, { preview }) {
  const deb = readdirSync(dist).find((name) => name.endsWith('.deb'));
  if (deb === undefined) return { lintianErrors: 0 };
  const root = mkdtempSync(join(tmpdir(), 'countersign-deb-'));
  try {
    run('dpkg-deb', ['-x', join(dist, deb), root]);
    const { executable } = unpackedIn(dist, { preview });
    const practice = run(nodePath(), ['tests/e2e/packaged.ts', executable, ...sandboxSwitches()]);
    if (practice.status !== 0) console.log(practice.stdout, practice.stderr);
    const icons = iconSizes(root);
    return {
      icons,
      everyIcon: ICONS.every((size) => icons.includes(size)),
      metadataErrors: metadata(root),
      lintianErrors: lintian(join(dist, deb)),
      practiceVerification: practice.status === 0,
      // Only root can mount. Under CI nothing may be left out.
      installedJourney:
        process.getuid?.() === 0 || process.env['CI'] === 'true' ? journey(dist) : 'needs root',
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
