/**
 * @file The built page in a real browser, with a bridge that answers as told: what people do while a code is out
 * and once it is judged, and what main is asked then. What main makes of it is proven elsewhere.
 */
import { type Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Answers } from '../../gallery/page.ts';
import { codeView, NOW } from '../../gallery/parts.ts';
import { named } from '../../gallery/views.ts';
import { deskPage, focused, paste, said, typeAt } from './desk-page.ts';
import { fail, ok } from '../../../src/shared/result.ts';

const { open, at, called } = deskPage({ stillClock: true });

describe('the code screen', () => {
  const wrong: Answers = { 'verification.check': ok({ outcome: 'wrong', guessesLeft: 4 }) };
  const field = (page: Page) => page.getByRole('textbox', { name: 'Code' });

  it('has one real input that the system and a phone’s keyboard know', async () => {
    const page = await at(codeView());
    expect(await focused(page)).toBe('input: Code');
    expect(await field(page).getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field(page).getAttribute('inputmode')).toBe('numeric');
    expect(await page.getByRole('textbox').count()).toBe(1);
  });

  it('asks main as soon as the last digit is in, once', async () => {
    const page = await at(codeView(), wrong);
    await open().hold('verification.check');
    await page.keyboard.type('40931');
    expect(await called('verification.check')).toEqual([]);
    await page.keyboard.type('3');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    expect(await called('verification.check')).toEqual([{ id: 'v1', code: '409313' }]);
    await open().release('verification.check');
  });

  it.each([
    ['409313', '409313'],
    [' 409\u00a0313\n', '409313'],
    ['Your code is 409313.', '409313'],
    ['409313 is your code for Harbour Clinic (until 17:51)', '409313'],
    ['409,313', '409313'],
  ])(
    'takes %j that is pasted while a button has the focus, and shows what it has judged',
    async (text, code) => {
      const page = await at(codeView(), wrong);
      await open().hold('verification.check');
      await page.getByRole('button', { name: 'Change address' }).focus();
      await paste(page, text);
      await expect.poll(() => called('verification.check')).toEqual([{ id: 'v1', code }]);
      expect(await field(page).inputValue()).toBe(code);
      expect(await focused(page)).toBe('input: Code');
      await open().release('verification.check');
    },
  );

  it('takes a digit that is typed while a button or nothing has the focus', async () => {
    const page = await at(codeView(), wrong);
    await page.getByRole('button', { name: 'Change address' }).focus();
    await typeAt(page, '409', 250);
    expect(await field(page).inputValue()).toBe('409');
    await page.locator('.facts').click();
    expect(await focused(page)).toMatch(/^body/);
    await typeAt(page, '313', 250);
    await expect.poll(() => called('verification.check')).toEqual([{ id: 'v1', code: '409313' }]);
  });

  it('takes a digit that is held down once, so that a key that is leant on costs no guess', async () => {
    const page = await at(codeView(), wrong);
    for (let times = 0; times < 8; times += 1) await page.keyboard.down('4');
    await page.keyboard.up('4');
    expect(await field(page).inputValue()).toBe('4');
    expect(await called('verification.check')).toEqual([]);
  });

  it('is empty on the way back, when the code was judged after its screen was left', async () => {
    const page = await at(codeView(), wrong);
    await open().hold('verification.check');
    await page.keyboard.type('409313');
    await open().push(named('address'));
    await page.getByLabel('Email address').waitFor();
    await open().release('verification.check');
    await expect.poll(() => said(page)).toContain('That is not the code');
    await open().push(codeView());
    await field(page).waitFor();
    expect(await field(page).inputValue()).toBe('');
  });

  it('leaves digits with a modifier alone', async () => {
    const page = await at(codeView(), wrong);
    await page.getByRole('button', { name: 'Change address' }).focus();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Alt+2');
    expect(await field(page).inputValue()).toBe('');
  });

  it.each([
    ['a letter', (page: Page) => page.keyboard.type('O'), 'Only the digits, please.'],
    ['a sentence without a code', (page: Page) => paste(page, 'until 17:51'), 'Only the digits, please.'],
    ['two codes', (page: Page) => paste(page, '123456 or 654321'), 'Only the digits, please.'],
    ['too many digits', (page: Page) => paste(page, '1234567'), 'The code has 6 digits; this has 7.'],
  ])('says what is wrong with %s, asks main nothing and loses nothing', async (_what, enter, told) => {
    const page = await at(codeView(), wrong);
    await typeAt(page, '40', 120);
    await enter(page);
    await page.locator('main .fault').getByText(told).waitFor();
    expect(await said(page)).toContain(told);
    expect(await called('verification.check')).toEqual([]);
    expect(await field(page).inputValue()).toBe('40');
    await page.keyboard.type('9');
    expect(await page.locator('main .fault').count()).toBe(0);
    expect(await field(page).inputValue()).toBe('409');
  });

  it('adds up the parts of a code that is pasted in two', async () => {
    const page = await at(codeView(), wrong);
    await paste(page, '480');
    expect(await field(page).inputValue()).toBe('480');
    await paste(page, '587');
    await expect.poll(() => called('verification.check')).toEqual([{ id: 'v1', code: '480587' }]);
  });

  it('leaves to main a code that is too short when Enter says that it is all', async () => {
    const problem = { kind: 'too-short', digits: 2, wanted: 6 } as const;
    const page = await at(codeView(), {
      'verification.check': fail({ code: 'ill-formed', problem }),
    });
    await page.keyboard.type('40');
    await page.keyboard.press('Enter');
    await page.locator('main .fault').getByText('The code has 6 digits; this has 2.').waitFor();
    expect(await field(page).inputValue()).toBe('40');
  });

  it('is cleared by a wrong code, says so, and has the focus again', async () => {
    const page = await at(codeView(), wrong);
    await page.keyboard.type('111111');
    const described = page.getByRole('textbox', {
      name: 'Code',
      description: /That is not the code. 4 guesses left./,
    });
    await described.waitFor();
    expect(await described.inputValue()).toBe('');
    expect(await focused(page)).toBe('input: Code');
    expect(await said(page)).toBe('That is not the code. 4 guesses left.');
  });

  it('spends no second guess on an Enter that comes before the answer to the last digit is drawn', async () => {
    const page = await at(codeView(), wrong);
    await open().hold('verification.check');
    await page.keyboard.type('111111');
    await page.evaluate(async () => {
      for (const answer of window.double.held['verification.check'] ?? []) answer();
      // Nothing is drawn until this has gone through its turns.
      for (let turn = 0; turn < 50; turn += 1) {
        await Promise.resolve();
        document.querySelector<HTMLFormElement>('main form')?.requestSubmit();
      }
    });
    await page.getByText('That is not the code.').first().waitFor();
    expect(await called('verification.check')).toHaveLength(1);
  });

  it('keeps the digits when main could not judge them, so that Enter asks again', async () => {
    const page = await at(codeView(), {
      'verification.check': fail({ code: 'internal', reference: 'K3' }),
    });
    await page.keyboard.type('409313');
    await page
      .getByText(/The log has it as K3/)
      .first()
      .waitFor();
    expect(await field(page).inputValue()).toBe('409313');
    await page.keyboard.press('Enter');
    await expect.poll(() => called('verification.check')).toHaveLength(2);
  });

  it('asks main nothing for Enter alone', async () => {
    const page = await at(codeView());
    await page.keyboard.press('Enter');
    expect(await called('verification.check')).toEqual([]);
  });

  const clickSlot = (page: Page, number: number): Promise<void> =>
    page
      .locator('.slot')
      .nth(number - 1)
      .click({ force: true });

  it('lets a digit be typed over by clicking its slot, and goes on with the next one', async () => {
    const page = await at(codeView(), wrong);
    await typeAt(page, '12345', 120);
    await clickSlot(page, 2);
    await typeAt(page, '9', 250);
    expect(await field(page).inputValue()).toBe('19345');
    expect(await page.locator('.slot[data-active]').allInnerTexts()).toEqual(['3']);
    await typeAt(page, '8', 250);
    expect(await field(page).inputValue()).toBe('19845');
    expect(await called('verification.check')).toEqual([]);
  });

  it('never judges by itself what was completed from the middle: that is for Enter', async () => {
    const page = await at(codeView(), wrong);
    await typeAt(page, '13456', 120);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await typeAt(page, '2', 250);
    expect(await field(page).inputValue()).toBe('123456');
    await page.clock.runFor(5000);
    expect(await called('verification.check')).toEqual([]);
    await page.getByRole('button', { name: 'Check code' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => called('verification.check')).toEqual([{ id: 'v1', code: '123456' }]);
  });

  it('is checked with a press for those without an Enter key', async () => {
    const page = await at(codeView(), {
      'verification.check': fail({ code: 'invalid-input' }),
    });
    await page.keyboard.type('409313');
    await page.locator('main .fault').getByText('That could not be taken as it is.').waitFor();
    await page.getByRole('button', { name: 'Check code' }).click();
    await expect.poll(() => called('verification.check')).toHaveLength(2);
  });

  it('keeps its digits when one comes back by Tab and types on', async () => {
    const page = await at(codeView(), wrong);
    await typeAt(page, '4093', 120);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('input: Code');
    await typeAt(page, '1', 250);
    expect(await field(page).inputValue()).toBe('40931');
  });

  it('shows what is selected, so that nothing is wiped out unseen', async () => {
    const page = await at(codeView());
    await typeAt(page, '4093', 120);
    await page.keyboard.press('Control+a');
    expect(await page.locator('.slot[data-active]').allInnerTexts()).toEqual(['4', '0', '9', '3']);
    await page.keyboard.press('Backspace');
    expect(await field(page).inputValue()).toBe('');
    expect(await page.locator('.slot').nth(0).getAttribute('data-active')).toBe('true');
  });

  it('draws the caret in the first slot after a wrong code, however fast it was typed', async () => {
    const page = await at(codeView(), wrong);
    await page.keyboard.type('111111');
    await page.locator('main .fault').getByText('That is not the code.').waitFor();
    const active = await page
      .locator('.slot')
      .evaluateAll((slots) => slots.map((slot) => slot.hasAttribute('data-active')));
    expect(active).toEqual([true, false, false, false, false, false]);
  });

  it('takes digits out one by one, and judges again only at the end', async () => {
    const page = await at(codeView(), wrong);
    await typeAt(page, '40931', 120);
    for (const key of ['Backspace', 'Backspace']) await page.keyboard.press(key);
    expect(await field(page).inputValue()).toBe('409');
    await typeAt(page, '313', 120);
    await expect.poll(() => called('verification.check')).toEqual([{ id: 'v1', code: '409313' }]);
  });

  it('waits for an input method to commit before it judges', async () => {
    const page = await at(codeView(), wrong);
    const devtools = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      devtools.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    for (const text of ['\uff14', '\uff14\uff10', '\uff14\uff10\uff19\uff13\uff11\uff13'])
      await compose(text);
    await page.clock.runFor(2000);
    expect(await called('verification.check')).toEqual([]);
    await devtools.send('Input.insertText', { text: '\uff14\uff10\uff19\uff13\uff11\uff13' });
    await expect.poll(() => called('verification.check')).toEqual([{ id: 'v1', code: '409313' }]);
  });

  it('is not emptied by an input method that commits something else', async () => {
    const page = await at(codeView(), wrong);
    await typeAt(page, '12', 120);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
    await devtools.send('Input.insertText', { text: 'か' });
    await page.locator('main .fault').getByText('Only the digits, please.').waitFor();
    expect(await field(page).inputValue()).toBe('12');
  });

  it('has the focus again once it was sent again, and keeps it when there is little time left', async () => {
    const page = await at(codeView({ resendAt: NOW - 1 }));
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => focused(page)).toBe('input: Code');
    await page.getByRole('button', { name: 'Send again' }).focus();
    await open().push(codeView({ resendAt: NOW - 1, resendTooLate: true }));
    await page.getByRole('button', { name: 'New code' }).waitFor();
    expect(await focused(page)).toBe('button: New code');
  });

  it('offers no new code when none could be sent: it would end the one that is good', async () => {
    const page = await at(
      codeView({
        resendAt: null,
        resendTooLate: true,
        sends: 5,
        spent: { of: 'address', until: NOW + 3_600_000 },
      }),
    );
    await page.getByText(/^This address has had all the codes it may get in 24 hours/).waitFor();
    expect(await page.getByRole('button', { name: /New code|Send again/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Change address' }).isVisible()).toBe(true);
  });

  it('speaks of a likely slip to those who typed too fast to see it', async () => {
    const page = await at(
      codeView({ sentTo: 'sam@gmial.com', hints: [{ kind: 'typo', suggestion: 'sam@gmail.com' }] }),
    );
    await page.getByText('Was gmail.com meant?').waitFor();
  });

  it('offers to send again when the cool-down is over, and not before', async () => {
    const page = await at(codeView({ resendAt: NOW + 22_000 }));
    const again = page.getByRole('button', { name: 'Send again', exact: true });
    expect(await again.innerText()).toMatch(/^Send again\s+in 25 secs$/);
    await page.getByRole('button', { name: 'Send again', description: 'From 14:06 on.' }).waitFor();
    await again.press('Enter');
    await page.keyboard.press('Control+Enter');
    expect(await called('verification.resend')).toEqual([]);
    await page.clock.runFor(23_000);
    await expect.poll(() => again.getAttribute('aria-disabled')).toBeNull();
    await open().hold('verification.resend');
    await again.dblclick();
    expect(await called('verification.resend')).toEqual([{ id: 'v1' }]);
  });
});

it('says which mail to ask for when there are two', async () => {
  const page = await at(named('code-newest'));
  await page
    .getByText('Ask for the newest mail, sent 14:04: an earlier one has another code.')
    .first()
    .waitFor();
  // The newer one is not out yet: there is nothing to ask for.
  const { screen, ...rest } = named('code-newest');
  if (screen.at !== 'verification') throw new Error('this is not a view of a code');
  await open().push({ ...rest, screen: { ...screen, verification: { ...screen.verification, sends: 0 } } });
  await expect.poll(() => page.locator('.other-mail').count()).toBe(0);
});
