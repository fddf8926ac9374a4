/** @file `npm run package` fails when a package that was asked for fails, or is not there although nothing failed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/build.mjs';
import { freshClone } from './fresh-clone.ts';

/** A maker of packages that makes no deb and says nothing, and has no rpmbuild. */
const MAKER = `#!/bin/sh
case "$*" in *'-t deb'*) exit 0 ;; esac
echo 'rpmbuild: there is none' >&2
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

async function packaged(...args: readonly string[]) {
  const script = join(clone, 'scripts/package.mjs');
  const child = spawn(process.execPath, [script, '--built', '--stand-in', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // electron-builder says less where it takes itself for under test.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
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
      const { code, said } = await packaged('--targets', 'tar.gz,deb,rpm,pigeon');
      expect(code, said).toBe(1);
      expect(said).toContain(
        `not built: deb (${process.arch}): it says that it was made, and is not there\n`,
      );
      expect(said).toMatch(/^not built: rpm \(\w+\): .*: rpmbuild: there is none \(dist\/rpm-\w+\.log\)$/m);
      expect(said).toMatch(/^not built: pigeon \(\w+\): Unknown target: pigeon /m);
      expect(readFileSync(join(clone, `dist/rpm-${process.arch}.log`), 'utf8')).toContain('there is none');
      // What could be made is there, and nothing is claimed of it.
      const made = readdirSync(join(clone, 'dist')).filter((name) => name.endsWith('.tar.gz'));
      const report = JSON.parse(said.trim().split('\n').at(-1) ?? '') as { readonly packages: object };
      expect(Object.keys(report.packages)).toEqual(made);
      expect(made).toHaveLength(1);
      expect(report).not.toHaveProperty('installedJourney');
      const sums = readFileSync(join(clone, 'dist/SHA256SUMS'), 'utf8');
      expect(sums.match(/ {2}\S+$/gm)).toEqual([...made, 'sbom.cdx.json'].map((name) => `  ${name}`));
    },
  );

  it('for a release is no preview', async () => {
    const { code, said } = await packaged('--release');
    expect(code).not.toBe(0);
    expect(said).toContain("Electron's runtime is not here, and no preview is a release");
  });
});
