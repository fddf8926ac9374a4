/**
 * @file A mail that comes back, on the real program with a real Postfix that returns it and a real Dovecot whose
 * inbox is watched: the screen says so, and what to do.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clerkAt } from './clerk.ts';
import { expect } from './fixture.ts';
import { setUpServer, test } from './peers.ts';
import { GONE } from '../integration/peers/postfix.ts';

const PICTURES = resolve(import.meta.dirname, '../../out/e2e');
test.beforeAll(() => void mkdirSync(PICTURES, { recursive: true }));

test('a mail that comes back is said on the screen and in the rail, with what to do, and after a restart', async ({
  desk,
  peers,
}) => {
  const { page } = desk;
  await setUpServer(page, peers, async () => {
    await expect(page.getByLabel('Tell me when a mail cannot be delivered')).toBeChecked();
    await page.screenshot({ path: join(PICTURES, 'setup-inbox-light.png'), fullPage: true });
  });
  const clerk = clerkAt(page);

  await clerk.sendTo(GONE);
  await expect(page.getByText('Not delivered: there is no such mailbox', { exact: true })).toBeVisible({
    timeout: 20_000,
  });
  await expect(page.getByText('The delivery report says 5.1.1.')).toBeVisible();
  await expect(clerk.row(GONE)).toContainText('Not delivered');
  await page.screenshot({ path: join(PICTURES, 'returned-light.png') });

  await test.step('it is still said after a restart, and another address goes on from there', async () => {
    await desk.restart();
    const after = clerkAt(desk.page);
    await after.row(GONE).click();
    await expect(
      desk.page.getByText('Not delivered: there is no such mailbox', { exact: true }),
    ).toBeVisible();
    await desk.page.getByRole('button', { name: 'Change address' }).click();
    await after.sendTo('mia@example.test');
    await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
    await expect(after.row('mia@example.test')).not.toContainText('Not delivered');
  });
});
