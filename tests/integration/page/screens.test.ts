/**
 * @file Every screen of the page in a real browser: accessible, within its window at 360 px and at 200 % zoom,
 * marked in practice; where the focus is; and what belongs to the owner: set-up and settings.
 */
import { describe, expect, it } from 'vitest';
import { type DeskView } from '../../../src/shared/desk-view.ts';
import { faultsOf } from '../../gallery/faults.ts';
import { view, views } from '../../gallery/views.ts';
import { deskPage } from './desk-page.ts';

const named = (name: string): DeskView => {
  const shown = views[name];
  if (shown === undefined) throw new Error(`there is no view ${name}`);
  return shown;
};

const reducedMotion = 'reduce';

// A window of 1080 × 700, the same at 200 % zoom, and the narrowest that WCAG 1.4.10 comes near.
describe.each([
  ['light', { colorScheme: 'light', viewport: { width: 1080, height: 700 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1080, height: 700 } }],
  ['light at 200 % zoom', { colorScheme: 'light', viewport: { width: 540, height: 350 } }],
  ['dark at 360 px', { colorScheme: 'dark', viewport: { width: 360, height: 640 } }],
] as const)('in %s', (_, context) => {
  const { at } = deskPage({ context: { ...context, reducedMotion } });
  it.each(Object.keys(views))('%s has no fault', async (name) => {
    expect(await faultsOf(await at(named(name)))).toEqual([]);
  });
});

const { open, at } = deskPage({ context: { reducedMotion } });

const called = async (channel: string): Promise<readonly unknown[]> =>
  (await open().calls()).filter((call) => call.channel === channel).map((call) => call.input);

it.each(Object.keys(views))('%s is marked when it is practice', async (name) => {
  const page = await at({ ...named(name), practice: true });
  expect(await page.getByText('Practice: nothing leaves this computer').isVisible()).toBe(true);
});

describe('the focus', () => {
  it.each([
    ['address', 'Email address'],
    ['setup-gmail', 'Gmail address'],
    ['setup-changing', 'App password'],
    ['code', 'Code'],
    ['code-unknown', 'Code'],
    ['verified', 'Next person'],
    ['welcome', 'Confirm that somebody controls an email address'],
    ['refused-no-such-mailbox', 'There is no such mailbox'],
    ['expired', 'The code has expired'],
    ['locked', 'Too many wrong codes'],
    ['settings', 'Settings'],
  ])('begins on %s at "%s"', async (name, label) => {
    const page = await at(named(name));
    const focused = page.locator(':focus');
    await focused.waitFor();
    const text = await focused.evaluate((element) =>
      element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : element.textContent,
    );
    expect(text).toContain(label);
  });

  it('goes to a new verification with Control+N, also out of a field, and with no single letter', async () => {
    const page = await at(named('code'));
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('n');
    expect(await called('desk.go')).toEqual([]);
    await page.getByRole('textbox', { name: 'Code' }).press('Control+n');
    expect(await called('desk.go')).toEqual([{ to: 'address' }]);
  });

  it('goes to the field when a new verification is asked for where it is already', async () => {
    const page = await at(named('address'));
    await page.getByRole('button', { name: /^New verification/ }).click();
    await expect
      .poll(() => page.getByLabel('Email address').evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  it('goes to the heading when the notice that had it is dismissed', async () => {
    const page = await at(named('address-notices'));
    await page.getByRole('button', { name: 'Dismiss' }).first().focus();
    await open().push(named('address'));
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('h1');
  });

  it('goes to the first field that is wrong, in set-up', async () => {
    const page = await at(named('setup-server'));
    await page.getByLabel('Port', { exact: true }).fill('abc');
    await page.getByRole('button', { name: 'Test and save' }).click();
    const port = page.getByLabel('Port', { exact: true });
    await expect.poll(() => port.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await called('setup.save')).toEqual([]);
  });
});

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
    expect(await page.getByRole('status').last().innerText()).toContain('Make a new app password');
    expect(await page.getByRole('button', { name: 'Save anyway' }).count()).toBe(0);
  });

  it('never shows a password, and begins without one whatever main knows', async () => {
    const page = await at(named('setup-changing'));
    const field = page.getByLabel('App password', { exact: true });
    expect(await field.getAttribute('type')).toBe('password');
    expect(await field.getAttribute('autocomplete')).toBe('off');
    expect(await field.inputValue()).toBe('');
  });

  it('is not left by a double click on the button that stops the test', async () => {
    const page = await at({ ...named('setup-testing') });
    await page.getByRole('button', { name: 'Stop the test' }).click();
    await open().push(named('setup-gmail'));
    await page.getByRole('button', { name: 'Choose another way' }).click();
    expect(await called('setup.cancel')).toHaveLength(1);
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

it('tells main when the network goes and comes', async () => {
  const page = await at(named('address'));
  await page.context().setOffline(true);
  await expect.poll(() => called('desk.networkChanged')).toEqual([{ online: false }]);
  await page.context().setOffline(false);
  await expect.poll(() => called('desk.networkChanged')).toEqual([{ online: false }, { online: true }]);
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
    await expect.poll(() => page.getByRole('status').last().innerText()).toBe('Saved.');
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
    expect(await page.getByRole('status').last().innerText()).toContain('outside what the program allows');
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
