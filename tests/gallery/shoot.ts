/**
 * @file Pictures of every screen in every state, and a check of each: `node tests/gallery/shoot.ts [--in=light,1024x700]
 * [name…]`. Some windows are made as tall as what is in them; some have a fixed size, and there what the state is about
 * must be in view. Ends with an error when axe, the console or the CSP complains, when something does not fit its place,
 * or is out of view; the last line is JSON.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser } from 'playwright-core';
import { faultsOf, outOfView } from './faults.ts';
import { buildPage, openBrowser, openPage } from './page.ts';
import { stateNamed, states } from './states.ts';
import { FIXED, FOUR_TIMES, WHOLE } from './windows.ts';

const out = join(import.meta.dirname, '../../out/gallery');

interface Look {
  readonly complaints: readonly string[];
  readonly outOfView: readonly string[];
}

async function shoot(browser: Browser, name: string, window: string): Promise<Look> {
  const state = stateNamed(name);
  const fixed = FIXED[window];
  const open = await openPage(browser, join(out, 'page'), {
    view: state.view,
    answers: state.answers,
    context: { reducedMotion: 'reduce', ...(fixed ?? WHOLE[window]) },
  });
  const { page } = open;
  if (window === 'rtl') await page.evaluate(() => void (document.documentElement.dir = 'rtl'));
  // What could not be done is a complaint, and a picture that shows why.
  const undone = await state.act(page).then(
    () => [],
    (error: unknown) => [String(error).split('\n', 1).join('')],
  );
  const wanted = window === FOUR_TIMES ? state.aboutAt400 : state.about;
  const hidden = fixed === undefined ? [] : await outOfView(page, wanted);
  const file = join(out, window, `${name}.png`);
  if (fixed !== undefined) await page.screenshot({ path: file });
  const faults = await faultsOf(page);
  if (fixed === undefined) {
    // On wide windows each region scrolls by itself; a tall window shows all of it in one picture.
    const height = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('html, .desk, .practice-mails, .rail')].map(
          ({ scrollHeight }) => scrollHeight + 58,
        ),
      ),
    );
    const width = WHOLE[window]?.viewport?.width ?? 0;
    if (width >= 760 && height > 758) await page.setViewportSize({ width, height });
    await page.screenshot({ path: file, fullPage: true });
  }
  await open.close();
  const said = (text: string): string => `${name} (${window}): ${text}`;
  return { complaints: [...undone, ...faults, ...open.complaints].map(said), outOfView: hidden.map(said) };
}

const { values, positionals } = parseArgs({ options: { in: { type: 'string' } }, allowPositionals: true });
const names = positionals.length > 0 ? positionals : Object.keys(states);
const windows = values.in?.split(',') ?? [...Object.keys(WHOLE), ...Object.keys(FIXED)];
await mkdir(out, { recursive: true });
await buildPage(join(out, 'page'));
const browser = await openBrowser();
const looks: Look[] = [];
for (const name of names) for (const window of windows) looks.push(await shoot(browser, name, window));
await browser.close();
const complaints = looks.flatMap((look) => look.complaints);
const hidden = looks.flatMap((look) => look.outOfView);
for (const text of [...complaints, ...hidden]) console.log(text);
const counted = {
  views: names.length,
  pictures: looks.length,
  complaints: complaints.length,
  out_of_view: hidden.length,
};
console.log(JSON.stringify(counted));
process.exitCode = complaints.length + hidden.length > 0 ? 1 : 0;
