/**
 * @file Everything that can be entered wrongly, each with its message, and nothing lost: not the typed text, not an
 * open verification, not a setting. Against a real mail service and a real keychain, or a missing one.
 */
import { createServer } from 'node:net';
import { once } from 'node:events';
import { startPracticeServer } from '../../src/main/mail/practice.ts';
import { clerkAt } from './clerk.ts';
import { expect, test } from './fixture.ts';
import { launch } from './launch/launch.ts';
import { fillServer, setUpServer, testAndSave, test as withPeers } from './peers.ts';

test.describe('an address', () => {
  const wrong: readonly (readonly [typed: string, says: RegExp])[] = [
    ['', /Type the address the person gives you/],
    ['mia', /has an @ in it/],
    ['mia@', /missing after the @/],
    ['mia@example', /ending is missing/],
    ['mia@example.com, sam@example.com', /These are several addresses/],
    ['Mia <mia@example.com>', /Only the address itself/],
    ['mia@example.com\r\nBcc: all@example.com', /space inside|several|character/],
    ['mia@exam\u202eple.com', /direction mark \(U\+202E\) in it/],
  ];

  test('that is wrong is answered with what is wrong, and stays in the field', async ({ desk }) => {
    const clerk = clerkAt(desk.page);
    await clerk.startPractice();
    for (const [typed, says] of wrong) {
      await clerk.address.fill('');
      if (typed !== '') await clerk.paste(clerk.address, typed);
      await clerk.send.click();
      await expect(clerk.address, typed).toHaveAttribute('aria-invalid', 'true');
      await expect(desk.page.getByRole('main'), typed).toContainText(says);
      // A one-line field turns line breaks into a space; everything else stays.
      await expect(clerk.address).toHaveValue(typed.replaceAll(/[\r\n]+/g, ' '));
      await expect(clerk.heading).toHaveText('Who are you verifying?');
    }
    await expect(desk.page.getByText('No mail yet.')).toBeVisible();
  });

  test('of a million characters is refused, and the desk goes on', async ({ desk }) => {
    const clerk = clerkAt(desk.page);
    await clerk.startPractice();
    await clerk.paste(clerk.address, `${'m'.repeat(1_000_000)}@example.com`);
    await clerk.send.click();
    await expect(desk.page.getByRole('main')).toContainText(/too long|longer/i);
    await clerk.sendTo('mia@example.com');
    await expect(clerk.heading).toContainText('mia@example.com');
  });
});

test('a code of a million characters, letters or too few digits spends no guess [T-code-million]', async ({
  desk,
}) => {
  const clerk = clerkAt(desk.page);
  await clerk.startPractice();
  await clerk.sendTo('mia@example.com');
  const code = await clerk.practiceCode();
  const illFormed = [
    ['7'.repeat(1_000_000), /has 6 digits; this has 1,000,000/],
    ['O12345', /Only the digits, please/],
    [code.slice(0, 5), /has 6 digits; this has 5/],
    [`${code}1`, /has 6 digits; this has 7/],
  ] as const;
  for (const [typed, says] of illFormed) {
    await clerk.paste(clerk.code, typed);
    // Too few digits are not judged until the person says that is all.
    await clerk.code.press('Enter');
    await expect(desk.page.getByRole('main')).toContainText(says);
    await expect(desk.page.getByText('5 guesses left')).toBeVisible();
    await clerk.code.fill('');
  }
  // The same code with everything that a mail program or a keyboard may add.
  const [a, b] = [code.slice(0, 3), code.slice(3)];
  await clerk.paste(clerk.code, `\u200b ${a}\u00a0–${b}\n`);
  await expect(clerk.heading).toHaveText('Verified');
});

test('Enter twice and a double click send once', async ({ desk }) => {
  const clerk = clerkAt(desk.page);
  await clerk.startPractice();
  await clerk.address.fill('mia@example.com');
  // Not by way of the field: it may be gone before the second one.
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.press('Enter');
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await clerk.row('New verification').click();
  await clerk.address.fill('sam@example.com');
  await clerk.send.dblclick();
  await expect(clerk.heading).toContainText('sam@example.com');
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  const inbox = desk.page.getByRole('complementary', { name: 'Practice inbox' });
  await expect(inbox.getByRole('button', { name: /is your code/ })).toHaveCount(2);
});

