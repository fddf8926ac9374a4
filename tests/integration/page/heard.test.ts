/**
 * @file What somebody hears, or sees large: names that stay what they are while time runs, one sentence for the last
 * minute, addresses read as one word, and a ring wherever the program puts the focus.
 */
import { describe, expect, it } from 'vitest';
import { codeView, NOW } from '../../gallery/parts.ts';
import { named, views } from '../../gallery/views.ts';
import { deskPage, listen } from './desk-page.ts';

const { open, at } = deskPage({ stillClock: true });

describe('the time', () => {
  it('is said once when the last minute begins, and is counted by the eye only', async () => {
    const page = await at(codeView({ expiresAt: NOW + 90_000 }));
    const heard = await listen(page);
    await page.clock.runFor(28_000);
    expect(await heard()).toEqual([]);
    await page.clock.runFor(4_000);
    await expect.poll(heard).toEqual(['Less than a minute left.']);
    await page.clock.runFor(40_000);
    await page.getByText(/\b1\d secs? left/).waitFor();
    expect(await heard()).toEqual(['Less than a minute left.']);
  });

  it('is said to the one who comes back to a code in its last minute', async () => {
    const page = await at(named('address'));
    const heard = await listen(page);
    await open().push(codeView({ expiresAt: NOW + 50_000 }));
    await expect.poll(heard).toContain('Less than a minute left.');
  });

  it.each(['code', 'code-resent', 'code-paused', 'code-last-guess', 'refused-sign-in-later', 'address'])(
    'is in no name on %s: each is the same ten seconds later',
    async (name) => {
      const page = await at({ ...named(name) });
      const names = () =>
        page
          .locator('body')
          .ariaSnapshot()
          .then((tree) => tree.match(/- (?:button|heading|link|textbox|navigation|listitem|radio)[^\n]*/g));
      const before = await names();
      expect(before?.length).toBeGreaterThan(3);
      await page.clock.runFor(10_000);
      expect(await names()).toEqual(before);
    },
  );
});

describe('an address', () => {
  it('is one word in the heading, however it is broken', async () => {
    const page = await at(codeView());
    const name = 'Ask for the code sent to mia.keller@example.com';
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  });

  it.each([
    'code',
    'verified',
    'expired',
    'address-verified',
    'refused-no-such-mailbox',
    'address-replacing',
  ])('is never read in two pieces on %s', async (name) => {
    const page = await at(named(name));
    const tree = await page.locator('body').ariaSnapshot();
    expect(tree).toContain('mia.keller@example.com');
    expect(tree).not.toMatch(/\w\s+@|mia\.\s+keller/);
  });
});

describe('the focus', () => {
  // A clock that stands still would be put into the mail's frame too, which takes no script.
  const running = deskPage({});

  it.each(Object.keys(views))('shows where the program has put it on %s', async (name) => {
    const page = await running.at(named(name));
    await page.keyboard.press('Shift');
    const ring = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      // The slots show where the caret of the code is.
      const shown = focused.matches('.slots-input') ? document.querySelector('.slot[data-active]') : focused;
      if (shown === null) return null;
      const { outlineStyle, outlineWidth, borderColor } = getComputedStyle(shown);
      return outlineStyle === 'none' && !focused.matches('.slots-input') ? null : outlineWidth + borderColor;
    });
    expect(ring).not.toBeNull();
  });
});
