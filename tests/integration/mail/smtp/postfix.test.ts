/** @file The courier and the test of an account against a real Postfix, down to the file in the Maildir. */
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCarrier } from '../../../../src/main/mail/smtp/carrier.ts';
import { probe } from '../../../../src/main/mail/probe.ts';
import type { ImapServer } from '../../../../src/main/mail/imap/client.ts';
import type { Cause } from '../../../../src/shared/causes.ts';
import type { Security } from '../../../../src/shared/words.ts';
import { fail, ok } from '../../../../src/shared/result.ts';
import {
  INTERNATIONAL,
  type MailPeers,
  mailPeersLack,
  NOBODY,
  OTHERS,
  startMailPeers,
} from '../../peers/postfix.ts';
import { queueIdsOf } from '../../peers/queue-ids.ts';
import { carry, gateFor, message, QUICK, refusalAt } from './carry.ts';
import { submissionOf } from './submission.ts';
import { startDialect } from '../imap/imap-dialect.ts';
import { imapOf, openMailbox } from '../imap/mailbox.ts';
import { sendOver } from './served.ts';

const lack = await mailPeersLack();
/** Elsewhere than in CI a machine may have no Postfix; there the skipped tests say so. */
const able = lack === null || process.env['CI'] === 'true';

describe.skipIf(!able)('with a real Postfix', () => {
  let peers: MailPeers;
  let server: Awaited<ReturnType<typeof submissionOf>>;
  beforeAll(async () => {
    peers = await startMailPeers();
    server = await submissionOf(peers);
  });
  afterAll(() => peers.stop());

  it.each<Security>(['implicit-tls', 'starttls'])('a message over %s is in the mailbox', async (security) => {
    const to = `${security}@example.test`;
    expect((await carry(server(security), { to })).outcome.state).toBe('accepted');
    await expect.poll(() => peers.mailOf(to), { timeout: 20_000 }).toHaveLength(1);
    const mail = await simpleParser((await peers.mailOf(to))[0] ?? '');
    expect(mail.subject).toMatch(/^409313 is your code for Harbour Clinic \(until \d\d:\d\d\)$/);
    expect(mail.text).toContain('409313');
    // The name of the desk's computer stays here: this is all it says of itself.
    const received = mail.headerLines.filter(({ key }) => key === 'received').map(({ line }) => line);
    expect(received.filter((line) => line.includes('from [127.0.0.1] '))).toHaveLength(1);
  });

  it('many messages go over one kept line, to an international mailbox as well', async () => {
    const courier = createCarrier(server('implicit-tls'));
    const addresses = ['one@example.test', 'two@example.test', INTERNATIONAL];
    for (const to of addresses) {
      expect((await sendOver(courier, {}, await message(to))).state).toBe('accepted');
    }
    await courier.close();
    const signIns = new Set<number>();
    for (const to of addresses) {
      await expect.poll(() => peers.mailOf(to), { timeout: 20_000 }).toHaveLength(1);
      await expect.poll(() => peers.signInsFor(to)).toHaveLength(1);
      for (const signIn of await peers.signInsFor(to)) signIns.add(signIn);
    }
    expect(signIns.size).toBe(1);
    const mail = await simpleParser((await peers.mailOf(INTERNATIONAL))[0] ?? '');
    expect(mail.to).toMatchObject({ value: [{ address: INTERNATIONAL }] });
    expect(mail.text).toContain('409313');
  });

  it('a mailbox that does not exist is told as such, with the server’s words', async () => {
    const { outcome } = await carry(server('implicit-tls'), { to: NOBODY });
    expect(outcome).toMatchObject({
      state: 'refused',
      problem: { cause: 'no-such-mailbox' },
    });
    expect(outcome.state === 'refused' && outcome.problem.serverSaid).toMatch(/^550 5\.1\.1 /u);
  });

  it('a sender that belongs to another is told as that, although it is said in answer to the recipient', async () => {
    const { outcome } = await carry(server('implicit-tls'), { from: OTHERS });
    expect(outcome).toMatchObject({ state: 'refused', problem: { cause: 'sender-refused' } });
    expect(outcome.state === 'refused' && outcome.problem.serverSaid).toMatch(/^553 5\.7\.1 /u);
  });

  it('an account is tested without sending anything, and a wrong password is told as such', async () => {
    const signal = new AbortController().signal;
    const onStep = () => undefined;
    for (const security of ['implicit-tls', 'starttls'] as const) {
      expect(await probe(server(security), { signal, onStep, gate: gateFor(QUICK) })).toEqual(ok([]));
      const wrong = server(security, { secret: () => Promise.resolve('not-the-password') });
      const failed = await probe(wrong, { signal, onStep, gate: gateFor(QUICK) });
      expect(failed).toMatchObject(fail({ step: 'sign-in', problem: { cause: 'wrong-password-server' } }));
      expect(JSON.stringify(failed)).not.toContain('not-the-password');
    }
  });

  describe('the account’s own mailbox', () => {
    const tried = async (at: ImapServer, tidySent = true) => {
      const steps: string[] = [];
      const signal = new AbortController().signal;
      const onStep = (step: string) => steps.push(step);
      const mailbox = { server: at, tidySent };
      const result = await probe(server('implicit-tls'), { signal, onStep, mailbox, gate: gateFor(QUICK) });
      return { result, steps };
    };
    const failed = (cause: Cause) => fail({ step: 'mailbox', problem: { cause, serverSaid: null } });

    it('is opened after the sign-in, and nothing in it changes', async () => {
      const imap = await imapOf(peers);
      const mailbox = await openMailbox(peers);
      await mailbox.put('INBOX', 'Subject: A private letter\r\n\r\nDear Mia.\r\n');
      const before = await mailbox.contents('INBOX');
      expect(await tried(imap)).toEqual({
        result: ok([]),
        steps: ['reach', 'secure', 'sign-in', 'mailbox'],
      });
      expect(await mailbox.contents('INBOX')).toEqual(before);
      await mailbox.close();
    });

    it('that does not open, or cannot do what was chosen, is told as such', async () => {
      const imap = await imapOf(peers);
      const wrong = { ...imap, secret: () => Promise.resolve('not-the-password') };
      expect((await tried(wrong)).result).toEqual(failed('mailbox-refused'));
      expect((await tried({ ...imap, port: 1 })).result).toEqual(failed('mailbox-unreachable'));
      expect((await tried({ ...imap, port: peers.submissionPort })).result).toEqual(
        failed('mailbox-unreachable'),
      );
      const old = await startDialect(imap, { without: 'UIDPLUS' });
      expect((await tried(old.server)).result).toEqual(failed('sent-not-tidied'));
      expect((await tried(old.server, false)).result).toEqual(ok([]));
      await old.stop();
    });
  });

  it('is not trusted without its authority', async () => {
    const { host, port, security, user, secret } = server('implicit-tls');
    expect(await refusalAt({ host, port, security, user, secret })).toBe('certificate-untrusted');
  });

  it('a restart under a kept line is not noticed', async () => {
    const courier = createCarrier(server('implicit-tls'));
    const send = async () => sendOver(courier, {}, await message('kept@example.test'));
    expect((await send()).state).toBe('accepted');
    await peers.restart();
    expect((await send()).state).toBe('accepted');
    await courier.close();
    const handedOver = async () => new Set(queueIdsOf(await peers.mailOf('kept@example.test'))).size;
    await expect.poll(handedOver, { timeout: 30_000 }).toBe(2);
  });
});
