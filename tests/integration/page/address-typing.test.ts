/**
 * @file An address typed at human speed and pasted as clerks do, with main's own rooms judging it: no warning on the way
 * to a right address, the repair on one key, and a click that lands where it was aimed.
 */
import { type Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hintsFor } from '../../../src/main/address/hint.ts';
import { parseAddress } from '../../../src/main/address/parse.ts';
import { judgeAddress } from '../../../src/main/desk/advice.ts';
import { requestOf } from '../../../src/shared/request.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { type Main } from '../../gallery/page.ts';
import { view } from '../../gallery/parts.ts';
import { deskPage, focused, listen, paste, said, typeAt } from './desk-page.ts';

/** DNS finds mail at every domain but these. */
const NO_MAIL = ['example.co', 'gmxx.de'];

const main: Main = {
  'desk.draft': ({ address }) => ok(judgeAddress(address)),
  'desk.advise': ({ address }) => {
    const parsed = parseAddress(address);
    const takes = NO_MAIL.some((domain) => address.endsWith(domain)) ? 'no' : 'yes';
    return ok(parsed.ok ? hintsFor(parsed.value, takes) : []);
  },
};
const { open, at, called } = deskPage({ stillClock: true, main });

const field = (page: Page) => page.getByLabel('Email address');
const REST_MS = 1000;

declare global {
  interface Window {
    /** Everything that was shown below the field, and where the button stood. */
    flashes?: string[];
    buttonTops?: number[];
  }
}

