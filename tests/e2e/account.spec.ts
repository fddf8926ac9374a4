/**
 * @file The whole way with an account of one's own: a real Postfix and Dovecot, a real Secret Service, the real
 * program in its window. What is sent is read from the Maildir, and nothing of the password is on the disk.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clerkAt, codeIn, codeOfMail } from './clerk.ts';
import { expect } from './fixture.ts';
import { mailTo, setUpServer, test } from './peers.ts';
import { filesHolding, formsOf } from './traces.ts';
import { wrong } from '../fakes/wrong-code.ts';

const PICTURES = resolve(import.meta.dirname, '../../out/e2e');
test.beforeAll(() => void mkdirSync(PICTURES, { recursive: true }));

test('an account is set up, a code is sent, read from the mailbox and verified, and all of it is there after a restart [T-account-whole]', async ({
  desk,
  peers,
}) => {
  await test.step('set up through another mail server, with a live test', async () => {
    await setUpServer(desk.page, peers);
    await expect(clerkAt(desk.page).heading).toHaveText('Who are you verifying?');
    expect(await peers.mailOf('mia@example.test'), 'the test sends nothing').toHaveLength(0);
  });

  const codes: string[] = [];
  await test.step('send, read the delivered mail, type its code', async () => {
    const clerk = clerkAt(desk.page);
    await clerk.choosePayment('€49.90', 'Harbour Clinic');
    await clerk.sendTo('mia@example.test');
    await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
    const mail = await mailTo(peers, 'mia@example.test');
    expect(mail).toContain('To: mia@example.test');
    expect(mail).toMatch(/^From: .*Harbour Clinic.*<desk@example\.test>/m);
    const subject = /^Subject: (.*)$/m.exec(mail)?.[1] ?? '';
    const code = codeIn(subject);
    codes.push(code);
    await desk.page.screenshot({ path: join(PICTURES, 'code-light.png') });
    await clerk.typeCode(wrong(code));
    await expect(desk.page.getByText('That is not the code. 4 guesses left.').first()).toBeVisible();
    await clerk.typeCode(code);
    await expect(clerk.heading).toHaveText('Verified');
    await desk.page.screenshot({ path: join(PICTURES, 'verified-light.png') });
  });

  await test.step('an open verification survives a restart, and nothing asks for the password again', async () => {
    const clerk = clerkAt(desk.page);
    await clerkAt(desk.page).next();
    await clerk.sendTo('sam@example.test');
    await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
    await expect.poll(() => peers.mailOf('sam@example.test').then((mails) => mails.length)).toBe(1);
    await desk.restart();

    const after = clerkAt(desk.page);
    await expect(after.heading).toHaveText('Who are you verifying?');
    await expect(desk.page.getByText(/ready · [\d,]+ codes left/)).toBeVisible();
    const [mail = ''] = await peers.mailOf('sam@example.test');
    const code = codeOfMail(mail);
    codes.push(code);
    await after.row('sam@example.test').click();
    await after.typeCode(code);
    await expect(after.heading).toHaveText('Verified');
    await clerkAt(desk.page).next();
    await after.sendTo('noor@example.test');
    await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  });

  await test.step('neither password nor key nor code nor address is in any file, nor did a secret ever cross to the page', async () => {
    const crossings = desk.trace();
    await desk.close();
    const kept = await peers.keychainOf(desk.profileDir);
    expect([...kept.keys()].sort()).toEqual(['anchor', 'app-password', 'keys', 'signing-key']);
    // The keys' item is JSON with each key in base64.
    const keys = kept.get('keys')?.match(/[A-Za-z0-9+/]{43}=/g) ?? [];
    expect(keys.length).toBeGreaterThan(0);
    const secrets = [peers.password, ...keys, ...codes];
    const hidden = [...secrets, 'mia@example.test', 'sam@example.test', 'noor@example.test'];
    for (const secret of hidden) expect(filesHolding(desk.profileDir, formsOf(secret)), secret).toEqual([]);

    expect(crossings.length).toBeGreaterThan(20);
    const toPage = crossings.filter(({ way }) => way !== 'to-main').map(({ text }) => text);
    for (const secret of secrets) {
      for (const form of formsOf(secret)) expect(toPage.some((text) => text.includes(form))).toBe(false);
    }
    const setUps = crossings.filter(
      ({ channel, text }) => channel === 'setup.save' && text.includes(peers.password),
    );
    expect(
      setUps.map(({ way }) => way),
      'the password crossed inwards: before the question about its host, the one about its authority, and the test',
    ).toEqual(['to-main', 'to-main', 'to-main']);
  });
});

test('a keychain that is locked is said with a remedy, and unlocking it is enough', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  await peers.lockKeychain();
  await desk.restart();
  await expect(desk.page.getByText('The keychain is locked').first()).toBeVisible({ timeout: 40_000 });
  await desk.page.screenshot({ path: join(PICTURES, 'keychain-locked-light.png') });
  await peers.unlockKeychain();
  await desk.page.getByRole('button', { name: 'Look again' }).click();
  await expect(desk.page.getByText(/ready · [\d,]+ codes left/)).toBeVisible();
  await clerkAt(desk.page).sendTo('after-unlock@example.test');
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
});

test('the account is removed, from the keychain too, and its records with it [T-account-removed]', async ({
  desk,
  peers,
}) => {
  const before = await peers.keychainEntries();
  await setUpServer(desk.page, peers);
  await clerkAt(desk.page).sendTo('removed@example.test');
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  expect(await peers.keychainEntries(), 'password, keys, anchor and signing key').toBe(before + 4);
  expect(existsSync(join(desk.profileDir, 'verifications.db'))).toBe(true);

  await clerkAt(desk.page).openSettings('Removal');
  await desk.page.getByRole('button', { name: 'Remove account' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Remove account' }).click();
  await expect(clerkAt(desk.page).heading).toHaveText('Confirm that somebody controls an email address');
  expect(await peers.keychainEntries()).toBe(before);
  expect(existsSync(join(desk.profileDir, 'verifications.db'))).toBe(false);
});
