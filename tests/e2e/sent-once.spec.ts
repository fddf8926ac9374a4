/**
 * @file However often it is asked for, and even if the window or the program ends in between, a code goes
 * out once. On a mail server that takes a message and keeps its answer back, which is when that is hardest.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSWORD, startSmtpPeer, USER, type SmtpPeer } from '../integration/mail/smtp/smtp-peer.ts';
import { makeCertificate } from '../integration/mail/certificates.ts';
import { startSecretService } from '../integration/peers/secret-service.ts';
import { clerkAt, codeIn } from './clerk.ts';
import { expect, test as base } from './fixture.ts';
import { setUpServer, type Account } from './peers.ts';

const test = base.extend<{ readonly peer: SmtpPeer & { readonly certificateFile: string } }>({
  // Playwright reads what a fixture needs from the pattern of its first parameter.
  // eslint-disable-next-line no-empty-pattern
  peer: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'smtp-peer-'));
    const certificateFile = join(folder, 'certificate.pem');
    const certificate = makeCertificate();
    writeFileSync(certificateFile, certificate.cert);
    const peer = await startSmtpPeer({ certificate });
    await use({ ...peer, certificateFile });
    await peer.stop();
    rmSync(folder, { recursive: true });
  },
  desktopEnv: async ({ peer }, use) => {
    const keychain = await startSecretService();
    await use({ ...keychain.env, NODE_EXTRA_CA_CERTS: peer.certificateFile });
    await keychain.stop();
  },
});

const accountOn = ({ server }: SmtpPeer): Account => ({
  address: USER,
  host: server.host,
  submissionsPort: server.port,
  password: PASSWORD,
  imapsPort: null,
});

/** Everybody who was sent a mail, in the order of the mails. */
const recipients = (peer: SmtpPeer) => peer.accepted.flatMap(({ to }) => to);
const codeFrom = (peer: SmtpPeer) =>
  codeIn(/^Subject: (.*)$/m.exec(peer.accepted[0]?.source ?? '')?.[1] ?? '');

test('a double click, and a reload while the mail is under way, come to one verification and one mail [T-send-double-click]', async ({
  desk,
  peer,
}) => {
  const { page } = desk;
  await setUpServer(page, accountOn(peer));
  const clerk = clerkAt(page);
  const release = peer.hold();
  await clerk.address.fill('mia@example.test');
  await clerk.send.dblclick();
  await expect.poll(() => recipients(peer)).toEqual(['mia@example.test']);

  for (const moment of ['before the reload', 'after it']) {
    await expect(clerk.heading, moment).toHaveText('Sending a code to mia@example.test');
    await expect(page.getByText('Waiting for localhost to accept it…'), moment).toBeVisible();
    if (moment === 'before the reload') await page.reload();
  }
  release();
  await expect(page.getByText(/^Handed to localhost/)).toBeVisible();
  await expect(clerk.heading).toHaveText('Ask for the code sent to mia@example.test');

  await clerk.typeCode(codeFrom(peer));
  await expect(clerk.heading).toHaveText('Verified');
  expect(recipients(peer)).toEqual(['mia@example.test']);
  await expect(clerk.row('mia@example.test')).toHaveCount(1);
});

test('a program killed while the mail is under way says that nobody knows, sends nothing again, and the code is good [T-send-killed]', async ({
  desk,
  peer,
}) => {
  await setUpServer(desk.page, accountOn(peer));
  const release = peer.hold();
  await clerkAt(desk.page).address.fill('mia@example.test');
  // Enter twice, wherever the focus is by then.
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.press('Enter');
  await expect.poll(() => recipients(peer)).toEqual(['mia@example.test']);
  process.kill(desk.program.pid, 'SIGKILL');
  await desk.program.ended;
  await desk.restart();

  const clerk = clerkAt(desk.page);
  await clerk.row('mia@example.test').click();
  await expect(desk.page.getByText('The mail may or may not have arrived', { exact: true })).toBeVisible();
  await expect(desk.page.getByText('The program was closed while it was sending.')).toBeVisible();
  // The program no longer hears what the server says now.
  release();
  await clerk.typeCode(codeFrom(peer));
  await expect(clerk.heading).toHaveText('Verified');

  // A mail that is asked for goes out over the same line that anything else would have taken, and nothing has.
  await clerkAt(desk.page).next();
  await clerk.sendTo('sam@example.test');
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  expect(recipients(peer)).toEqual(['mia@example.test', 'sam@example.test']);
});
