/**
 * @file The practice journey through every screen: what each says, that it can be worked by keyboard alone, that it
 * has no accessibility violation in light and dark, narrow and enlarged, and that leaving practice leaves nothing.
 */
import { requestOf } from '../../src/shared/request.ts';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { clerkAt } from './clerk.ts';
import { expect, test } from './fixture.ts';
import { wrong } from '../fakes/wrong-code.ts';

const PICTURES = resolve(import.meta.dirname, '../../out/e2e');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The sizes that people use: the window as it opens, a narrow one, and the window at 200 %. */
const SIZES = [
  { name: 'window', width: 1180, height: 800 },
  { name: 'narrow', width: 390, height: 760 },
  { name: 'enlarged', width: 590, height: 400 },
] as const;

/** Runs axe and looks for sideways scrolling, in both colours and at every size; leaves the pictures. */
async function inspect(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const { name: size, width, height } of SIZES) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}-${size}.png`) });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, `${name}, ${size}: scrolls sideways by ${wide} px`).toBeLessThanOrEqual(0);
      expect(await violations(page), `${name}, ${colorScheme}, ${size}`).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(before ?? { width: 1180, height: 800 });
}

async function violations(page: Page): Promise<readonly string[]> {
  // Not as a <script> of the page, which its policy forbids: as the browser's own tools do it.
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const results = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<AxeResults> } };
    return axe.run();
  });
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test.beforeAll(() => mkdirSync(PICTURES, { recursive: true }));

test('every screen of the practice journey says what it must and has no accessibility violation', async ({
  desk,
}) => {
  test.slow();
  const { page } = desk;
  const clerk = clerkAt(page);
  await inspect(page, 'welcome');
  for (const way of ['Gmail', 'Google Workspace', 'Another mail server']) {
    await page.getByRole('button', { name: new RegExp(`^${way}`) }).click();
    await expect(clerk.heading).toContainText(/^Send from/);
    await inspect(page, `setup-${way.toLowerCase().replaceAll(' ', '-')}`);
    await page.locator('main').getByRole('button', { name: 'Back' }).click();
  }

  await clerk.startPractice();
  expect(await desk.program.title()).toContain('Practice');
  await expect(page.getByRole('banner')).toContainText('Practice: what you try stays on this computer');
  await clerk.address.fill('mia.keller@gmial.com');
  await expect(page.getByRole('button', { name: 'Use mia.keller@gmail.com' })).toBeVisible();
  await inspect(page, 'address');

  await page.getByRole('button', { name: 'Use mia.keller@gmail.com' }).click();
  await expect(clerk.address).toHaveValue('mia.keller@gmail.com');
  await clerk.choosePayment('€49.90', 'Harbour Clinic');
  await clerk.send.click();
  await expect(page.getByText(/^Handed to the practice server/)).toBeVisible();
  await inspect(page, 'code');

  const code = await clerk.practiceCode();
  await clerk.typeCode(wrong(code));
  await expect(page.getByText('That is not the code. 4 guesses left.').first()).toBeVisible();
  await inspect(page, 'wrong');
  await clerk.typeCode(code);
  await expect(clerk.heading).toHaveText('Verified');
  await expect(page.getByRole('main')).toContainText('Practice: this proves nothing.');
  await inspect(page, 'verified');

  await clerkAt(page).next();
  await clerk.sendTo('sam@example.com');
  await expect(page.getByText(/^Handed to/)).toBeVisible();
  const second = await clerk.practiceCode();
  for (let guess = 0; guess < 5; guess += 1) {
    await expect(clerk.code).toBeEnabled();
    await expect(clerk.code).toHaveValue('');
    await clerk.typeCode(wrong(second));
    if (guess < 4) await expect(page.getByText(`${4 - guess} guess`).first()).toBeVisible();
  }
  await expect(clerk.heading).toHaveText('Too many wrong codes');
  await inspect(page, 'locked');

  await clerk.openSettings('Policy');
  await expect(page.getByRole('main')).toContainText('1 in 200,000');
  await expect(page.getByRole('main')).toContainText('1 in 50,000');
  await inspect(page, 'settings');
});

test('a mail of practice is shown as people get it, in a frame that can do nothing [T-mail-frame]', async ({
  desk,
}) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  await clerk.sendTo('mia@example.com');
  const code = await clerk.practiceCode();
  const frame = page.locator('iframe.mail-frame');
  const mail = page.frameLocator('iframe.mail-frame');
  const background = () => mail.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  await expect(
    mail
      .getByText(code.replace(/^(.{3})/, '$1 '))
      .or(mail.getByText(code))
      .first(),
  ).toBeVisible();
  const light = await background();
  await page.getByText('Dark', { exact: true }).click();
  await expect(mail.locator('body')).toBeVisible();
  await expect.poll(background).not.toBe(light);

  // A page gone bad takes the attribute away: the answer's own policy still gives the mail no origin and no script.
  const address = await frame.getAttribute('src');
  await frame.evaluate((element, src) => {
    element.removeAttribute('sandbox');
    element.setAttribute('src', `${src}?again`);
    element.setAttribute('src', src ?? '');
  }, address);
  await expect(mail.locator('body')).toBeVisible();
  expect(await mail.locator('body').evaluate(() => [self.origin, 'countersign' in window])).toEqual([
    'null',
    false,
  ]);
  // And nothing else can be framed, not even the page itself.
  for (const elsewhere of [
    'https://example.test/',
    'app://countersign/index.html',
    'data:text/html,hello',
    'app://mail/none',
  ]) {
    await frame.evaluate((element, src) => {
      element.setAttribute('src', src);
    }, elsewhere);
    await expect(mail.getByText(code), elsewhere).toBeHidden();
    expect(
      page
        .frames()
        .every((each) => each === page.mainFrame() || !/example\.test|index\.html|hello/.test(each.url())),
    ).toBe(true);
  }
});

test('a reload comes back to the same screen, with what was typed', async ({ desk }) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  await clerk.address.fill('half-typed@exam');
  await clerk.choosePayment('€12', 'Harbour');
  await expect
    .poll(async () => {
      const view = await page.evaluate(() => window.countersign.desk.view());
      return view.ok && view.value.draft;
    })
    .toEqual({
      address: 'half-typed@exam',
      request: requestOf('payment', { amount: '€12', payee: 'Harbour' }),
    });
  await page.reload();
  await expect(clerk.address).toHaveValue('half-typed@exam');
  await expect(page.getByLabel('Amount')).toHaveValue('€12');
});

test('a whole verification can be done with the keyboard alone', async ({ desk }) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  await expect(clerk.address).toBeFocused();
  await page.keyboard.type('keys@example.com');
  await page.keyboard.press('Enter');
  await expect(clerk.code).toBeFocused();
  await expect(page.getByText(/^Handed to/)).toBeVisible();
  await page.keyboard.type(await clerk.practiceCode());
  await expect(clerk.heading).toHaveText('Verified');
  // An Enter right after the last digit is a habit and does not pass the answer by; a later one goes on.
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(clerk.address).toBeFocused({ timeout: 700 });
  }).toPass();
});

test('practice writes nothing to the profile, and nothing of it is there afterwards', async ({ desk }) => {
  const clerk = clerkAt(desk.page);
  const records = () => readdirSync(desk.profileDir).filter((name) => /practice|verifications/.test(name));
  await clerk.startPractice();
  await clerk.sendTo('mia@example.com');
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  expect(records()).toEqual([]);
  await desk.page.getByRole('button', { name: 'Leave practice' }).click();
  await expect(clerk.heading).toHaveText('Confirm that somebody controls an email address');

  await clerk.startPractice();
  await desk.close();
  await desk.restart();
  await expect(clerkAt(desk.page).heading).toHaveText('Confirm that somebody controls an email address');
});

test('the message is as the owner wants it, from the next one on', async ({ desk }) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  await clerk.openSettings('Message');
  await page.getByLabel('Show the code in the subject').uncheck();
  await page.getByLabel('A sentence of your own').fill('We are on the second floor, <left>.');
  await page.getByLabel('Your website').fill('clinic');
  await page.getByLabel('Your website').press('Tab');
  await expect(page.getByRole('main')).toContainText('not the address of a website');
  await expect(page.getByLabel('A sentence of your own'), 'nothing typed is lost').toHaveValue(
    /second floor/,
  );
  await page.getByLabel('Your website').fill('https://clinic.example');
  // Beside its choices stands the mail as it would be sent.
  const preview = page.getByRole('complementary', { name: 'As it would be sent' });
  await expect(
    preview.locator('iframe.mail-frame').contentFrame().getByText('We are on the second floor, <left>.'),
  ).toBeVisible();
  await expect(preview).toContainText(/Your code for Practice desk \(until \d\d:\d\d\)/);
  await page.getByRole('button', { name: 'Done' }).click();

  await clerk.sendTo('mia@example.com');
  const inbox = page.getByRole('complementary', { name: 'Practice inbox' });
  await expect(inbox.getByRole('heading', { level: 3 })).toHaveText(
    /^Your code for Practice desk \(until \d\d:\d\d\)$/,
  );
  const mail = page.locator('iframe.mail-frame').first().contentFrame();
  await expect(mail.getByText('We are on the second floor, <left>.')).toBeVisible();
  await inbox.getByText('The mail as it arrived').click();
  await expect(inbox.getByLabel('The mail as it arrived')).toContainText(
    /^OTP-Token: "\d{6}"; origin="https:\/\/clinic\.example"\r?$/m,
  );
});
