/**
 * @file Pictures of every screen in every state, light and dark, wide, narrow, at 200 % and right to left, and an
 * accessibility check (axe-core) of each: `npm run gallery -- [--in=light,narrow] [name…]`. For developing;
 * ends with an error when axe, the console or the CSP complains, or when something does not fit its place.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { type AddressVerdict } from '../../src/shared/desk-view.ts';
import { type AddressHint } from '../../src/shared/words.ts';
import { faultsOf } from './faults.ts';
import { buildPage, openBrowser, openPage, type Answers } from './page.ts';
import { views } from './views.ts';

const out = join(import.meta.dirname, '../../out/gallery');

/** A window of 1080 × 700 at 200 % is one of 540 × 350 with two device pixels to each of the page's. */
const SETTINGS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1080, height: 700 }, colorScheme: 'light' },
  dark: { viewport: { width: 1080, height: 700 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 390, height: 760 }, colorScheme: 'light' },
  'narrow-dark': { viewport: { width: 360, height: 640 }, colorScheme: 'dark' },
  zoom: { viewport: { width: 540, height: 350 }, deviceScaleFactor: 2, colorScheme: 'light' },
  rtl: { viewport: { width: 1080, height: 700 }, colorScheme: 'light' },
  forced: { viewport: { width: 1080, height: 700 }, forcedColors: 'active' },
};

const fault = { problem: 'display-name', character: null, repair: 'lena.fischer@example.de' } as const;

/** What main says of the address in a view. */
const verdicts: Readonly<Record<string, AddressVerdict>> = {
  'address-typo': { valid: true, delivery: 'sam@gmial.com' },
  'address-look-alike': { valid: true, delivery: 'mia@xn--exmple-4nf.com' },
  'address-pasted': { valid: false, fault },
};
const defaultVerdict: AddressVerdict = { valid: true, delivery: 'mia.keller@example.com' };

const advice: Readonly<Record<string, readonly AddressHint[]>> = {
  'address-typo': [{ kind: 'typo', suggestion: 'sam@gmail.com' }],
  'address-look-alike': [{ kind: 'look-alike', ascii: 'xn--exmple-4nf.com' }],
};

/** What a person does before the picture is taken. */
const acts: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  code: (page) => page.keyboard.type('409'),
  'code-last-guess': (page) => page.keyboard.type('409 314'),
  'address-first': async (page) => {
    await page.keyboard.type('mia keller');
    await page.getByText('What for').click();
    await page.getByRole('button', { name: 'Send code' }).click();
  },
  'setup-gmail': async (page) => {
    await page.getByLabel('App password').fill('hunter2!');
    await page.getByText('How to make an app password').click();
  },
  'refused-wrong-password': (page) => page.getByText('What the server said').click(),
  'settings-session': (page) => page.getByRole('button', { name: 'Remove account' }).click(),
  settings: (page) => page.getByText('How this is computed').click(),
};

const answersFor = (name: string): Answers => ({
  'desk.draft': { ok: true, value: verdicts[name] ?? defaultVerdict },
  'desk.advise': { ok: true, value: advice[name] ?? [] },
  'verification.check': { ok: true, value: { outcome: 'wrong', guessesLeft: 1 } },
  'verification.start': {
    ok: false,
    problem: { code: 'address', fault: { problem: 'no-at-sign', character: null, repair: null } },
  },
});

async function shoot(browser: Browser, name: string, setting: string): Promise<readonly string[]> {
  const view = views[name];
  if (view === undefined) return [`${name}: there is no such view`];
  const open = await openPage(browser, join(out, 'page'), {
    view,
    answers: answersFor(name),
    context: { reducedMotion: 'reduce', ...SETTINGS[setting] },
  });
  if (setting === 'rtl') await open.page.evaluate(() => void (document.documentElement.dir = 'rtl'));
  await acts[name]?.(open.page);
  await open.page.evaluate(() => new Promise(requestAnimationFrame));
  // On wide windows each region scrolls by itself; a tall window shows all of it in one picture.
  const height = await open.page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('html, .desk, .practice-mails, .rail')].map(
        (e) => e.scrollHeight + 58,
      ),
    ),
  );
  const faults = await faultsOf(open.page);
  const file = join(out, setting, `${name}.png`);
  const wide = (SETTINGS[setting]?.viewport?.width ?? 0) >= 760;
  if (wide && height > 758) await open.page.setViewportSize({ width: 1080, height });
  await open.page.screenshot({ path: file, fullPage: true });
  await open.close();
  return [...[...faults, ...open.complaints].map((text) => `${name} (${setting}): ${text}`)];
}

const { values, positionals } = parseArgs({ options: { in: { type: 'string' } }, allowPositionals: true });
const names = positionals.length > 0 ? positionals : Object.keys(views);
const settings = values.in?.split(',') ?? Object.keys(SETTINGS);
await mkdir(out, { recursive: true });
await buildPage(join(out, 'page'));
const browser = await openBrowser();
const complaints: string[] = [];
let pictures = 0;
for (const name of names) {
  for (const setting of settings) {
    complaints.push(...(await shoot(browser, name, setting)));
    pictures += 1;
  }
}
await browser.close();
for (const complaint of complaints) console.log(complaint);
console.log(`${pictures} pictures in out/gallery, ${complaints.length} complaints`);
process.exitCode = complaints.length > 0 ? 1 : 0;
