/** @file The tar.gz is the same to the byte from the same files, on another machine and another day. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeArchive } from '../../scripts/packaging/archive.mjs';

const NAMES = ['countersign', 'locales/en-US.pak', 'resources/app.asar', 'resources/a name with spaces'];
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'archive, of a build '))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The unpacked program as a machine has it: its own order, day and rights. */
function unpacked(name: string, machine: { names: readonly string[]; day: number; mode: number }): string {
  const at = join(folder, name);
  for (const file of machine.names) {
    mkdirSync(join(at, file, '..'), { recursive: true, mode: 0o700 | machine.mode });
    const program = file === 'countersign' ? 0o111 & machine.mode : 0;
    writeFileSync(join(at, file), file);
    chmodSync(join(at, file), 0o600 | (machine.mode & 0o666) | program);
    utimesSync(join(at, file), machine.day, machine.day);
  }
  return at;
}

function pack(from: string, target: string): Buffer {
  const made = makeArchive({
    folder: from,
    called: 'countersign-1.2.3-linux-x64',
    epoch: '1700000000',
    level: 6,
    target: join(folder, target),
  });
  expect(made).toMatchObject({ status: 0, stderr: '' });
  return readFileSync(join(folder, target));
}

describe.runIf(process.platform === 'linux')('a tar.gz', () => {
  it('is the same to the byte when it is made twice, and from a folder of another machine', () => {
    const here = unpacked('here', { names: NAMES, day: 1_000, mode: 0o777 });
    const first = pack(here, 'first.tar.gz');
    expect(pack(here, 'second.tar.gz').equals(first)).toBe(true);
    const there = unpacked('there', { names: NAMES.toReversed(), day: 2_000, mode: 0o711 });
    expect(pack(there, 'third.tar.gz').equals(first)).toBe(true);
  });

  it('holds the program below its name, owned by root, and as old as the commit', () => {
    pack(unpacked('here', { names: NAMES, day: 1_000, mode: 0o777 }), 'made.tar.gz');
    const listed = execFileSync('tar', ['-tvzf', join(folder, 'made.tar.gz'), '--utc', '--full-time'], {
      encoding: 'utf8',
    });
    expect(listed).toMatch(
      /^-rwxr-xr-x 0\/0 +11 2023-11-14 22:13:20 countersign-1\.2\.3-linux-x64\/countersign$/m,
    );
    expect(listed).toMatch(/^-rw-r--r-- 0\/0 .* countersign-1\.2\.3-linux-x64\/resources\/app\.asar$/m);
  });

  it('is told as not made when it cannot be written', () => {
    const from = unpacked('here', { names: NAMES, day: 1_000, mode: 0o777 });
    const target = join(folder, 'not there', 'made.tar.gz');
    expect(makeArchive({ folder: from, called: 'c', epoch: '1', level: 1, target }).status).not.toBe(0);
  });
});
