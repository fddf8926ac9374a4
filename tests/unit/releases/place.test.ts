/** @file Which copies of the program can be replaced by themselves: only those that lie in the person's own hands. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import configuration from '../../../electron-builder.ts';
import { type Here, placeOf, UNINSTALLER } from '../../../src/main/releases/place.ts';
import { HERE } from '../../fakes/releases.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-place-'));
afterAll(() => rmSync(folder, { recursive: true }));
const mount = join(folder, 'mount');
const image = join(folder, 'Countersign.AppImage');
mkdirSync(mount);
writeFileSync(image, 'the program');
writeFileSync(join(mount, 'AppRun'), 'a script');
symlinkSync(image, join(folder, 'link.AppImage'));

const ways = (here: Partial<Here>) => placeOf({ ...HERE, ...here }).way;

describe('on Linux', () => {
  const running = { execPath: join(mount, 'countersign'), env: { APPIMAGE: image, APPDIR: mount } };

  it('is an AppImage what runs from its mount', () => {
    expect(placeOf({ ...HERE, ...running, arch: 'arm64' })).toMatchObject({
      way: 'appimage',
      wanted: { system: 'linux', arch: 'arm64', kind: 'appimage' },
    });
  });

  it.each([
    ['an installed package', { env: {}, execPath: '/opt/Countersign/countersign' }],
    ['a package that another AppImage has started', { execPath: '/opt/Countersign/countersign' }],
    ['a neighbour of the mount', { execPath: `${mount}-2/countersign` }],
    ['an AppImage that was unpacked', { env: { APPIMAGE: join(mount, 'AppRun'), APPDIR: mount } }],
    ['no mount', { env: { APPIMAGE: image } }],
    ['a file that is gone', { env: { APPIMAGE: join(folder, 'gone'), APPDIR: mount } }],
    ['a link', { env: { APPIMAGE: join(folder, 'link.AppImage'), APPDIR: mount } }],
    ['a folder', { env: { APPIMAGE: folder, APPDIR: mount } }],
    // It is there, from where the tests run.
    ['a place that is not named from the root', { env: { APPIMAGE: 'package.json', APPDIR: mount } }],
  ])('is none: %s [T-install-own-appimage]', (_what, here) => {
    expect(ways({ ...running, ...here })).toBe('package');
  });

  it('is none: a file of another person', () => {
    const uid = vi.spyOn(process, 'getuid').mockReturnValue(4_294_967_294);
    expect(ways(running)).toBe('package');
    uid.mockRestore();
    expect(ways(running)).toBe('appimage');
  });

  it('is none: a file in a folder that may not be written to', () => {
    chmodSync(folder, 0o500);
    // Root may write everywhere.
    expect(ways(running)).toBe(process.getuid?.() === 0 ? 'appimage' : 'package');
    chmodSync(folder, 0o700);
  });
});

describe('on Windows', () => {
  const own = 'C:\\Users\\mia\\AppData\\Local';
  const program = `${own}\\Programs\\countersign`;
  const running: Partial<Here> = {
    platform: 'win32',
    execPath: `${program}\\Countersign.exe`,
    env: { LOCALAPPDATA: own },
    isThere: (path) => path === `${program}\\${UNINSTALLER}`,
  };

  it('runs the installer over what it has installed for this person', () => {
    expect(UNINSTALLER).toBe(`Uninstall ${configuration.productName}.exe`);
    expect(placeOf({ ...HERE, ...running })).toMatchObject({
      way: 'installer',
      wanted: { system: 'win32', arch: 'x64', kind: 'nsis' },
    });
  });

  it.each<[string, Partial<Here>]>([
    ['was unpacked', { isThere: () => false }],
    ['is for all', { execPath: 'C:\\Program Files\\Countersign\\Countersign.exe', isThere: () => true }],
    ['lies beside the own folder', { execPath: `${own}Low\\Countersign.exe`, isThere: () => true }],
    ['knows of no own folder', { env: {} }],
  ])('only tells where it %s', (_what, here) => {
    expect(ways({ ...running, ...here })).toBe('unpacked');
  });
});

it('only tells on macOS, where a program that replaces itself has to be signed', () => {
  expect(ways({ platform: 'darwin' })).toBe('macos');
});
