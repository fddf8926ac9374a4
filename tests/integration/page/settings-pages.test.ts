/**
 * @file The pages of the settings that are more than a list of controls, in a real browser: the purposes, and the message beside
 * what shapes it.
 */
import { describe, expect, it } from 'vitest';
import { settingsAt, view } from '../../gallery/parts.ts';
import { named } from '../../gallery/views.ts';
import { deskPage, focused } from './desk-page.ts';
import { fail } from '../../../src/shared/result.ts';

const { open, at, called } = deskPage({ stillClock: true });

const choices = view().choices;

describe('the purposes', () => {
  const shown = named('settings-purposes');
  const stored = shown.choices.purposes;
  const last = async () =>
    ((await called('settings.choose')).at(-1) as { readonly purposes: typeof stored }).purposes;

  it('are offered, ordered and made the usual one with a press each; one that is usual is offered', async () => {
    const page = await at(shown);
    await page.getByLabel('Offer Payment').click();
    expect((await last()).list.find(({ purpose }) => purpose === 'payment')?.offered).toBe(true);
    await page.getByRole('button', { name: 'Move up: Sign-in' }).click();
    expect((await last()).list.map(({ purpose }) => purpose).indexOf('sign-in')).toBe(2);
    await page.getByLabel('Usual: Home visit').click();
    expect((await last()).usual).toBe('Home visit');
    await open().push(settingsAt('purposes', { choices: { ...choices, purposes: stored } }));
    await page.getByLabel('Offer Registration').click();
    expect((await last()).usual, 'the next one that is offered').not.toBe('registration');
  });

  it('are added with a name to be typed over, and asked for details', async () => {
    const page = await at(settingsAt('purposes'));
    await page.getByRole('button', { name: 'Add a purpose' }).click();
    expect((await last()).list.at(-1)).toEqual({ purpose: 'New purpose', details: [], offered: true });
    await open().push(settingsAt('purposes', { choices: { ...choices, purposes: await last() } }));
    await page.getByLabel('Name of the purpose').fill('Home visit');
    await page.clock.runFor(500);
    expect((await last()).list.at(-1)?.purpose).toBe('Home visit');
  });

  it('say at the field what is wrong with a name, and keep it', async () => {
    const page = await at(named('settings-purposes-refused'));
    const field = page.getByRole('textbox', {
      name: 'Name of the purpose',
      description: /looks like an address or a website/,
    });
    expect(await field.inputValue()).toBe('see evil.com');
  });

  it('are what the form offers, with the owner’s own and its details by their names', async () => {
    const page = await at(named('address-own-purpose'));
    const offered = page.getByRole('group', { name: 'What for' });
    expect(await offered.getByRole('radio').count()).toBe(stored.list.length - 1);
    expect(await offered.getByLabel('Home visit').isChecked()).toBe(true);
    await page.getByLabel('Email address').fill('mia@example.com');
    await page.getByLabel('Street').fill('4 Quay Street');
    await page.getByLabel('Door').fill('2 b');
    await page.getByLabel('Door').press('Enter');
    expect(await called('verification.start')).toMatchObject([
      {
        request: {
          purpose: 'Home visit',
          details: [
            { name: 'Street', value: '4 Quay Street' },
            { name: 'Door', value: '2 b' },
          ],
        },
      },
    ]);
  });
});

describe('the message beside its choices', () => {
  const shown = named('settings-message');
  // A clock that stands still is a script, which its frame does not run.
  const { at, open } = deskPage({});

  it('is shown in light, dark, as on a phone and as text, in a frame that can do nothing', async () => {
    const page = await at(shown);
    const beside = page.getByRole('complementary', { name: 'As it would be sent' });
    expect(await beside.getByText('409313 is your code for Harbour Clinic (until 14:14)').count()).toBe(1);
    const frame = beside.locator('iframe');
    expect(await frame.getAttribute('sandbox')).toBe('');
    expect(await frame.getAttribute('src')).toMatch(/mail.*\/preview-1$/);
    await beside.getByText('Dark', { exact: true }).click();
    expect(await frame.getAttribute('data-look')).toBe('dark');
    await beside.getByText('Phone', { exact: true }).click();
    expect((await frame.boundingBox())?.width).toBe(320);
    await beside.getByText('Plain text', { exact: true }).click();
    expect(await beside.getByText('For: Registration').isVisible()).toBe(true);
  });

  it('follows what is stored, in the look that was chosen, and leaves the typing alone', async () => {
    const page = await at(shown);
    await page.getByText('Dark', { exact: true }).click();
    await page.getByLabel('A sentence of your own').fill('Second floor');
    const { screen } = shown;
    if (screen.at !== 'settings' || screen.preview === null) throw new Error('there is no preview');
    const preview = { ...screen.preview, id: 'preview-2' };
    await open().push({ ...shown, screen: { ...screen, preview } });
    await page.locator('iframe[src$="/preview-2"][data-look=dark]').waitFor();
    expect(await focused(page)).toBe('input: A sentence of your own');
  });

  it('is not there before there is an account to send it', async () => {
    const page = await at(named('settings-message-no-account'));
    await page.getByLabel('A sentence of your own').waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
  });
});

describe('the owner’s PIN', () => {
  it.each([
    ['wrong-pin', 'That is not the PIN.'],
    // It was not looked at, and may be right.
    ['pin-waits', 'After wrong PINs the next one is looked at from'],
  ] as const)('that is answered with %s is said to be that, at its field', async (code, words) => {
    const page = await at(named('settings-operators'), {
      'access.setOwner': fail({ code, waitsUntil: view().now + 60_000 }),
    });
    await page.getByRole('button', { name: 'Change name or PIN' }).click();
    for (const label of ['Your PIN so far', 'New PIN', 'The same PIN again'])
      await page.getByLabel(label, { exact: true }).fill('509316');
    await page.keyboard.press('Enter');
    await page.locator('.fault', { hasText: words }).waitFor();
    expect(await focused(page)).toBe('input: Your PIN so far');
    expect(await page.getByLabel('New PIN', { exact: true }).inputValue()).toBe('509316');
  });
});
