/**
 * @file A day with operators and an owner, in the window, on a real keychain: turned on, locked, guessed at, recovered; and
 * no file that is removed takes the PIN along.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { clerkAt } from './clerk.ts';
import { expect } from './fixture.ts';
import { setUpServer, test } from './peers.ts';

const PIN = '482715';
const lockKey = 'Control+l';

const settings = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Settings' });
const saveName = (page: Page) =>
  page.evaluate(() => window.countersign.settings.saveName({ name: 'Elsewhere Ltd' }));

test('operators and owner: turned on, kept apart, locked, recovered, and never removed with a file [T-operators-day]', async ({
  desk,
  peers,
}) => {
  test.setTimeout(240_000);
  await setUpServer(desk.page, peers);
  let recoveryCode = '';

  await test.step('the owner turns it on and writes the recovery code down', async () => {
    const { page } = desk;
    await clerkAt(page).openSettings('Operators and lock');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByLabel('Your name').fill('Petra');
    await page.getByLabel('New PIN').fill(PIN);
    await page.getByLabel('The same PIN again').fill('482716');
    await page.keyboard.press('Enter');
    await expect(page.getByText('The two are not the same.').first()).toBeVisible();
    await page.getByLabel('The same PIN again').fill(PIN);
    await page.keyboard.press('Enter');
    const code = page.getByText(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/);
    await expect(code).toBeVisible();
    recoveryCode = (await code.textContent()) ?? '';
    await page.keyboard.press('Escape');
    await expect(code, 'it is shown once, and not lost by a key').toBeVisible();
    await page.getByRole('button', { name: 'I have written it down' }).click();
    await expect(code).toBeHidden();
  });

  await test.step('people are added, one with a PIN', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Anna');
    await page.getByLabel('Ask for a PIN').check();
    await page.getByLabel('PIN for Anna').fill('1234');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/first one anybody would try/).first()).toBeVisible();
    await page.getByLabel('PIN for Anna').fill('5093');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Change Anna' })).toBeVisible();
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Karim');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Change Karim' })).toBeVisible();
  });

  await test.step('the key locks the desk: it shows a question and nothing else', async () => {
    const { page } = desk;
    await page.keyboard.press(lockKey);
    await expect(clerkAt(page).heading).toHaveText('Who is at the desk?');
    await expect(settings(page)).toBeHidden();
    expect(await page.locator('body').innerText()).not.toContain('@');
    expect(await saveName(page)).toEqual({ ok: false, problem: { code: 'no-access', needs: 'owner' } });
  });

  await test.step('a wrong PIN lets nobody in, the right one does', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: /^Anna/ }).click();
    await page.getByLabel('PIN of Anna').fill('5039');
    await page.keyboard.press('Enter');
    await expect(page.getByText('That is not the PIN.').first()).toBeVisible();
    await page.getByLabel('PIN of Anna').fill('5093');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Anna/ })).toBeVisible();
    expect(await saveName(page)).toEqual({ ok: false, problem: { code: 'no-access', needs: 'owner' } });
  });

  await test.step('settings ask for the owner, where one is; "Not now" changes nothing', async () => {
    const { page } = desk;
    await clerkAt(page).heading.waitFor();
    await clerkAt(page).address.fill('mia@example.test');
    await settings(page).click();
    const asked = page.getByRole('dialog', { name: 'This needs the owner’s PIN' });
    await asked.getByRole('button', { name: 'Not now' }).click();
    await expect(asked).toBeHidden();
    await expect(clerkAt(page).address).toHaveValue('mia@example.test');
    await settings(page).click();
    await asked.getByLabel('Owner’s PIN').fill(PIN);
    await page.keyboard.press('Enter');
    await expect(clerkAt(page).heading).toHaveText('Settings: Operators and lock');
    await page.keyboard.press('Escape');
    await expect(clerkAt(page).address, 'what was typed is still there').toHaveValue('mia@example.test');
    expect(await saveName(page), 'the owner’s time ends on the way back').toMatchObject({ ok: false });
  });

  await test.step('a restart locks; removing every file removes no PIN', async () => {
    await desk.restart();
    await expect(clerkAt(desk.page).heading).toHaveText('Who is at the desk?');
    await desk.close();
    for (const file of readdirSync(desk.profileDir))
      if (file.includes('.db')) rmSync(join(desk.profileDir, file));
    await desk.restart();
    await expect(clerkAt(desk.page).heading).toHaveText('Who is at the desk?');
    expect(await saveName(desk.page)).toMatchObject({ ok: false, problem: { code: 'no-access' } });
    const kept = await peers.keychainOf(desk.profileDir);
    expect([...kept.keys()]).toContain('access');
    for (const secret of [PIN, '5093', recoveryCode])
      expect([...kept.values()].join(' ')).not.toContain(secret);
  });

  await test.step('the recovery code sets another PIN', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Owner', exact: true }).click();
    await page.getByRole('button', { name: 'Forgotten?' }).click();
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode.toLowerCase());
    await page.getByRole('textbox', { name: 'New PIN' }).fill('730164');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'I have written it down' }).click();
    await page.getByLabel('Owner’s PIN').fill('730164');
    await page.keyboard.press('Enter');
    await expect(clerkAt(page).heading).not.toHaveText('Who is at the desk?');
    expect(await saveName(page)).toEqual({ ok: true, value: null });
  });

  const crossed = JSON.stringify(desk.trace());
  expect(crossed.split(recoveryCode).length - 1, 'the recovery code crossed once').toBe(1);
});
