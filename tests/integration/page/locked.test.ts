/** @file The locked desk: a tap, a PIN, a wait, signs of life. */
import { describe, expect, it } from 'vitest';
import { named } from '../../gallery/views.ts';
import { deskPage, focused } from './desk-page.ts';

const { at, called } = deskPage({});

describe('a locked desk', () => {
  it('is unlocked by a tap, or by a tap and a PIN, with keys alone', async () => {
    const page = await at(named('desk-locked'));
    await expect.poll(() => focused(page)).toContain('Anna');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => called('access.sit')).toEqual([{ id: 'id-Karim', pin: '' }]);
    await page.getByRole('button', { name: /^Anna/ }).press('Enter');
    await page.keyboard.type('5093');
    await page.keyboard.press('Enter');
    await expect.poll(() => called('access.sit')).toContainEqual({ id: 'id-Anna', pin: '5093' });
  });

  it('says how long a PIN has to wait, and asks main nothing until then', async () => {
    const page = await at(named('desk-locked'));
    await page.getByRole('button', { name: /^Dr/ }).click();
    await page.keyboard.type('5093');
    await page.keyboard.press('Enter');
    const go = page.getByRole('button', { name: 'Go on' });
    expect(await go.getAttribute('aria-disabled')).toBe('true');
    expect(await called('access.sit')).toEqual([]);
  });

  it('tells main of signs of life, and not while nobody is there', async () => {
    const page = await at(named('address-operator'));
    await page.mouse.move(200, 200);
    await expect.poll(async () => (await called('access.active')).length).toBeGreaterThan(0);
    const locked = await at(named('desk-locked'));
    await locked.mouse.move(300, 300);
    await locked.keyboard.press('Shift');
    expect(await called('access.active')).toEqual([]);
  });
});
