/** @file A scratch Debian that cannot be entered leaves nothing mounted, and touches nothing of the machine. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DESKTOP } from '../installed/debian.ts';

const MODULE = join(import.meta.dirname, '../installed/debian.ts');

// Only root may mount.
it.runIf(process.getuid?.() === 0)('is said not to be entered, and is taken down again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scratch-'));
  const base = join(folder, '.cache/countersign/debian-bookworm');
  // It has nothing in it, so that nothing can be run in it.
  for (const name of ['var', 'proc', 'sys', 'dev']) mkdirSync(join(base, name), { recursive: true });
  writeFileSync(join(base, 'var/countersign-base'), DESKTOP.join(' '));
  const open = `await (await import(${JSON.stringify(MODULE)})).openDebian()`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', open], {
    env: { ...process.env, HOME: folder, TMPDIR: folder },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('the scratch Debian cannot be entered');
  const mounted = readFileSync('/proc/mounts', 'utf8').includes(folder);
  expect(mounted).toBe(false);
  expect(readdirSync(folder)).toEqual(['.cache']);
  rmSync(folder, { recursive: true });
});
