/** @file How an account on another mail server is set up in the window. */
import type { Page } from 'playwright-core';
import type { MailPeers } from '../integration/peers/postfix.ts';

/** An account that can be set up. */
export interface Account extends Pick<MailPeers, 'address' | 'host' | 'submissionsPort' | 'password'> {
  /** Where its own mailbox is; null when it has none. */
  readonly imapsPort: number | null;
}

/** From the welcome screen to the desk, by way of a live test that succeeds; `choose` finds the form filled in. */
export async function setUpServer(
  page: Page,
  account: Account,
  choose: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await page.getByRole('button', { name: /^Another mail server/ }).click();
  await fillServer(page, account);
  await choose();
  await testAndSave(page);
  await page.getByRole('heading', { name: 'Who are you verifying?' }).waitFor();
}

/** The same in the window of an earlier version: what it asks before the password goes out is answered with yes. */
export async function setUpEarlier(page: Page, account: Account): Promise<void> {
  await page.getByRole('button', { name: /^Another mail server/ }).click();
  await fillServer(page, account);
  await page.getByRole('button', { name: 'Test and save' }).click();
  const desk = page.getByRole('heading', { name: 'Who are you verifying?' });
  const yes = page.getByRole('button', { name: /^(?:Send it to |Continue$)/ });
  for (;;) {
    await desk.or(yes).first().waitFor();
    if (await desk.isVisible()) return;
    const answered = await yes.first().elementHandle();
    await answered.click();
    await answered.waitForElementState('hidden');
  }
}

/**
 * The first test of a form. The mail service's authority is none that every computer knows, so that the owner is asked
 * about it before the password goes out.
 */
export async function testAndSave(page: Page): Promise<void> {
  await testAgain(page);
  const question = page.getByText(/^This connection is opened by .+, an authority this computer/);
  await question.waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** A later test of the same form, which has kept what was said about its authority. */
export async function testAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Test and save' }).click();
  // The mail service is on this computer, and not in its own domain.
  await page.getByRole('button', { name: /^Send it to / }).click();
}

/** What is filled into set-up. */
export interface ServerEntry {
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

/** Opens a part of the form that is folded, unless it is open. */
async function unfold(page: Page, title: string): Promise<void> {
  const row = page.locator('details', { has: page.locator('summary', { hasText: new RegExp(`^${title}`) }) });
  if ((await row.getAttribute('open')) === null) await row.locator('summary').click();
}

/** Fills the form in; `change` makes it wrong in one place. */
export async function fillServer(
  page: Page,
  account: Account,
  change: Partial<ServerEntry> = {},
): Promise<void> {
  const { address, host, port, password } = { ...account, port: account.submissionsPort, ...change };
  await page.getByLabel('Email address').fill(address);
  await unfold(page, 'Server');
  await page.getByLabel('Outgoing server').fill(host);
  await page.getByLabel('Port', { exact: true }).fill(String(port));
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Business name').fill('Harbour Clinic');
  await unfold(page, 'Mailbox and password');
  if (account.imapsPort === null) await page.getByLabel('Tell me when a mail cannot be delivered').uncheck();
  else await page.getByLabel('Inbox port').fill(String(account.imapsPort));
}
