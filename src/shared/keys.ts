/**
 * @file The keys of the desk, for the page that answers them and for the menu that shows them. Each has a modifier or is
 * no character, so that none gets in the way where a code or an address is typed (WCAG 2.1.4).
 */

export interface Key {
  /** As `KeyboardEvent.key` says it, letters in lower case. */
  readonly key: string;
  /** With Control, on macOS with Command. */
  readonly modified: boolean;
}

export const KEYS = {
  next: { key: 'n', modified: true },
  find: { key: 'f', modified: true },
  settings: { key: ',', modified: true },
  lock: { key: 'l', modified: true },
  /** Sends again, or a new code: what the button on the screen says. */
  send: { key: 'Enter', modified: true },
  back: { key: 'Escape', modified: false },
  keys: { key: 'F1', modified: false },
  about: { key: 'i', modified: true },
} as const satisfies Record<string, Key>;
export type KeyName = keyof typeof KEYS;

/** With the modifier, a digit goes to that row of the rail. */
export const ROW_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
