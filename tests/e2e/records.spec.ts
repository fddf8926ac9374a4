/**
 * @file Copies of the profile folder, put back behind the program's back: they give back no guess, and what was
 * removed or sealed with keys that were changed cannot be read. On the real keychain.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { clerkAt } from './clerk.ts';
import { expect, type Desk } from './fixture.ts';
import { codeMailedTo, setUpServer, test, type Peers } from './peers.ts';
import { wrong } from '../fakes/wrong-code.ts';
import { DAY } from '../fakes/time.ts';

/** Sends by hand and reads the code from the mailbox. */
async function send(desk: Desk, peers: Peers, address: string): Promise<string> {
  await clerkAt(desk.page).sendTo(address);
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  return codeMailedTo(peers, address);
}

/** Quits, copies what lies on the disk to one side, and starts again; the function puts the copy back. */
async function copyProfile(desk: Desk): Promise<() => Promise<void>> {
  const side = join(dirname(desk.profileDir), 'copy');
  await desk.close();
  cpSync(desk.profileDir, side, { recursive: true });
  await desk.restart();
  return async () => {
    await desk.close();
    rmSync(desk.profileDir, { recursive: true });
    cpSync(side, desk.profileDir, { recursive: true });
    await desk.restart();
  };
}

const view = async (page: Page) => {
  const answer = await page.evaluate(() => window.countersign.desk.view());
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
};

const tryToStart = (page: Page) =>
  page.evaluate(() =>
    window.countersign.verification.start({
      address: 'new@example.test',
      request: { purpose: 'registration', details: [] },
    }),
  );

/** Until when nothing may start, as the refusal says. */
async function refusedUntil(page: Page): Promise<number> {
  const refused = await tryToStart(page);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'records-restored' } });
  return !refused.ok && refused.problem.code === 'records-restored' ? refused.problem.until : 0;
}

test('a profile put back after two guesses ends what was open, says so, and lets nothing start for a day [T-rollback-profile]', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  const code = await send(desk, peers, 'put-back@example.test');
  const putBack = await copyProfile(desk);

  const clerk = clerkAt(desk.page);
  await clerk.row('put-back@example.test').click();
  await clerk.typeCode(wrong(code));
  await expect(desk.page.getByText('That is not the code. 4 guesses left.').first()).toBeVisible();
  await clerk.typeCode(wrong(wrong(code)));
  await expect(desk.page.getByText('That is not the code. 3 guesses left.').first()).toBeVisible();

  await putBack();
  await expect(
    desk.page.getByText('These records are older than the keychain remembers', { exact: true }),
  ).toBeVisible();
  const after = await view(desk.page);
  expect(after.shift).toMatchObject([
    { sentTo: 'put-back@example.test', state: 'expired', endReason: 'records-restored' },
  ]);
  const [ended] = after.shift;
  const checked = await desk.page.evaluate((input) => window.countersign.verification.check(input), {
    id: ended?.id ?? '',
    code,
  });
  expect(checked, 'not even the right code').toMatchObject({ ok: true, value: { outcome: 'expired' } });

  const until = await refusedUntil(desk.page);
  expect(until).toBeGreaterThan(after.now + DAY - 10 * 60_000);
  expect(until).toBeLessThanOrEqual(after.now + DAY);
  await clerkAt(desk.page).sendTo('new@example.test');
  await expect(desk.page.getByText(/Nothing new can start before/).first()).toBeVisible();

  await desk.restart();
  // A moment on the clock of the new run, which is not the old one to the millisecond.
  expect(Math.abs((await refusedUntil(desk.page)) - until), 'a restart changes nothing').toBeLessThan(1_000);
  expect(await peers.mailOf('new@example.test')).toEqual([]);
});

test('after "remove all data" a copy from before can be read by nobody, and gives back no guess [T-removal-copies]', async ({
  desk,
  peers,
}) => {
  const entries = await peers.keychainEntries();
  await setUpServer(desk.page, peers);
  await send(desk, peers, 'before-removal@example.test');
  const putBack = await copyProfile(desk);

  await clerkAt(desk.page).openSettings('Removal');
  await desk.page.getByRole('button', { name: 'Remove all data' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Remove everything' }).click();
  await expect(clerkAt(desk.page).heading).toHaveText('Confirm that somebody controls an email address');
  expect(await peers.keychainEntries()).toBe(entries);

  await putBack();
  await expect(
    desk.page.getByText('The keychain no longer has the keys to these records', { exact: true }),
  ).toBeVisible();
  const after = await view(desk.page);
  expect(after.account, 'who the account is stands in the copy, its password does not').toMatchObject({
    form: { address: peers.address },
    secret: null,
  });
  // That something was there is all that can be said.
  expect(after.shift).toMatchObject([{ state: 'unreadable' }]);
  expect(JSON.stringify(after)).not.toContain('before-removal@');
  expect(await tryToStart(desk.page)).toMatchObject({ ok: false });
});

test('damaged records open the desk all the same, which says so and lets them be removed', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  await send(desk, peers, 'before-damage@example.test');
  await desk.close();
  const file = join(desk.profileDir, 'verifications.db');
  // As large as after a busy month, and damaged where nothing is read at the start: found in the background.
  const page = damageIndex(file, 'verifications_of_reference');
  expect(page).toBeGreaterThan(1);
  await desk.restart();

  await expect(desk.page.getByText('The records cannot be read', { exact: true })).toBeVisible();
  expect(await tryToStart(desk.page)).toEqual({ ok: false, problem: { code: 'records-unreadable' } });
  await clerkAt(desk.page).openSettings('Removal');
  await desk.page.getByRole('button', { name: 'Remove all data' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Remove everything' }).click();
  await expect(clerkAt(desk.page).heading).toHaveText('Confirm that somebody controls an email address');
  await expect(desk.page.getByText('The records cannot be read', { exact: true })).toBeHidden();
  await setUpServer(desk.page, peers);
  await send(desk, peers, 'after-damage@example.test');
});

/** Pads the file with free pages and overwrites the page at which this index begins; answers its number. */
function damageIndex(file: string, name: string): number {
  const database = new DatabaseSync(file);
  database.exec(
    'CREATE TABLE padding (x); INSERT INTO padding VALUES (zeroblob(2000000)); DROP TABLE padding',
  );
  const found = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
  const size = Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
  database.close();
  const page = Number(found?.['rootpage']);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x55, (page - 1) * size, page * size));
  return page;
}
