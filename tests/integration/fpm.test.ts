/** @file Linux packages are the same to the byte from the same files, and hold what electron-builder asked for. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/bootstrap.mjs';

const run = promisify(execFile);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fpm-'));
  const program = join(folder, 'program');
  mkdirSync(join(program, 'resources'), { recursive: true });
  writeFileSync(join(program, 'countersign'), '#!/bin/sh\n', { mode: 0o775 });
  writeFileSync(join(program, 'resources', 'app.asar'), 'archive', { mode: 0o600 });
  writeFileSync(join(folder, 'install'), '#!/bin/bash\necho 100%\n');
  writeFileSync(join(folder, 'remove'), '#!/bin/sh\necho removed\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As electron-builder calls it (FpmTarget.js). */
async function make(type: 'deb' | 'rpm', made: string, version = '1.2.3'): Promise<string> {
  const options: Readonly<Record<string, string>> = {
    '-t': type,
    '--architecture': type === 'deb' ? 'amd64' : 'x86_64',
    '--after-install': join(folder, 'install'),
    '--after-remove': join(folder, 'remove'),
    '--description': 'Confirm an address\n with a code',
    '--version': version,
    '--package': made,
    '--name': 'countersign',
    '--maintainer': 'The authors <nobody@countersign.invalid>',
    '--url': 'https://countersign.invalid',
    '--license': 'MIT',
    '-d': 'libsecret-1-0',
    '--deb-recommends': 'gnome-keyring',
  };
  // By somebody whose files are private.
  await run(
    'sh',
    [
      ...['-c', 'umask 077; exec "$@"', 'sh', process.execPath],
      join(ROOT, 'scripts/packaging/fpm.mjs'),
      ...['-s', 'dir', '--force', ...Object.entries(options).flat()],
      `${join(folder, 'program')}/=/opt/Countersign Desk`,
    ],
    { env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000', PACKAGE_COMPRESSION: '1' } },
  );
  return made;
}

describe.runIf(process.platform === 'linux').each(['deb', 'rpm'] as const)('a %s', (type) => {
  it('is the same to the byte when it is made again, from files of another age', async () => {
    const first = await make(type, join(folder, `first.${type}`));
    utimesSync(join(folder, 'program', 'countersign'), 1, 1);
    const second = await make(type, join(folder, `second.${type}`));
    expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
  });

  it('belongs to root, is as old as the commit, and names what it needs', async () => {
    const made = await make(type, join(folder, `third.${type}`));
    if (type === 'deb') {
      const { stdout: listed } = await run('dpkg-deb', ['-c', made], { env: { ...process.env, TZ: 'UTC' } });
      expect(listed).toMatch(
        /-rwxr-xr-x root\/root +10 2023-11-14 22:13 \.\/opt\/Countersign Desk\/countersign/,
      );
      expect(listed).toMatch(/-rw-r--r-- root\/root +7 2023-11-14 22:13 .*app\.asar/);
      expect(listed).toMatch(/^drwxr-xr-x root\/root .* \.\/$/m);
      const { stdout: fields } = await run('dpkg-deb', ['-f', made]);
      expect(fields).toMatch(/^Depends: libsecret-1-0$/m);
      expect(fields).toMatch(/^Recommends: gnome-keyring$/m);
    } else {
      const format = '[%{FILENAMES} %{FILEUSERNAME} %{FILEMODES:perms} %{FILEMTIMES}\n]';
      const { stdout: listed } = await run('rpm', ['-qp', '--queryformat', format, made]);
      expect(listed).toContain('/opt/Countersign Desk/countersign root -rwxr-xr-x 1700000000\n');
      // A folder that it does not name would stay when it is removed.
      expect(listed).toMatch(/^\/opt\/Countersign Desk root drwxr-xr-x /m);
      expect(listed).toMatch(/^\/opt\/Countersign Desk\/resources root drwxr-xr-x /m);
      expect(listed).not.toMatch(/^\/opt /m);
      const { stdout: needs } = await run('rpm', ['-qpR', made]);
      expect(needs).toMatch(/^libsecret-1-0$/m);
      const { stdout: scripts } = await run('rpm', ['-qp', '--scripts', made]);
      expect(scripts).toMatch(/^postinstall scriptlet \(using \/bin\/bash\):\n[^]*echo 100%\n/m);
    }
  });

  it('says in one line why it cannot be made', async () => {
    await expect(make(type, join(folder, `none.${type}`), 'of no version')).rejects.toMatchObject({
      stderr: expect.stringMatching(/^fpm\.mjs: (dpkg-deb|rpmbuild): .+\n/) as unknown,
    });
  });
});

it.runIf(process.platform === 'linux').each([
  // rpm says how many versions are left, and runs the older one's script when the newer one is in place.
  ['upgraded', '1', ''],
  ['removed', '0', 'removed\n'],
])('an rpm that is %s takes away what it made itself only with the last version', async (_, left, did) => {
  const made = await make('rpm', join(folder, 'removable.rpm'));
  const { stdout: script } = await run('rpm', ['-qp', '--queryformat', '%{POSTUN}', made]);
  expect((await run('sh', ['-c', script, 'sh', left])).stdout).toBe(did);
});
