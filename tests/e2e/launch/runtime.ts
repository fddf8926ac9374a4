/**
 * @file What a runtime has to tell before the built program can be started on it and looked into. There is one for
 * Electron, one for the stand-in and one for a packaged program; everything else is the same for all of them.
 */
import type { Page } from 'playwright-core';

/** One line of the record. `to-main`: a call; `answer`: what it got; `event`: what main pushed. */
export interface Crossing {
  readonly way: 'to-main' | 'answer' | 'event';
  readonly channel: string;
  /** All that the message carried, as text. */
  readonly text: string;
}

/** What main made beside the crossings: a title, a menu, a window with its preferences or shown, a page opened in the browser, a copy. */
export interface Made {
  readonly way: 'title' | 'menu' | 'preferences' | 'shown' | 'outside' | 'copied';
  readonly channel: '';
  /** The title, the menu's template, the preferences, the address or the copied text, as JSON. */
  readonly text: string;
}

export interface Runtime {
  readonly name: 'electron' | 'stand-in' | 'packaged';
  /** The program with its arguments; `scripts` are what it must load before the built program, in this order. */
  readonly command: (
    switches: readonly string[],
    scripts: readonly string[],
  ) => readonly [string, ...string[]];
  /** The title that the window system shows. */
  readonly title: (page: Page, recorded: readonly (Crossing | Made)[]) => Promise<string>;
}
