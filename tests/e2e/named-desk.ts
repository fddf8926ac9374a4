/** @file A desk whose people have names: Petra, the owner, with a PIN, and Anna without one. */
import type { Page } from 'playwright-core';
import { clerkAt } from './clerk.ts';

/** The owner's. */
export const PIN = '482715';

export async function nameOperators(page: Page): Promise<void> {
  await clerkAt(page).openSettings('Operators and lock');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByLabel('Your name').fill('Petra');
  await page.getByLabel('New PIN').fill(PIN);
  await page.getByLabel('The same PIN again').fill(PIN);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have written it down' }).click();
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Anna');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Change Anna' }).waitFor();
}
