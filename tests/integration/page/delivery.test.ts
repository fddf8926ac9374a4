/**
 * @file The built page in a real browser: what is said and offered while a mail has not arrived, and may be tried when.
 * Why it did not, and when it may, is main's to say.
 */
import { describe, expect, it } from 'vitest';
import { codeView, NOW, refused } from '../../gallery/parts.ts';
import { named } from '../../gallery/views.ts';
import { deskPage, focused } from './desk-page.ts';

const { open, at, called } = deskPage({ stillClock: true });

describe('a mail that waits to be tried again', () => {
  it('is told with its reason and its time', async () => {
    const page = await at(named('code-paused'));
    await page.getByText('Gmail is busy. Trying again in 15 secs.').waitFor();
    expect(await page.getByText('Handing the mail over').count()).toBe(0);
  });
});

describe('a refused mail', () => {
  it('can be tried again when the server’s pause is over, and not before', async () => {
    const page = await at(named('refused-sign-in-later'));
    await page.getByText('It can be tried again at 14:08:53.').waitFor();
    const again = page.getByRole('button', { name: /^Try again/ });
    expect(await again.innerText()).toMatch(/^Try again\s+in 3 mins$/);
    await again.press('Enter');
    expect(await called('verification.resend')).toEqual([]);
    await open().push(refused('sign-in-later', null, { now: NOW + 161_000 }, { resendAt: NOW + 161_000 }));
    await expect.poll(() => again.getAttribute('aria-disabled')).toBeNull();
    await again.press('Enter');
    await expect.poll(() => called('verification.resend')).toEqual([{ id: 'v1' }]);
  });

  it.each(['busy', 'wrong-password'] as const)(
    'because of %s is not offered once more when main would not take it: a new code is',
    async (cause) => {
      const page = await at(refused(cause, null, {}, { resendTooLate: true }));
      expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Send a new code' }).click();
      await expect.poll(() => called('verification.again')).toEqual([{ id: 'v1' }]);
      expect(await called('verification.resend')).toEqual([]);
    },
  );

  it('after an earlier one shows the server’s words and the button that helps, and the code is still asked for', async () => {
    const problem = { cause: 'wrong-password', serverSaid: '535 5.7.8 not accepted' } as const;
    const page = await at(codeView({ delivery: { state: 'refused', at: NOW, problem }, resendAt: NOW }));
    expect(await focused(page)).toBe('input: Code');
    await page.getByText('What the server said').click();
    await page.getByText('535 5.7.8 not accepted').waitFor();
    await page.getByRole('button', { name: 'Enter a new app password' }).click();
    await expect.poll(() => called('account.change')).toHaveLength(1);
  });
});

describe('a mail that came back', () => {
  it('does not take the focus away with the button that moves', async () => {
    const page = await at(codeView());
    await page.getByRole('button', { name: 'Change address' }).focus();
    await open().push(named('code-returned'));
    await page.getByText('Not delivered: there is no such mailbox').first().waitFor();
    expect(await focused(page)).not.toMatch(/^body/);
  });

  it('is told when its code has ended as well', async () => {
    const page = await at(named('expired-returned'));
    await page.getByRole('heading', { name: 'The code has expired' }).waitFor();
    await page.getByText('Not delivered: there is no such mailbox').first().waitFor();
    await page.getByText('Check the spelling with the person, letter by letter.').waitFor();
  });
});

describe('sends that are spent', () => {
  it.each([
    ['address', 'This address has had all the codes it may get in 24 hours.'],
    ['account', 'All codes for these 24 hours are sent.'],
  ] as const)('are laid to the %s when they are its own', async (of, text) => {
    const page = await at(codeView({ resendAt: null, spent: { of, until: NOW + 3_600_000 }, sends: 5 }));
    const note = page.getByText(text);
    await note.waitFor();
    expect(await note.innerText()).toMatch(/15:06\. The code in the mail is still good\.$/);
    expect(await page.getByRole('button', { name: /Send again|New code/ }).count()).toBe(0);
  });

  it('lets no new code end the one whose mail is on its way', async () => {
    const page = await at(
      codeView({
        delivery: { state: 'sending', stage: 'handing-over', attempt: 1, pause: null },
        resendTooLate: true,
        resendAt: NOW,
      }),
    );
    await page.getByRole('button', { name: 'New code' }).press('Enter');
    expect(await called('verification.again')).toEqual([]);
  });
});
