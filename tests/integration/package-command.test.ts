/** @file `npm run package` fails when a package that was asked for fails, or is not there although nothing failed. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/build.mjs';
import { freshClone } from './fresh-clone.ts';

/** A maker of packages that makes no rpm and says nothing, and has no dpkg-deb. */
const MAKER = `#!/bin/sh
case "$*" in *'-t rpm'*) exit 0 ;; esac
echo 'fpm.mjs: dpkg-deb: there is none' >&2
exit 3
`;

let folder: string;
let clone: string;
beforeEach(() => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), 'countersign-packaging-'));
  clone = freshClone(folder, { built: true });
  writeFileSync(join(clone, 'scripts/packaging/fpm.mjs'), MAKER);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** By somebody whose files are private. */
async function packaged(args: readonly string[], env = {}) {
  const command = [process.execPath, join(clone, 'scripts/package.mjs'), '--built', '--stand-in', ...args];
  const child = spawn('sh', ['-c', 'umask 077; exec "$@"', 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // electron-builder says less where it takes itself for under test.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

describe.runIf(process.platform === 'linux')('a package that was asked for', () => {
  // It packs three times.
  it(
    'and failed, or is not there, makes the command fail and is named with the reason',
    { timeout: 300_000 },
    async () => {
      const { code, said } = await packaged(['--targets', 'tar.gz,deb,rpm,pigeon'], {
        SOURCE_DATE_EPOCH: '1700000000',
      });
      expect(code, said).toBe(1);
      expect(said).toContain(
        `not built: rpm (${process.arch}): it says that it was made, and is not there\n`,
      );
      expect(said).toMatch(
        /^not built: deb \(\w+\): .*: fpm\.mjs: dpkg-deb: there is none \(dist\/deb-\w+\.log\)$/m,
      );
      expect(said).toMatch(/^not built: pigeon \(\w+\): Unknown target: pigeon /m);
      expect(readFileSync(join(clone, `dist/deb-${process.arch}.log`), 'utf8')).toContain('there is none');
      // What could be made is there, and nothing is claimed of it.
      const made = readdirSync(join(clone, 'dist')).filter((name) => name.endsWith('.tar.gz'));
      const report = JSON.parse(said.trim().split('\n').at(-1) ?? '') as { readonly packages: object };
      expect(Object.keys(report.packages)).toEqual(made);
      expect(made).toHaveLength(1);
      // As old as the packager says, and everybody who installs it may read it.
      const program = statSync(join(clone, 'dist', 'linux-unpacked'));
      expect(program.mode & 0o777).toBe(0o755);
      const listed = execFileSync('tar', [
        '-tvzf',
        join(clone, 'dist', made[0] ?? ''),
        '--utc',
        '--full-time',
      ]);
      expect(listed.toString()).toMatch(/2023-11-14 22:13:20 .*\/app\.asar$/m);
      expect(report).not.toHaveProperty('installedJourney');
      const sums = readFileSync(join(clone, 'dist/SHA256SUMS'), 'utf8');
      expect(sums.match(/ {2}\S+$/gm)).toEqual([...made, 'sbom.cdx.json'].map((name) => `  ${name}`));
    },
  );

  it('and cannot be, is not begun, and it says why', async () => {
    const asked: readonly (readonly [string, ...string[]])[] = [
      ["Electron's runtime is not here, and no preview is a release", '--release'],
      ['git does not tell the time of the commit: set SOURCE_DATE_EPOCH'],
      [`is built for ${process.arch} only`, '--arch', 'x64,arm64'],
      ['--arch takes x64 and arm64, and not "sparc"', '--arch', 'sparc'],
      ["Unknown option '--target'", '--target', 'deb'],
      ["Option '--targets <value>' argument missing", '--targets'],
    ];
    for (const [why, ...args] of asked) {
      const { code, said } = await packaged(args);
      expect(code).not.toBe(0);
      expect(said).toContain(why);
      expect(said).not.toContain('Packing for');
    }
  });
});
