/**
 * @file The secrets search: a whole day at the desk, with failures, a restart and a crash, and afterwards every byte
 * it left anywhere. Passwords and codes must be in no file, no answer and no memory of the page, and customers'
 * addresses in no file; that the page shows addresses is what it is for.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { wrong } from '../fakes/wrong-code.ts';
import { NOBODY } from '../integration/peers/postfix.ts';
import { clerkAt } from './clerk.ts';
import { expect, type Desk } from './fixture.ts';
import { codeMailedTo, fillServer, test, testAgain, testAndSave, type Peers } from './peers.ts';
import { createSieve, searchFolder } from './sieve.ts';
import { formsOf } from './traces.ts';

const PEOPLE = 50;
/** Where the day is cut: the program is quit after the first part, and killed after the second. */
const [RESTART_AFTER, KILL_AFTER] = [20, 38];
const WRONG_PASSWORD = 'vbnm tyui ghjk zxcv';

/** What becomes of a person's verification. */
const FATES = ['verified at once', 'wrong, then verified', 'left open', 'locked', 'sent back'] as const;

interface Person {
  readonly address: string;
  readonly fate: (typeof FATES)[number];
}

const people: readonly Person[] = Array.from({ length: PEOPLE }, (_, index) => ({
  address: `guest${String(index + 10)}.thistledown@example.test`,
  fate: FATES[index % FATES.length] ?? 'left open',
}));

/** What must be nowhere, as far as it is known. */
interface Hidden {
  /** By the address the code went to. */
  readonly codes: Map<string, string>;
  /** Every code that was typed, right or wrong. */
  readonly typed: Set<string>;
}

async function codeOf(peers: Peers, address: string): Promise<string> {
  return codeMailedTo(peers, address);
}

const startFor = (page: Page, address: string): Promise<string> =>
  page.evaluate(async (to) => {
    const started = await window.countersign.verification.start({
      address: to,
      request: {
        purpose: 'payment',
        details: [
          { name: 'amount', value: '€49.90' },
          { name: 'payee', value: 'Harbour Clinic' },
        ],
      },
    });
    if (!started.ok) throw new Error(started.problem.code);
    return started.value.id;
  }, address);

const check = (page: Page, id: string, code: string): Promise<string> =>
  page.evaluate(
    async (input) => {
      const checked = await window.countersign.verification.check(input);
      return checked.ok ? checked.value.outcome : checked.problem.code;
    },
    { id, code },
  );

/** What the desk says of it, for the message of a failed expectation. */
const rowOf = (page: Page, id: string): Promise<string> =>
  page.evaluate(async (wanted) => {
    const view = await window.countersign.desk.view();
    if (!view.ok) return view.problem.code;
    const { shift, notices, vault } = view.value;
    return JSON.stringify({ row: shift.find((row) => row.id === wanted), notices, vault });
  }, id);

/** One verification, through the page's own bridge: fifty by hand would take the day they stand for. */
async function serve(page: Page, peers: Peers, { address, fate }: Person, hidden: Hidden): Promise<void> {
  const id = await startFor(page, address);
  const code = await codeOf(peers, address);
  expect(code, 'the policy says eight digits').toHaveLength(8);
  hidden.codes.set(address, code);
  const guess = (typed: string): Promise<string> => {
    hidden.typed.add(typed);
    return check(page, id, typed);
  };
  const [first = '', ...more] = [1, 2, 3, 4, 5].map((by) => wrong(code, by));
  if (fate === 'wrong, then verified') expect(await guess(first)).toBe('wrong');
  if (fate === 'wrong, then verified' || fate === 'verified at once')
    expect(await guess(code), await rowOf(page, id)).toBe('verified');
  if (fate === 'locked') {
    const answers = [await guess(first)];
    for (const wrong of more) answers.push(await guess(wrong));
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked']);
  }
  if (fate === 'sent back') {
    await page.evaluate((sentBack) => window.countersign.verification.changeAddress({ id: sentBack }), id);
  }
  const again = await page.evaluate(async (ended) => {
    const answer = await window.countersign.verification.resend({ id: ended });
    return answer.ok ? 'sent' : answer.problem.code;
  }, id);
  // No second mail goes out within thirty seconds, and none for what has ended.
  expect(again).toBe(fate === 'left open' || fate === 'sent back' ? 'cooling-down' : 'not-open');
}

