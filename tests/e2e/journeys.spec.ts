/**
 * @file Whole ways through the window at the speed of people: a verification counted in keys, a scanner, pastes as clerks
 * make them, three people at one desk, and a trainee who tries everything in practice while a real desk is open.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Channel } from '../../src/shared/contract.ts';
import { clerkAt } from './clerk.ts';
import { expect } from './fixture.ts';
import { setUpServer, test } from './peers.ts';
import { personAt } from './person.ts';
import { wrong } from '../fakes/wrong-code.ts';

const ADDRESS = 'mia.keller@example.com';

test('a verification takes the keys of its address and its code, and two Enters', async ({ desk }) => {
  const clerk = clerkAt(desk.page);
  await clerk.startPractice();
  const person = personAt(desk.page);
  await person.type(ADDRESS);
  await person.press('Enter');
  await expect(clerk.code).toBeFocused();
  const code = await clerk.practiceCode();
  await person.type(code);
  await expect(clerk.heading).toHaveText('Verified');
  // Longer than the Enter of habit after the last digit, which does not leave the answer.
  await desk.page.waitForTimeout(600);
  await person.press('Enter');
  await expect(clerk.address).toBeFocused();
  expect(person.keys()).toBe(ADDRESS.length + code.length + 2);
  await expect(desk.page.getByRole('region', { name: 'Last answer' })).toContainText(`Verified ${ADDRESS}`);
});

test('a scanner that ends with Enter sends one code, asks once, and leaves the answer in sight', async ({
  desk,
}) => {
  const clerk = clerkAt(desk.page);
  await clerk.startPractice();
  const person = personAt(desk.page);
  await person.scan(ADDRESS);
  await expect(clerk.code).toBeFocused();
  await person.scan(await clerk.practiceCode());
  await expect(clerk.heading).toHaveText('Verified');
  await expect(desk.page.getByRole('main')).toContainText('first guess');
  await expect(clerk.row(ADDRESS)).toHaveCount(1);
  const asked = desk
    .trace()
    .filter(({ channel, way }) => channel === 'verification.check' && way === 'to-main');
  expect(asked).toHaveLength(1);
});

test('what clerks paste is offered as the address in it, on one key, and goes there', async ({ desk }) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  const person = personAt(page);
  for (const [pasted, meant] of [
    ['“Lena Fischer” <lena.fischer@example.de>;', 'lena.fischer@example.de'],
    ['mailto:noor@example.net', 'noor@example.net'],
    ['sam@example.org.', 'sam@example.org'],
    ['kim @example.com', 'kim@example.com'],
    ['ola\u200b@example.se', 'ola@example.se'],
    ['ben@example.com, ben@example.com', 'ben@example.com'],
  ] as const) {
    await expect(clerk.address).toBeFocused();
    await clerk.paste(clerk.address, pasted);
    await expect(page.getByRole('button', { name: `Use ${meant}` })).toBeVisible();
    expect(await clerk.address.inputValue(), 'nothing is changed without a key').toBe(pasted);
    await person.press('Enter');
    await expect(clerk.address).toHaveValue(meant);
    await person.press('Enter');
    await expect(clerk.heading).toContainText(`Ask for the code sent to ${meant}`);
    await person.press('Control+n');
  }
  const keys = person.keys();
  expect(keys, 'three keys each, the last of them for the next one').toBe(6 * 3);
});

test('a code pasted with its sentence, in parts, or typed on no field at all is that code', async ({
  desk,
}) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  const person = personAt(page);
  const ways: readonly ((code: string) => Promise<void>)[] = [
    (code) => clerk.paste(clerk.code, `${code} is your code for Practice desk (until 17:51)`),
    (code) => clerk.paste(clerk.code, `${code.slice(0, 3)} ${code.slice(3)}`),
    async (code) => {
      await clerk.paste(clerk.code, code.slice(0, 3));
      await clerk.paste(clerk.code, code.slice(3));
    },
    async (code) => {
      await page.getByRole('button', { name: 'Change address' }).focus();
      await person.type(code);
    },
  ];
  for (const [index, way] of ways.entries()) {
    await clerk.sendTo(`way${index}@example.com`);
    await expect(clerk.code).toBeFocused();
    await expect(page.getByRole('complementary').getByText(`way${index}@example.com`).first()).toBeVisible();
    await way(await clerk.practiceCode());
    await expect(clerk.heading).toHaveText('Verified');
    await expect(page.getByRole('main')).toContainText('first guess');
    await person.press('Control+n');
  }
});

/** The place of an address in the list, as its key counts it. */
async function placeOf(page: Page, address: string): Promise<number> {
  const rows = await page.locator('.rail-list .row').allTextContents();
  const at = rows.findIndex((text) => text.includes(address));
  if (at < 0) throw new Error(`${address} is not in the list`);
  return at + 1;
}

