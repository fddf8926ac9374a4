/**
 * @file The desk's own part of the menu: everything that has a key, for those who look for it there. An entry presses its
 * key for the person, so that there is one way to do each thing.
 */
import { KEYS, ROW_KEYS, type Key, type KeyName } from '../../shared/keys.ts';

export interface MenuTexts {
  readonly verification: string;
  readonly entries: Readonly<Record<KeyName, string>>;
  /** Opens the row of the list with that number. */
  readonly row: (number: string) => string;
  readonly larger: string;
  readonly smaller: string;
  readonly usual: string;
}

export interface MenuEntry {
  readonly label: string;
  /** As Electron writes keys. */
  readonly accelerator: string;
  /** The page answers its keys itself; the menu shows them. macOS does not know the difference. */
  readonly registerAccelerator: false;
  readonly click: () => void;
}

/** "CommandOrControl+N". */
export function acceleratorOf({ key, modified }: Key): string {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return modified ? `CommandOrControl+${name}` : name;
}

export function deskMenu(
  texts: MenuTexts,
  press: (key: Key) => void,
): {
  readonly verification: readonly MenuEntry[];
  readonly rows: readonly MenuEntry[];
  readonly help: readonly MenuEntry[];
} {
  const entry = (label: string, key: Key): MenuEntry => ({
    label,
    accelerator: acceleratorOf(key),
    registerAccelerator: false,
    click: () => press(key),
  });
  const named = (name: KeyName): MenuEntry => entry(texts.entries[name], KEYS[name]);
  return {
    verification: [
      named('next'),
      named('send'),
      named('back'),
      named('find'),
      named('lock'),
      named('settings'),
    ],
    rows: ROW_KEYS.map((key) => entry(texts.row(key), { key, modified: true })),
    help: [named('keys'), named('about')],
  };
}
