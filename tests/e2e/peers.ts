/**
 * @file The real neighbours of one test file: a mail service and a keychain. They are the tests' own; nothing of the machine is touched.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeOfMail } from './clerk.ts';
import { expect, test as base } from './fixture.ts';
import { startMailPeers, type MailPeers } from '../integration/peers/postfix.ts';
import { startSecretService } from '../integration/peers/secret-service.ts';

export interface Peers extends MailPeers {
  /** What the program needs to find the keychain and to trust the mail service's authority. */
  readonly env: Readonly<Record<string, string>>;
  lockKeychain(): Promise<void>;
  unlockKeychain(): Promise<void>;
  /** How many items the login keyring holds. */
  keychainEntries(): Promise<number>;
  /** What the keychain keeps for the program on this profile, by item: "app-password", "keys", "anchor". */
  keychainOf(profileDir: string): Promise<ReadonlyMap<string, string>>;
}

const LIST_CREDENTIALS = `
  import keytar from 'keytar';
  console.log(JSON.stringify(await keytar.findCredentials(process.argv[1])));
`;

const serviceOf = (profileDir: string): string =>
  readFileSync(join(profileDir, 'keychain-entry'), 'utf8').trim();

async function startPeers(): Promise<Peers> {
  const mail = await startMailPeers();
  const keychain = await startSecretService();
  const env = { ...keychain.env, NODE_EXTRA_CA_CERTS: mail.ca };
  return {
    ...mail,
    env,
    lockKeychain: () => keychain.lock(),
    unlockKeychain: () => keychain.unlock(),
    keychainEntries: async () => {
      const { stdout } = await promisify(execFile)(
        'dbus-send',
        [
          '--session',
          '--print-reply',
          '--dest=org.freedesktop.secrets',
          '/org/freedesktop/secrets/collection/login',
          'org.freedesktop.DBus.Properties.Get',
          'string:org.freedesktop.Secret.Collection',
          'string:Items',
        ],
        { env: { ...process.env, ...keychain.env } },
      );
      return stdout.match(/object path/g)?.length ?? 0;
    },
    keychainOf: async (profileDir) => {
      // keytar finds its bus through the environment of its own process.
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', LIST_CREDENTIALS, serviceOf(profileDir)],
        { env: { ...process.env, ...keychain.env } },
      );
      // The script above prints exactly this.
      const found = JSON.parse(stdout) as readonly { readonly account: string; readonly password: string }[];
      return new Map(found.map(({ account, password }) => [account, password]));
    },
    stop: async () => {
      await keychain.stop();
      await mail.stop();
    },
  };
}

/** Waits for the one mail to an address beyond `earlier` ones, and gives it as it was delivered. */
export async function mailTo(peers: Peers, address: string, earlier = 0): Promise<string> {
  await expect.poll(() => peers.mailOf(address), { timeout: 60_000 }).toHaveLength(earlier + 1);
  return (await peers.mailOf(address))[earlier] ?? '';
}

/** The code that was mailed to an address. */
export const codeMailedTo = async (peers: Peers, address: string, earlier = 0): Promise<string> =>
  codeOfMail(await mailTo(peers, address, earlier));

/** The fixture with the neighbours there and the program told where they are. */
export const test = base.extend<object, { readonly peers: Peers }>({
  peers: [
    // Playwright reads what a fixture needs from the pattern of its first parameter.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const peers = await startPeers();
      await use(peers);
      await peers.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  desktopEnv: ({ peers }, use) => use(peers.env),
});

export * from './server-form.ts';
