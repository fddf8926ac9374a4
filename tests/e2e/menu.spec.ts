/** @file The menus: Electron brings none, so what people need of one must come from the program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { clerkAt } from './clerk.ts';
import { expect, test } from './fixture.ts';

test('the right mouse button pastes into a field, copies what is selected, and offers nothing else', async ({
  desk,
}) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  const newest = () => desk.program.menus().at(-1);
  const made = () => desk.program.menus().length;

  const before = made();
  await clerk.heading.click({ button: 'right' });
  await clerk.startPractice();
  await clerk.address.click({ button: 'right' });
  await expect.poll(newest).toEqual(['-cut', '-copy', 'paste', 'selectAll']);
  expect(made(), 'nothing is offered where nothing can be done').toBe(before + 1);

  await page.keyboard.press('Escape');
  await clerk.address.fill('mia@example.com');
  await clerk.address.selectText();
  await clerk.address.click({ button: 'right' });
  await expect.poll(newest).toEqual(['cut', 'copy', 'paste', 'selectAll']);

  await page.keyboard.press('Escape');
  await clerk.heading.selectText();
  await clerk.heading.click({ button: 'right' });
  await expect.poll(newest).toEqual(['copy']);
});

test('the menu bar closes or quits, edits, zooms and minimises by the keyboard', ({ desk }) => {
  const [bar = []] = desk.program.menus();
  expect(bar).toEqual(expect.arrayContaining(['fileMenu', 'editMenu', 'viewMenu', 'windowMenu']));
  expect(bar.includes('appMenu')).toBe(process.platform === 'darwin');
});

test('its key opens what the program is, with the licence of everything that the bundler took', async ({
  desk,
}) => {
  const { page } = desk;
  await clerkAt(page).heading.waitFor();
  await page.keyboard.press('Control+I');
  const about = page.getByRole('dialog', { name: /^Countersign \d+\.\d+\.\d+$/ });
  await about.getByText(/^The licences of the \d+ packages inside$/).click();
  const bundled = JSON.parse(readFileSync(join(ROOT, 'out/bundled.json'), 'utf8')) as {
    readonly name: string;
    readonly text: string;
  }[];
  const bare = (words: string): string => words.replaceAll(/\s/g, '');
  const shown = (await about.getByRole('listitem').allTextContents()).map(bare);
  expect(shown).toHaveLength(bundled.length);
  for (const { name, text } of bundled)
    expect(
      shown.some((item) => item.startsWith(name) && item.endsWith(bare(text))),
      name,
    ).toBe(true);
});
