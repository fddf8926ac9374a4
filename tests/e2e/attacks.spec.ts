/**
 * @file Attacks on the running program by way of its bridge, as a page gone bad or a clerk at its console would make them:
 * an account of the attacker's own while codes are open, and a session and the keychain in turn. On a real mail service,
 * a real server of the attacker's and a real keychain; `npm run attack` plays the same without a window, and more of it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PASSWORD, startSmtpPeer, USER, type SmtpPeer } from '../integration/mail/smtp/smtp-peer.ts';
import { makeCertificate } from '../integration/mail/certificates.ts';
import type { InputOf } from '../../src/shared/contract.ts';
import type { AccountForm } from '../../src/shared/words.ts';

import { expect } from './fixture.ts';
import { codeMailedTo, setUpServer, test as base, type Peers } from './peers.ts';

/** `thief`: the attacker's own mail server, which takes everything. */
const test = base.extend<{ readonly thief: SmtpPeer & { readonly trusted: string } }>({
  thief: async ({ peers }, use, info) => {
    const certificate = makeCertificate();
    const peer = await startSmtpPeer({ certificate });
    const trusted = info.outputPath('authorities.pem');
    writeFileSync(trusted, `${readFileSync(peers.ca, 'utf8')}\n${certificate.cert}`);
    await use({ ...peer, trusted });
    await peer.stop();
  },
  desktopEnv: ({ peers, thief }, use) => use({ ...peers.env, NODE_EXTRA_CA_CERTS: thief.trusted }),
});

const form = (
  address: string,
  user: string,
  { host, port }: { host: string; port: number },
): AccountForm => ({
  kind: 'server',
  address,
  name: 'Harbour Clinic',
  server: { host, port, security: 'implicit-tls', user },
});
const deskForm = ({ address, user, host, submissionsPort: port }: Peers) =>
  form(address, user, { host, port });

type Saving = Pick<InputOf<'setup.save'>, 'form' | 'password' | 'keep'>;

/** Saves an account, saying yes to all that is asked, as a script can; answers what was asked, and how it ended. */
const save = (page: Page, saving: Saving): Promise<readonly string[]> =>
  page.evaluate(async (given) => {
    const asked: string[] = [];
    let input = { ...given, untested: false, confirmed: [] as readonly string[], endOpen: false };
    await window.countersign.setup.choose({ kind: 'server' });
    while (asked.length < 5) {
      const answer = await window.countersign.setup.save(input);
      if (answer.ok) return [...asked, 'saved'];
      const { problem } = answer;
      asked.push(problem.code);
      if (problem.code === 'ends-open') input = { ...input, endOpen: true };
      if (problem.code === 'outside-hosts') input = { ...input, confirmed: problem.hosts };
      // Once its authority is known, without a test.
      const authority = problem.code === 'test-failed' ? problem.problem.authority : undefined;
      if (authority !== undefined)
        input = { ...input, form: { ...input.form, authorities: [authority] }, untested: true };
    }
    return asked;
  }, saving);

/** Starts for Zoe and waits until the mail has come as far as it comes; answers the id, or why there is none. */
const start = (page: Page, what: string): Promise<{ readonly id: string; readonly refused: string | null }> =>
  page.evaluate(async (value) => {
    const started = await window.countersign.verification.start({
      address: 'zoe@example.test',
      request: { purpose: 'other', details: [{ name: 'what', value }] },
    });
    if (!started.ok) return { id: '', refused: started.problem.code };
    const { id } = started.value;
    for (;;) {
      const view = await window.countersign.desk.view();
      if (!view.ok) throw new Error(view.problem.code);
      const row = view.value.shift.find((one) => one.id === id);
      if (row !== undefined && row.state !== 'unreadable' && row.delivery !== 'sending')
        return { id, refused: null };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, what);

const check = (page: Page, id: string, code: string): Promise<string> =>
  page.evaluate(
    async (input) => {
      const answer = await window.countersign.verification.check(input);
      return answer.ok ? answer.value.outcome : answer.problem.code;
    },
    { id, code },
  );

test('an account of the attacker’s own, saved while a code is open, is sent nothing of it and verifies nothing [T-attack-account]', async ({
  desk,
  peers,
  thief,
}) => {
  const { page } = desk;
  await setUpServer(page, peers);
  const { id } = await start(page, 'before the swap');
  const code = await codeMailedTo(peers, 'zoe@example.test');

  const accounts = [
    { form: form('thief@example.test', USER, thief.server), password: PASSWORD },
    { form: deskForm(peers), password: peers.password },
  ];
  for (const [swap, account] of accounts.entries()) {
    const asked = await save(page, { ...account, keep: 'keychain' });
    expect(asked.at(-1)).toBe('saved');
    expect(asked.includes('ends-open'), 'the first one is told that a code will end').toBe(swap === 0);
    await expect(page.getByText('Codes go out by another account', { exact: true })).toBeVisible();

    const resent = await page.evaluate((of) => window.countersign.verification.resend({ id: of }), id);
    expect(resent).toMatchObject({ ok: false, problem: { code: 'not-open' } });
    expect(await check(page, id, code), 'not even the right code').toBe('expired');
  }
  expect(thief.accepted).toEqual([]);
  expect(await peers.mailOf('zoe@example.test')).toHaveLength(1);
});

test('session, keychain and restart in turn have one budget for one mailbox between them [T-attack-session]', async ({
  desk,
  peers,
}) => {
  let requests = 0;
  /** Guesses at all that the desk gives for Zoe; answers how many guesses were judged, and why it gives no more. */
  async function besiege(): Promise<readonly [judged: number, refused: string]> {
    for (let judged = 0; ;) {
      requests += 1;
      const { id, refused } = await start(desk.page, `request ${requests}`);
      if (refused !== null) return [judged, refused];
      for (let guess = 0; guess < 5; guess += 1)
        judged += Number(['wrong', 'locked'].includes(await check(desk.page, id, '000000')));
    }
  }
  const saveFor = async (keep: Saving['keep']) => {
    const asked = await save(desk.page, { form: deskForm(peers), password: peers.password, keep });
    expect(asked.at(-1)).toBe('saved');
  };

  await peers.lockKeychain();
  await saveFor('session');
  expect(await besiege()).toEqual([20, 'address-delayed']);
  for (const keep of ['keychain', 'session'] as const) {
    await (keep === 'session' ? peers.lockKeychain() : peers.unlockKeychain());
    await saveFor(keep);
    expect(await besiege(), keep).toEqual([0, 'address-delayed']);
  }
  await peers.unlockKeychain();
  // Where no records were on the disk a restart has budgets of its own, once: from then on there are some.
  await desk.restart();
  expect(await besiege()).toEqual([20, 'address-delayed']);
  await peers.lockKeychain();
  for (let run = 0; run < 2; run += 1) {
    await desk.restart();
    await saveFor('session');
    expect(await besiege(), 'beside records that can’t be opened').toEqual([0, 'records-restored']);
  }
  await peers.unlockKeychain();
  await desk.restart();
  expect(await besiege(), 'and over them again').toEqual([0, 'address-delayed']);
});
