/**
 * @file The settings in a real browser: every change is stored at once and can be undone, nothing typed is dropped, and what
 * removes things says what it removes.
 */
import { describe, expect, it } from 'vitest';
import { type Choices } from '../../../src/shared/choices.ts';
import { SETTINGS_PAGES, type SettingsPage } from '../../../src/shared/settings.ts';
import { fail } from '../../../src/shared/result.ts';
import { settingsAt, view } from '../../gallery/parts.ts';
import { named } from '../../gallery/views.ts';
import { deskPage, focused, listen, said, typeAt } from './desk-page.ts';

const { open, at, called } = deskPage({ stillClock: true });

const choices = view().choices;
const practice = { practice: true, account: null };

/** The page and the label of each choice's control. A choice without one does not compile. */
const CONTROLS: Readonly<Record<keyof Choices, readonly [SettingsPage, string]>> = {
  codeLength: ['policy', 'Digits in a code'],
  lifetimeMinutes: ['policy', 'Minutes a code is good for'],
  guesses: ['policy', 'Guesses at one code'],
  addressGuesses: ['policy', 'Wrong guesses at one address in 24 hours'],
  addressSends: ['policy', 'Codes sent to one address in 24 hours'],
  accountSends: ['policy', 'Codes sent in all in 24 hours'],
  deskOneIn: ['policy', 'Chance of all wrong guesses in 24 hours together: 1 in'],
  purposes: ['purposes', 'Offer Registration'],
  codeInSubject: ['message', 'Show the code in the subject'],
  sentence: ['message', 'A sentence of your own'],
  contact: ['message', 'Whom to ask'],
  origin: ['message', 'Your website'],
  theme: ['appearance', 'Colours'],
  textSize: ['appearance', 'Text size'],
  lockMinutes: ['people', 'Minutes without a key or click until the desk locks'],
  newerVersions: ['about', 'When a newer version is out'],
  keepDays: ['records', 'Days that a record is kept after its end'],
};

const withPeople = named('settings-operators').access;

describe('the index of the settings', () => {
  it('has a page for the control of every choice', async () => {
    for (const page of SETTINGS_PAGES) {
      const shown = await at(settingsAt(page, { access: withPeople }));
      for (const [name, [on, label]] of Object.entries(CONTROLS))
        if (on === page) expect(await shown.getByLabel(label, { exact: true }).count(), name).toBe(1);
    }
  });

  it('asks main for the page, and shows the one that main says, with its heading in the focus', async () => {
    const page = await at(settingsAt('account'));
    await page.getByRole('button', { name: 'Message', exact: true }).click();
    expect(await called('desk.go')).toEqual([{ to: 'settings', page: 'message' }]);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('Sending account');
    await open().push(settingsAt('message'));
    await page.getByLabel('Whom to ask').waitFor();
    expect(await focused(page)).toBe('h1: Settings: Message');
    const entry = page.getByRole('navigation', { name: 'Settings' }).locator('[aria-current=page]');
    expect(await entry.innerText()).toBe('Message');
  });

  it('has what removes things as its last entry, and practice has neither that nor practice', async () => {
    const entries = (await at(settingsAt('account'))).locator('.settings-entry');
    expect((await entries.allInnerTexts()).at(-1)).toBe('Removal');
    await at(settingsAt('account', practice));
    expect(await entries.allInnerTexts()).not.toContain('Removal');
    expect(await entries.allInnerTexts()).not.toContain('Practice');
  });

  it('is led to by the pill: where the limits are, and where records are removed', async () => {
    const spent = { left: 0, allowed: 400, freesAt: view().now + 60_000, limitSaid: false };
    let page = await at(view({ sends: spent }));
    await page.locator('button.pill').click();
    expect(await called('desk.go')).toEqual([{ to: 'settings', page: 'policy' }]);
    const { account } = view();
    if (account === null) throw new Error('the sample desk has an account');
    page = await at(view({ account: { ...account, standing: 'no-records' } }));
    await page.locator('button.pill').click();
    expect(await called('desk.go')).toEqual([{ to: 'settings', page: 'removal' }]);
  });
});

