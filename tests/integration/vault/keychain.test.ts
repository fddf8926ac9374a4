/** @file The keychain vault against a real Secret Service, in each of its states. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stoppedAfterEach } from '../../fakes/stops.ts';
import { startPrivateBus, startSecretService } from '../peers/secret-service.ts';
import { startVaultProcess, type VaultProcess } from './vault-process.ts';
import { fail, ok } from '../../../src/shared/result.ts';

/** Short enough to wait for, and only ever waited for where nothing will answer. */
const IMPATIENT_MS = 300;

const opened = stoppedAfterEach();
const vaultIn = (env: Readonly<Record<string, string>>, timeoutMs?: number): VaultProcess =>
  opened(startVaultProcess(env, timeoutMs));

it('keeps what it is given until it is removed', async () => {
  const service = opened(await startSecretService());
  const { vault } = vaultIn(service.env);
  const longest = 'x~ '.repeat(700).slice(0, 2000);

  expect(await vault.state()).toBe('available');
  expect(await vault.read('app-password')).toEqual(ok(null));
  expect(await vault.write('app-password', 'abcdefghijklmnop')).toEqual(ok(null));
  expect(await vault.write('app-password', 'ponmlkjihgfedcba')).toEqual(ok(null));
  expect(await vault.write('keys', longest)).toEqual(ok(null));
  expect(await vault.read('app-password')).toEqual(ok('ponmlkjihgfedcba'));
  expect(await vault.remove('app-password')).toEqual(ok(null));
  expect(await vault.remove('app-password')).toEqual(ok(null));
  expect(await vault.read('app-password')).toEqual(ok(null));
  expect(await vault.read('keys')).toEqual(ok(longest));
});

it('keeps it for the next run of the program', async () => {
  const service = opened(await startSecretService());
  const before = vaultIn(service.env);
  await before.vault.write('anchor', '7');
  await before.stop();
  expect(await vaultIn(service.env).vault.read('anchor')).toEqual(ok('7'));
});

it('answers calls made at once, in the order they were made', async () => {
  const service = opened(await startSecretService());
  const { vault } = vaultIn(service.env);
  const calls = Array.from({ length: 20 }, (_, n) => [
    vault.write('anchor', String(n)),
    vault.read('anchor'),
  ]).flat();
  const answers = await Promise.all(calls);
  expect(answers.filter((_, index) => index % 2 === 1)).toEqual(
    Array.from({ length: 20 }, (_, n) => ok(String(n))),
  );
});

it('writes nothing readable into the home folder, and nothing to its output [T-keychain-unreadable]', async () => {
  const service = opened(await startSecretService());
  const program = vaultIn(service.env);
  await program.vault.write('app-password', 'abcdefghijklmnop');
  const files = (await readdir(service.home, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const contents = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name))));
  // Else the search would prove nothing: the keyring's own file is among them.
  expect(files.map((entry) => entry.name)).toContain('login.keyring');
  for (const encoding of ['utf8', 'utf16le'] as const)
    expect(contents.filter((bytes) => bytes.includes(Buffer.from('abcdefghijklmnop', encoding)))).toEqual([]);
  expect(program.output()).toBe('');
});

it('says locked, and never "nothing there", for what lies in a locked keychain', async () => {
  const service = opened(await startSecretService());
  const { vault } = vaultIn(service.env);
  await vault.write('keys', 'precious');
  await service.lock();

  const locked = fail('locked');
  expect(await vault.state()).toBe('locked');
  expect(await vault.read('keys')).toEqual(locked);
  expect(await vault.write('keys', 'other')).toEqual(locked);
  expect(await vault.remove('keys')).toEqual(locked);

  await service.unlock();
  expect(await vault.state()).toBe('available');
  expect(await vault.read('keys')).toEqual(ok('precious'));
});

it('says missing when there is no D-Bus', async () => {
  const { vault } = vaultIn({ HOME: '/nonexistent', XDG_RUNTIME_DIR: '/nonexistent' });
  expect(await vault.state()).toBe('missing');
  expect(await vault.read('keys')).toEqual(fail('missing'));
  expect(await vault.write('keys', 'x')).toEqual(fail('missing'));
  expect(await vault.remove('keys')).toEqual(fail('missing'));
});

it('says missing on a desktop where nothing starts a D-Bus', async () => {
  const { vault } = vaultIn({
    HOME: '/nonexistent',
    XDG_RUNTIME_DIR: '/nonexistent',
    DISPLAY: ':0',
    PATH: '',
  });
  expect(await vault.state()).toBe('missing');
});

it('says missing when the D-Bus has no Secret Service', async () => {
  const bus = opened(await startPrivateBus());
  expect(await vaultIn(bus.env).vault.state()).toBe('missing');
});

it('says missing when the D-Bus of the session has ended', async () => {
  const bus = await startPrivateBus();
  await bus.stop();
  expect(await vaultIn(bus.env).vault.state()).toBe('missing');
});

it('says missing without libsecret, and finds it without a restart once it is installed', async () => {
  const service = opened(await startSecretService());
  const libraries = await mkdtemp(join(tmpdir(), 'libraries-'));
  // The loader looks here first and stops at a file that is no library.
  const broken = join(libraries, 'libsecret-1.so.0');
  await writeFile(broken, 'not a library');
  const { vault } = vaultIn({ ...service.env, LD_LIBRARY_PATH: libraries });
  expect(await vault.state()).toBe('missing');
  await rm(libraries, { recursive: true });
  expect(await vault.state()).toBe('available');
});

it('stops waiting for a service that hangs, never makes the calls it gave up, and goes on afterwards', async () => {
  const service = opened(await startSecretService());
  await vaultIn(service.env).vault.write('anchor', '1');
  const { vault } = vaultIn(service.env, IMPATIENT_MS);
  service.freeze();
  // The frozen service swallows the first call; the one behind it waits for its turn and must give up as well.
  expect(await Promise.all([vault.read('anchor'), vault.write('anchor', '2')])).toEqual([
    fail('locked'),
    fail('locked'),
  ]);
  expect(await vault.isBusy()).toBe(true);

  service.thaw();
  await expect.poll(() => vault.read('anchor'), { timeout: 30_000 }).toEqual(ok('1'));
  expect(await vault.isBusy()).toBe(false);
});
