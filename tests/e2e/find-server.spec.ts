/**
 * @file Another server's settings are found, at the speed of a person: the program asks the computer's own DNS and the
 * website of the account's domain, both of which are the test's; and what it found is a real mail service.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clerkAt } from './clerk.ts';
import { expect } from './fixture.ts';
import { runtime } from './launch/launch.ts';
import { onNetwork } from './launch/on-network.ts';
import { codeMailedTo, test as withPeers } from './peers.ts';
import { personAt } from './person.ts';
import { startDnsServer, type DnsServer } from '../integration/mail/discovery/dns-server.ts';
import {
  page as file,
  settingsFile,
  startSettingsWeb,
  type SettingsWeb,
} from '../integration/mail/discovery/settings-web.ts';
import { PROVIDER } from '../integration/peers/postfix.ts';

const PICTURES = resolve(import.meta.dirname, '../../out/e2e');
const DOMAIN = 'example.test';
const FILE = `autoconfig.${DOMAIN}/mail/config-v1.1.xml`;

interface Network {
  /** What stands for /etc/resolv.conf. */
  readonly resolvConf: string;
  readonly dns: DnsServer;
  readonly web: SettingsWeb;
}

/** Where a computer looks for DNS and the web, on an address of this run's own: nothing else of this computer is there. */
const test = withPeers.extend<{ readonly network: Network }>({
  network: async ({ peers }, use) => {
    const host = `127.${randomInt(64, 256)}.${randomInt(256)}.${randomInt(1, 255)}`;
    const folder = mkdtempSync(join(tmpdir(), 'countersign-network-'));
    const resolvConf = join(folder, 'resolv.conf');
    writeFileSync(resolvConf, `nameserver ${host}\noptions timeout:2 attempts:1\n`);
    const dns = await startDnsServer(host, 53);
    const web = await startSettingsWeb(peers, host, 443);
    const home = { type: 'A', address: host } as const;
    for (const name of [DOMAIN, `autoconfig.${DOMAIN}`])
      dns.zone.set(name, [home, { type: 'MX', exchange: PROVIDER }]);
    // The mail service listens where it always does.
    dns.zone.set(PROVIDER, [{ type: 'A', address: '127.0.0.1' }]);
    await use({ resolvConf, dns, web });
    web.close();
    dns.close();
    rmSync(folder, { recursive: true });
  },
  desktopOn: ({ network }, use) => use(onNetwork(network.resolvConf, runtime)),
});

