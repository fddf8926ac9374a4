/**
 * @file `node scripts/packaging/changed-archive.mjs DIST`: changes one byte of the packed program and expects that it does
 * not start any more. Afterwards it is as it was.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodePath, ROOT } from '../bootstrap.mjs';
import { unpackedIn } from '../inspect-package.mjs';

const { executable, resources } = unpackedIn(process.argv[2] ?? 'dist');
const archive = join(resources, 'app.asar');
const packed = readFileSync(archive);
const changed = Buffer.from(packed);
// A letter of a text that no start needs: without the check the program would come up.
const at = changed.indexOf('Its settings were written by a newer version');
if (at < 0) throw new Error(`${archive} does not hold the text that was to be changed`);
changed[at] = (changed[at] ?? 0) ^ 1;
writeFileSync(archive, changed);
try {
  const started = spawnSync(nodePath(), ['tests/e2e/packaged.ts', executable, '--stopped'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  process.exitCode = started.status ?? 1;
} finally {
  writeFileSync(archive, packed);
}
