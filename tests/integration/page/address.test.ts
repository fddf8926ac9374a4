/**
 * @file The address screen in a real browser: what is asked of main while an address is typed and sent, and what
 * is said of it. What main makes of it is proven elsewhere.
 */
import { requestOf } from '../../../src/shared/request.ts';
import { describe, expect, it } from 'vitest';
import { type DeskView } from '../../../src/shared/desk-view.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { codeView, NOW, view } from '../../gallery/parts.ts';
import { named } from '../../gallery/views.ts';
import { deskPage, focused, said } from './desk-page.ts';

const { open, at, called } = deskPage({ stillClock: true });

const draftOf = (address: string): Pick<DeskView, 'draft'> => ({
  draft: { address, request: requestOf('registration') },
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
      'verification.start': fail({ code: 'account-delayed', until: NOW + 3_600_000 }),
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

  it('says nothing of an address that main said of the text before it', async () => {
    const page = await at(view(), {
      'desk.draft': ok({ valid: false, fault: { problem: 'no-domain', character: null, repair: null } }),
    });
    const fault = page.getByText('Something is missing after the @.');
    await page.keyboard.type('mia@');
    await page.clock.runFor(200);
    await page.getByLabel('Email address').blur();
    await fault.first().waitFor();
    await page.getByLabel('Email address').focus();
    await open().hold('desk.draft');
    await open().hold('verification.start');
    await page.keyboard.type('example.com');
    await page.keyboard.press('Enter');
    await expect.poll(() => called('verification.start')).toMatchObject([{ address: 'mia@example.com' }]);
    expect(await page.locator('main .fault').count()).toBe(0);
    // Main was told what was sent, so that it can say of it what there is to say when it could not be sent.
    expect(await called('desk.draft')).toMatchObject([{ address: 'mia@' }, { address: 'mia@example.com' }]);
  });

  it('goes on offering the purpose that was begun with, though the owner offers it no longer', async () => {
    const request = { purpose: 'Home visit', details: [{ name: 'Street', value: '4 Quay Street' }] };
    const page = await at(view({ draft: { address: '', request } }));
    expect(await page.getByRole('radio', { name: 'Home visit' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Street').inputValue()).toBe('4 Quay Street');
  });

  it('keeps the details of a purpose while another one is looked at', async () => {
    const page = await at(view({ businessName: 'Harbour Clinic' }));
    await page.getByText('Payment', { exact: true }).click();
    await page.getByLabel('Amount').fill('€49.90');
    await page.getByLabel('Paid to').fill('Dr Keller');
    await page.getByRole('radio', { name: 'Payment' }).press('ArrowRight');
    expect(await page.getByLabel('Amount').count()).toBe(0);
    await page.getByText('Payment', { exact: true }).click();
    expect(await page.getByLabel('Amount').inputValue()).toBe('€49.90');
    expect(await page.getByLabel('Paid to').inputValue()).toBe('Dr Keller');
  });

  it('takes no more while it is sent, and tells main no draft after that', async () => {
    const page = await at(view());
    await open().hold('verification.start');
    await page.keyboard.type('mia@example.com');
    await page.keyboard.press('Enter');
    await page.keyboard.type('x');
    await page.getByText('Payment', { exact: true }).click();
    expect(await page.getByLabel('Email address').inputValue()).toBe('mia@example.com');
    expect(await page.getByLabel('Amount').count()).toBe(0);
    await open().push(codeView());
    await page.getByRole('textbox', { name: 'Code' }).waitFor();
    await open().release('verification.start');
    await page.clock.runFor(200);
    expect(await called('desk.draft')).toEqual([draftOf('mia@example.com').draft]);
  });

  it('says a fault aloud when Enter finds it and the focus is in the field already', async () => {
    const page = await at(view(draftOf('mia')), {
      'verification.start': fail({
        code: 'address',
        fault: { problem: 'no-at-sign', character: null, repair: null },
      }),
    });
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page)).toBe('An email address has an @ in it.');
  });

  it('ties what is wrong with the address to its field', async () => {
    const page = await at(view(draftOf('mia')), {
      'verification.start': fail({
        code: 'address',
        fault: { problem: 'no-at-sign', character: null, repair: null },
      }),
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
          request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
        },
      ]);
  });

  it('takes a detail that was copied with its tab or line break', async () => {
    const page = await at(view(draftOf('mia@example.com')));
    await page.getByText('Other…', { exact: true }).click();
    await page.getByLabel('In your own words').fill('Key\tto locker\u000b14');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => called('verification.start'))
      .toMatchObject([{ request: requestOf('other', { what: 'Key to locker 14' }) }]);
  });
});

it('leaves in practice what was typed there', async () => {
  const page = await at(view({ practice: true }));
  await page.getByLabel('Email address').fill('practised@example.com');
  await open().push(view());
  await expect.poll(() => page.getByLabel('Email address').inputValue()).toBe('');
  expect(await focused(page)).toBe('input: Email address');
  await page.clock.runFor(200);
  expect(await called('desk.draft')).toEqual([]);
});

it('says in whose place a changed address is, and that nothing is lost yet', async () => {
  const page = await at(named('address-replacing'));
  await page
    .getByText('In place of mia.keler@example.com. Its code stays good until you send this one.')
    .waitFor();
});

describe('the last answer', () => {
  it('stays over the next form until that is begun, and nothing jumps then', async () => {
    const page = await at(named('address-verified'));
    const band = page.getByRole('region', { name: 'Last answer' });
    await band.getByText('Verified').waitFor();
    expect(await band.innerText()).toMatch(/Verified j\.okafor\s*@example\.org, 14:02/);
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    const top = async () => (await page.getByLabel('Email address').boundingBox())?.y;
    const before = await top();
    await page.keyboard.type('m');
    await band.waitFor({ state: 'hidden' });
    expect(await top()).toBe(before);
  });

  it('is shown again with a press', async () => {
    const page = await at(named('address-locked'));
    await page.getByRole('region', { name: 'Last answer' }).getByText('Too many wrong codes').waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect.poll(() => called('desk.show')).toEqual([{ id: 'v7' }]);
  });
});
