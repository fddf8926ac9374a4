/** @file What an open window costs, in a real browser: a push draws what it changes, and the clock what then reads otherwise. */
import { expect, it } from 'vitest';
import { codeView, NOW, row, view } from '../../gallery/parts.ts';
import { deskPage } from './desk-page.ts';

const { open, at } = deskPage({ stillClock: true });

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

it('a minute of waiting for a code draws its bar and its minutes, and not every second', async () => {
  const waiting = row({
    id: 'v1',
    sentTo: 'mia.keller@example.com',
    state: 'open',
    expiresAt: NOW + 492_000,
    endedAt: null,
  });
  const page = await at(codeView({ resendAt: NOW - 1000 }, { shift: [waiting] }));
  await expect.poll(() => page.getByText(/8 mins? left/).count()).toBe(2);
  await page.evaluate(() => {
    Reflect.set(window, 'drawn', 0);
    new MutationObserver((changes) => {
      Reflect.set(window, 'drawn', Number(Reflect.get(window, 'drawn')) + changes.length);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await page.clock.runFor(60_000);
  await expect.poll(() => page.getByText(/7 mins? left/).count()).toBe(2);
  expect(await page.evaluate(() => Number(Reflect.get(window, 'drawn')))).toBeLessThan(15);
});
