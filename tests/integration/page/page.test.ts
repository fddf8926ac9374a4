/**
 * @file The built page in a real browser, with a bridge that answers as told: what people do while a code is out
 * and once it is judged, and what main is asked then. What main makes of it is proven elsewhere.
 */
import { type Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Answers } from '../../gallery/page.ts';
import { codeView, NOW } from '../../gallery/views.ts';
import { deskPage, focused, paste, said } from './desk-page.ts';

const { open, at, called } = deskPage({ stillClock: true });

describe('the code screen', () => {
  const wrong: Answers = { 'verification.check': { ok: true, value: { outcome: 'wrong', guessesLeft: 4 } } };
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

  it('takes a code that is pasted anywhere, and hands it to main as it was', async () => {
    const page = await at(codeView(), wrong);
    await page.getByRole('button', { name: 'Change address' }).focus();
    await paste(page, ' 409\u00a0313\n');
    await expect.poll(() => called('verification.check')).toEqual([{ id: 'v1', code: ' 409\u00a0313\n' }]);
  });

  it('leaves to main what is not plainly digits, and says what main says', async () => {
    const page = await at(codeView(), {
      'verification.check': { ok: false, problem: { code: 'ill-formed', problem: { kind: 'not-digits' } } },
    });
    await page.keyboard.type('40');
    await page.keyboard.type('O');
    await page
      .getByText(/A code has digits only/)
      .first()
      .waitFor();
    expect(await called('verification.check')).toEqual([{ id: 'v1', code: '40O' }]);
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

  it('keeps the digits when main could not judge them, so that Enter asks again', async () => {
    const page = await at(codeView(), {
      'verification.check': { ok: false, problem: { code: 'internal', reference: 'K3' } },
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

  it('lets a digit be typed over by clicking its slot', async () => {
    const page = await at(codeView());
    await page.keyboard.type('409');
    await page.locator('.slots-input').click({ position: { x: 100, y: 30 } });
    await page.keyboard.type('7');
    expect(await field(page).inputValue()).toBe('479');
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
    const again = page.getByRole('button', { name: /^Send again/ });
    expect(await again.innerText()).toBe('Send again in 0:22');
    await again.press('Enter');
    expect(await called('verification.resend')).toEqual([]);
    await page.clock.runFor(23_000);
    await page.getByRole('button', { name: 'Send again', exact: true }).waitFor();
    await open().hold('verification.resend');
    await again.dblclick();
    expect(await called('verification.resend')).toEqual([{ id: 'v1' }]);
  });

  it('never counts seconds aloud', async () => {
    const page = await at(codeView({ expiresAt: NOW + 50_000 }));
    const before = await said(page);
    await page.clock.runFor(30_000);
    await page.getByText(/2[01] sec left/).waitFor();
    expect(await said(page)).toBe(before);
    expect(await page.locator('[aria-live]').filter({ hasText: 'left' }).count()).toBe(0);
  });
});

describe('a desk that does not open', () => {
  const closed = deskPage({
    stillClock: true,
    answers: { 'desk.view': { ok: false, problem: { code: 'internal', reference: 'K3-9' } } },
  });

  it('says how the log has it', async () => {
    const { page } = closed.open();
    expect(await page.locator('main').innerText()).toContain('The log has it as K3-9.');
    expect(await focused(page)).toBe('h1: The desk did not open');
  });
});

describe('a verified address', () => {
  const verified = codeView({ state: 'verified', endedAt: NOW, guessesLeft: 4 });

  it('is not skipped by an Enter out of habit, and is left by the next one', async () => {
    const page = await at(codeView());
    await open().push(verified);
    await page.getByRole('heading', { name: 'Verified' }).waitFor();
    expect(await said(page)).toBe('Verified. Whoever read this code back controls this mailbox now.');
    await page.keyboard.press('Enter');
    expect(await called('desk.go')).toEqual([]);
    await page.clock.runFor(600);
    await page.keyboard.press('Enter');
    await expect.poll(() => called('desk.go')).toEqual([{ to: 'address' }]);
  });

  it('says of an earlier one what was so then, and not now', async () => {
    const page = await at(codeView({ state: 'verified', endedAt: NOW - 3_600_000, guessesLeft: 4 }));
    await page.getByText('Whoever read this code back controlled this mailbox then: 13:06.').waitFor();
  });

  it('says of one that has been on the screen for a while what was so then', async () => {
    const page = await at(verified);
    await page.getByText('Whoever read this code back controls this mailbox now.').first().waitFor();
    await page.clock.runFor(121_000);
    await page.getByText('Whoever read this code back controlled this mailbox then: 14:06.').waitFor();
  });

  it('says in practice that it proves nothing', async () => {
    const page = await at(
      codeView({ state: 'verified', endedAt: NOW, guessesLeft: 4, practice: true }, { practice: true }),
    );
    await page.getByText('Practice: this proves nothing.').waitFor();
  });
});
