/**
 * @file The address screen in a real browser: what is asked of main while an address is typed and sent, and what
 * is said of it. What main makes of it is proven elsewhere.
 */
import { describe, expect, it } from 'vitest';
import { type DeskView } from '../../../src/shared/desk-view.ts';
import { named, NOW, view } from '../../gallery/views.ts';
import { deskPage, focused, said } from './desk-page.ts';

const { open, at, called } = deskPage({ stillClock: true });

const draftOf = (address: string): Pick<DeskView, 'draft'> => ({
  draft: { address, request: { purpose: 'registration' } },
});

describe('the address screen', () => {
  it('begins with what main kept of the draft, and the focus in the field', async () => {
    const page = await at(view(draftOf('mia@example.com')));
    expect(await page.getByLabel('Email address').inputValue()).toBe('mia@example.com');
    expect(await focused(page)).toBe('input: Email address');
  });

  it('offers no earlier customer, no password and no correction', async () => {
    const field = (await at(view())).getByLabel('Email address');
    expect(await field.getAttribute('autocomplete')).toBe('off');
    expect(await field.getAttribute('spellcheck')).toBe('false');
    expect(await field.getAttribute('list')).toBeNull();
    expect(await field.getAttribute('type')).toBe('text');
  });

  it('tells main the draft once typing pauses, and not at every letter', async () => {
    const page = await at(view());
    await page.keyboard.type('mia@example.com');
    expect(await called('desk.draft')).toEqual([]);
    await page.clock.runFor(200);
    expect(await called('desk.draft')).toEqual([draftOf('mia@example.com').draft]);
  });

  it('tells main the draft before the screen goes away, however fast that is', async () => {
    const page = await at(view());
    await page.keyboard.type('mia');
    await open().push(named('settings'));
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await called('desk.draft')).toEqual([draftOf('mia').draft]);
  });

  it('sends once for a double click, for Enter twice, and for both', async () => {
    const page = await at(view(draftOf('mia@example.com')));
    await open().hold('verification.start');
    await page.getByRole('button', { name: /^Send code/ }).dblclick();
    await page.getByLabel('Email address').press('Enter');
    await page.keyboard.press('Enter');
    expect(await called('verification.start')).toEqual([draftOf('mia@example.com').draft]);
    await open().release('verification.start');
  });

  it('can send again after a failure, with everything typed still there', async () => {
    const page = await at(view(draftOf('mia@example.com')), {
      'verification.start': { ok: false, problem: { code: 'account-delayed', until: NOW + 3_600_000 } },
    });
    await page.keyboard.press('Enter');
    await page
      .getByText(/The next can go out from 15:06/)
      .first()
      .waitFor();
    expect(await said(page)).toContain('The next can go out from 15:06');
    expect(await page.getByLabel('Email address').inputValue()).toBe('mia@example.com');
    await page.keyboard.press('Enter');
    await expect.poll(() => called('verification.start')).toHaveLength(2);
  });

  it('ties what is wrong with the address to its field', async () => {
    const page = await at(view(draftOf('mia')), {
      'verification.start': { ok: false, problem: { code: 'address', problem: 'no-at-sign' } },
    });
    await page.keyboard.press('Enter');
    const field = page.getByRole('textbox', {
      name: 'Email address',
      description: 'An email address has an @ in it.',
    });
    await field.waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await focused(page)).toBe('input: Email address');
  });

  it('changes a likely typo only when the button is pressed', async () => {
    const page = await at(view(draftOf('sam@gmial.com')), {
      'desk.draft': {
        ok: true,
        value: {
          valid: true,
          delivery: 'sam@gmial.com',
          hints: [{ kind: 'typo', suggestion: 'sam@gmail.com' }],
        },
      },
    });
    const suggestion = page.getByRole('button', { name: 'Use gmail.com instead' });
    await suggestion.waitFor();
    expect(await page.getByLabel('Email address').inputValue()).toBe('sam@gmial.com');
    await suggestion.click();
    expect(await page.getByLabel('Email address').inputValue()).toBe('sam@gmail.com');
  });

  it('does not send a payment without its amount', async () => {
    const page = await at(view(draftOf('mia@example.com')));
    await page.getByText('Payment', { exact: true }).click();
    expect(await page.getByLabel('Paid to').inputValue()).toBe('Harbour Clinic');
    await page.getByRole('button', { name: /^Send code/ }).click();
    await page.getByText('Please fill this in').waitFor();
    expect(await focused(page)).toBe('input: Amount');
    expect(await called('verification.start')).toEqual([]);
    await page.getByLabel('Amount').fill('€49.90');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => called('verification.start'))
      .toEqual([
        {
          address: 'mia@example.com',
          request: { purpose: 'payment', amount: '€49.90', payee: 'Harbour Clinic' },
        },
      ]);
  });
});

it('leaves in practice what was typed there', async () => {
  const page = await at(view({ practice: true }));
  await page.getByLabel('Email address').fill('practised@example.com');
  await open().push(view());
  await expect.poll(() => page.getByLabel('Email address').inputValue()).toBe('');
  expect(await focused(page)).toBe('input: Email address');
});

it('says in whose place a changed address is, and that nothing is lost yet', async () => {
  const page = await at(named('address-replacing'));
  await page
    .getByText('In place of mia.keler@example.com. Its code stays good until you send this one.')
    .waitFor();
});