test('three people at one desk: what is typed for one stays with that one, and no guess is mixed up', async ({
  desk,
}) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  const person = personAt(page);
  const codes = new Map<string, string>();
  for (const address of ['ana@example.com', 'bo@example.com', 'cy@example.com']) {
    await person.type(address);
    await person.press('Enter');
    await expect(page.getByRole('complementary').getByText(address).first()).toBeVisible();
    codes.set(address, await clerk.practiceCode());
    await person.press('Control+n');
    await expect(clerk.address).toBeFocused();
  }
  const codeOf = (address: string): string => codes.get(address) ?? '';
  const goTo = async (address: string) => {
    await person.press(`Control+${await placeOf(page, address)}`);
    await expect(clerk.heading).toContainText(address);
    await expect(clerk.code).toBeFocused();
  };

  await goTo('ana@example.com');
  await person.type(codeOf('ana@example.com').slice(0, 4));
  await goTo('bo@example.com');
  await expect(clerk.code).toHaveValue('');
  await person.type(wrong(codeOf('bo@example.com')));
  await expect(page.getByText('That is not the code. 4 guesses left.').first()).toBeVisible();
  await goTo('ana@example.com');
  await expect(clerk.code).toHaveValue(codeOf('ana@example.com').slice(0, 4));
  await expect(page.getByText('5 guesses left')).toBeVisible();
  await person.type(codeOf('ana@example.com').slice(4));
  await expect(clerk.heading).toHaveText('Verified');
  for (const [address, guess] of [
    ['cy@example.com', 'first guess'],
    ['bo@example.com', 'second guess'],
  ] as const) {
    await goTo(address);
    await person.type(codeOf(address));
    await expect(clerk.heading).toHaveText('Verified');
    await expect(page.getByRole('main')).toContainText(guess);
  }
});

/** The bytes of the files that hold what the desk is. */
const filesOf = (profileDir: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(profileDir)
      .filter((name) => /^(?:settings|verifications|keychain)/.test(name))
      .sort()
      .map((name) => [name, readFileSync(join(profileDir, name)).toString('base64')]),
  );

/** Everything that changes or removes something, with what a page could say to it. */
const DESTRUCTIVE = [
  ['settings.saveName', { name: 'Practised' }],
  ['settings.choose', { guesses: 3, codeLength: 8, sentence: 'From practice', theme: 'dark', textSize: 200 }],
  ['account.change', undefined],
  ['setup.choose', { kind: 'gmail' }],
  ['setup.cancel', undefined],
  ['account.remove', undefined],
  ['settings.removeAll', undefined],
  ['vault.useSession', undefined],
  ['vault.retry', undefined],
] as const satisfies readonly (readonly [Channel, unknown])[];

test('a trainee who tries everything in practice changes no byte of the real desk, which goes on', async ({
  desk,
  peers,
}) => {
  test.slow();
  const { page } = desk;
  const clerk = clerkAt(page);
  await setUpServer(page, peers);
  await clerk.sendTo('before-practice@example.test');
  await expect(page.getByText(/^Handed to/)).toBeVisible();
  await expect.poll(() => peers.mailOf('before-practice@example.test').then((mails) => mails.length)).toBe(1);
  const before = filesOf(desk.profileDir);
  const keychain = await peers.keychainOf(desk.profileDir);
  expect(before.size).toBeGreaterThan(2);
  expect(keychain.size).toBeGreaterThan(1);

  await clerk.openSettings('Practice');
  await page.getByRole('button', { name: 'Start practice' }).click();
  await expect(page.getByRole('banner')).toContainText('Practice: what you try stays on this computer');
  await clerk.sendTo('trainee@example.com');
  await clerk.typeCode(wrong(await clerk.practiceCode()));
  await expect(page.getByText('That is not the code. 4 guesses left.').first()).toBeVisible();
  await clerk.typeCode(await clerk.practiceCode());
  await expect(clerk.heading).toHaveText('Verified');
  for (const [channel, input] of DESTRUCTIVE) {
    await page.evaluate(
      ([room, method, given]) =>
        // Past the buttons: what is not offered is asked for as well.
        (
          window.countersign as unknown as Record<
            string,
            Record<string, (input: unknown) => Promise<unknown>>
          >
        )[room]?.[method]?.(given),
      [...(channel.split('.') as [string, string]), input] as const,
    );
  }
  const leave = page.getByRole('button', { name: 'Leave practice' });
  if (await leave.isVisible()) await leave.click();
  await expect(page.getByRole('banner')).not.toContainText('Practice');

  expect(filesOf(desk.profileDir)).toEqual(before);
  expect(await peers.keychainOf(desk.profileDir)).toEqual(keychain);
  await page.getByRole('button', { name: 'Done' }).click();
  await clerk.row('before-practice@example.test').click();
  await expect(clerk.heading).toContainText('Ask for the code sent to before-practice@example.test');
});
