/**
 * @file In windows of the sizes that people have, each state shows what it is about, without scrolling: the answer, the
 * fault, the remedy, the field, the button. Also at 400 %, where there is room for little else (WCAG 1.4.10).
 */
import { describe, expect, it } from 'vitest';
import { outOfView } from '../../gallery/faults.ts';
import { stateNamed, states } from '../../gallery/states.ts';
import { FIXED, FOUR_TIMES } from '../../gallery/windows.ts';
import { deskPage } from './desk-page.ts';

describe.each(Object.entries(FIXED))('in a window of %s', (window, context) => {
  const { at } = deskPage({ context: { ...context, reducedMotion: 'reduce' } });

  it.each(Object.keys(states))('%s shows what it is about', async (name) => {
    const state = stateNamed(name);
    const page = await at(state.view, state.answers);
    await state.act(page);
    expect(await outOfView(page, window === FOUR_TIMES ? state.aboutAt400 : state.about)).toEqual([]);
    // A dialog of the frame would stand over the next state.
    if ((await page.locator('dialog[open]').count()) > 0) await page.keyboard.press('Escape');
  });
});

describe('in a window of 1280 × 800 at 400 %', () => {
  const { at, open } = deskPage({ context: { ...FIXED[FOUR_TIMES], reducedMotion: 'reduce' } });

  // The test of the tests: what is cut off is found.
  it('a heading that is scrolled away is out of view', async () => {
    const page = await at(stateNamed('verified').view);
    expect(await outOfView(page, ['main h1'])).toEqual([]);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    expect(await outOfView(page, ['main h1', '.no-such-thing'])).toEqual([
      'main h1 is out of view',
      '.no-such-thing is out of view',
    ]);
  });

  it('the word Verified is there when the last digit was typed', async () => {
    const page = await at(stateNamed('code').view);
    await page.keyboard.type('409');
    await open().push(stateNamed('verified').view);
    await page.getByRole('heading', { name: 'Verified' }).waitFor();
    expect(await outOfView(page, ['main h1', 'main .button.primary'])).toEqual([]);
  });
});
