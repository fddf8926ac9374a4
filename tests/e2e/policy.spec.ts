/**
 * @file The policy page: the chance of guessing follows the values as they are chosen, and a value that is out of
 * range comes into force by no way, not through the window, the bridge or the file.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import type { Choices, Policy } from '../../src/shared/choices.ts';
import { clerkAt } from './clerk.ts';
import { expect, type Desk } from './fixture.ts';
import { setUpServer, test } from './peers.ts';

const openSettings = async (page: Page): Promise<void> => {
  await clerkAt(page).openSettings('Policy');
  await expect(page.getByRole('heading', { name: 'Chance of guessing, at worst' })).toBeVisible();
};

/** What the page says about the chance of guessing. */
const chances = (page: Page): Promise<readonly string[]> =>
  page.locator('dl', { hasText: 'One verification' }).locator('dd').allTextContents();

/** For one verification, and for one address in a day. */
const chance = async (page: Page): Promise<readonly string[]> => (await chances(page)).slice(0, 2);

/** For all addresses in a day: the owner's own choice. */
const deskChance = async (page: Page): Promise<string | undefined> => (await chances(page))[2];

const policyNow = (page: Page): Promise<Choices> =>
  page.evaluate(async () => {
    const view = await window.countersign.desk.view();
    if (!view.ok) throw new Error(view.problem.code);
    return view.value.choices;
  });

/** Works on the settings file by hand; the program must not be running. */
function inSettings<T>(desk: Desk, work: (file: DatabaseSync) => T): T {
  const file = new DatabaseSync(join(desk.profileDir, 'settings.db'));
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** The names of the choices that are stored. */
const storedChoices = (desk: Desk): unknown[] =>
  inSettings(desk, (file) =>
    file
      .prepare('SELECT name FROM choices')
      .all()
      .map(({ name }) => name),
  );

test('the chance follows the values as they are chosen, stays over a restart, and its formula is one click away', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  await openSettings(desk.page);
  expect(await chance(desk.page)).toEqual(['1 in 200,000', '1 in 50,000']);
  for (const [label, value, expected] of [
    ['Digits in a code', '8', ['1 in 20,000,000', '1 in 5,000,000']],
    ['Guesses at one code', '3', ['1 in 33,333,333', '1 in 5,000,000']],
    ['Wrong guesses at one address in 24 hours', '5', ['1 in 33,333,333', '1 in 20,000,000']],
    ['Digits in a code', '7', ['1 in 3,333,333', '1 in 2,000,000']],
  ] as const) {
    await desk.page.getByLabel(label).selectOption(value);
    await expect.poll(() => chance(desk.page)).toEqual(expected);
  }

  const formula = desk.page.getByText('chance = s · v ÷ 10ⁿ');
  await expect(formula).toBeHidden();
  await desk.page.getByText('How this is computed').click();
  await expect(formula).toBeVisible();
  await expect(desk.page.getByText(/^Source: RFC 4226/)).toBeVisible();

  await desk.restart();
  await openSettings(desk.page);
  expect(await chance(desk.page)).toEqual(['1 in 3,333,333', '1 in 2,000,000']);
});

test('what practice is given for settings is gone when it is left', async ({ desk }) => {
  const before = await policyNow(desk.page);
  await clerkAt(desk.page).startPractice();
  await openSettings(desk.page);
  await desk.page.getByLabel('Digits in a code').selectOption('8');
  await expect.poll(() => chance(desk.page)).toEqual(['1 in 20,000,000', '1 in 5,000,000']);
  await desk.page.evaluate(() => window.countersign.practice.leave());
  expect(await policyNow(desk.page)).toEqual(before);
  await desk.close();
  expect(storedChoices(desk), 'nothing of it was ever in the file').toEqual([]);
});

test('a value out of range is refused in the window and through the bridge, and nothing of it is stored [T-policy-e2e-range]', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  await openSettings(desk.page);
  const before = await policyNow(desk.page);
  const sends = desk.page.getByLabel('Codes sent in all in 24 hours');
  await sends.fill('5000');
  await sends.press('Enter');
  await expect(sends).toHaveAccessibleDescription(
    'That value is outside what the program allows. Between 1 and 1,900',
  );

  const outside: readonly (readonly [keyof Policy, readonly number[]])[] = [
    ['codeLength', [5, 9, 6.5]],
    ['lifetimeMinutes', [1, 11]],
    ['guesses', [2, 6, 1_000_000, -1]],
    ['addressGuesses', [4, 21]],
    ['addressSends', [0, 6]],
    ['accountSends', [0, 1_901, Number.MAX_SAFE_INTEGER]],
  ];
  for (const [field, values] of outside) {
    for (const value of [...values, NaN, Infinity]) {
      const answer = await desk.page.evaluate((change) => window.countersign.settings.choose(change), {
        [field]: value,
      });
      expect(answer).toEqual({ ok: false, problem: { code: 'choice', field, why: 'out-of-range' } });
    }
  }
  expect(await policyNow(desk.page)).toEqual(before);
  await desk.close();
  expect(storedChoices(desk), 'nothing was stored but the account').toEqual(['account']);
});

test('a settings file edited by hand puts what is out of range back to its default, and the owner is told [T-policy-e2e-edited]', async ({
  desk,
}) => {
  const defaults = await policyNow(desk.page);
  await desk.page.evaluate((change) => window.countersign.settings.choose(change), {
    codeLength: 8,
  });
  await expect(
    desk.page.getByText('Some settings were put back to their defaults', { exact: true }),
  ).toBeHidden();

  for (const [name, edited] of [
    ['guesses', '1000000'],
    ['codeLength', '1'],
    ['lifetimeMinutes', '{"minutes":100000'],
  ] as const) {
    await desk.close();
    inSettings(desk, (file) => {
      file.exec("DELETE FROM choices WHERE name = 'codeLength'");
      file.prepare('INSERT OR REPLACE INTO choices (name, value) VALUES (?, ?)').run(name, edited);
    });
    await desk.restart();
    await expect(
      desk.page.getByText('Some settings were put back to their defaults', { exact: true }),
    ).toBeVisible();
    expect(await policyNow(desk.page), edited).toEqual(defaults);
    await clerkAt(desk.page).startPractice();
    await openSettings(desk.page);
    expect(await chance(desk.page)).toEqual(['1 in 200,000', '1 in 50,000']);
  }
  await desk.close();
  expect(storedChoices(desk), 'what was written by hand is gone from the file').toEqual([]);
});

test('the chance of all addresses in a day is shown as it was chosen, and none outside its range is taken [T-policy-e2e-desk]', async ({
  desk,
}) => {
  await clerkAt(desk.page).startPractice();
  await openSettings(desk.page);
  expect(await deskChance(desk.page)).toBe('1 in 5,000');
  await desk.page.getByLabel(/^Chance of all wrong guesses in 24 hours/).selectOption('20000');
  await expect.poll(() => deskChance(desk.page)).toBe('1 in 20,000');
  for (const deskOneIn of [999, 20_001, 0, -1, 5_000.5, NaN, Infinity]) {
    const answer = await desk.page.evaluate((change) => window.countersign.settings.choose(change), {
      deskOneIn,
    });
    expect(answer).toEqual({
      ok: false,
      problem: { code: 'choice', field: 'deskOneIn', why: 'out-of-range' },
    });
  }
  expect(await deskChance(desk.page)).toBe('1 in 20,000');
});
