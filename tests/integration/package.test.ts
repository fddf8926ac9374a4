/**
 * @file What electron-builder packs, with a stand-in for Electron's runtime that has nothing but the place where its
 * fuses are: the archive, what lies beside it and the fuses are real; that the program starts is the release
 * workflow's to prove.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import asar from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { ensureBuilt } from '../../scripts/build.mjs';
import { faultsOf, unpackedIn } from '../../scripts/inspect-package.mjs';
import { tool } from '../../scripts/tool.mjs';

let folder: string;
const inDist = () => unpackedIn(join(folder, 'dist'));

/** Where @electron/fuses looks for them, then the version, their number, and each one the wrong way. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const WRONG_WAY = Buffer.concat([SENTINEL, Buffer.from([1, 8]), Buffer.from('11110011')]);

describe.skipIf(process.platform !== 'linux')('the packed program', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    const runtime = join(folder, 'runtime');
    await mkdir(join(runtime, 'resources'), { recursive: true });
    await mkdir(join(runtime, 'locales'));
    for (const name of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'version'])
      await writeFile(join(runtime, name), 'x');
    await writeFile(join(runtime, 'electron'), WRONG_WAY);
    await chmod(join(runtime, 'electron'), 0o755);
    ensureBuilt();
    await promisify(execFile)(
      process.execPath,
      [
        ...[tool('electron-builder'), '--config', 'electron-builder.ts', '--linux', 'dir'],
        ...[`-c.electronDist=${runtime}`, `-c.directories.output=${join(folder, 'dist')}`],
      ],
      { cwd: ROOT, maxBuffer: 2 ** 24 },
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('packs what is named and nothing else, and sets every fuse', async () => {
    expect(await faultsOf(inDist())).toEqual([]);
  });

  it('names the built program in its package.json, and nothing of its making', () => {
    const packed = asar.extractFile(join(inDist().resources, 'app.asar'), 'package.json').toString();
    expect(JSON.parse(packed)).toMatchObject({ name: 'countersign', main: 'out/main/index.js' });
    expect(packed).not.toContain('devDependencies');
  });

  it('notices a fuse that is the wrong way, and a file that does not belong', async () => {
    const { executable, resources } = inDist();
    const fused = await readFile(executable);
    await writeFile(executable, WRONG_WAY);
    expect(await faultsOf(inDist())).toContain('has the fuse RunAsNode the wrong way');
    await writeFile(executable, fused);

    const stray = join(resources, 'app.asar.unpacked', 'node_modules', 'stray.node');
    await writeFile(stray, '');
    expect(await faultsOf(inDist())).toEqual(['holds node_modules/stray.node beside the archive']);
    await rm(stray);
  });
});
