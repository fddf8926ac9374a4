/**
 * @file Every screen of the page in a real browser: accessible, within its window at 360 px and at 200 % zoom,
 * marked in practice; and where the focus is.
 */
import { describe, expect, it } from 'vitest';
import { faultsOf, misfits } from '../../gallery/faults.ts';
import { named, views } from '../../gallery/views.ts';
import { deskPage, focused } from './desk-page.ts';

const reducedMotion = 'reduce';

// A window of 1080 × 700, the same at 200 % zoom, and the narrowest that WCAG 1.4.10 comes near.
describe.each([
  ['light', { colorScheme: 'light', viewport: { width: 1080, height: 700 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1080, height: 700 } }],
  ['light at 200 % zoom', { colorScheme: 'light', viewport: { width: 540, height: 350 } }],
  ['dark at 360 px', { colorScheme: 'dark', viewport: { width: 360, height: 640 } }],
] as const)('in %s', (_, context) => {
  const { at } = deskPage({ context: { ...context, reducedMotion } });
  it.each(Object.keys(views))('%s has no fault', async (name) => {
    expect(await faultsOf(await at(named(name)))).toEqual([]);
  });
});

describe.each([
  ['wide', { viewport: { width: 1080, height: 700 } }],
  ['narrow', { viewport: { width: 360, height: 640 } }],
] as const)('right to left, in a %s window,', (_, context) => {
  const { at } = deskPage({ context: { ...context, reducedMotion } });
  it.each(Object.keys(views))('%s has no fault', async (name) => {
    const page = await at(named(name));
    await page.evaluate(() => void (document.documentElement.dir = 'rtl'));
    expect(await misfits(page)).toEqual([]);
  });
});

const { open, at, called } = deskPage({ context: { reducedMotion } });

// Practice has no operators, and is never locked.
const practised = Object.keys(views).filter((name) => named(name).screen.at !== 'locked');
it.each(practised)('%s is marked when it is practice', async (name) => {
  const page = await at({ ...named(name), practice: true });
  expect(await page.getByText('Practice: what you try stays on this computer').isVisible()).toBe(true);
});

describe('the focus', () => {
  it.each([
    ['address', 'Email address'],
    ['setup-gmail', 'Gmail address'],
    ['setup-changing', 'App password'],
    ['code', 'Code'],
    ['code-unknown', 'Code'],
    ['verified', 'New verification'],
    ['welcome', 'Confirm that somebody controls an email address'],
    ['refused-no-such-mailbox', 'There is no such mailbox'],
    ['expired', 'The code has expired'],
    ['locked', 'Too many wrong codes'],
    ['settings', 'Settings'],
  ])('begins on %s at "%s"', async (name, label) => {
    const page = await at(named(name));
    const focused = page.locator(':focus');
    await focused.waitFor();
    const text = await focused.evaluate((element) =>
      element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : element.textContent,
    );
    expect(text).toContain(label);
  });

  it('goes to the field when a new verification is asked for where it is already', async () => {
    const page = await at(named('address'));
    await page.getByRole('button', { name: /^New verification/ }).click();
    await expect
      .poll(() => page.getByLabel('Email address').evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  it('goes to the heading when the notice that had it is dismissed', async () => {
    const page = await at(named('address-notices'));
    await page.getByRole('button', { name: 'Dismiss' }).first().focus();
    await open().push(named('address'));
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('h1');
  });
});

describe('the focus in a narrow window', () => {
  const narrow = deskPage({ context: { reducedMotion, viewport: { width: 540, height: 350 } } });

  it.each([
    ['shown already', 'code', /mia\.keller@/, 'input: Code'],
    ['shown then', 'address', /mia\.keller@/, 'input: Code'],
  ])('is on the screen when the list folds over a row that is %s', async (_, from, row, label) => {
    const page = await narrow.at(named(from));
    await page.getByRole('button', { name: /^Verifications/ }).click();
    await page.getByRole('button', { name: row }).press('Enter');
    await narrow.open().push(named('code'));
    await page.getByRole('button', { name: row }).waitFor({ state: 'hidden' });
    await expect.poll(() => focused(page)).toBe(label);
  });
});

it('tells main when the network goes and comes', async () => {
  const page = await at(named('address'));
  await page.context().setOffline(true);
  await expect.poll(() => called('desk.networkChanged')).toEqual([{ online: false }]);
  await page.context().setOffline(false);
  await expect.poll(() => called('desk.networkChanged')).toEqual([{ online: false }, { online: true }]);
});