describe('what is picked', () => {
  it('is stored at once and by itself, said, and undone with one press', async () => {
    const page = await at(settingsAt('policy'));
    await page.getByLabel('Digits in a code').selectOption('8');
    expect(await called('settings.choose')).toEqual([{ codeLength: 8 }]);
    await expect.poll(() => said(page)).toBe('Saved.');
    await open().push(settingsAt('policy', { choices: { ...choices, codeLength: 8 } }));
    await page.getByRole('button', { name: 'Undo: Digits in a code' }).click();
    expect((await called('settings.choose')).at(-1)).toEqual({ codeLength: 6 });
    await expect.poll(() => said(page)).toBe('Undone.');
    expect(await focused(page), 'the button goes, and the focus not to nowhere').toBe('h1: Settings: Policy');
    expect(await page.getByRole('button', { name: /^Undo/ }).count()).toBe(0);
  });

  it('shows the chance that main computed', async () => {
    const page = await at(settingsAt('policy'));
    expect(await page.getByText('1 in 200,000').isVisible()).toBe(true);
    await open().push(
      settingsAt('policy', {
        chance: { verificationOneIn: 20_000_000, addressDayOneIn: 5_000_000, deskDayOneIn: 5_000 },
      }),
    );
    await page.getByText('1 in 20,000,000').waitFor();
  });

  it('has the provider’s limit among it, and any other number', async () => {
    const form = { kind: 'workspace', address: 'desk@clinic.example', name: 'Clinic' } as const;
    const account = { form, secret: 'keychain', standing: 'tested', mailboxTrouble: null } as const;
    const at1900 = { ...choices, accountSends: 1_900 };
    const page = await at(settingsAt('policy', { account, choices: at1900 }));
    const limits = page.getByRole('group', { name: 'What the provider is taken to allow in 24 hours' });
    expect(await limits.getByLabel('2,000 messages').isChecked()).toBe(true);
    expect(await limits.getByLabel('Another number').isChecked()).toBe(false);
    await limits.getByText('500 messages').click();
    expect(await called('settings.choose')).toEqual([{ accountSends: 400 }]);
    await open().push(settingsAt('policy', { account, choices: { ...choices, accountSends: 77 } }));
    await expect.poll(() => limits.getByLabel('Another number').isChecked()).toBe(true);
    await page.getByText('A new Workspace account may send 500', { exact: false }).waitFor();
  });

  it('is told when it could not be stored, with the reason', async () => {
    const page = await at(settingsAt('appearance'), {
      'settings.choose': fail({ code: 'internal', reference: 'K3' }),
    });
    await page.getByLabel('Colours').selectOption('Dark');
    await page
      .getByText(/The log has it as K3/)
      .first()
      .waitFor();
    expect(await page.getByText('Saved.').count()).toBe(0);
  });
});

