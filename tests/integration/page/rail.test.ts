/** @file What an open window costs, in a real browser: a push draws what it changes, and the clock what then reads otherwise. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { codeView, NOW, row, view } from '../../gallery/parts.ts';
import { deskPage } from './desk-page.ts';

const { open, at } = deskPage({ stillClock: true });

interface Costs {
  woken: number;
  readonly changed: string[];
}
declare global {
  interface Window {
    costs?: Costs;
  }
}

it('a push draws the row that it changes, and none of the fifty that say the same', async () => {
  const shift = Array.from({ length: 50 }, (_, n) =>
    row({ id: `v${n}`, sentTo: `visitor.${n}@example.com` }),
  );
  const page = await at(view({ shift }));
  // A row that is drawn says its time.
  await page.evaluate(() => {
    const own = Reflect.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format');
    Reflect.set(window, 'said', 0);
    Reflect.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get(this: Intl.DateTimeFormat): unknown {
        Reflect.set(window, 'said', Number(Reflect.get(window, 'said')) + 1);
        return own?.get?.call(this);
      },
    });
  });
  const [first, ...rest] = shift;
  await open().push(view({ shift: first ? [{ ...first, sentTo: 'other@example.com' }, ...rest] : rest }));
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^other@/ })
    .waitFor();
  const said = await page.evaluate(() => Number(Reflect.get(window, 'said')));
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThan(10);
});

/** Writes down from now on how often the page is woken by a timer, and what was changed in it. */
async function watchCosts(page: Page) {
  await page.evaluate(() => {
    const costs: Costs = (window.costs = { woken: 0, changed: [] });
    const setTimeout = window.setTimeout.bind(window);
    Reflect.set(window, 'setTimeout', (wake: () => void, ms: number) =>
      setTimeout(() => {
        costs.woken += 1;
        wake();
      }, ms),
    );
    new MutationObserver((changes) => {
      for (const { type, target } of changes) costs.changed.push(`${type}: ${target.textContent ?? ''}`);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  return () => page.evaluate(() => window.costs ?? { woken: Number.NaN, changed: [] });
}

const waiting = row({
  id: 'v1',
  sentTo: 'mia.keller@example.com',
  state: 'open',
  expiresAt: NOW + 492_000,
  endedAt: null,
});

it('a minute of waiting for a code wakes and draws for its bar and its minutes, and not every second', async () => {
  const page = await at(codeView({ resendAt: NOW - 1000 }, { shift: [waiting] }));
  await expect.poll(() => page.getByText(/8 mins? left/).count()).toBe(2);
  const costs = await watchCosts(page);
  await page.clock.runFor(60_000);
  await expect.poll(() => page.getByText(/7 mins? left/).count()).toBe(2);
  const { woken, changed } = await costs();
  expect(changed.length).toBeLessThan(15);
  expect(woken).toBeLessThan(10);
});

it('the wait before “Send again” says what is left, and draws nothing else for it', async () => {
  const page = await at(codeView({ resendAt: NOW + 22_000, expiresAt: NOW + 492_000 }, { shift: [waiting] }));
  await page.getByText('in 25 secs').waitFor();
  const costs = await watchCosts(page);
  await page.clock.runFor(23_000);
  await expect.poll(() => page.locator('.button-wait').count()).toBe(0);
  const { changed } = await costs();
  const words = changed.filter((change) => /^characterData: \d+ secs?$/.test(change));
  const shown = [20, 15, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((left) => `characterData: ${left} secs`);
  expect(words).toEqual([...shown, 'characterData: 1 sec']);
  // The bar has two steps or three in that time, the minutes one, and the button becomes another at the end.
  expect(changed.length - words.length).toBeLessThan(15);
});
