/**
 * @file A folder that electron-builder takes for Electron's runtime, whose executable runs the packed archive on the
 * stand-in: so that packages can be really built, installed, started and removed where Electron cannot be had. What is
 * made with it is a preview of the packages and never a release.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  linkSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { nodePath, ROOT } from '../bootstrap.mjs';

/** Where @electron/fuses looks for them: the sentinel, their version and number, and each one the wrong way. */
const FUSES = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX${String.fromCharCode(1, 8)}11110011`;

const LAUNCHER = `#!/bin/sh
# ${FUSES}
# This is a preview of Countersign's package, around a stand-in for Electron: for trying out, never for a release.
here=$(dirname "$(readlink -f "$0")")
exec "$here/stand-in/node" "$here/stand-in/run.ts" "--packed=$here/resources/app.asar" "$@"
`;

/** @param {string} from @param {string} to */
function link(from, to) {
  try {
    linkSync(from, to);
  } catch {
    // Another file system.
    copyFileSync(from, to);
  }
}

/** @param {string} folder */
export function makeStandInRuntime(folder) {
  const standIn = join(folder, 'stand-in');
  mkdirSync(join(standIn, 'node_modules'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'electron'), LAUNCHER, 'latin1');
  chmodSync(join(folder, 'electron'), 0o755);
  // Without its symbols: a third of its size, and a preview is not debugged.
  const stripped = spawnSync('strip', ['-o', join(standIn, 'node'), nodePath()]);
  if (stripped.status !== 0) link(nodePath(), join(standIn, 'node'));
  for (const name of readdirSync(join(ROOT, 'tests/standin')))
    if (name.endsWith('.ts')) link(join(ROOT, 'tests/standin', name), join(standIn, name));
  writeFileSync(join(standIn, 'package.json'), '{ "type": "module" }\n');
  cpSync(join(ROOT, 'node_modules/playwright-core'), join(standIn, 'node_modules/playwright-core'), {
    recursive: true,
    // Its command, which is of no use here.
    filter: (from) => !from.endsWith('/cli.js'),
  });
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8'));
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '');
  copyFileSync(join(ROOT, 'node_modules/electron/LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(
    join(folder, 'LICENSES.chromium.html'),
    '<!doctype html><title>Licences</title><p>A preview: Chromium is the system’s own, with its licences beside it.</p>\n',
  );
}
