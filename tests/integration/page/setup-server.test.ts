/** @file Set-up for another mail server: found, shown, changed, confirmed. */
import { describe, expect, it } from 'vitest';
import { named } from '../../gallery/views.ts';
import { deskPage, said } from './desk-page.ts';
import { fail, ok } from '../../../src/shared/result.ts';

const { open, at, called } = deskPage({ stillClock: true });

describe('the server of an account elsewhere', () => {
  const entered = async (answers: Parameters<typeof at>[1]) => {
    const page = await at(named('setup-server-unknown'), {
      'setup.draft': ok({ valid: true, delivery: 'desk@clinic.example' }),
      ...answers,
    });
    await page.getByLabel('Email address').fill('desk@clinic.example');
    await page.getByLabel('Password', { exact: true }).fill('a password');
    await page.getByLabel('Business name').fill('Harbour Clinic');
    await page.clock.runFor(200);
    return page;
  };
  const found = {
    how: 'autoconfig',
    server: { host: 'smtp.provider.example', port: 2525, security: 'starttls' },
    user: 'local-part',
    mailbox: { host: 'imap.provider.example', port: 993 },
  } as const;

  it('is found with the one button, shown, and can be changed before anything is tested', async () => {
    const page = await entered({ 'setup.find': ok({ result: 'found', found }) });
    expect(await called('setup.find'), 'nothing is asked without a press').toEqual([]);
    await page.getByText('Your address itself is not sent').waitFor();
    await page.getByRole('button', { name: 'Find the server' }).click();
    await expect.poll(() => page.getByLabel('Outgoing server').inputValue()).toBe('smtp.provider.example');
    expect(await page.getByLabel('Port', { exact: true }).inputValue()).toBe('2525');
    expect(await page.getByLabel('User name').inputValue()).toBe('desk');
    expect(await called('setup.save'), 'it is only shown').toEqual([]);
    expect(await said(page)).toBe('The server was found. Look at it, then test and save.');
    await page.getByRole('button', { name: 'Test and save' }).click();
    expect(await called('setup.save')).toMatchObject([
      { form: { server: { host: 'smtp.provider.example', user: 'desk' } }, confirmed: [] },
    ]);
  });

  it('takes nothing away that is typed while it is looked for', async () => {
    const page = await entered({ 'setup.find': ok({ result: 'found', found }) });
    const host = page.getByLabel('Outgoing server');
    await open().hold('setup.find');
    await page.getByRole('button', { name: 'Find the server' }).click();
    await page.getByLabel('Business name').fill('Harbour Clinic, west wing');
    await page.getByLabel('Password', { exact: true }).fill('another password');
    await open().release('setup.find');
    await expect.poll(() => host.inputValue()).toBe('smtp.provider.example');
    expect(await page.getByLabel('Business name').inputValue()).toBe('Harbour Clinic, west wing');
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('another password');
  });

  it.each([
    ['another address', 'Email address', 'desk@elsewhere.example', ''],
    ['the server', 'Outgoing server', 'mail.clinic.example', 'mail.clinic.example'],
  ])('is not told where meanwhile %s was entered', async (_what, label, typed, host) => {
    const page = await entered({ 'setup.find': ok({ result: 'found', found }) });
    await open().hold('setup.find');
    await page.getByRole('button', { name: 'Find the server' }).click();
    await page.getByLabel(label).fill(typed);
    await open().release('setup.find');
    await page.getByRole('button', { name: host === '' ? 'Find the server' : 'Test and save' }).waitFor();
    expect(await page.getByLabel('Outgoing server').inputValue()).toBe(host);
    expect(await page.getByLabel('Port', { exact: true }).inputValue()).toBe('465');
  });

  it.each([
    ['none', 'No server was found'],
    ['no-answer', 'No answer came'],
  ] as const)('that is not found is said: %s', async (result, words) => {
    const page = await entered({ 'setup.find': ok({ result }) });
    await page.getByRole('button', { name: 'Find the server' }).click();
    await page.locator('.note', { hasText: words }).waitFor();
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('a password');
  });

  it('is Google’s for a domain whose mail is there, with what was typed', async () => {
    const page = await entered({ 'setup.find': ok({ result: 'google' }) });
    await page.getByRole('button', { name: 'Find the server' }).click();
    await page.getByRole('button', { name: 'Use Google Workspace' }).click();
    expect(await page.getByLabel('Workspace address').inputValue()).toBe('desk@clinic.example');
  });

  it('gets the password only after a yes to its name', async () => {
    const page = await at(named('setup-server'), {
      'setup.save': fail({ code: 'outside-hosts', hosts: ['smtp.provider.example'] }),
    });
    await page.getByLabel('Password', { exact: true }).fill('a password');
    await page.getByRole('button', { name: 'Test and save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send the password to smtp.provider.example?' });
    await dialog.getByRole('button', { name: 'Look at the server' }).click();
    expect(await called('setup.save')).toHaveLength(1);
    await page.getByRole('button', { name: 'Test and save' }).click();
    await dialog.getByRole('button', { name: 'Send it to smtp.provider.example' }).click();
    await expect.poll(() => called('setup.save')).toHaveLength(3);
    expect((await called('setup.save')).at(-1)).toMatchObject({ confirmed: ['smtp.provider.example'] });
  });
});
