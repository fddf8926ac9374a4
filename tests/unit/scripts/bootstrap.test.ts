/** @file When `npm start` and `npm test` install or build, and when they leave well alone. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseNode, inStep } from '../../../scripts/bootstrap.mjs';
import { isBuilt, RESULTS } from '../../../scripts/build.mjs';

describe('installed packages are in step with the lockfile', () => {
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-another-system': { version: '2.0.0', optional: true },
  };
  it.each([
    ['when all are there', { 'node_modules/a': { version: '1.0.0' } }, true],
    [
      'with the optional one too',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/for-another-system': { version: '2.0.0' } },
      true,
    ],
    ['not when one is missing', {}, false],
    ['not when one has another version', { 'node_modules/a': { version: '1.0.1' } }, false],
    [
      'not when one is there that nothing asks for',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
      false,
    ],
  ])('%s', (_, installed, expected) => {
    expect(inStep(locked, installed)).toBe(expected);
  });
});

describe('packages that are not those of the lockfile', () => {
  let tree: string;
  const gone = { 'node_modules/gone': { version: '1.0.0' } };
  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'installing-'));
    await cp(join(import.meta.dirname, '../../../scripts'), join(tree, 'scripts'), { recursive: true });
    await writeFile(join(tree, 'package.json'), '{ "name": "tree", "version": "1.0.0" }');
    const lock = { name: 'tree', version: '1.0.0', lockfileVersion: 3, packages: { '': {}, ...gone } };
    await writeFile(join(tree, 'package-lock.json'), JSON.stringify(lock));
  });
  afterEach(() => rm(tree, { recursive: true }));
  const ensure = () => {
    const look = "import('./scripts/bootstrap.mjs').then((bootstrap) => bootstrap.ensurePackages())";
    const options = { cwd: tree, encoding: 'utf8', env: { PATH: '' } } as const;
    return spawnSync(process.execPath, ['--eval', look], options).stderr;
  };

  it('stay where they are when they are linked from another tree', async () => {
    const other = join(tree, 'other', 'node_modules');
    await mkdir(join(other, 'kept'), { recursive: true });
    await writeFile(join(other, 'kept', 'index.js'), '');
    // npm's own list has it, as after an install of the lockfile alone.
    await writeFile(join(other, '.package-lock.json'), JSON.stringify({ packages: gone }));
    await symlink(other, join(tree, 'node_modules'));
    expect(ensure()).toContain(`${join(tree, 'node_modules')} is a link`);
    expect(await readFile(join(other, 'kept', 'index.js'), 'utf8')).toBe('');
  });

  it('cannot be had without npm, which is said', () => {
    expect(ensure()).toContain('npm, which belongs to Node.js, does not start: spawnSync npm ENOENT');
  });
});

it('no package runs a script by being installed, and none has one that was not looked at [T-supply-scripts]', async () => {
  const root = (file: string) => readFile(join(import.meta.dirname, '../../..', file), 'utf8');
  expect(await root('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  // Both files are npm's own.
  const { packages } = JSON.parse(await root('package-lock.json')) as {
    readonly packages: Record<string, { readonly name?: string; readonly hasInstallScript?: boolean }>;
  };
  const { allowScripts } = JSON.parse(await root('package.json')) as {
    readonly allowScripts: Record<string, boolean>;
  };
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = scripted.map(([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ''));
  expect(names.filter((name) => !(name in allowScripts))).toEqual([]);
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['node']);
});

describe('what is built is younger than its sources', () => {
  let root: string;
  const file = async (path: string, second: number) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), '');
    await utimes(join(root, path), second, second);
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'built-'));
    await file('src/main/index.ts', 100);
    await file('package-lock.json', 100);
    for (const result of RESULTS) await file(result, 200);
  });
  afterEach(() => rm(root, { recursive: true }));

  it('when every file of out/ is', () => {
    expect(isBuilt(root)).toBe(true);
  });
  it('not when a file deep in src/ has changed since', async () => {
    await file('src/renderer/ui/button.tsx', 300);
    expect(isBuilt(root)).toBe(false);
  });
  it('not when a package has', async () => {
    await file('package-lock.json', 300);
    expect(isBuilt(root)).toBe(false);
  });
  it.each(RESULTS)('not when %s is older, alone or by nothing', async (path) => {
    await file(path, 100);
    expect(isBuilt(root)).toBe(false);
  });
  it.each(RESULTS)('not when %s is missing', async (path) => {
    await rm(join(root, path));
    expect(isBuilt(root)).toBe(false);
  });
});

describe('the Node that everything runs on', () => {
  const running = (version: string) => ({ path: '/usr/bin/node', version });
  it('is the project’s own where npm has one', () => {
    expect(chooseNode(process.execPath, running('20.19.0'))).toBe(process.execPath);
  });
  it.each(['24.0.0', '26.10.0'])('is the one that started, %s, where npm has none', (version) => {
    expect(chooseNode('/nowhere/node', running(version))).toBe('/usr/bin/node');
  });
  it.each(['20.19.0', '22.21.0'])('is none where that is %s', (version) => {
    expect(chooseNode('/nowhere/node', running(version))).toBeNull();
  });
});
