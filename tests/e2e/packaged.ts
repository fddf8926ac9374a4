/**
 * @file Whether a packaged program works: `node tests/e2e/packaged.ts PROGRAM [ARGUMENTS]` starts it on an empty
 * profile, plays a whole verification in practice mode, and has a password kept in the keychain over a restart. It looks
 * into the page through Chromium's own debugging port, because the fuses close Node's. With `--stopped` it is the other way
 * round: the program must not come up at all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openDisplay } from '../../scripts/display.mjs';
import { startSecretService } from '../integration/peers/secret-service.ts';
import { clerkAt } from './clerk.ts';
import { launch } from './launch/launch.ts';
import { packaged } from './launch/packaged.ts';

/** A first start unpacks, checks and draws everything; a hosted machine may need a minute for it. */
const START_MS = 120_000;

const [program, ...given] = process.argv.slice(2);
if (program === undefined)
  throw new Error('usage: node tests/e2e/packaged.ts PROGRAM [--stopped] [ARGUMENTS]');
const args = given.filter((arg) => arg !== '--stopped');

const home = mkdtempSync(join(tmpdir(), 'countersign-packaged-'));
const display = await openDisplay();
// A keyring of the test's own on Linux; elsewhere the system's, of whose entries the last step leaves none.
const keyring = process.platform === 'linux' ? await startSecretService() : null;
const start = async () => {
  const started = await launch({
    profileDir: join(home, 'profile'),
    env: { ...display.env, ...keyring?.env },
    switches: [...args, '--lang=en'],
    on: packaged(program),
  });
  started.page.setDefaultTimeout(START_MS);
  return started;
};

async function practise(page: Page): Promise<void> {
  const clerk = clerkAt(page);
  await clerk.heading.first().waitFor();
  const warned = page.getByText('Countersign is running without its sandbox');
  if (args.includes('--no-sandbox')) await warned.waitFor();
  else if (await warned.isVisible()) throw new Error('it says that it has no sandbox, and was given one');
  await clerk.startPractice();
  await clerk.sendTo('mia.keller@example.com');
  await clerk.code.waitFor();
  await clerk.typeCode(await clerk.practiceCode());
  await clerk.heading.filter({ hasText: /^Verified$/ }).waitFor();
  await page.evaluate(() => window.countersign.practice.leave());
  console.log('verified');
}

/** An account that is stored without a test: there is no server to be had everywhere. */
const store = (page: Page) =>
  page.evaluate(() =>
    window.countersign.setup.save({
      form: {
        kind: 'server',
        address: 'desk@example.test',
        name: 'Desk',
        server: { host: 'mail.example.test', port: 465, security: 'implicit-tls', user: 'desk@example.test' },
      },
      password: 'a password for the keychain',
      keep: 'keychain',
      untested: true,
      confirmed: [],
      endOpen: false,
    }),
  );

async function keptIn(page: Page): Promise<unknown> {
  const answer = await page.evaluate(() => window.countersign.desk.view());
  return answer.ok ? answer.value.account?.secret : answer.problem;
}

async function works(): Promise<void> {
  const first = await start();
  try {
    await practise(first.page);
    const stored = await store(first.page);
    if (!stored.ok) throw new Error(`the account cannot be stored: ${JSON.stringify(stored.problem)}`);
  } finally {
    await first.close();
  }
  const second = await start();
  try {
    await clerkAt(second.page).address.waitFor();
    const kept = await keptIn(second.page);
    if (kept !== 'keychain') throw new Error(`the password is not in the keychain: ${JSON.stringify(kept)}`);
    const removed = await second.page.evaluate(() => window.countersign.settings.removeAll());
    if (!removed.ok) throw new Error(`nothing can be removed: ${JSON.stringify(removed.problem)}`);
    console.log('kept in the keychain, and removed');
  } finally {
    await second.close();
  }
}

async function isStopped(): Promise<void> {
  let came = null;
  try {
    came = await start();
  } catch {
    console.log('it does not start');
  }
  if (came === null) return;
  await came.close();
  throw new Error('it starts');
}

try {
  await (given.includes('--stopped') ? isStopped() : works());
} finally {
  await keyring?.stop();
  await display.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
