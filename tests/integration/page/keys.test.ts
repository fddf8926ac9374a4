/**
 * @file The keys of the desk, on every screen: each does what the list of them says, none is a character where a code or
 * an address is typed, and none takes away what a browser or a screen reader needs.
 */
import { describe, expect, it } from 'vitest';
import { codeView, NOW, view } from '../../gallery/parts.ts';
import { named } from '../../gallery/views.ts';
import { deskPage, focused } from './desk-page.ts';

const { open, at, called } = deskPage({ stillClock: true });

describe('Control and a letter', () => {
  it('N begins a new verification, also out of a field, and the letter alone does not', async () => {
    const page = await at(named('code'));
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('n');
    expect(await called('desk.go')).toEqual([]);
    await page.getByRole('textbox', { name: 'Code' }).press('Control+n');
    expect(await called('desk.go')).toEqual([{ to: 'address' }]);
  });

  it('and the comma opens the settings', async () => {
    const page = await at(named('address'));
    await page.keyboard.press('Control+,');
    await expect.poll(() => called('desk.go')).toEqual([{ to: 'settings' }]);
  });

  it('held down begins one', async () => {
    const page = await at(named('code'));
    await page.keyboard.down('Control');
    for (let times = 0; times < 4; times += 1) await page.keyboard.down('n');
    await page.keyboard.up('n');
    await page.keyboard.up('Control');
    await expect.poll(() => called('desk.go')).toEqual([{ to: 'address' }]);
  });

  it('does nothing before there is a desk', async () => {
    const page = await at(named('setup-gmail'));
    await page.keyboard.press('Control+n');
    await page.keyboard.press('Control+,');
    await page.keyboard.press('Control+Enter');
    expect(await called('desk.go')).toEqual([]);
  });
});

describe('Control and Enter', () => {
  it('sends again when that can be done', async () => {
    const page = await at(codeView({ resendAt: NOW - 1 }));
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => called('verification.resend')).toEqual([{ id: 'v1' }]);
  });

  it('sends a new code with little time left', async () => {
    const page = await at(codeView({ resendAt: NOW - 1, resendTooLate: true }));
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => called('verification.again')).toEqual([{ id: 'v1' }]);
  });

  it.each(['expired', 'locked'])('sends a new code from the screen of one that is %s', async (name) => {
    const page = await at(named(name));
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => called('verification.again')).toEqual([{ id: 'v1' }]);
  });
});

describe('Escape', () => {
  it.each(['settings', 'code', 'verified', 'locked', 'refused-no-such-mailbox'])(
    'goes back from %s',
    async (name) => {
      const page = await at(named(name));
      await page.keyboard.press('Escape');
      await expect.poll(() => called('desk.go')).toEqual([{ to: 'address' }]);
    },
  );

  it('leaves set-up', async () => {
    const page = await at(named('setup-changing'));
    await page.keyboard.press('Escape');
    await expect.poll(() => called('setup.cancel')).toHaveLength(1);
  });

  it('closes a dialog and nothing behind it', async () => {
    const page = await at(named('settings'));
    await page.keyboard.press('F1');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await called('desk.go')).toEqual([]);
  });

  it('does nothing where there is nothing behind', async () => {
    const page = await at(named('address'));
    await page.keyboard.press('Escape');
    expect(await called('desk.go')).toEqual([]);
  });

  it('answers for the screen that is drawn, from its first moment on', async () => {
    const page = await at(named('address'));
    await page.evaluate(() => {
      const press = () =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      const drawn = new MutationObserver(() => {
        if (!document.querySelector('main h1')?.textContent.startsWith('Settings')) return;
        drawn.disconnect();
        press();
      });
      drawn.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await open().push(named('settings'));
    await expect.poll(() => called('desk.go')).toEqual([{ to: 'address' }]);
  });

  it('keeps the digits that were typed for when one comes back', async () => {
    const page = await at(named('code'));
    await page.keyboard.type('409');
    await page.keyboard.press('Escape');
    await open().push(view());
    await page.getByLabel('Email address').waitFor();
    await open().push(named('code'));
    await expect.poll(() => page.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('409');
  });
});

describe('the list on the left', () => {
  it('is gone along with the arrow keys', async () => {
    const page = await at(named('address'));
    const rows = page.getByRole('navigation').locator('.row');
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toMatch(/^button: mia\.keller/);
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toMatch(/^button: noor\.haddad/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toMatch(/^button: noor\.haddad/);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused(page)).toMatch(/^button: New verification/);
  });

  it('has a number for each of the first nine, in the order it is seen', async () => {
    const page = await at(named('address'));
    await page.keyboard.press('Control+2');
    await expect.poll(() => called('desk.show')).toEqual([{ id: 'v3' }]);
    await page.keyboard.press('Control+4');
    await expect.poll(() => called('desk.show')).toEqual([{ id: 'v3' }, { id: 'v2' }]);
  });

  it('leaves the arrow keys to the fields', async () => {
    const page = await at(named('code'));
    await page.keyboard.type('409');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    expect(await page.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('49');
  });
});

describe('the list of keys', () => {
  it('opens with F1, names them all, and gives the focus back', async () => {
    const page = await at(named('code'));
    await page.keyboard.press('F1');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const key of ['Enter', 'Ctrl N', 'Ctrl ,', 'Ctrl Enter', 'Esc', 'F1', 'Ctrl I', 'Ctrl 1 – 9', '↑ ↓'])
      await list.getByText(key, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await list.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('input: Code');
  });

  it.each([
    ['settings', true],
    ['verified', true],
    ['code', false],
    ['address', false],
  ])('opens with a question mark on %s: %s', async (name, opens) => {
    const page = await at(named(name));
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('?');
    await page.clock.runFor(100);
    expect(await page.getByRole('dialog').count()).toBe(opens ? 1 : 0);
    await page.keyboard.press('Escape');
  });
});

describe('what there is to read about the program', () => {
  it.each(['address', 'code', 'welcome', 'setup-gmail', 'desk-locked'])(
    'opens with its key on %s',
    async (name) => {
      const page = await at(named(name));
      await page.keyboard.press('Control+I');
      const about = page.getByRole('dialog', { name: 'Countersign 0.1.0' });
      await about.getByText('Countersign’s licence (MIT)').click();
      await about.getByText('The Countersign authors').waitFor();
      await about.getByText('The licences of the 4 packages inside').click();
      await about.getByText(/^react \d+\.\d+\.\d+ · MIT$/).click();
      await about.getByText('Copyright (c) Meta Platforms, Inc. and affiliates.').waitFor();
      await page.keyboard.press('Escape');
      await about.waitFor({ state: 'detached' });
    },
  );

  it('opens from the settings, and gives the focus back', async () => {
    const page = await at(named('settings-about'));
    await page.getByRole('button', { name: 'About and licences' }).click();
    await page.getByRole('dialog', { name: 'Countersign 0.1.0' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('button: About and licences');
  });
});

it('no key is a single character where a code or an address is typed (WCAG 2.1.4)', async () => {
  for (const name of ['address', 'code']) {
    const page = await at(named(name));
    await page.getByRole('button', { name: 'Settings' }).focus();
    for (const character of 'abcdefghijklmnopqrstuvwxyz/?.,') await page.keyboard.press(character);
    const asked = await open().calls();
    expect(asked.filter(({ channel }) => channel !== 'desk.draft')).toEqual([]);
  }
});
