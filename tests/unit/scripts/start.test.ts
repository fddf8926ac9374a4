/** @file What a run from source needs, and what it says when it cannot have it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { programEnv } from '../../../scripts/bootstrap.mjs';
import { foreground } from '../../../scripts/foreground.mjs';
import { HOW_TO_SANDBOX, noSandboxBecause, sandboxSwitches } from '../../../scripts/sandbox.mjs';
import { quietly, setsFor } from '../../../scripts/system-packages.mjs';

describe('system packages', () => {
  const quiet = { window: false, tests: false };
  it.each([
    ['electron', quiet, ['program', 'electron']],
    ['electron', { window: true, tests: false }, ['program', 'electron', 'screen']],
    ['stand-in', quiet, ['program', 'standIn']],
    ['stand-in', { window: true, tests: false }, ['program', 'standIn', 'screen']],
    [
      'electron',
      { window: true, tests: true },
      ['program', 'electron', 'standIn', 'screen', 'peers', 'packing'],
    ],
  ] as const)('are Chromium and a screen only where they are used: %s, %o', (runtime, needs, sets) => {
    expect(setsFor(runtime, needs)).toEqual(sets);
  });
});

it('Electron is never started as a bare Node', () => {
  expect(programEnv({ ELECTRON_RUN_AS_NODE: '1', HOME: '/h' })).toEqual({ HOME: '/h' });
});

it.runIf(process.platform === 'linux').each([
  ['exit 3', 3],
  // Ctrl+C reaches the shell as well.
  ['kill -INT $PPID', 130],
])('no service is started while packages are installed, and every one afterwards: %s', (end, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-policy-'));
  const policy = join(folder, 'policy-rc.d');
  const [program = '', ...args] = quietly(policy, ['sh', '-c', `"$0"; echo $?; ${end}`, policy]);
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  expect([status, stdout]).toEqual([code, '101\n']);
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

it.each([
  ['exit 3', 3],
  ['kill -KILL $$', 1],
])('what a program ended with is what the command ends with: %s', async (command, code) => {
  expect(await foreground('sh', ['-c', command], process.env)).toBe(code);
});

describe.runIf(process.platform === 'linux')('the sandbox of a run from source', () => {
  let folder: string;
  /** `unshare` as it ends where user namespaces are allowed (0), and where AppArmor forbids them (1). */
  const unshareEnds = (code: 0 | 1) => {
    writeFileSync(join(folder, 'unshare'), `#!/bin/sh\nexit ${code}\n`);
    chmodSync(join(folder, 'unshare'), 0o755);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-path-'));
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  it('is on for a person whose system allows it', () => {
    unshareEnds(0);
    expect(sandboxSwitches()).toEqual([]);
  });
  it('is off where the system forbids it, and two commands are named that mend it', () => {
    unshareEnds(1);
    expect(noSandboxBecause()).toBe('namespaces');
    expect(sandboxSwitches()).toEqual(['--no-sandbox']);
    expect(HOW_TO_SANDBOX.match(/sudo /g)).toHaveLength(3);
  });
  it('is off for root, to whom Chromium refuses it', () => {
    unshareEnds(0);
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(noSandboxBecause()).toBe('root');
  });
});
