/**
 * @file The settings in the window: what is changed holds at once and is undone with a press, and what is typed is stored
 * wherever one goes from there, out of the window too.
 */
import type { Page } from '@playwright/test';
import type { Choices } from '../../src/shared/choices.ts';
import { clerkAt } from './clerk.ts';
import { expect } from './fixture.ts';
import { setUpServer, test } from './peers.ts';

const choicesNow = (page: Page): Promise<Choices> =>
  page.evaluate(async () => {
    const view = await window.countersign.desk.view();
    if (!view.ok) throw new Error(view.problem.code);
    return view.value.choices;
  });

test('a change holds at once, stays over a restart, and is undone with a press', async ({ desk, peers }) => {
  await setUpServer(desk.page, peers);
  await clerkAt(desk.page).openSettings('Policy');
  await desk.page.getByLabel('Digits in a code').selectOption('8');
  await expect.poll(() => choicesNow(desk.page)).toMatchObject({ codeLength: 8 });
  await desk.page.getByRole('button', { name: 'Undo: Digits in a code' }).click();
  await expect.poll(() => choicesNow(desk.page)).toMatchObject({ codeLength: 6 });
  await desk.page.getByLabel('Guesses at one code').selectOption('3');
  await expect.poll(() => choicesNow(desk.page)).toMatchObject({ guesses: 3 });
  await desk.restart();
  expect(await choicesNow(desk.page)).toMatchObject({ codeLength: 6, guesses: 3 });
});

test('what is typed is stored wherever one goes from it, and what is refused waits in its field', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  const clerk = clerkAt(desk.page);
  const sentence = desk.page.getByLabel('A sentence of your own');

  await clerk.openSettings('Message');
  await sentence.fill('Left by Escape');
  await desk.page.keyboard.press('Escape');
  await expect(clerk.address).toBeVisible();
  expect(await choicesNow(desk.page)).toMatchObject({ sentence: 'Left by Escape' });

  await clerk.openSettings('Message');
  await desk.page.getByLabel('Your website').fill('clinic');
  await sentence.fill('Left by the index');
  await clerk.openSettings('Policy');
  expect(await choicesNow(desk.page)).toMatchObject({ sentence: 'Left by the index', origin: '' });
  await desk.page.reload();
  await clerk.openSettings('Message');
  await expect(desk.page.getByLabel('Your website'), 'refused, and still there').toHaveValue('clinic');
  await expect(desk.page.getByRole('main')).toContainText('not the address of a website');

  await sentence.fill('Left by closing the window');
  await desk.page.close({ runBeforeUnload: true });
  await desk.program.ended;
  await desk.restart();
  expect(await choicesNow(desk.page)).toMatchObject({ sentence: 'Left by closing the window' });
});

test('an own purpose goes from the settings into the mail and the history as it was typed', async ({
  desk,
}) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  await clerk.openSettings('Purposes');
  await page.getByRole('button', { name: 'Add a purpose' }).click();
  await page.getByLabel('Name of the purpose').fill('Home <visit>');
  await page.getByRole('button', { name: 'Ask for a detail' }).click();
  await page.getByLabel('Name of detail 1').fill('amount');
  await page.keyboard.press('Escape');

  // The settings may show the same words until they are left.
  await expect(page.getByRole('heading', { name: 'Who are you verifying?' })).toBeVisible();
  await page.getByText('Home <visit>', { exact: true }).click();
  await page.getByLabel('amount', { exact: true }).fill('two hours');
  await clerk.sendTo('mia@example.com');
  await expect(page.getByText(/^Handed to/)).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Home <visit>, two hours');
  const mail = page.locator('iframe.mail-frame').first().contentFrame();
  await expect(mail.getByText('Home <visit>')).toBeVisible();
  await expect(mail.getByText('amount:'), 'as it was named, and not as one of ours').toBeVisible();
  await clerk.typeCode(await clerk.practiceCode());
  await expect(clerk.heading).toHaveText('Verified');

  // It is removed: what was made with it keeps it, and nothing new is.
  const request = { purpose: 'Home <visit>', details: [{ name: 'amount', value: 'x' }] };
  await clerk.openSettings('Purposes');
  await page.getByRole('button', { name: 'Remove Home <visit>' }).click();
  await expect(page.getByLabel('Name of the purpose')).toBeHidden();
  const refused = await page.evaluate(
    (asked) => window.countersign.verification.start({ address: 'sam@example.com', request: asked }),
    request,
  );
  expect(refused).toEqual({ ok: false, problem: { code: 'purpose-gone' } });
  await page.getByRole('banner').getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('main').getByText('Home <visit>, two hours')).toBeVisible();
});