/** Notes down what appears below the field, even for a moment. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const flashes: string[] = (window.flashes = []);
    const tops: number[] = (window.buttonTops = []);
    const look = () => {
      const shown = document.querySelector('main .fault, main .note, main .hints > .hint, main .offer');
      if (shown !== null) flashes.push(shown.textContent);
      tops.push(document.querySelector('main [type=submit]')?.getBoundingClientRect().top ?? NaN);
    };
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
const flashes = (page: Page) => page.evaluate(() => window.flashes ?? []);

describe('an address that is right', () => {
  it.each([
    ['mia.keller@gmail.com', 120],
    ['mia.keller@gmail.com', 250],
    ['mia.keller@gmail.com', 400],
    ['sam@example.com', 400],
    ['noor@gmx.de', 250],
    ['Jean.Dupont@yahoo.co.uk', 300],
    ["o'brien@mail.example.org", 180],
  ])('%s, typed at %i ms a key, raises no warning on the way', async (address, pause) => {
    const page = await at(view());
    await watch(page);
    const heard = await listen(page);
    await typeAt(page, address, pause);
    expect(await called('desk.advise'), 'nothing half-typed is asked of DNS').toEqual([]);
    await page.clock.runFor(REST_MS);
    await expect.poll(() => called('desk.advise')).toEqual([{ address }]);
    expect(await flashes(page)).toEqual([]);
    expect(new Set(await page.evaluate(() => window.buttonTops)).size, 'the button stays where it is').toBe(
      1,
    );
    expect(await heard()).toEqual([]);
  });

  it('is asked of DNS at once when the field is left', async () => {
    const page = await at(view());
    await typeAt(page, 'mia@example.com', 120);
    await page.keyboard.press('Tab');
    await expect.poll(() => called('desk.advise')).toEqual([{ address: 'mia@example.com' }]);
  });
});

describe('a warning', () => {
  const typo = 'Is that domain spelled right? It looks like gmail.com.';

  it('comes once the typing has rested for a second, and is said once', async () => {
    const page = await at(view());
    const heard = await listen(page);
    await typeAt(page, 'sam@gmial.com', 250);
    expect(await page.locator('main .note').count()).toBe(0);
    await page.clock.runFor(REST_MS - 250);
    await page.locator('main .note').getByText(typo).waitFor();
    await expect.poll(heard).toEqual([typo]);
    await page.clock.runFor(10 * REST_MS);
    expect(await heard()).toEqual([typo]);
  });

  it('goes with the next letter, and belongs to no other address', async () => {
    const page = await at(view());
    await paste(page, 'sam@gmial.com');
    await page.locator('main .note').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.type('x');
    expect(await page.locator('main .note').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Use/ }).count()).toBe(0);
  });

  it.each([
    ['sam@gmial.com', 'Is that domain spelled right? It looks like gmail.com.'],
    ["'sam@gmail.com", "Does the ' in front belong to the address? Ask the person."],
    ['www.sam@gmail.com', 'Does the www. in front belong to the address? Ask the person.'],
  ])('(%s) changes nothing unless its button is pressed, and then Enter sends', async (typed, asked) => {
    const page = await at(view());
    await paste(page, typed);
    const use = page.getByRole('button', { name: 'Use sam@gmail.com' });
    await use.waitFor();
    expect(await page.locator('main .note p').innerText()).toBe(asked);
    expect(await field(page).inputValue()).toBe(typed);
    await use.click();
    expect(await field(page).inputValue()).toBe('sam@gmail.com');
    expect(await focused(page)).toBe('input: Email address');
    await page.keyboard.press('Enter');
    await expect.poll(() => called('verification.start')).toMatchObject([{ address: 'sam@gmail.com' }]);
  });

  it('depends on DNS where a name is only near a service’s', async () => {
    const page = await at(view());
    await paste(page, 'sam@cloud.com');
    await expect.poll(() => called('desk.advise')).toHaveLength(1);
    await page.keyboard.press('Control+a');
    await paste(page, 'sam@gmxx.de');
    await page.getByRole('button', { name: 'Use sam@gmx.de' }).waitFor();
    expect(await page.locator('main .note').count()).toBe(1);
  });

  it('that no mail is taken there waits like every other', async () => {
    const page = await at(view());
    await watch(page);
    await typeAt(page, 'sam@example.co', 400);
    await typeAt(page, 'm', 400);
    await page.clock.runFor(REST_MS);
    await expect.poll(() => called('desk.advise')).toHaveLength(1);
    expect(await flashes(page)).toEqual([]);
    await page.keyboard.press('Backspace');
    await page.clock.runFor(REST_MS);
    await page.locator('main .note').getByText('This domain does not seem to accept mail.').waitFor();
  });
});

describe('a fault', () => {
  it('that more typing cures is not told before the field is left', async () => {
    const page = await at(view());
    await watch(page);
    await typeAt(page, 'mia@', 250);
    await page.clock.runFor(10 * REST_MS);
    expect(await flashes(page)).toEqual([]);
    await page.keyboard.press('Tab');
    await page.locator('main .fault').getByText('Something is missing after the @.').waitFor();
  });

  it('that more typing cannot cure is told once the typing rests, and again only after it was gone', async () => {
    const page = await at(view());
    const heard = await listen(page);
    const told = 'These are several addresses. Enter one.';
    await typeAt(page, 'mia@example.com, sam@example.com', 200);
    expect(await heard()).toEqual([]);
    await page.clock.runFor(REST_MS);
    await expect.poll(heard).toEqual([told]);
    await field(page).fill('mia@example.com');
    await page.clock.runFor(REST_MS);
    await expect.poll(() => page.locator('main .fault').count()).toBe(0);
    await field(page).fill('mia@example.com, sam@example.com');
    await page.clock.runFor(REST_MS);
    await expect.poll(heard).toEqual([told, told]);
  });

  it.each([
    ['o’brien@example.ie', '“’” cannot be in an email address.'],
    ['mia\u200b@example.com', 'There is a zero-width space (U+200B) in it, which cannot be seen.'],
    ['mia\u202e@example.com', 'There is a direction mark (U+202E) in it, which cannot be seen.'],
    ['mia@exam_ple.com', '“_” cannot be in an email address.'],
    ['mia@example.com.', 'There is a dot at the end.'],
    ['mia@@example.com', 'There is more than one @ in it.'],
    ['mailto:mia@example.com', 'Only the address itself, without “mailto:”.'],
  ])('of %j is named', async (pasted, told) => {
    const page = await at(view());
    await paste(page, pasted);
    await page.keyboard.press('Tab');
    await page.locator('main .fault').getByText(told).waitFor();
    expect(await field(page).inputValue()).toBe(pasted);
  });
});

describe('the one address in a paste', () => {
  it.each([
    ['“Lena Fischer” <lena.fischer@example.de>;', 'lena.fischer@example.de'],
    ['mailto:mia@example.com?subject=Hello', 'mia@example.com'],
    ['mia@example.com.', 'mia@example.com'],
    ['mia @ example.com', 'mia@example.com'],
    ['\u200bmia@example.com', 'mia@example.com'],
    ['mia@example.com, mia@example.com', 'mia@example.com'],
  ])('%j is taken with one key, and sent with the next', async (pasted, meant) => {
    const page = await at(view());
    const heard = await listen(page);
    await paste(page, pasted);
    await page.getByRole('button', { name: `Use ${meant}` }).waitFor();
    expect(await field(page).inputValue(), 'nothing is changed by itself').toBe(pasted);
    expect((await heard()).at(-1)).toContain(`Press Enter to use ${meant}.`);
    await page.keyboard.press('Enter');
    await expect.poll(() => field(page).inputValue()).toBe(meant);
    expect(await focused(page)).toBe('input: Email address');
    expect(await called('verification.start')).toEqual([]);
    await expect.poll(() => page.locator('main .fault').count()).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => called('verification.start')).toMatchObject([{ address: meant }]);
  });

  it('is offered as well to the one who pressed Enter before it was', async () => {
    const fault = { problem: 'display-name', character: null, repair: 'mia@example.com' } as const;
    const page = await at(view(), {
      'verification.start': fail({ code: 'address', fault }),
    });
    await open().hold('desk.draft');
    await paste(page, 'Mia <mia@example.com>');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Use mia@example.com' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await field(page).inputValue()).toBe('mia@example.com');
  });

  it('is not taken and sent by one Enter that is held down', async () => {
    const page = await at(view());
    await paste(page, '<mia@example.com>');
    await page.getByRole('button', { name: 'Use mia@example.com' }).waitFor();
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    expect(await field(page).inputValue()).toBe('mia@example.com');
    expect(await called('verification.start')).toEqual([]);
  });

  it('is not taken by the Enter that was refused, and is held down still', async () => {
    const fault = { problem: 'display-name', character: null, repair: 'mia@example.com' } as const;
    const page = await at(view(), {
      'verification.start': fail({ code: 'address', fault }),
    });
    await open().hold('desk.draft');
    await paste(page, '<mia@example.com>');
    await page.keyboard.down('Enter');
    await page.getByRole('button', { name: 'Use mia@example.com' }).waitFor();
    await page.keyboard.down('Enter');
    expect(await field(page).inputValue()).toBe('<mia@example.com>');
    await page.keyboard.up('Enter');
  });

  it('is not taken by the Enter that commits what an input method composed', async () => {
    const page = await at(view());
    await paste(page, '<mia@example.com>');
    await page.getByRole('button', { name: 'Use mia@example.com' }).waitFor();
    // What macOS sends for it.
    await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    expect(await field(page).inputValue()).toBe('<mia@example.com>');
  });

  it('is not offered where it could be another', async () => {
    const page = await at(view());
    await paste(page, 'mia keller@example.com');
    await page.keyboard.press('Tab');
    await page.locator('main .fault').getByText('There is a space inside the address.').waitFor();
    expect(await page.getByRole('button', { name: /^Use/ }).count()).toBe(0);
  });
});

describe('a click', () => {
  it.each([
    ['Send code', 'verification.start'],
    ['Payment', null],
  ] as const)(
    'on %s lands there, although leaving the field shows a fault above it',
    async (target, channel) => {
      const request = requestOf('registration');
      const page = await at(view({ draft: { address: '', request } }), {
        'verification.start': fail({
          code: 'address',
          fault: { problem: 'no-domain', character: null, repair: null },
        }),
      });
      await typeAt(page, 'mia@', 120);
      const aimed = page.locator('main').getByText(target, { exact: true }).first();
      const box = await aimed.boundingBox();
      if (box === null) throw new Error('it is not there');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await page.clock.runFor(150);
      expect(await page.locator('main .fault').count()).toBe(0);
      await page.mouse.up();
      await page.clock.runFor(50);
      await page.locator('main .fault').first().waitFor();
      if (channel === null) await page.getByLabel('Amount').waitFor();
      else expect(await called(channel)).toHaveLength(1);
    },
  );
});

it('says what is offered to the one who only hears it', async () => {
  const page = await at(view());
  await paste(page, 'Mia Keller <mia@example.com>');
  await expect
    .poll(() => said(page))
    .toBe(
      'Only the address itself, without a name, a label or brackets. Press Enter to use mia@example.com.',
    );
});
