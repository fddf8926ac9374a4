/**
 * @file What was verified, a week later: the clerk's work with note and name, the owner who finds it, tells it in every form
 * and erases it, and a stranger who checks the receipt with the checker's page and nothing else. Real mail, real keychain.
 */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { buildVerifier, PAGE } from '../../scripts/build-verifier.mjs';
import { openBrowser } from '../gallery/page.ts';
import { clerkAt } from './clerk.ts';
import { expect, type Desk } from './fixture.ts';
import { nameOperators, PIN } from './named-desk.ts';
import { codeMailedTo, setUpServer, test as base, type Peers } from './peers.ts';

const ADDRESS = 'mia.keller@example.test';
const OTHER = 'otto@example.test';
const NOTE = 'Called back on the number that we have.';

const test = base.extend<{ readonly saved: string }>({
  // Playwright reads what a fixture needs from the pattern of its first parameter.
  // eslint-disable-next-line no-empty-pattern
  saved: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-saved-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  desktopEnv: ({ peers, saved }, use) => use({ ...peers.env, SAVE_INTO: saved }),
});
test.use({ desktopScripts: [resolve(import.meta.dirname, 'launch/person.cjs')] });

async function verify(page: Page, peers: Peers, address: string, ticket: string): Promise<void> {
  const clerk = clerkAt(page);
  await clerk.address.waitFor();
  await page.getByRole('textbox', { name: 'Ticket' }).fill(ticket);
  await clerk.sendTo(address);
  await clerk.typeCode(await codeMailedTo(peers, address));
  await expect(clerk.heading).toHaveText('Verified');
}

/** The one file that is in the folder and was not before. */
async function saving(folder: string, act: () => Promise<void>): Promise<string> {
  const before = new Set(readdirSync(folder));
  await act();
  const after = () => readdirSync(folder).filter((name) => !before.has(name) && !name.startsWith('.'));
  await expect.poll(after).toHaveLength(1);
  return join(folder, after()[0] ?? '');
}

/** From the list, in one of the four forms. */
async function exportAs(page: Page, folder: string, title: string): Promise<string> {
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByText(title, { exact: true }).click();
  const path = await saving(folder, () => dialog.getByRole('button', { name: 'Choose where…' }).click());
  await dialog.getByText(/^Written: \d+ rows?\.$/).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return path;
}

/** Every file of the profile that has this text in it, in either of the encodings that programs write. */
function filesWith(folder: string, text: string): readonly string[] {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => forms.some((form) => readFileSync(path).includes(form)));
}

test('a week later the owner finds what the clerk verified, tells it in every form, and erases it; a stranger checks the receipt [T-history-journey]', async ({
  desk,
  peers,
  saved,
}) => {
  const told = await test.step('the clerk verifies two people, with a ticket, a note and her name', () =>
    clerksDay(desk, peers));
  await desk.restart({ DAYS_LATER: '7' });
  const files = await test.step('the owner finds one by its ticket, and tells it', () =>
    ownersDay(desk, saved, told));
  await test.step('the owner takes another key into use, which the old one introduces', () =>
    changeKey(desk.page, files.key));
  await test.step('the owner erases the address: nothing finds it, and no file has it', () => erasing(desk));
  const after = await exportAs(desk.page, saved, 'Journal');
  await test.step('a stranger checks the receipt with the page alone, and a changed one', () =>
    strangersCheck(saved, { ...files, after }));
});

interface Told {
  readonly reference: string;
}

async function clerksDay({ page }: Desk, peers: Peers): Promise<Told> {
  await setUpServer(page, peers);
  await nameOperators(page);
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: /^Anna/ }).click();
  await verify(page, peers, ADDRESS, '48219');
  await page.keyboard.press('Control+n');
  await verify(page, peers, OTHER, '48220');
  await page.keyboard.press('Control+f');
  // Not the rail's.
  await page.locator('button.history-row', { hasText: ADDRESS }).click();
  await page.getByRole('button', { name: 'Edit ticket and note' }).click();
  await page.getByLabel('Note', { exact: true }).fill(NOTE);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const slip = page.getByRole('region', { name: /-/ });
  await expect(slip).toContainText(NOTE);
  return { reference: (await slip.getAttribute('aria-label')) ?? '' };
}

interface Files {
  readonly receipt: string;
  readonly journal: string;
  readonly key: string;
}

