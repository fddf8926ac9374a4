/**
 * @file What can be wrong with a page as it stands, whatever it says: accessibility (axe-core), content that
 * does not fit the window, and targets too small to hit.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import { type Page } from 'playwright-core';

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Everything found, one sentence each. Contrast of 7:1 is asked of the tokens themselves (contrast.test.ts). */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  return [...(await axeFaults(page)), ...(await sideways(page)), ...(await smallTargets(page))];
}

async function axeFaults(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeScript);
  const { violations } = await page.evaluate(async (rules) => {
    // The script above put it there.
    const { axe } = window as unknown as { axe: typeof axeCore };
    return axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
  }, RULES);
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

async function sideways(page: Page): Promise<readonly string[]> {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('html, .desk, .inbox, .rail, dialog')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => element.className || element.localName),
  );
  return wide.map((name) => `${name} scrolls sideways`);
}

async function smallTargets(page: Page): Promise<readonly string[]> {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, input:not([type=radio], [type=checkbox]), select, summary, label:has([type=radio], [type=checkbox])',
      ),
    ]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      // Half a pixel of zoom is no smaller a target.
      .filter(({ box }) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
      .map(({ element }) => element.textContent || element.className || element.localName),
  );
  return small.map((name) => `"${name}" is smaller than 44 px`);
}
