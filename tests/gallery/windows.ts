/**
 * @file The windows that the desk is looked at in: some that are made as tall as what is in them, and some of a fixed
 * size, as people have them.
 */
import { type BrowserContextOptions } from 'playwright-core';

/** For pictures of the whole: a window of 1080 × 700 at 200 % is one of 540 × 350 with two device pixels to each. */
export const WHOLE: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1080, height: 700 }, colorScheme: 'light' },
  dark: { viewport: { width: 1080, height: 700 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 390, height: 760 }, colorScheme: 'light' },
  'narrow-dark': { viewport: { width: 360, height: 640 }, colorScheme: 'dark' },
  zoom: { viewport: { width: 540, height: 350 }, deviceScaleFactor: 2, colorScheme: 'light' },
  rtl: { viewport: { width: 1080, height: 700 }, colorScheme: 'light' },
  forced: { viewport: { width: 1080, height: 700 }, forcedColors: 'active' },
};

export const FOUR_TIMES = '1280x800-at-400';

/** A picture of these is what fits in. At 400 % 1280 × 800 are 320 × 200 of the page's pixels (WCAG 1.4.10). */
export const FIXED: Readonly<Record<string, BrowserContextOptions>> = {
  '1024x700': { viewport: { width: 1024, height: 700 }, colorScheme: 'light' },
  '1180x800': { viewport: { width: 1180, height: 800 }, colorScheme: 'dark' },
  '1366x680': { viewport: { width: 1366, height: 680 }, colorScheme: 'light' },
  '1920x1000': { viewport: { width: 1920, height: 1000 }, colorScheme: 'light' },
  [FOUR_TIMES]: { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4, colorScheme: 'light' },
};
