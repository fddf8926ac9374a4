/**
 * @file What can be wrong with any page as it stands: accessibility (axe-core), content that
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
  return [...(await axeFaults(page)), ...(await misfits(page)), ...(await smallTargets(page))];
}

/** What does not fit its place, alone. */
export async function misfits(page: Page): Promise<readonly string[]> {
  return [...(await sideways(page)), ...(await stickingOut(page)), ...(await blankPaper(page))];
}

export async function axeFaults(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeScript);
  const { violations } = await page.evaluate(async (rules) => {
    // The script above put it there.
    const { axe } = window as unknown as { axe: typeof axeCore };
    // Nothing runs in the frame of a mail, and axe cannot either.
    return axe.run(document, { runOnly: rules, resultTypes: ['violations'], iframes: false });
  }, RULES);
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

export async function sideways(page: Page): Promise<readonly string[]> {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('html, .desk, .practice-mails, .rail, dialog')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => element.className || element.localName),
  );
  return wide.map((name) => `${name} scrolls sideways`);
}

/** What sticks out of a box with an edge to be seen: cut off, or on top of its neighbour. */
export async function stickingOut(page: Page): Promise<readonly string[]> {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      // One that clips or scrolls does so on purpose; an inline one has no width of its own.
      .filter((element) => getComputedStyle(element).overflowX === 'visible' && element.clientWidth > 0)
      .filter((element) => {
        const { borderInlineStartWidth, backgroundColor } = getComputedStyle(element);
        return borderInlineStartWidth !== '0px' || backgroundColor !== 'rgba(0, 0, 0, 0)';
      })
      // The notches of the slip lie on the card's border.
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className || element.localName),
  );
  return wide.map((name) => `something sticks out of ${name}`);
}

/** What is below the page's own end is nothing: something in it is placed outside of what scrolls it. */
async function blankPaper(page: Page): Promise<readonly string[]> {
  const blank = await page.evaluate(() => {
    const { bottom } = document.querySelector('#root')?.getBoundingClientRect() ?? { bottom: 0 };
    const end = Math.max(bottom + window.scrollY, window.innerHeight);
    return document.documentElement.scrollHeight - Math.ceil(end);
  });
  return blank > 0 ? [`the page scrolls to ${blank} px of blank paper`] : [];
}

export async function smallTargets(page: Page): Promise<readonly string[]> {
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

/** Which of these a person does not see without scrolling: not there, beyond an edge, or under something else. */
export async function outOfView(page: Page, selectors: readonly string[]): Promise<readonly string[]> {
  // What a script scrolls has come to rest by the next frame; on a busy machine it begins a moment later.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  for (let more = 20; ; more -= 1) {
    const hidden = await hiddenNow(page, selectors);
    if (hidden.length === 0 || more === 0) return hidden.map((selector) => `${selector} is out of view`);
    await page.waitForTimeout(100);
  }
}

function hiddenNow(page: Page, selectors: readonly string[]): Promise<readonly string[]> {
  return page.evaluate((wanted) => {
    const isSeen = (element: Element): boolean => {
      const { top, bottom, left, right } = element.getBoundingClientRect();
      // Half a pixel of zoom is no edge.
      const inside = top >= -1 && left >= -1 && bottom <= innerHeight + 1 && right <= innerWidth + 1;
      const places = [top + 2, (top + bottom) / 2, bottom - 2].map(
        (y) => document.elementFromPoint((left + right) / 2, y) ?? document.body,
      );
      return inside && places.every((found) => element.contains(found) || found.contains(element));
    };
    return wanted.filter((selector) => {
      const element = document.querySelector(selector);
      return element === null || !isSeen(element);
    });
  }, selectors);
}