async function ownersDay(desk: Desk, saved: string, { reference }: Told): Promise<Files> {
  const { page } = desk;
  await page.getByRole('button', { name: 'Owner', exact: true }).click();
  await page.getByLabel('Owner’s PIN').fill(PIN);
  await page.keyboard.press('Enter');
  // The keys of the desk answer once it is open, and not while the PIN is judged.
  await page.getByRole('banner').getByRole('button', { name: 'History' }).waitFor();
  await page.keyboard.press('Control+f');
  await page.getByLabel('Find').fill('48219');
  await page.locator('.history-count').getByText('1 of 2 kept verifications').waitFor();
  await page.locator('button.history-row').click();
  const slip = page.getByRole('region', { name: reference });
  for (const text of [ADDRESS, 'Anna', '48219', NOTE, reference]) await expect(slip).toContainText(text);

  await slip.getByRole('button', { name: 'Copy', exact: true }).click();
  await slip.getByText(/^Copied: /).waitFor();
  const [line = ''] = desk.program.copied();
  expect(line).toMatch(
    new RegExp(
      `^Verified ${ADDRESS} · .+ · \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\S+ · ${reference} · Anna$`,
    ),
  );
  await slip.getByRole('button', { name: 'Print…' }).click();
  await slip.getByText('Sent to the printer.').waitFor();
  const pdf = await saving(saved, () => slip.getByRole('button', { name: 'Save as PDF…' }).click());
  expect(basename(pdf)).toBe(`countersign-${reference}.pdf`);
  const paper = readFileSync(pdf, 'latin1');
  expect(paper.startsWith('%PDF-')).toBe(true);
  expect(paper.match(/\/Type \/Page\b/g), 'a slip is one page').toHaveLength(1);

  await slip.getByRole('button', { name: 'Save receipt…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Operator').check();
  const receipt = await saving(saved, () => dialog.getByRole('button', { name: 'Save…' }).click());
  const key = (await slip.locator('code').textContent()) ?? '';

  const rows = new RegExp(`^${reference},verified,,${ADDRESS},`, 'm');
  expect(readFileSync(await exportAs(page, saved, 'CSV'), 'utf8')).toMatch(rows);
  const lines = readFileSync(await exportAs(page, saved, 'JSON Lines'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((text) => JSON.parse(text) as unknown)).toMatchObject([
    { address: OTHER, ticket: '48220', result: 'verified' },
    { address: ADDRESS, ticket: '48219', note: NOTE, operator: 'Anna', reference, result: 'verified' },
  ]);
  expect(readFileSync(await exportAs(page, saved, 'Summary'), 'utf8')).toMatch(/By operator\n {2}Anna +2\n/);
  const journal = join(saved, 'journal-of-that-week.txt');
  renameSync(await exportAs(page, saved, 'Journal'), journal);
  if (process.platform !== 'win32')
    for (const name of readdirSync(saved)) expect(statSync(join(saved, name)).mode & 0o777).toBe(0o600);
  return { receipt, journal, key };
}

/** The settings tell the key that the slips have; the change is an entry of the journal. */
async function changeKey(page: Page, key: string): Promise<void> {
  await clerkAt(page).openSettings('Records');
  const shown = page.locator('.thumbprint code');
  await expect(shown).toHaveText(key);
  await page.getByRole('button', { name: 'Use another key…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use another key', exact: true }).click();
  await expect(shown).not.toHaveText(key);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+f');
  await page.getByLabel('Find').fill('48219');
  await page.locator('button.history-row', { hasText: '48219' }).click();
}

async function erasing(desk: Desk): Promise<void> {
  const { page } = desk;
  await page.getByRole('button', { name: 'Erase this address…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase', exact: true }).click();
  await page.locator('.history-count').getByText('Nothing was found.').waitFor();
  for (const text of [ADDRESS, NOTE, 'keller']) {
    await page.getByLabel('Find').fill(text);
    await page.locator('.history-count').getByText('Nothing was found.').waitFor();
  }
  await page.getByLabel('Find').fill('');
  await expect(page.locator('button.history-row')).toHaveCount(1);
  for (const text of [ADDRESS, NOTE]) expect(filesWith(desk.profileDir, text)).toEqual([]);
}

async function strangersCheck(
  folder: string,
  { receipt, journal, after, key }: Files & { readonly after: string },
): Promise<void> {
  await buildVerifier(folder);
  const changed = join(folder, 'changed.txt');
  writeFileSync(changed, readFileSync(receipt, 'utf8').replace('keller', 'kelley'));
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ offline: true })).newPage();
    await page.goto(pathToFileURL(join(folder, PAGE)).href);
    await page.getByLabel('Choose files…').setInputFiles([receipt, journal, after, changed]);
    await page.getByLabel('The desk’s key').fill(key);
    await page.getByRole('button', { name: 'Check' }).click();
    const said = (file: string) => {
      const name = page.getByText(basename(file), { exact: true });
      return expect(page.locator('article').filter({ has: name }));
    };
    await said(receipt).toContainText('Genuine: the desk says “Verified”');
    await said(receipt).toContainText(ADDRESS);
    await said(receipt).toContainText(`of ${basename(journal)}`);
    await said(journal).toContainText('This journal is whole');
    // A change of its key and erasing leave the journal provable, by the earlier key too.
    await said(after).toContainText('This journal is whole');
    await said(changed).toContainText('Changed: do not rely on it');
    await said(changed).toContainText(/Text: line \d+ was changed\./);
  } finally {
    await browser.close();
  }
}
