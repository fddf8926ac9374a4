/**
 * @file What the system around the window does: it is shown, coloured and enlarged, the computer sleeps, and the session
 * ends, in good order or without a word.
 */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clerkAt } from './clerk.ts';
import { expect } from './fixture.ts';
import { nameOperators } from './named-desk.ts';
import { codeMailedTo, setUpServer, test as base } from './peers.ts';

const test = base.extend<{ readonly deeds: string; readonly person: (deed: string) => void }>({
  // Playwright reads what a fixture needs from the pattern of its first parameter.
  // eslint-disable-next-line no-empty-pattern
  deeds: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-person-'));
    await use(join(folder, 'deeds'));
    rmSync(folder, { recursive: true, force: true });
  },
  person: ({ deeds }, use) => use((deed) => appendFileSync(deeds, `${deed}\n`)),
  desktopEnv: ({ peers, deeds }, use) => use({ ...peers.env, PERSON_DOES: deeds }),
});
test.use({ desktopScripts: [resolve(import.meta.dirname, 'launch/person.cjs')] });

test('the window comes before the person, in the colours and the size that were chosen, by the menu too', async ({
  desk,
  person,
}) => {
  await expect.poll(desk.program.shown).toBe(true);
  const { page } = desk;
  await page.evaluate(() => window.countersign.settings.choose({ theme: 'dark' }));
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);

  const pixels = () => page.evaluate(() => window.devicePixelRatio);
  const usual = await pixels();
  person('Larger Text');
  await expect.poll(pixels).toBeGreaterThan(usual);
  const larger = await pixels();
  person('Larger Text');
  await expect.poll(pixels).toBeGreaterThan(larger);
  person('Smaller Text');
  await expect.poll(pixels).toBe(larger);
  person('Usual Text Size');
  await expect.poll(pixels).toBe(usual);
});

test('a computer that sleeps locks the desk', async ({ desk, peers, person }) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await setUpServer(page, peers);
  await nameOperators(page);
  person('sleep');
  await expect(clerk.heading).toHaveText('Who is at the desk?');
  person('wake');
  await expect(clerk.heading).toHaveText('Who is at the desk?');
});

test('a session that ends, in good order or without a word, loses no verification', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  const address = 'at-the-end@example.test';
  await clerkAt(desk.page).sendTo(address);
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  const code = await codeMailedTo(peers, address);
  // Linux asks programs to end; Windows, and a session bus that is lost, end them as they are.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
    process.kill(desk.program.pid, signal);
    expect(await desk.program.ended).toBe(signal === 'SIGKILL' ? null : 0);
    await desk.restart();
    await clerkAt(desk.page).row(address).click();
    await expect(clerkAt(desk.page).code).toBeVisible();
  }
  await clerkAt(desk.page).typeCode(code);
  await expect(clerkAt(desk.page).heading).toHaveText('Verified');
});