withPeers.describe('an account', () => {
  withPeers(
    'is refused with cause and remedy, step by step, and nothing typed is lost',
    async ({ desk, peers }) => {
      const { page } = desk;
      const main = page.getByRole('main');
      const testIt = page.getByRole('button', { name: /^Test (again )?and save/ });
      await page.getByRole('button', { name: /^Another mail server/ }).click();

      const silent = createServer().listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port: closedPort } = silent.address() as { port: number };
      silent.close();
      const selfSigned = await startPracticeServer({ onMail: () => undefined });

      const cases = [
        [{ password: 'not the password' }, /did not accept the password/],
        [{ host: 'no-such-host.invalid' }, /name was not found|offline/],
        [{ port: closedPort }, /refused the connection/],
        [{ host: '127.0.0.1', port: selfSigned.server.port }, /cannot prove who it is/],
      ] as const;
      for (const [index, [change, says]] of cases.entries()) {
        await fillServer(page, peers, change);
        await (index === 0 ? testAndSave(page) : testIt.click());
        // A host that was not named before is asked about first.
        if ('host' in change) await page.getByRole('button', { name: `Send it to ${change.host}` }).click();
        await expect(main).toContainText(says);
        await expect(page.getByLabel('Email address')).toHaveValue(peers.address);
        await expect(page.getByLabel('Business name')).toHaveValue('Harbour Clinic');
        const kept = { ...peers, port: peers.submissionsPort, ...change };
        await expect(page.getByLabel('Password', { exact: true })).toHaveValue(kept.password);
        await expect(page.getByLabel('Port', { exact: true })).toHaveValue(String(kept.port));
      }
      await selfSigned.close();

      await page.reload();
      await expect(page.getByLabel('Business name')).toHaveValue('Harbour Clinic');
      await expect(page.getByLabel('Password', { exact: true }), 'never filled again').toHaveValue('');
      await fillServer(page, peers);
      await testIt.click();
      await page.getByRole('button', { name: /^Send it to / }).click();
      await expect(clerkAt(page).heading).toHaveText('Who are you verifying?');
    },
  );

  withPeers('of Gmail with a normal password is turned away before any server sees it', async ({ desk }) => {
    const { page } = desk;
    await page.getByRole('button', { name: /^Gmail/ }).click();
    await page.getByLabel('Gmail address').fill('desk@gmail.com');
    await page.getByLabel('App password', { exact: true }).fill('Summer2026!');
    await page.getByLabel('Business name').fill('Harbour Clinic');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect(page.getByRole('main')).toContainText(/looks like your normal Google password/);
    await expect(page.getByLabel('Gmail address')).toHaveValue('desk@gmail.com');
    await page.getByText('How to make an app password').click();
    await expect(page.getByRole('button', { name: 'Open Google’s app-password page' })).toBeVisible();
  });

  withPeers(
    'keeps its open verification when the window is closed while it sends',
    async ({ desk, peers }) => {
      await setUpServer(desk.page, peers);
      const clerk = clerkAt(desk.page);
      await clerk.address.fill('closing@example.test');
      await clerk.send.click();
      await expect(clerk.heading).toContainText('closing@example.test');
      await desk.page.close();
      await desk.program.ended;
      await desk.restart();
      const after = clerkAt(desk.page);
      await after.row('closing@example.test').click();
      // At every moment of closing: what the screen claims is what the mailbox holds.
      const claims = [
        /Ask for the code sent to/,
        /may or may not have arrived/,
        /stopped before the mail left/,
      ];
      await expect(desk.page.getByRole('main')).toContainText(
        new RegExp(claims.map((c) => c.source).join('|')),
      );
      const said = await desk.page.getByRole('main').innerText();
      const mails = await peers.mailOf('closing@example.test');
      expect(mails.length).toBeLessThanOrEqual(1);
      if (said.includes('stopped before the mail left')) expect(mails).toEqual([]);
      else if (/^Handed to/m.test(said)) expect(mails).toHaveLength(1);
    },
  );
});

/** What leads to a Secret Service: the bus by name, or in the runtime folder. */
const NO_BUS = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined };

withPeers(
  'a missing keychain is said, and the secret can stay in memory for this session',
  async ({ desk, peers }) => {
    // The mail service is there, the keychain is not: no bus in the environment.
    await desk.restart({ NODE_EXTRA_CA_CERTS: peers.ca, ...NO_BUS });
    const { page } = desk;
    await page.getByRole('button', { name: /^Another mail server/ }).click();
    await expect(page.getByText('This computer has no keychain').first()).toBeVisible();
    await fillServer(page, peers);
    await page.getByText('For this session only').first().click();
    await testAndSave(page);
    await expect(clerkAt(page).heading).toHaveText('Who are you verifying?');
    await clerkAt(page).sendTo('session@example.test');
    await expect(page.getByText(/^Handed to/)).toBeVisible();
    await desk.restart({ NODE_EXTRA_CA_CERTS: peers.ca, ...NO_BUS });
    await expect(desk.page.getByText(/Password needed|No keychain/).first()).toBeVisible();
  },
);

test('a second start brings the first window forward and opens none', async ({ desk }) => {
  const again = launch({ profileDir: desk.profileDir, env: desk.env });
  await expect(again).rejects.toThrow();
  await expect(desk.page.getByText('Countersign is already open', { exact: true })).toBeVisible();
});
