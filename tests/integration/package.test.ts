/**
 * @file What electron-builder packs, around the stand-in for Electron's runtime: the archive, what lies beside it and the
 * fuses are real. `npm run package` builds the packages themselves, and tries them.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import asar from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import configuration from '../../electron-builder.ts';
import manifest from '../../package.json' with { type: 'json' };
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

async function build(
  target: string,
  args: readonly string[],
  { config = 'electron-builder.preview.ts', env = {} }: { config?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const builder = [tool('electron-builder'), '--config', config, '--linux', target];
  await run(process.execPath, [...builder, ...args], {
    cwd: ROOT,
    maxBuffer: 2 ** 24,
    env: { ...process.env, ...env },
  });
}
const pack = (into: string): Promise<void> =>
  build('dir', [`-c.electronDist=${join(folder, 'runtime')}`, `-c.directories.output=${into}`]);

/** What electron-builder wants of the set of tools for AppImages, which it would download: it keeps what it is to press. */
function imageTools(kept: string): string {
  const tools = join(folder, 'tools');
  for (const name of ['runtimes', join('lib', process.arch)])
    mkdirSync(join(tools, name), { recursive: true });
  writeFileSync(join(tools, 'runtimes', `runtime-${process.arch}`), 'runtime');
  writeFileSync(join(tools, 'mksquashfs'), `#!/bin/sh\ncp -a "$1" '${kept}' && echo pressed > "$2"\n`);
  writeFileSync(join(tools, 'desktop-file-validate'), '#!/bin/sh\n');
  for (const name of ['mksquashfs', 'desktop-file-validate']) chmodSync(join(tools, name), 0o755);
  return tools;
}

/** What the real configuration asks for in a package of this kind, as the words of its maker's command, and its menu entry. */
async function askedOf(type: 'deb' | 'rpm') {
  const kept = join(folder, `asked-${type}`);
  mkdirSync(kept);
  const maker = join(kept, 'maker');
  const keep = `case "$word" in *.desktop=*) cp "\${word%%=*}" '${kept}/entry' ;; esac`;
  writeFileSync(maker, `#!/bin/sh\nfor word; do printf '%s\\n' "$word" >> '${kept}/words'; ${keep}; done\n`);
  chmodSync(maker, 0o755);
  const args = ['--prepackaged', inDist().folder, `-c.directories.output=${join(kept, 'dist')}`];
  await build(type, args, { config: 'electron-builder.ts', env: { CUSTOM_FPM_PATH: maker } });
  const words = (await readFile(join(kept, 'words'), 'utf8')).split('\n');
  return {
    after: (option: string) => words.filter((_word, at) => words[at - 1] === option),
    places: words.flatMap((word) => (word.includes('=/') ? [word.replace(/^.*=(?=\/)/, '')] : [])),
    entry: await readFile(join(kept, 'entry'), 'utf8'),
  };
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
    const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as {
      readonly packages: Record<string, { readonly version?: string; readonly integrity?: string }>;
    };
    for (const { name, version, hashes } of components) {
      const [{ alg, content } = { alg: '', content: '' }] = hashes ?? [];
      const integrity = `sha512-${Buffer.from(content, 'hex').toString('base64')}`;
      const locked = Object.values(packages).find((entry) => entry.integrity === integrity);
      expect([alg, locked?.version], name).toEqual(['SHA-512', version]);
    }
  });

  it('is started from an AppImage with its sandbox, and without one only where the system gives none', async () => {
    const inside = join(folder, 'image');
    await build(
      'AppImage',
      ['--prepackaged', inDist().folder, `-c.directories.output=${join(folder, 'images')}`],
      { env: { APPIMAGE_TOOLS_PATH: imageTools(inside) } },
    );
    const entry = await readFile(join(inside, 'countersign-preview.desktop'), 'utf8');
    expect(entry).toMatch(/^Exec=AppRun %U$/m);
    expect(entry).toMatch(/^Icon=countersign-preview$/m);
    // As it asks the system, so does a run from source.
    expect(await readFile(join(inside, 'AppRun'), 'utf8')).toMatch(/unshare -Ur true/);
    for (const path of [
      'resources/app.asar',
      'usr/share/icons/hicolor/512x512/apps/countersign-preview.png',
      'usr/share/metainfo/org.countersign.Countersign.metainfo.xml',
    ])
      expect(existsSync(join(inside, path)), path).toBe(true);
  });

  it.each([
    ['deb', 'libsecret-1-0'],
    ['rpm', '(libsecret or libsecret-1-0)'],
  ] as const)(
    'is a %s with what keytar needs, a licence, a menu entry in one sentence and its icons',
    async (type, secret) => {
      const { after, places, entry } = await askedOf(type);
      expect(after('-d')).toContain(secret);
      if (type === 'deb') {
        expect(after('--category')).toEqual(['mail']);
        // On a desktop that has another keeper of secrets, apt adds no second one.
        expect(after('--deb-recommends')).toEqual([
          expect.stringMatching(/^gnome-keyring \| kwalletmanager \| /),
        ]);
      }
      expect(entry).toMatch(/^Comment=Send .{1,79}$/m);
      // A window is tied to its entry by these two names.
      expect(entry).toMatch(/^StartupWMClass=countersign$/m);
      expect(places).toContain(`/usr/share/applications/${manifest.desktopName}`);
      expect(places).toContain('/usr/share/doc/countersign/copyright');
      for (const size of ['16x16', '32x32', '48x48', '128x128', '256x256', '512x512'])
        expect(places).toContain(`/usr/share/icons/hicolor/${size}/apps/countersign.png`);
      expect(places).toContain('/usr/share/icons/hicolor/scalable/apps/countersign.svg');
    },
  );

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
