/**
 * @file A person at the keys: types at the speed of people, one key after the other, and counts them. A scanner is
 * quicker and ends with Enter.
 */
import type { Page } from 'playwright-core';

/** Between two keys of a clerk, in milliseconds; they come round in this order. */
const PAUSES_MS = [120, 180, 400, 140, 260, 160, 320, 200];
const SCANNER_MS = 4;

export interface Person {
  /** Types a text key by key. */
  readonly type: (text: string) => Promise<void>;
  /** One key, or one combination of them. */
  readonly press: (key: string) => Promise<void>;
  /** What a scanner reads: the text and Enter, in one go. */
  readonly scan: (text: string) => Promise<void>;
  /** How many keys were pressed. */
  readonly keys: () => number;
}

export function personAt(page: Page): Person {
  let keys = 0;
  const key = async (press: () => Promise<void>) => {
    keys += 1;
    await press();
    await page.waitForTimeout(PAUSES_MS[keys % PAUSES_MS.length] ?? 0);
  };
  return {
    type: async (text) => {
      for (const character of text) await key(() => page.keyboard.type(character));
    },
    press: (name) => key(() => page.keyboard.press(name)),
    scan: async (text) => {
      await page.keyboard.type(text, { delay: SCANNER_MS });
      await page.keyboard.press('Enter');
    },
    keys: () => keys,
  };
}