describe('what is typed', () => {
  const SENTENCE = 'A sentence of your own';

  it('is stored when the typing pauses, and said once, when the field is left', async () => {
    const page = await at(settingsAt('message'));
    const heard = await listen(page);
    await page.getByLabel(SENTENCE).focus();
    await typeAt(page, 'Second floor', 150);
    expect(await called('settings.choose'), 'not with every letter').toEqual([]);
    await page.clock.runFor(400);
    expect(await called('settings.choose')).toEqual([{ sentence: 'Second floor' }]);
    await typeAt(page, ', left', 150);
    await page.keyboard.press('Tab');
    expect((await called('settings.choose')).at(-1)).toEqual({ sentence: 'Second floor, left' });
    await page.clock.runFor(2_000);
    await expect.poll(heard).toEqual(['Saved.']);
  });

  it('is undone as a whole, however often it was stored on the way', async () => {
    const before = { ...choices, sentence: 'Ground floor' };
    const page = await at(settingsAt('message', { choices: before }));
    await page.getByLabel(SENTENCE).fill('Second');
    await page.clock.runFor(500);
    await open().push(settingsAt('message', { choices: { ...before, sentence: 'Second' } }));
    await page.getByLabel(SENTENCE).fill('Second floor');
    await page.clock.runFor(500);
    await page.getByRole('button', { name: `Undo: ${SENTENCE}` }).click();
    expect((await called('settings.choose')).at(-1)).toEqual({ sentence: 'Ground floor' });
  });

  it('stays as it is being typed when a push arrives, and shows afterwards what main has made of it', async () => {
    const page = await at(settingsAt('message'));
    const field = page.getByLabel(SENTENCE);
    await field.fill('Second ');
    await page.clock.runFor(500);
    await open().push(settingsAt('message', { choices: { ...choices, sentence: 'Second' } }));
    await field.pressSequentially('floor ');
    expect(await field.inputValue()).toBe('Second floor ');
    await page.getByLabel('Whom to ask').focus();
    await open().push(settingsAt('message', { choices: { ...choices, sentence: 'Second floor' } }));
    await expect.poll(() => field.inputValue()).toBe('Second floor');
  });

  it.each([
    ['another entry of the index', async () => open().page.getByRole('button', { name: 'Policy' }).click()],
    ['the way back', async () => open().page.getByRole('button', { name: 'Done' }).click()],
    ['Escape', async () => open().page.keyboard.press('Escape')],
    ['the key of another screen', async () => open().page.keyboard.press('Control+n')],
  ])('is told to main before it goes elsewhere: by %s', async (_, leave) => {
    const page = await at(settingsAt('message'));
    await page.getByLabel(SENTENCE).fill('Second floor');
    await leave();
    const calls = (await open().calls()).filter(({ channel }) => /settings.choose|desk.go/.test(channel));
    expect(calls.map(({ channel }) => channel)).toEqual(['settings.choose', 'desk.go']);
  });

  it('is told to main when main shows another screen, and when the window closes', async () => {
    const page = await at(settingsAt('message'));
    await page.getByLabel(SENTENCE).fill('Second floor');
    await open().push(view());
    await expect.poll(() => called('settings.choose')).toEqual([{ sentence: 'Second floor' }]);
    await open().push(settingsAt('message'));
    await page.getByLabel('Whom to ask').fill('040 123 456');
    await page.evaluate(() => window.dispatchEvent(new Event('beforeunload')));
    expect((await called('settings.choose')).at(-1)).toEqual({ contact: '040 123 456' });
  });

  it('has the business name among it', async () => {
    const page = await at(settingsAt('message'));
    await page.getByLabel('Business name').fill('Harbour Clinic, west wing');
    await page.getByLabel('Business name').press('Enter');
    expect(await called('settings.saveName')).toEqual([{ name: 'Harbour Clinic, west wing' }]);
    await open().push(settingsAt('message', { businessName: 'Harbour Clinic, west wing' }));
    await page.getByRole('button', { name: 'Undo: Business name' }).click();
    expect((await called('settings.saveName')).at(-1)).toEqual({ name: 'Harbour Clinic' });
  });

  it('that is refused stays in its field with the reason, is in force nowhere, and can be undone', async () => {
    const page = await at(settingsAt('message'), {
      'settings.choose': fail({ code: 'choice', field: 'origin', why: 'not-an-origin' }),
    });
    const field = page.getByLabel('Your website');
    await field.fill('clinic');
    await page.clock.runFor(500);
    const refused = { origin: { value: 'clinic', why: 'not-an-origin' } } as const;
    await open().push(settingsAt('message', { refused }));
    expect(await field.getAttribute('aria-invalid'), 'not while it is typed').toBeNull();
    await page.clock.runFor(1_000);
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Not saved.').waitFor();
    // Elsewhere and back, or a page that died: main has it.
    await at(settingsAt('message', { refused }));
    expect(await field.inputValue()).toBe('clinic');
    await page
      .getByRole('textbox', { name: 'Your website', description: /not the address of a web/ })
      .waitFor();
  });

  it('as a number is stored only once the typing has come to an end', async () => {
    const page = await at(settingsAt('policy'));
    const limit = page.getByLabel('Codes sent in all in 24 hours');
    await limit.fill('');
    await limit.focus();
    await typeAt(page, '3o00', 300);
    expect(await limit.inputValue(), 'only digits are taken').toBe('300');
    expect(await called('settings.choose')).toEqual([]);
    await page.clock.runFor(1_500);
    expect(await called('settings.choose')).toEqual([{ accountSends: 300 }]);
  });

  it('as a number that is refused says what may be chosen', async () => {
    const why = 'That value is outside what the program allows.';
    const refused = { accountSends: { value: 9999, why: 'out-of-range' } } as const;
    const page = await at(settingsAt('policy', { refused }));
    const limit = page.getByRole('textbox', { description: `${why} Between 1 and 400` });
    expect(await limit.inputValue()).toBe('9999');
  });
});