async function serveByHand(desk: Desk, peers: Peers, { address }: Person, hidden: Hidden): Promise<void> {
  const clerk = clerkAt(desk.page);
  await desk.page.evaluate(() => window.countersign.desk.go({ to: 'address' }));
  await clerk.sendTo(address);
  const code = await codeOf(peers, address);
  hidden.codes.set(address, code);
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  for (const typed of [wrong(code), code]) {
    hidden.typed.add(typed);
    await clerk.typeCode(typed);
    if (typed === code) break;
    await expect(desk.page.getByText('4 guesses left').first()).toBeVisible();
    // As it is judged, nothing more can be typed.
    await expect(clerk.code).toHaveValue('');
  }
  await expect(clerk.heading).toHaveText('Verified');
  await clerkAt(desk.page).next();
  await expect(clerk.heading).toHaveText('Who are you verifying?');
}

/** Files in which a crash reporter or the system keeps a process's memory. */
const dumpsBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(?:dmp|mdmp|core)$|(?:^|\/)core(?:\.\d+)?$/.test(name),
  );

/** Every string in the page's memory, after the collector has run. */
async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  // The rest of a snapshot is numbers that describe it. V8 writes this member.
  const { strings } = JSON.parse(chunks.join('')) as { readonly strings: readonly string[] };
  return Buffer.from(strings.join('\n'));
}

test('a search finds what is there, in every shape', () => {
  const folder = join(test.info().outputDir, 'planted');
  mkdirSync(folder, { recursive: true });
  for (const text of ['guest10.thistledown@example.test', '40718823']) {
    const forms = formsOf(text);
    expect(forms.length).toBeGreaterThan(6);
    for (const form of forms) {
      writeFileSync(join(folder, 'file'), Buffer.from(`…\0x${form}/\n`, 'latin1'));
      for (const alone of [true, false])
        expect(
          searchFolder(folder, createSieve(['nothing of it', text], { alone })).finds,
          form,
        ).toHaveLength(1);
    }
  }
  writeFileSync(join(folder, 'file'), '13407188234567');
  const [alone, anywhere] = [true, false].map((alone) => createSieve(['40718823'], { alone }));
  expect(alone && searchFolder(folder, alone).finds, 'part of a longer number').toHaveLength(0);
  expect(anywhere && searchFolder(folder, anywhere).finds).toHaveLength(1);
  rmSync(folder, { recursive: true });
});

