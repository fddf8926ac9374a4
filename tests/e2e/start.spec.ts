/** @file The start: the window comes before everything that can wait or hang, and nothing is fetched. */
import { readdirSync } from 'node:fs';
import { startSecretService } from '../integration/peers/secret-service.ts';
import { clerkAt } from './clerk.ts';
import { expect, test } from './fixture.ts';

test('the window is there while the keychain hangs, says what it waits for, and opens the desk once it answers', async ({
  desk,
}) => {
  const keychain = await startSecretService();
  try {
    keychain.freeze();
    await desk.restart(keychain.env);
    await expect(desk.page.getByText(/^Waiting for the keychain of this computer/)).toBeVisible();
    keychain.thaw();
    await expect(clerkAt(desk.page).heading).toHaveText(/Confirm that somebody controls an email address/);
  } finally {
    keychain.thaw();
    await keychain.stop();
  }
});

test('a start asks no server for anything, and leaves only files in the profile that the README names', async ({
  desk,
}) => {
  await clerkAt(desk.page).startPractice();
  // Electron's spelling dictionaries, which neither the page's policy nor webRequest would see.
  expect(desk.program.output()).not.toContain('spell checker');
  const ours = ['logs', 'settings.db', 'verifications.db', 'keychain-entry', 'SingletonLock'];
  // Chromium's own, on Electron: its caches and settings, in a folder of their own.
  const chromiums = ['chromium', 'SingletonCookie', 'SingletonSocket', 'Local State', 'lockfile'];
  const others = readdirSync(desk.profileDir).filter(
    (name) => ![...ours, ...chromiums].includes(name.replace(/-(wal|shm)$/, '')),
  );
  expect(others).toEqual([]);
});