test('another server is found on a press, shown, changed, confirmed by name, and then a code goes out through it [T-discovery-journey]', async ({
  desk,
  peers,
  network: { dns, web },
}) => {
  const { page } = desk;
  const person = personAt(page);
  web.pages.set(
    FILE,
    file(
      settingsFile(DOMAIN, {
        server: { host: PROVIDER, port: peers.submissionPort },
        mailbox: { host: PROVIDER, port: peers.imapsPort },
      }),
    ),
  );
  const askedFor = (name: RegExp) => dns.questions.filter((question) => name.test(question));

  await test.step('nothing is looked for before it is pressed for', async () => {
    await page.getByRole('button', { name: /^Another mail server/ }).click();
    await expect(page.getByLabel('Email address')).toBeFocused();
    // The browser that stands in for Electron's asks a question of its own as it starts.
    dns.questions.length = 0;
    await person.type(peers.address);
    await person.press('Tab');
    await person.type(peers.password);
    // Past the button that shows it.
    await person.press('Tab');
    await person.press('Tab');
    await person.type('Harbour Clinic');
    expect(askedFor(/^SRV/)).toEqual([]);
    expect(web.asked).toEqual([]);
  });

  await test.step('with Enter it is found, and shown', async () => {
    await person.press('Enter');
    await expect(
      page.getByText('The server was found. Look at it, then test and save.').first(),
    ).toBeVisible();
    await expect(page.getByText('The domain’s own settings file names it.')).toBeInViewport();
    await expect(page.getByLabel('Outgoing server')).toHaveValue(PROVIDER);
    await expect(page.getByLabel('Port', { exact: true })).toHaveValue(String(peers.submissionPort));
    await expect(page.getByRole('radio', { name: /^STARTTLS/ })).toBeChecked();
    await page.screenshot({ path: join(PICTURES, 'server-found-light.png') });
    expect(askedFor(new RegExp(PROVIDER)), 'the server itself is left alone').toEqual([]);
  });

  await test.step('it can be changed', async () => {
    await page.getByText(/^SSL\/TLS/).click();
    await page.getByLabel('Port', { exact: true }).click();
    await person.press('ControlOrMeta+a');
    await person.type(String(peers.submissionsPort));
  });

  await test.step('before any password goes to a host outside the account’s domain it is asked about by name', async () => {
    await person.press('Enter');
    const dialog = page.getByRole('dialog', { name: `Send the password to ${PROVIDER}?` });
    await expect(dialog.getByText(`That is outside ${DOMAIN}.`)).toBeVisible();
    await page.screenshot({ path: join(PICTURES, 'server-outside-light.png') });
    expect(askedFor(new RegExp(PROVIDER)), 'it has not even been looked up').toEqual([]);
    await dialog.getByRole('button', { name: `Send it to ${PROVIDER}` }).click();
    // The mail service's authority is none that every computer knows.
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(clerkAt(page).heading).toHaveText('Who are you verifying?');
    expect(askedFor(new RegExp(`^A ${PROVIDER}`))).not.toEqual([]);
  });

  await test.step('the code to oneself arrives, and the mailbox was found too', async () => {
    const earlier = (await peers.mailOf(peers.address)).length;
    await page.getByRole('button', { name: 'Send a code to myself' }).click();
    await person.type(await codeMailedTo(peers, peers.address, earlier));
    await expect(clerkAt(page).heading).toHaveText('Verified');
    await clerkAt(page).openSettings('Sending account');
    await expect(page.getByRole('main')).toContainText(`${PROVIDER}, port ${peers.submissionsPort}`);
    await expect(page.getByText(/mailbox could not be reached/)).toHaveCount(0);
  });

  await test.step('nobody was asked about more than a domain', () => {
    for (const question of dns.questions) expect(question).toMatch(/(?:example|provider)\.test$/);
    for (const { url, headers } of web.asked)
      expect(JSON.stringify([url, headers])).not.toMatch(/@|\?|desk|user-agent|cookie/i);
    expect(web.asked.map(({ url }) => url)).toContain(FILE);
  });
});

test('a server that is not found is said, with all that was typed still there, and asked for again', async ({
  desk,
  peers,
  network: { dns },
}) => {
  const { page } = desk;
  const person = personAt(page);
  await page.getByRole('button', { name: /^Another mail server/ }).click();
  await expect(page.getByLabel('Email address')).toBeFocused();
  await person.type('desk@elsewhere.test');
  await person.press('Tab');
  await person.type(peers.password);
  await page.getByLabel('Business name').click();
  await person.type('Harbour Clinic');
  const said = async (words: RegExp) => {
    await expect(page.locator('.note', { hasText: words })).toBeInViewport();
    await expect(page.getByLabel('Email address')).toHaveValue('desk@elsewhere.test');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(peers.password);
    await expect(page.getByLabel('Business name')).toHaveValue('Harbour Clinic');
    await expect(page.getByLabel('Outgoing server')).toHaveValue('');
  };

  await person.press('Enter');
  await said(/^No server was found\. Ask your mail provider/);
  await page.screenshot({ path: join(PICTURES, 'server-none-light.png') });

  dns.silent = true;
  await person.press('Enter');
  await said(/^No answer came\. Check the network/);

  dns.silent = false;
  dns.zone.set('elsewhere.test', [{ type: 'MX', exchange: 'smtp.google.com' }]);
  await person.press('Enter');
  await said(/^This domain’s mail is at Google/);
  await page.getByRole('button', { name: 'Use Google Workspace' }).click();
  await expect(page.getByLabel('Workspace address')).toHaveValue('desk@elsewhere.test');
  await expect(page.getByLabel('Business name')).toHaveValue('Harbour Clinic');
});