describe('what removes things', () => {
  it('asks before the account is removed; Escape keeps it and gives the focus back', async () => {
    const page = await at(settingsAt('removal'));
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

  it('says what it removes before it is pressed', async () => {
    const page = await at(settingsAt('removal'));
    for (const words of [
      /The address, its password and the records go/,
      /operators and PINs, and every record/,
    ])
      expect(await page.getByText(words).isVisible()).toBe(true);
  });

  it('does not let a removal that runs be taken for one that was called off', async () => {
    const page = await at(settingsAt('removal'));
    await open().hold('account.remove');
    await page.getByRole('button', { name: 'Remove account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove the account?' });
    await dialog.getByRole('button', { name: 'Remove account' }).click();
    // A page that only objects to Escape is overruled at the second.
    for (let time = 0; time < 3; time += 1) await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Keep it' }).press('Enter');
    expect(await dialog.isVisible()).toBe(true);
    await open().release('account.remove');
    await dialog.waitFor({ state: 'detached' });
  });

  it.each([
    ['says so where the removal was asked for', { vault: 'locked' }, 'Look again'],
    ['says so in a session without it', { vault: 'locked', sessionOnly: true }, null],
  ] as const)('a keychain that shuts out a removal %s', async (_, desk, help) => {
    const page = await at(settingsAt('removal', desk), {
      'settings.removeAll': fail({ code: 'vault', state: 'locked' }),
    });
    await page.getByRole('button', { name: 'Remove all data' }).click();
    await page.getByRole('button', { name: 'Remove everything' }).click();
    const section = page.locator('.section', { has: page.getByRole('heading', { name: 'All data' }) });
    await section.getByText(/keychain is locked/).waitFor();
    const buttons = await section.locator('.note').getByRole('button').allInnerTexts();
    expect(buttons[0] ?? null).toBe(help);
  });

  it('is apart from the account, whose page says of a password behind a locked keychain that this is so, and not that it is lost', async () => {
    const { account } = view();
    if (account === null) throw new Error('the sample desk has an account');
    const shut = settingsAt('account', { vault: 'locked', account: { ...account, secret: null } });
    const page = await at(shut);
    const line = page.locator('.facts-list dt', { hasText: 'Password' }).locator('+ dd');
    expect(await line.innerText()).toBe('The keychain is locked');
    await open().push({ ...shut, vault: 'available' });
    await expect.poll(() => line.innerText()).toBe('Not stored: enter it again');
  });

  it('asks before everything is removed', async () => {
    const page = await at(settingsAt('removal'));
    await page.getByRole('button', { name: 'Remove all data' }).click();
    expect(await called('settings.removeAll')).toEqual([]);
    await page.getByRole('button', { name: 'Remove everything' }).click();
    expect(await called('settings.removeAll')).toHaveLength(1);
  });
});