test('after a whole day no file, no answer and no memory of the page holds a password or a code, and no file an address [T-secrets-day]', async ({
  desk,
  peers,
}) => {
  test.setTimeout(900_000);
  const hidden: Hidden = { codes: new Map(), typed: new Set() };
  const passwords = [peers.password, WRONG_PASSWORD];

  await test.step('set up, the first time with a wrong password; eight digits from now on', async () => {
    await desk.page.getByRole('button', { name: /^Another mail server/ }).click();
    await fillServer(desk.page, peers, { password: WRONG_PASSWORD });
    await testAndSave(desk.page);
    await expect(desk.page.getByText(/did not accept|not accepted|wrong/i).first()).toBeVisible();
    await desk.page.evaluate(() => window.countersign.desk.go({ to: 'welcome' }));
    await desk.page.getByRole('button', { name: /^Another mail server/ }).click();
    await fillServer(desk.page, peers);
    await testAgain(desk.page);
    await expect(clerkAt(desk.page).heading).toHaveText('Who are you verifying?');
    await desk.page.evaluate(async () => {
      await window.countersign.settings.choose({ codeLength: 8 });
    });
  });

  const [byHandFirst, ...morning] = people.slice(0, RESTART_AFTER);
  await test.step('the morning: by hand, by the bridge, and what goes wrong', async () => {
    if (byHandFirst !== undefined) await serveByHand(desk, peers, byHandFirst, hidden);
    for (const person of morning) await serve(desk.page, peers, person, hidden);
    await startFor(desk.page, NOBODY);
    await expect(desk.page.getByText('There is no such mailbox', { exact: false }).first()).toBeVisible();
    const malformed = await desk.page.evaluate(() =>
      window.countersign.verification.start({
        address: 'two@@example.test',
        request: { purpose: 'sign-in', details: [] },
      }),
    );
    expect(malformed).toMatchObject({ ok: false, problem: { code: 'address' } });
  });

  /** Away from the code screen: a code that is being typed is in its field, where else. */
  const secretsInMemory = async (page: Page): Promise<readonly string[]> => {
    await page.evaluate(() => window.countersign.desk.go({ to: 'address' }));
    await expect(clerkAt(page).heading).toHaveText('Who are you verifying?');
    const heap = await heapOf(page);
    const shown = [...hidden.codes.keys()].at(-1) ?? '';
    expect(createSieve([shown], { alone: true })(heap), 'the search sees what the page shows').toEqual([
      shown,
    ]);
    return createSieve([...passwords, ...hidden.codes.values(), ...hidden.typed], { alone: true })(heap);
  };

  await test.step('the memory of the page that the password was typed into', async () => {
    expect(await secretsInMemory(desk.page)).toEqual([]);
  });

  await test.step('the page’s process crashes with all that is in its memory', async () => {
    const session = await desk.page.context().newCDPSession(desk.page);
    void session.send('Page.crash').catch(() => undefined);
    await expect.poll(() => desk.program.output()).toContain('the page is gone');
  });

  await test.step('the afternoon, after a restart; then the program is killed while it sends', async () => {
    await desk.restart();
    for (const person of people.slice(RESTART_AFTER, KILL_AFTER))
      await serve(desk.page, peers, person, hidden);
    await startFor(desk.page, 'in-the-crash.thistledown@example.test');
    process.kill(desk.program.pid, 'SIGKILL');
    await desk.program.ended;
    await desk.restart();
  });

  await test.step('the evening', async () => {
    await expect(desk.page.getByText(/ready · [\d,]+ codes left/)).toBeVisible();
    const [byHandLast, ...evening] = people.slice(KILL_AFTER);
    for (const person of evening) await serve(desk.page, peers, person, hidden);
    if (byHandLast !== undefined) await serveByHand(desk, peers, byHandLast, hidden);
    expect(hidden.codes.size).toBe(PEOPLE);
  });

  const codes = [...new Set([...hidden.codes.values(), ...hidden.typed])];
  const addresses = [...people.map(({ address }) => address), 'in-the-crash.thistledown@example.test'];
  const home = dirname(desk.profileDir);
  /** The record of the bridge is this test's own, and is looked through by itself below. */
  const isTrace = (path: string): boolean => dirname(path) === home && path.endsWith('.ndjson');

  await test.step('the memory of the page in the evening', async () => {
    expect(await secretsInMemory(desk.page)).toEqual([]);
  });

  await test.step('every file, while the program runs and after it has ended', async () => {
    const everything = [...passwords, ...codes, ...addresses];
    const ours = createSieve(everything, { alone: false });
    const theirs = createSieve(everything, { alone: true });
    const keychainHome = peers.env['HOME'] ?? '';
    /** The keychain is where the secrets are. */
    const isKeychain = (path: string): boolean => path.startsWith(join(keychainHome, 'data', 'keyrings'));
    for (const moment of ['running', 'ended'] as const) {
      if (moment === 'ended') await desk.close();
      const profile = searchFolder(desk.profileDir, ours);
      expect(profile.finds, `the profile folder, ${moment}`).toEqual([]);
      expect(profile.files, 'settings, records and the log were looked at').toBeGreaterThanOrEqual(3);
      // Chromium's profile of this window and of the one that was killed, temporary files, dumps, caches.
      const rest = searchFolder(home, theirs, isTrace);
      expect(rest.finds, `everything beside it, ${moment}`).toEqual([]);
      expect(rest.files, 'the window’s own profile was looked at').toBeGreaterThan(20);
      // No crash reporter is started; what a crash does leave was looked through above.
      expect(dumpsBelow(home), `memory written to the disk, ${moment}`).toEqual([]);
      expect(searchFolder(keychainHome, theirs, isKeychain).finds, `the home folder, ${moment}`).toEqual([]);
    }
  });

  await test.step('what crossed the bridge', () => {
    const crossings = desk.trace();
    const sieve = createSieve([...passwords, ...codes], { alone: true });
    const crossed = (way: 'in' | 'out'): readonly string[] =>
      crossings
        .filter((crossing) => (crossing.way === 'to-main') === (way === 'in'))
        .filter(({ text }) => sieve(Buffer.from(text)).length > 0)
        .map(({ channel }) => channel);
    expect(crossings.length).toBeGreaterThan(PEOPLE * 4);
    expect(crossed('out'), 'answers and events').toEqual([]);
    expect([...new Set(crossed('in'))].toSorted()).toEqual(['setup.save', 'verification.check']);
  });
});
