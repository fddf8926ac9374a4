/** @file Everything that has a key is in the menu as well, and an entry presses its key. */
import { describe, expect, it } from 'vitest';
import { acceleratorOf, deskMenu } from '../../../src/main/page/desk-menu.ts';
import { stepped } from '../../../src/main/page/text-size.ts';
import { TEXTS } from '../../../src/main/texts.ts';
import { TEXT_SIZES } from '../../../src/shared/choices.ts';
import { KEYS, ROW_KEYS, type Key } from '../../../src/shared/keys.ts';

const pressed: Key[] = [];
const menu = deskMenu(TEXTS.en.menu, (key) => pressed.push(key));
const entries = [...menu.verification, ...menu.rows, ...menu.help];

describe('the menu', () => {
  it('has every key of the desk, each once', () => {
    const keys = [...Object.values(KEYS), ...ROW_KEYS.map((key) => ({ key, modified: true }))];
    expect(entries.map(({ accelerator }) => accelerator).sort()).toEqual(keys.map(acceleratorOf).sort());
    expect(new Set(entries.map(({ label }) => label)).size).toBe(entries.length);
  });

  it.each([
    ['New Verification', 'CommandOrControl+N', KEYS.next],
    ['Settings…', 'CommandOrControl+,', KEYS.settings],
    ['Back', 'Escape', KEYS.back],
    ['Keyboard Shortcuts', 'F1', KEYS.keys],
    ['About Countersign', 'CommandOrControl+I', KEYS.about],
    ['Verification 3', 'CommandOrControl+3', { key: '3', modified: true }],
  ])('%s shows %s and presses it', (label, accelerator, key) => {
    const entry = entries.find((one) => one.label === label);
    expect(entry).toMatchObject({ accelerator, registerAccelerator: false });
    pressed.length = 0;
    entry?.click();
    expect(pressed).toEqual([key]);
  });
});

describe('the size of the text', () => {
  it('goes up and down by its steps, stays at its ends, and goes back to the usual', () => {
    expect(stepped(100, 1)).toBe(115);
    expect(stepped(115, -1)).toBe(100);
    expect(stepped(100, -1)).toBe(100);
    expect(stepped(400, 1)).toBe(400);
    expect(stepped(250, 0)).toBe(100);
    let size: number = TEXT_SIZES[0];
    for (const expected of TEXT_SIZES.slice(1)) expect((size = stepped(size, 1))).toBe(expected);
  });
});
