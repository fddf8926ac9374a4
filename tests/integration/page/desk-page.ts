/**
 * @file One open page for many tests: builds it, opens it, and fails a test after which the console or
 * the CSP has complained.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Channel } from '../../../src/shared/contract.ts';
import { type DeskView } from '../../../src/shared/desk-view.ts';
import {
  buildPage,
  openBrowser,
  openPage,
  type Answers,
  type Main,
  type OpenPage,
} from '../../gallery/page.ts';
import { view } from '../../gallery/parts.ts';

/** Between two views the desk is elsewhere, so that each begins with a fresh screen. */
const elsewhere = view({ screen: { at: 'welcome' } });

interface DeskPage {
  readonly open: () => OpenPage;
  /** Shows a view on a fresh screen; nothing has been asked of main yet. */
  readonly at: (shown: DeskView, answers?: Answers) => Promise<Page>;
  /** What was asked of main on one channel, in order. */
  readonly called: (channel: Channel) => Promise<readonly unknown[]>;
}

/** What has the focus, by its element and its words: "input: Email address". */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element instanceof HTMLInputElement) return `input: ${element.labels?.[0]?.textContent ?? ''}`;
    // Without what is only drawn: the key beside the words, a countdown.
    const read = element?.cloneNode(true) as HTMLElement | undefined;
    for (const drawn of read?.querySelectorAll('[aria-hidden]') ?? []) drawn.remove();
    return `${element?.localName ?? ''}: ${read?.textContent ?? ''}`;
  });

/** Types as people do, `pauseMs` a key, on a clock that stands still. */
export async function typeAt(page: Page, text: string, pauseMs: number): Promise<void> {
  for (const character of text) {
    await page.keyboard.type(character);
    await page.clock.runFor(pauseMs);
  }
}

/** Pastes into what has the focus, as Ctrl+V does. */
export async function paste(page: Page, text: string): Promise<void> {
  const pasted = await page.evaluate((pastedText) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pastedText);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return (document.activeElement ?? document.body).dispatchEvent(event);
  }, text);
  // What the browser does when the page has not prevented it.
  if (pasted) await page.keyboard.insertText(text.replaceAll(/[\r\n]+/g, ' '));
}

/** What the live region says. */
export const said = (page: Page): Promise<string> => page.getByRole('status').last().innerText();

declare global {
  interface Window {
    heard?: string[];
  }
}

/** Everything the live region says from now on, in order. */
export async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const region = [...document.querySelectorAll('[role=status]')].at(-1);
    if (region === undefined) throw new Error('there is no live region');
    const heard: string[] = (window.heard = []);
    new MutationObserver(() => heard.push(region.textContent)).observe(region, { childList: true });
  });
  return () => page.evaluate(() => window.heard ?? []);
}

// One build for all pages of a file of tests.
const folder = mkdtempSync(join(tmpdir(), 'countersign-page-'));
let browser: Browser | null = null;
beforeAll(async () => {
  await buildPage(folder);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** To be called where hooks can be: the page opens before the first test around and closes after the last. */
export function deskPage(setting: {
  readonly context?: BrowserContextOptions;
  readonly stillClock?: boolean;
  readonly answers?: Answers;
  readonly main?: Main;
}): DeskPage {
  let opened: OpenPage | null = null;

  const open = (): OpenPage => {
    if (opened === null) throw new Error('the page is not open yet');
    return opened;
  };
  beforeAll(async () => {
    if (browser === null) throw new Error('the browser is not open yet');
    opened = await openPage(browser, folder, { view: elsewhere, ...setting });
  });
  afterEach(() => {
    expect(open().complaints).toEqual([]);
  });
  afterAll(() => open().close());

  return {
    open,
    called: async (channel) =>
      (await open().calls()).filter((call) => call.channel === channel).map((call) => call.input),
    at: async (shown, answers = {}) => {
      const { page, reset, push, answer } = open();
      await reset();
      await push(elsewhere);
      await page.locator('.ways').waitFor();
      await answer(answers);
      await push(shown);
      if (shown.screen.at !== 'welcome') await page.locator('.ways').waitFor({ state: 'detached' });
      // The screen that was left may have told main its draft.
      await page.evaluate(() => void (window.double.calls = []));
      return page;
    },
  };
}
