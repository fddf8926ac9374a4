/** @file The rail in a real browser: a push of the desk costs what it changes. */
import { expect, it } from 'vitest';
import { row, view } from '../../gallery/parts.ts';
import { deskPage } from './desk-page.ts';

const { open, at } = deskPage({});

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
