/**
 * @file Each failure of set-up, really reached: the page, the desk and the test of an account are the program's own, and the
 * server, the certificate or the keyring at fault is there. In two windows of fixed size the failing step, its reason and
 * remedy are in view, the focus is where it can be put right, and all that was typed is still there.
 */
import dns from 'node:dns';
import { mkdirSync } from 'node:fs';
import { resolve, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { probe } from '../../../src/main/mail/probe.ts';
import { serverFor } from '../../../src/main/mail/smtp/server.ts';
import type { Mail } from '../../../src/main/ports/mail.ts';
import { CAUSE_NAMES, type Cause } from '../../../src/shared/causes.ts';
import { channels, type Channel } from '../../../src/shared/contract.ts';
import type { DeskView } from '../../../src/shared/desk-view.ts';
import { causes } from '../../../src/renderer/i18n/en/causes.ts';
import { setup } from '../../../src/renderer/i18n/en/setup.ts';
import { openDesk, type DeskScene } from '../../fakes/desk-scene.ts';
import type { Main } from '../../gallery/page.ts';
import { gateFor, QUICK } from '../mail/smtp/carry.ts';
import { PASSWORD, USER } from '../mail/smtp/smtp-peer.ts';
import { startSecretService, type SecretServicePeer as Keyring } from '../peers/secret-service.ts';
import { startVaultProcess } from '../vault/vault-process.ts';
import { deskPage, focused, listen } from './desk-page.ts';
import { NAMES, SETUP_CAUSES, type Peer, type Reached } from './setup-causes.ts';

const PICTURES = resolve(import.meta.dirname, '../../../out/setup-failures');
const WINDOWS = [
  { width: 1180, height: 800 },
  { width: 1024, height: 700 },
];

let scene: DeskScene;
/** The desk answers as it does in the program. */
const main = Object.fromEntries(
  channels.map((channel: Channel) => [channel, (input: never) => scene.desk.handlers[channel](input)]),
) as Main;
const desk = deskPage({ context: { viewport: WINDOWS[0] ?? null, reducedMotion: 'reduce' }, main });

const stops: (() => unknown)[] = [];
afterEach(async () => {
  await scene.desk.close();
  for (const stop of stops.splice(0)) await stop();
});

const lookup = dns.lookup;
beforeAll(() => {
  mkdirSync(PICTURES, { recursive: true });
  // Where names lead is the network's say.
  dns.lookup = ((host: string, options: object, done: (error: Error | null, found?: unknown) => void) => {
    const answer = NAMES[host];
    if (answer === undefined) lookup('localhost', options, done as never);
    else if (answer !== 'never') done(Object.assign(new Error(answer), { code: answer }));
  }) as typeof lookup;
});
afterAll(() => {
  dns.lookup = lookup;
});

interface Entered {
  readonly kind: 'gmail' | 'server';
  readonly fields: readonly (readonly [label: string, value: string])[];
}

function enteredFor({ kind = 'server', host = 'localhost' }: Reached, { server }: Peer): Entered {
  const name = ['Business name', 'Harbour Clinic'] as const;
  return kind === 'gmail'
    ? { kind, fields: [['Gmail address', 'desk@gmail.com'], ['App password', PASSWORD], name] }
    : {
        kind,
        fields: [
          ['Email address', USER],
          ['Password', PASSWORD],
          name,
          ['Outgoing server', host],
          ['Port', String(server.port)],
        ],
      };
}

/** The program's own test of an account, which finds the peer where its server is looked for. */
function probing({ timing, keyring }: Reached, peer: Peer, ring: Keyring | null): Mail['probe'] {
  const limits = { ...QUICK, ...timing };
  const gate = gateFor(limits);
  return async (form, secret, options) => {
    const server = serverFor(form, () => Promise.resolve(secret));
    if (server === null) throw new Error('a form without a server');
    const { port, trust } = peer.server;
    if (ring !== null) await keyring?.(ring);
    return probe(
      { ...server, port, ...(trust === undefined ? {} : { trust }) },
      { ...options, timing: limits, gate },
    );
  };
}
/** Fills the form in and presses; the owner says yes to the host. */
async function test(page: Page, { fields, kind }: Entered, { server }: Peer): Promise<void> {
  for (const [label, value] of fields) await page.getByLabel(label, { exact: true }).fill(value);
  if (kind === 'server' && server.security === 'starttls') await page.getByText(/^STARTTLS/).click();
  // With the port that belongs to it, if that is another.
  if (kind === 'server') await page.getByLabel('Port', { exact: true }).fill(String(server.port));
  await page.getByLabel('Business name').press('Enter');
  if (kind === 'server') await page.getByRole('button', { name: /^Send it to / }).click();
}

const filledIn = (text: string, server: string): string => text.replaceAll('{{server}}', server);

/** Set-up is open, and what it is to meet is there. */
async function opened(how: Reached) {
  const peer = await how.start();
  stops.push(() => peer.stop());
  const keyring = how.keyring === undefined ? null : await startSecretService();
  const vault = keyring === null ? null : startVaultProcess(keyring.env);
  stops.push(
    () => vault?.stop(),
    () => keyring?.stop(),
  );
  scene = await openDesk({
    probe: probing(how, peer, keyring),
    onView: (view: DeskView) =>
      void desk
        .open()
        .push(view)
        .catch(() => undefined),
    ...(vault === null ? {} : { keychain: vault.vault }),
  });
  const entered = enteredFor(how, peer);
  await scene.desk.handlers['setup.choose']({ kind: entered.kind });
  return { page: await desk.at(scene.desk.view()), peer, keyring, entered };
}

describe.each(
  CAUSE_NAMES.flatMap((cause) => {
    const how = SETUP_CAUSES[cause];
    return typeof how === 'string' ? [] : [[cause, how] as const];
  }),
)('set-up that fails: %s', (cause, how) => {
  it('says where, why and what to do, goes to what can put it right, and loses nothing', async () => {
    const { page, entered, peer } = await opened(how);
    for (const [index, window] of WINDOWS.entries()) {
      await page.setViewportSize(window);
      const heard = await listen(page);
      if (index === 0) await test(page, entered, peer);
      else await page.getByRole('button', { name: 'Test again and save' }).click();
      const remedy = await inView(page, cause, how, entered, window.height);
      // It is heard too: with the field that has the focus, or by itself.
      if (how.field === null) await expect.poll(async () => (await heard()).join(' ')).toContain(remedy);
      else expect(await described(page.locator(':focus'))).toContain(remedy);
      await page.screenshot({ path: join(PICTURES, `${cause}-${window.width}.png`) });
      for (const [label, value] of entered.fields)
        expect(await page.getByLabel(label, { exact: true }).inputValue(), label).toBe(value);
    }
    expect(scene.settings.account(), 'nothing is kept').toBeNull();
  });
});

describe('a keychain that locks while the account is tested', () => {
  const locks = SETUP_CAUSES['vault-locked'];
  if (typeof locks === 'string') throw new Error('set-up shows it');

  it('is asked again by the next test, and keeps the password once it is unlocked', async () => {
    let first = true;
    const { page, entered, peer, keyring } = await opened({
      ...locks,
      keyring: (ring) => (first ? ring.lock() : Promise.resolve()),
    });
    await test(page, entered, peer);
    await page.locator('.failure').waitFor();
    expect(await page.locator('.note', { hasText: 'The keychain is locked' }).count(), 'said once').toBe(1);
    first = false;
    await keyring?.unlock();
    await page.getByRole('button', { name: 'Test again and save' }).click();
    await expect.poll(() => scene.desk.view().account?.secret).toBe('keychain');
    expect(scene.desk.view().sessionOnly).toBe(false);
  });

  it('is done without when the owner says so', async () => {
    const { page, entered, peer } = await opened(locks);
    await test(page, entered, peer);
    await page.getByRole('button', { name: 'Use for this session only' }).click();
    await expect.poll(() => scene.desk.view().account?.secret).toBe('session');
  });
});

async function inView(
  page: Page,
  cause: Cause,
  how: Reached,
  { kind }: Entered,
  height: number,
): Promise<string> {
  const { host = 'localhost', step, field } = how;
  const server = kind === 'gmail' ? 'Gmail' : host;
  const words = causes[cause];
  const failure = page.locator('.failure');
  const failed = failure.locator('[data-state=failed]');
  await failure.waitFor();
  const focus = field === null ? 'button: Test again and save' : `input: ${field}`;
  await expect.poll(() => focused(page)).toBe(focus);
  const title = await failure.locator('.note-title').innerText();
  expect(title.toLowerCase()).toBe(filledIn(words.title, server).toLowerCase());
  const place = setup.steps[step].replace('{{host}}', kind === 'gmail' ? 'smtp.gmail.com' : host);
  expect(await failed.textContent()).toBe(`${place} (${setup.stepStates.failed})`);

  const visible = async (what: Locator) => {
    const box = await what.boundingBox();
    // The title bar lies over what is scrolled behind it.
    const top = (await page.locator('.title-bar').boundingBox())?.height ?? 0;
    return box !== null && box.y >= top && box.y + box.height <= height;
  };
  const remedy = filledIn(words.remedy, server);
  expect(await visible(failure.locator('.note-title')), 'the reason').toBe(true);
  expect(await visible(failure.getByText(remedy)), 'the remedy').toBe(true);
  expect(await visible(failed), 'the step').toBe(true);
  expect(await visible(page.locator(':focus')), 'the field').toBe(true);
  // In a smaller one the field and the reason come first; Enter in the field does the same.
  if (height >= 800)
    expect(await visible(page.getByRole('button', { name: 'Test again and save' })), 'the button').toBe(true);
  return remedy;
}

const described = (field: Locator): Promise<string> =>
  field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );
