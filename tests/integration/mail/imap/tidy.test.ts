/** @file Tidying Sent, on a real Dovecot: exactly our message goes, and nothing that only resembles it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImapServer } from '../../../../src/main/mail/imap/client.ts';
import type { Cause } from '../../../../src/shared/causes.ts';
import { tidySent } from '../../../../src/main/mail/imap/tidy.ts';
import { OURS, TOKEN } from '../../../unit/mail/imap/written-reports.ts';
import { mailPeersLack, type MailPeers, startMailPeers } from '../../peers/postfix.ts';
import { GMAIL, startDialect } from './imap-dialect.ts';
import { imapOf, type Mailbox, openMailbox } from './mailbox.ts';

const lack = await mailPeersLack();
const DONE = { done: true };
const NEVER = new AbortController().signal;

describe.skipIf(lack !== null)(`tidying Sent${lack === null ? '' : ` (${lack})`}`, () => {
  let peers: MailPeers;
  let server: ImapServer;
  let mailbox: Mailbox;
  beforeAll(async () => {
    peers = await startMailPeers();
    server = await imapOf(peers);
    mailbox = await openMailbox(peers);
  });
  afterAll(async () => {
    await mailbox.close();
    await peers.stop();
  });
  beforeEach(async () => {
    for (const folder of ['INBOX', 'Sent', 'Trash']) await mailbox.empty(folder);
  });

  const message = (subject: string, messageId = OURS, from = `Harbour Clinic <${peers.address}>`): string =>
    `From: ${from}\r\nTo: mia@example.test\r\nMessage-ID: ${messageId}\r\nSubject: ${subject}\r\n\r\nText.\r\n`;
  const tidy = (messageIds: readonly string[] = [OURS], at = server) =>
    tidySent(at, { account: peers.address, messageIds, signal: NEVER });
  const subjects = async (folder: string) =>
    (await mailbox.contents(folder)).map(({ subject }) => subject).sort();

  it('removes our message from Sent and from Trash, however its header is folded', async () => {
    await mailbox.put('Sent', message('ours'), ['\\Seen']);
    await mailbox.put('Trash', message('ours').replace('Message-ID: ', 'Message-ID:\r\n '));
    expect(await tidy()).toEqual(DONE);
    expect(await subjects('Sent')).toEqual([]);
    expect(await subjects('Trash')).toEqual([]);
  });

  it.each(['"Clinic <left>"', '"A, B & Co"', '=?UTF-8?B?5Yy76Zmi?='])(
    'removes our message when the business is called %s',
    async (name) => {
      await mailbox.put('Sent', message('ours', OURS, `${name} <${peers.address}>`));
      expect(await tidy()).toEqual(DONE);
      expect(await subjects('Sent')).toEqual([]);
    },
  );

  it('leaves every message that is not exactly ours [T-tidy-exact]', async () => {
    const near = [
      message('another', '<another@example.test>'),
      message('longer id', OURS.replace('>', '.test>')),
      message('id inside', `<x${OURS.slice(1)}`),
      message('other sender', OURS, 'Eve <eve@example.test>'),
      message('sender in the name', OURS, '"desk@example.test" <eve@example.test>'),
      message('ours in quotes', OURS, `"<${peers.address}>" <eve@example.test>`),
      message('two senders', OURS, `${peers.address}, eve@example.test`),
      message('two ids').replace('Subject', 'Message-ID: <b@example.test>\r\nSubject'),
      `In-Reply-To: ${OURS}\r\n${message('an answer', '<answer@example.test>')}`,
    ];
    for (const folder of ['Sent', 'Trash']) for (const source of near) await mailbox.put(folder, source);
    await mailbox.put('Sent', message('ours'));
    const before = await subjects('Trash');
    expect(await tidy()).toEqual(DONE);
    expect(await subjects('Sent')).toEqual(before);
    expect(await subjects('Trash')).toEqual(before);
  });

  it('does not take along what somebody else marked as deleted, nor touch any flag [T-tidy-deleted-flag]', async () => {
    await mailbox.put('Sent', message('marked', '<marked@example.test>'), ['\\Deleted']);
    await mailbox.put('Sent', message('unread', '<unread@example.test>'));
    await mailbox.put('Sent', message('ours'));
    await tidy();
    expect(await mailbox.contents('Sent')).toEqual([
      { subject: 'marked', flags: ['\\Deleted'] },
      { subject: 'unread', flags: [] },
    ]);
  });

  it('leaves what its owner has sent on as it is, although it is the same message', async () => {
    const resent = (name: string) => `Resent-${name}: mia@elsewhere.test\r\n${message(`sent on, ${name}`)}`;
    for (const folder of ['Sent', 'Trash'])
      for (const name of ['From', 'To', 'Message-ID', 'Date']) await mailbox.put(folder, resent(name));
    await mailbox.put('Sent', message('ours'));
    const before = await subjects('Trash');
    expect(await tidy()).toEqual(DONE);
    expect(await subjects('Sent')).toEqual(before);
    expect(await subjects('Trash')).toEqual(before);
  });

  it('removes all copies there are, and says that it is not done when there are more than it looks at', async () => {
    for (let n = 0; n < 25; n += 1) await mailbox.put('Sent', message(`copy ${n}`));
    expect(await tidy()).toEqual(DONE);
    expect(await subjects('Sent')).toEqual([]);
    for (let n = 0; n < 101; n += 1) await mailbox.put('Sent', message('copy'));
    expect(await tidy()).toEqual({ done: false, trouble: null });
  }, 60_000);

  it('finds ours where the provider has put another Message-ID in its place', async () => {
    const renamed = message('ours', '<0100018f@email.amazonses.example>');
    await mailbox.put('Sent', `X-Entity-Ref-ID: ${TOKEN}\r\n${renamed}`);
    await mailbox.put('Sent', renamed.replace('ours', 'not marked'));
    await mailbox.put('Sent', `X-Entity-Ref-ID: ${TOKEN}a\r\n${renamed.replace('ours', 'another mark')}`);
    expect(await tidy()).toEqual(DONE);
    expect(await subjects('Sent')).toEqual(['another mark', 'not marked']);
  });

  it('is not done where the server does not remove what it says it removed', async () => {
    const pretending = await startDialect(server, { swallow: /^\S+ UID (?:STORE|EXPUNGE)/u });
    await mailbox.put('Sent', message('ours'));
    expect(await tidy([OURS], pretending.server)).toEqual({ done: false, trouble: null });
    await pretending.stop();
    expect(await subjects('Sent')).toEqual(['ours']);
  });

  it('leaves the inbox alone, even a copy of our message there', async () => {
    await mailbox.put('INBOX', message('ours'));
    await tidy();
    expect(await mailbox.contents('INBOX')).toEqual([{ subject: 'ours', flags: [] }]);
  });

  it('moves ours to Trash where folders are labels, as Gmail’s are, and removes it there', async () => {
    const gmail = await startDialect(server, GMAIL);
    for (const subject of ['ours', 'ours again']) await mailbox.put('Sent', message(subject), ['\\Seen']);
    await mailbox.put('Sent', message('another', '<another@example.test>'));
    await mailbox.put('Trash', message('thrown away', '<thrown@example.test>'));
    expect(await tidy([OURS], gmail.server)).toEqual(DONE);
    await gmail.stop();
    const done = gmail.commands.filter((command) => /^UID (?:MOVE|STORE|EXPUNGE)/u.test(command));
    expect(done).toEqual([
      expect.stringMatching(/^UID MOVE \S+ Trash$/u),
      expect.stringMatching(/^UID STORE /u),
      expect.stringMatching(/^UID EXPUNGE /u),
    ]);
    expect(await subjects('Sent')).toEqual(['another']);
    expect(await subjects('Trash')).toEqual(['thrown away']);
  });

  it('removes nothing, and says so, where one message cannot be removed by itself', async () => {
    const old = await startDialect(server, { without: 'UIDPLUS' });
    await mailbox.put('Sent', message('ours'));
    await mailbox.put('Sent', message('marked', '<marked@example.test>'), ['\\Deleted']);
    expect(await tidy([OURS], old.server)).toEqual({ done: false, trouble: 'sent-not-tidied' });
    await old.stop();
    expect(await subjects('Sent')).toEqual(['marked', 'ours']);
  });

  it('says when it could not look', async () => {
    await mailbox.put('Sent', message('ours'));
    const notDone = (trouble: Cause | null) => ({ done: false, trouble });
    const wrong = { ...server, secret: () => Promise.resolve('wrong') };
    expect(await tidy([OURS], wrong)).toEqual(notDone('mailbox-refused'));
    const none = { ...server, secret: () => Promise.resolve(null) };
    expect(await tidy([OURS], none)).toEqual(notDone(null));
    const unreadable = { ...server, secret: () => Promise.reject(new Error('the keychain is locked')) };
    expect(await tidy([OURS], unreadable)).toEqual(notDone(null));
    expect(await tidy([OURS], { ...server, port: 1 })).toEqual(notDone('mailbox-unreachable'));
    expect(await subjects('Sent')).toEqual(['ours']);
  });
});
