/**
 * @file What electron-builder packs, around the stand-in for Electron's runtime: the archive, what lies beside it and the
 * fuses are real. `npm run package` builds the packages themselves, and tries them.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import asar from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import configuration from '../../electron-builder.ts';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { ensureBuilt } from '../../scripts/build.mjs';
import { openDisplay } from '../../scripts/display.mjs';
import { faultsOf, unpackedIn } from '../../scripts/inspect-package.mjs';
import { billOfMaterials } from '../../scripts/packaging/sbom.mjs';
import { makeStandInRuntime } from '../../scripts/packaging/stand-in-runtime.mjs';
import { sandboxSwitches } from '../../scripts/sandbox.mjs';
import { tool } from '../../scripts/tool.mjs';

const run = promisify(execFile);
let folder: string;
const inDist = () => unpackedIn(join(folder, 'dist'), { preview: true });

async function pack(into: string): Promise<void> {
  await run(
    process.execPath,
    [
      ...[tool('electron-builder'), '--config', 'electron-builder.preview.ts', '--linux', 'dir'],
      ...[`-c.electronDist=${join(folder, 'runtime')}`, `-c.directories.output=${into}`],
    ],
    { cwd: ROOT, maxBuffer: 2 ** 24 },
  );
}

describe.skipIf(process.platform !== 'linux')('the packed program', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    makeStandInRuntime(join(folder, 'runtime'));
    ensureBuilt();
    await pack(join(folder, 'dist'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('packs what is named and nothing else, and sets every fuse [T-package-fuses]', async () => {
    expect(await faultsOf(inDist())).toEqual([]);
  });

  it('names the built program in its package.json, and nothing of its making', () => {
    const packed = asar.extractFile(join(inDist().resources, 'app.asar'), 'package.json').toString();
    expect(JSON.parse(packed)).toMatchObject({ name: 'countersign-preview', main: 'out/main/index.js' });
    expect(packed).not.toContain('devDependencies');
  });

  it('is the same archive to the byte when it is packed again, in another folder', async () => {
    await pack(join(folder, 'again'));
    const hash = async (dist: string) =>
      createHash('sha256')
        .update(await readFile(join(unpackedIn(join(folder, dist), { preview: true }).resources, 'app.asar')))
        .digest('hex');
    expect(await hash('again')).toBe(await hash('dist'));
  });

  it('brings the licence of every package that was built in, and of keytar', async () => {
    const listed = JSON.parse(await readFile(join(inDist().resources, 'licences.json'), 'utf8')) as {
      readonly name: string;
      readonly text: string;
    }[];
    const names = listed.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['@github/keytar', 'imapflow', 'nodemailer', 'react', 'react-dom', 'zod']),
    );
    expect(listed.filter(({ text }) => text.length < 20).map(({ name }) => name)).toEqual([]);
    expect(names.filter((name) => /selfsigned|peculiar/.test(name))).toEqual([]);
  });

  it('has a bill of materials with the same packages and Electron, each by the digest that the lockfile has', async () => {
    const bundled = JSON.parse(await readFile(join(ROOT, 'out/bundled.json'), 'utf8')) as {
      readonly name: string;
    }[];
    const { components } = billOfMaterials('electron');
    expect(components.map(({ name }) => name)).toEqual([...bundled.map(({ name }) => name), 'electron']);
    for (const { name, hashes } of components)
      expect(hashes, name).toEqual([
        { alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as unknown },
      ]);
  });

  it('has a hardened runtime on macOS only with a certificate, whose libraries it would otherwise refuse', () => {
    expect(configuration.mac.hardenedRuntime).toBe(Boolean(process.env['CSC_LINK']));
  });

  it('notices a fuse that is the wrong way, and a file that does not belong', async () => {
    const { executable, resources } = inDist();
    const fused = await readFile(executable);
    await writeFile(executable, await readFile(join(folder, 'runtime', 'electron')));
    expect(await faultsOf(inDist())).toContain('has the fuse RunAsNode the wrong way');
    await writeFile(executable, fused);

    const stray = join(resources, 'app.asar.unpacked', 'node_modules', 'stray.node');
    await writeFile(stray, '');
    expect(await faultsOf(inDist())).toEqual(['holds node_modules/stray.node beside the archive']);
    await rm(stray);
  });

  it('does not start when a byte of its archive was changed', async () => {
    const { executable, resources } = inDist();
    const archive = join(resources, 'app.asar');
    const packed = await readFile(archive);
    const changed = Buffer.from(packed);
    const at = changed.indexOf('cannot open');
    changed[at] = (changed[at] ?? 0) ^ 1;
    await writeFile(archive, changed);
    const display = await openDisplay();
    const args = [`--user-data-dir=${join(folder, 'profile')}`, ...sandboxSwitches()];
    const started = run(executable, args, { env: display.env });
    await expect(started).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not as it was packed') as string,
    });
    await display.stop();
    await writeFile(archive, packed);
  });
});
