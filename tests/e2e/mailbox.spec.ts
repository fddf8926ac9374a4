/**
 * @file The account's own mailbox and its limits, on the real program with a real Postfix and Dovecot: Sent is tidied
 * when the owner asks for it, and the day's count is put right by the server's word.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clerkAt, codeOfMail } from './clerk.ts';
import { expect } from './fixture.ts';
import { codeMailedTo, fillServer, mailTo, setUpServer, test, testAndSave } from './peers.ts';
import { openMailbox } from '../integration/mail/imap/mailbox.ts';
import { LIMIT } from '../integration/peers/postfix.ts';

const PICTURES = resolve(import.meta.dirname, '../../out/e2e');
test.beforeAll(() => void mkdirSync(PICTURES, { recursive: true }));

test('a mailbox that does not open keeps nobody from sending, and is told', async ({ desk, peers }) => {
  const { page } = desk;
  await page.getByRole('button', { name: /^Another mail server/ }).click();
  await fillServer(page, { ...peers, imapsPort: 1 });
  await testAndSave(page);
  await expect(clerkAt(page).heading).toHaveText('Who are you verifying?');
  await expect(page.getByText('The account works').first()).toBeVisible();
  await expect(page.getByText(/mailbox could not be reached/).first()).toBeVisible();
  await page.screenshot({ path: join(PICTURES, 'setup-mailbox-light.png'), fullPage: true });

  // The code to oneself that is offered; another test with the same account may have had one.
  const earlier = (await peers.mailOf(peers.address)).length;
  await page.getByRole('button', { name: 'Send a code to myself' }).click();
  await expect(page.getByText(/^Handed to/)).toBeVisible();
  await clerkAt(page).typeCode(await codeMailedTo(peers, peers.address, earlier));
  await expect(clerkAt(page).heading).toHaveText('Verified');
  await expect(page.getByText('Send a code to myself')).toHaveCount(0);
});

test('a message of ours leaves Sent and Trash once its verification has ended, and nothing else does', async ({
  desk,
  peers,
}) => {
  const mailbox = await openMailbox(peers);
  const subjects = async (folder: string) => (await mailbox.contents(folder)).map(({ subject }) => subject);
  const { page } = desk;
  await setUpServer(page, peers, async () => {
    await expect(
      page.getByLabel('Delete code mails from Sent'),
      'nothing is removed unless it is chosen',
    ).not.toBeChecked();
    await page.getByLabel('Delete code mails from Sent').check();
  });
  const clerk = clerkAt(page);

  await clerk.sendTo('tidied@example.test');
  await expect(page.getByText(/^Handed to/)).toBeVisible();
  const mail = await mailTo(peers, 'tidied@example.test');
  // Gmail puts a copy of every message there; Dovecot does not, so the test does.
  await mailbox.put('Sent', mail, ['\\Seen']);
  await mailbox.put('Trash', mail);
  const letter = 'From: desk@example.test\r\nSubject: A private letter\r\n\r\nDear Mia.\r\n';
  await mailbox.put('Sent', letter, ['\\Seen']);
  await mailbox.put('Trash', letter);
  expect(await subjects('Sent'), 'as long as the code is open, it stays').toHaveLength(2);

  await clerk.typeCode(codeOfMail(mail));
  await expect(clerk.heading).toHaveText('Verified');
  await expect.poll(() => subjects('Sent')).toEqual(['A private letter']);
  await expect.poll(() => subjects('Trash')).toEqual(['A private letter']);
  expect((await mailbox.contents('Sent'))[0]?.flags).toEqual(['\\Seen']);
  await mailbox.close();
});

test('a server that names its daily limit is believed on the screen, and asked again all the same', async ({
  desk,
  peers,
}) => {
  const { page } = desk;
  await setUpServer(page, peers);
  const clerk = clerkAt(page);
  await clerk.sendTo('before-limit@example.test');
  await expect(page.getByText(/^Handed to/)).toBeVisible();
  await expect(page.getByText(/ready · 1,899 codes left/)).toBeVisible();

  await clerk.row('New verification').click();
  await clerk.sendTo(LIMIT);
  await expect(clerk.heading).toHaveText('localhost sends no more mail today');
  await expect(page.getByText(/By this program’s own count the limit frees from/)).toBeVisible();
  await expect(page.getByText(/Mail sends no more today · next about/).first()).toBeVisible();
  await page.getByText('What the server said').click();
  await expect(page.getByText(/Daily user sending limit exceeded/)).toBeVisible();
  await page.screenshot({ path: join(PICTURES, 'daily-limit-light.png') });

  await desk.restart();
  const after = clerkAt(desk.page);
  await expect(desk.page.getByText(/Mail sends no more today · next about/).first()).toBeVisible();
  await after.sendTo('after-limit@example.test');
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  await expect(desk.page.getByText(/ready · 1,898 codes left/)).toBeVisible();
});

test('a network that went and came back is signed in on afresh, and the next message goes out once', async ({
  desk,
  peers,
}) => {
  const { page } = desk;
  await setUpServer(page, peers);
  const clerk = clerkAt(page);
  /** Sends one mail and tells which sign-in it came in by. */
  const signInFor = async (address: string) => {
    await clerk.sendTo(address);
    await expect(page.getByText(/^Handed to/)).toBeVisible();
    await expect.poll(() => peers.signInsFor(address)).toHaveLength(1);
    await clerk.row('New verification').click();
    return (await peers.signInsFor(address))[0];
  };
  const before = await signInFor('first-network@example.test');
  expect(await signInFor('same-network@example.test'), 'the line is kept').toBe(before);

  await page.context().setOffline(true);
  await page.context().setOffline(false);
  const told = () =>
    desk.trace().filter(({ way, channel }) => way === 'to-main' && channel === 'desk.networkChanged');
  await expect.poll(() => told().length).toBe(2);
  expect(await signInFor('second-network@example.test')).not.toBe(before);
});
