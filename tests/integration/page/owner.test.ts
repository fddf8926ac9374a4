/**
 * @file What belongs to the owner, in a real browser: set-up and settings, and what main is asked there.
 */
import { describe, expect, it } from 'vitest';
import { named, view } from '../../gallery/views.ts';
import { deskPage, said } from './desk-page.ts';

const { open, at, called } = deskPage({ stillClock: true });

describe('set-up', () => {
  const filled = async () => {
    const page = await at(named('setup-gmail'));
    await page.getByLabel('Gmail address').fill('desk@gmail.com');
    await page.getByLabel('App password', { exact: true }).fill('abcd efgh ijkl mnop');
    await page.getByLabel('Business name').fill('Harbour Clinic');
    return page;
  };

  it('tells main the password once, with the form and where to keep it, and keeps it out of the form', async () => {
    const page = await filled();
    await page.getByLabel('Business name').press('Enter');
    await expect
      .poll(() => called('setup.save'))
      .toEqual([
        {
          form: {
            kind: 'gmail',
            address: 'desk@gmail.com',
            name: 'Harbour Clinic',
            inbox: { watch: true, tidySent: false },
          },
          password: 'abcd efgh ijkl mnop',
          keep: 'keychain',
          untested: false,
        },
      ]);
  });

  it('loses nothing typed when the test fails', async () => {
    const page = await filled();
    await open().answer({
      'setup.save': {
        ok: false,
        problem: {
          code: 'test-failed',
          problem: { cause: 'wrong-password', serverSaid: null },
        },
      },
    });
    await page.getByRole('button', { name: 'Test and save' }).click();
    await open().push(named('setup-wrong-password'));
    await page.getByText('Gmail did not accept the password').first().waitFor();
    expect(await page.getByLabel('App password', { exact: true }).inputValue()).toBe('abcd efgh ijkl mnop');
    expect(await said(page)).toContain('Make a new app password');
    expect(await page.getByRole('button', { name: 'Save anyway' }).count()).toBe(0);
  });

  it('never shows a password, and begins without one whatever main knows', async () => {
    const page = await at(named('setup-changing'));
    const field = page.getByLabel('App password', { exact: true });
    expect(await field.getAttribute('type')).toBe('password');
    expect(await field.getAttribute('autocomplete')).toBe('off');
    expect(await field.inputValue()).toBe('');
  });

  it('is not left by a double click on the button that stops the test, and is by a later one', async () => {
    const page = await at(named('setup-testing'));
    await page.getByRole('button', { name: 'Stop the test' }).click();
    await open().push(named('setup-gmail'));
    const leave = page.getByRole('button', { name: 'Choose another way' });
    await page.clock.runFor(850);
    await leave.click();
    expect(await called('setup.cancel')).toHaveLength(1);
    await page.clock.runFor(100);
    await leave.click();
    expect(await called('setup.cancel')).toHaveLength(2);
  });

  it('says so at once when the normal password is pasted', async () => {
    const page = await at(named('setup-gmail'));
    await page.getByLabel('App password', { exact: true }).fill('Summer-2026');
    const said = page.getByText('This does not look like an app password');
    expect(await said.first().isVisible()).toBe(true);
    await expect.poll(() => said.count()).toBe(2);
  });

  it('offers to save untested when this computer is offline', async () => {
    const page = await at(named('setup-offline'));
    await page.getByRole('button', { name: 'Save anyway' }).click();
    expect(await called('setup.save')).toMatchObject([{ untested: true }]);
  });

  it('cannot choose a keychain that is locked', async () => {
    const page = await at(named('setup-keychain-locked'));
    expect(await page.getByRole('radio', { name: /keychain/ }).isDisabled()).toBe(true);
    expect(await page.getByRole('radio', { name: /session/ }).isChecked()).toBe(true);
  });
});

describe('the settings', () => {
  it('store the whole policy with every change, and show the chance that main computed', async () => {
    const page = await at(named('settings'));
    await page.getByLabel('Digits in a code').selectOption('8');
    expect(await called('settings.savePolicy')).toEqual([{ ...view().policy, codeLength: 8 }]);
    expect(await page.getByText('1 in 200,000').isVisible()).toBe(true);
    await open().push(
      view({
        screen: { at: 'settings' },
        chance: { verificationOneIn: 20_000_000, addressDayOneIn: 5_000_000 },
      }),
    );
    await page.getByText('1 in 20,000,000').waitFor();
  });

  it('take the message as a whole, say that it is saved, and offer nothing to save afterwards', async () => {
    const page = await at(named('settings'));
    const save = page.getByRole('button', { name: 'Save message' });
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel('Show the code in the subject').uncheck();
    await page.getByLabel('A sentence of your own').fill('  Second floor, left. ');
    await page.getByLabel('Your website').fill('https://clinic.example');
    await page.getByLabel('Your website').press('Enter');
    const message = {
      codeInSubject: false,
      sentence: 'Second floor, left.',
      origin: 'https://clinic.example',
    };
    await expect.poll(() => called('settings.saveMessage')).toEqual([message]);
    await expect.poll(() => said(page)).toBe('Saved.');
    await open().push(view({ screen: { at: 'settings' }, message }));
    await expect.poll(() => save.getAttribute('aria-disabled')).toBe('true');
  });

  it('say at its field what is wrong with the message, and lose nothing typed', async () => {
    const page = await at(named('settings'), {
      'settings.saveMessage': {
        ok: false,
        problem: { code: 'form', field: 'origin', why: 'not-an-origin' },
      },
    });
    await page.getByLabel('A sentence of your own').fill('Second floor.');
    await page.getByLabel('Your website').fill('clinic');
    await page.getByRole('button', { name: 'Save message' }).click();
    const field = page.getByRole('textbox', {
      name: 'Your website',
      description: /not the address of a website/,
    });
    await field.waitFor();
    expect(await field.inputValue()).toBe('clinic');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('A sentence of your own').inputValue()).toBe('Second floor.');
  });

  it('keep a daily limit that is refused in its field, and say there what may be chosen', async () => {
    const page = await at(named('settings'), {
      'settings.savePolicy': { ok: false, problem: { code: 'out-of-policy', field: 'accountSends' } },
    });
    const limit = page.getByLabel('Codes sent in all in 24 hours');
    await limit.fill('9999');
    await limit.press('Enter');
    await expect.poll(() => limit.getAttribute('aria-invalid')).toBe('true');
    expect(await limit.inputValue()).toBe('9999');
    expect(await said(page)).toContain('outside what the program allows');
  });

  it('ask before the account is removed; Escape keeps it and gives the focus back', async () => {
    const page = await at(named('settings'));
    const remove = page.getByRole('button', { name: 'Remove account' });
    await remove.click();
    await page.getByRole('dialog', { name: 'Remove the account?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await remove.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await called('account.remove')).toEqual([]);
    await remove.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove account' }).dblclick();
    expect(await called('account.remove')).toHaveLength(1);
  });

  it('ask before everything is removed', async () => {
    const page = await at(named('settings'));
    await page.getByRole('button', { name: 'Remove all data' }).click();
    expect(await called('settings.removeAll')).toEqual([]);
    await page.getByRole('button', { name: 'Remove everything' }).click();
    expect(await called('settings.removeAll')).toHaveLength(1);
  });
});
