/** @file The watch for returned mail, on a real Postfix that returns it and a real Dovecot that keeps it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchInbox } from '../../../../src/main/mail/imap/watch.ts';
import type { MailboxWatch, ReturnedMessage } from '../../../../src/main/ports/mail.ts';
import type { ImapServer } from '../../../../src/main/mail/imap/client.ts';
import type { Cause } from '../../../../src/shared/causes.ts';
import { openScene, senderAt, type Scene } from '../../../fakes/scene.ts';
import { startLine } from '../../../faults/line.ts';
import { NO_REPORTS } from '../../../unit/mail/imap/no-reports.ts';
import { REPORTS } from '../../../unit/mail/imap/report-kinds.ts';
import { postfixReport, type ReportParts, TOKEN } from '../../../unit/mail/imap/written-reports.ts';
import { GONE, mailPeersLack, type MailPeers, startMailPeers } from '../../peers/postfix.ts';
import { startDialect } from './imap-dialect.ts';
import { imapOf, type Mailbox, openMailbox, sendFrom } from './mailbox.ts';

/** A mark of ours with a number of its own, and a report about a message that carries it. */
const tokenFor = (n: number): string => TOKEN.replace(/.$/, String(n));
const reportOf = (n: number, parts: ReportParts = {}): Buffer =>
  Buffer.from(
    postfixReport({ messageId: `<${tokenFor(n)}@example.test>`, ...parts })
      .toString()
      .replace(`X-Entity-Ref-ID: ${TOKEN}`, `X-Entity-Ref-ID: ${tokenFor(n)}`),
  );

const lack = await mailPeersLack();
const SOON = { timeout: 20_000 };

describe.skipIf(lack !== null)(`the watch over the inbox${lack === null ? '' : ` (${lack})`}`, () => {
  let peers: MailPeers;
  let server: ImapServer;
  let mailbox: Mailbox;
  let scene: Scene;
  let watch: MailboxWatch | null = null;
  const told: ReturnedMessage[] = [];

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
    scene = await openScene();
    scene.sender = senderAt(peers.address);
    await mailbox.empty('INBOX');
    told.length = 0;
  });
  afterEach(async () => {
    watch?.close();
    watch = null;
    await scene.end();
  });

  /** Looks for what came from `since` on: by default, from now. */
  const begin = (at: ImapServer = server, since = Date.now()): Promise<void> =>
    new Promise((resolve) => {
      watch = watchInbox(
        at,
        (message) => {
          told.push(message);
          void scene.verifier.returned(message);
        },
        { since, onTrouble: (cause) => cause === null && resolve() },
      );
    });

  /** A verification whose mail goes out through the real server. */
  async function startAndSend(to: string): Promise<string> {
    const { id } = await scene.start(to);
    const { messageId } = scene.post.letters.at(-1) ?? { messageId: '' };
    await sendFrom(peers, { to, messageId, subject: 'A code' });
    return id;
  }

  it('tells within seconds that our mail came back, and why', async () => {
    await begin();
    const id = await startAndSend(GONE);
    await expect.poll(() => scene.verifier.get(id)?.delivery.state, SOON).toBe('returned');
    expect(scene.verifier.get(id)?.delivery).toMatchObject({ status: '5.1.1', why: 'no-such-mailbox' });
    expect(told).toHaveLength(1);
  });

  it('finds a report that was quicker than the watch', async () => {
    const id = await startAndSend(GONE);
    await expect.poll(async () => (await mailbox.contents('INBOX')).length, SOON).toBe(1);
    await begin();
    await expect.poll(() => scene.verifier.get(id)?.delivery.state, SOON).toBe('returned');
  });

  it('connects again when its line breaks, again and again, and finds what came meanwhile', async () => {
    const line = await startLine(peers.imapsPort);
    try {
      await begin({ ...server, port: line.port });
      for (const to of [1, 2]) {
        line.strikeAll('reset');
        await mailbox.put('INBOX', reportOf(to));
        await expect.poll(() => told.at(-1)?.token, SOON).toBe(tokenFor(to));
      }
      expect(told).toHaveLength(2);
    } finally {
      await line.stop();
    }
  });

  it('changes nothing when somebody else’s mail comes back', async () => {
    await begin();
    const { id } = await scene.start('mia@example.test');
    await sendFrom(peers, { to: GONE, messageId: `<${tokenFor(7)}@example.test>`, subject: 'Not ours' });
    await expect.poll(() => told.map(({ token }) => token), SOON).toContain(tokenFor(7));
    expect(scene.verifier.get(id)?.delivery.state).toBe('accepted');
  });

  it('leaves every message as it was: unread, unmarked, in its place [T-watch-read-only]', async () => {
    await mailbox.put('INBOX', 'Subject: Unread\r\n\r\nPrivate.\r\n');
    await mailbox.put('INBOX', 'Subject: Important\r\n\r\nPrivate.\r\n', ['\\Flagged']);
    await begin();
    await mailbox.put('INBOX', 'Subject: Just arrived\r\n\r\nPrivate.\r\n');
    const id = await startAndSend(GONE);
    await expect.poll(() => scene.verifier.get(id)?.delivery.state, SOON).toBe('returned');
    const inbox = await mailbox.contents('INBOX');
    expect(inbox.filter(({ flags }) => flags.includes('\\Seen'))).toEqual([]);
    expect(inbox.filter(({ flags }) => flags.length > 0)).toEqual([
      { subject: 'Important', flags: ['\\Flagged'] },
    ]);
    expect(inbox.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['Unread', 'Important', 'Just arrived', 'Undelivered Mail Returned to Sender']),
    );
  });

  it('tells a delay as one, and looks at nothing that is too large for a report', async () => {
    await begin();
    await mailbox.put('INBOX', reportOf(1, { action: 'delayed', status: '4.4.1' }));
    const large = Buffer.concat([reportOf(2), Buffer.alloc(300_000, 'a\r\n')]);
    await mailbox.put('INBOX', large);
    await mailbox.put('INBOX', postfixReport());
    await expect.poll(() => told.length, SOON).toBe(2);
    expect(told).toMatchObject([
      { token: tokenFor(1), why: 'not-yet' },
      { token: TOKEN, why: 'no-such-mailbox' },
    ]);
  });

  it.each(['qmail', 'OpenSMTPD', 'mail.ru, in Russian and in base64'])(
    'finds what %s sends, which is no report in form',
    async (kind) => {
      await begin();
      await mailbox.put('INBOX', REPORTS[kind]?.source ?? '');
      await expect.poll(() => told.map(({ token }) => token), SOON).toEqual([TOKEN]);
    },
  );

  it('reads nothing of a mail that is not from a mail system, even if our mark is in it', async () => {
    const watched = await startDialect(server, {});
    await begin(watched.server);
    await mailbox.put('INBOX', NO_REPORTS['an answer that quotes the whole header'] ?? '');
    await mailbox.put('INBOX', postfixReport());
    await expect.poll(() => told.length, SOON).toBe(1);
    expect(watched.commands.filter((command) => command.includes('BODY.PEEK[]'))).toHaveLength(1);
    await watched.stop();
  });

  it('finds a report that came while nobody watched, however long ago, if it is waited for', async () => {
    const arrived = new Date(Date.now() - 600_000);
    await mailbox.put('INBOX', reportOf(1), [], arrived);
    await mailbox.put('INBOX', reportOf(2), [], new Date(0));
    for (let n = 0; n < 30; n += 1) await mailbox.put('INBOX', 'Subject: Other mail\r\n\r\nPrivate.\r\n');
    await begin(server, arrived.getTime() - 1_000);
    expect(told.map(({ token }) => token)).toEqual([tokenFor(1)]);
  });

  it('goes on with what came before it when its first line breaks over that', async () => {
    const began = Date.now();
    for (let count = 0; count < 3; count += 1) await mailbox.put('INBOX', 'Subject: Other\r\n\r\nText.\r\n');
    await mailbox.put('INBOX', postfixReport());
    // The first line dies while the first of these is looked at: by then its size and arrival were asked for.
    const broken = await startDialect(server, { breakAt: / FETCH .*INTERNALDATE/u });
    await begin(broken.server, began);
    await expect.poll(() => told.map(({ token }) => token), SOON).toEqual([TOKEN]);
    expect(broken.commands.filter((command) => command.startsWith('EXAMINE')).length).toBeGreaterThan(1);
    await broken.stop();
  });

  it('reads again a report that its line broke over', async () => {
    const broken = await startDialect(server, { breakAt: / FETCH .*BODY\.PEEK\[\]/u });
    await begin(broken.server);
    await mailbox.put('INBOX', postfixReport());
    await expect.poll(() => told.map(({ token }) => token), SOON).toEqual([TOKEN]);
    await broken.stop();
  });

  it.each([
    ['where it ends', /^\* OK \[UIDNEXT /u],
    ['whether its numbers are the old ones', /^\* OK \[UIDVALIDITY /u],
    ['either', /^\* OK \[UID/u],
  ])('finds reports in a mailbox that does not say %s', async (_what, hide) => {
    const began = Date.now();
    await mailbox.put('INBOX', reportOf(1));
    const terse = await startDialect(server, { hide });
    await begin(terse.server, began);
    await mailbox.put('INBOX', reportOf(2));
    await expect.poll(() => told.map(({ token }) => token), SOON).toEqual([tokenFor(1), tokenFor(2)]);
    await terse.stop();
  });

  it.each([
    ['look for anything', /^\S+ UID SEARCH /u],
    ['open it', /^\S+ EXAMINE /u],
  ])('says so when the server does not let it %s', async (_what, refuse) => {
    const causes = new Set<Cause | null>();
    const strict = await startDialect(server, { refuse });
    watch = watchInbox(strict.server, (message) => told.push(message), {
      since: Date.now(),
      onTrouble: (cause) => causes.add(cause),
    });
    await expect.poll(() => [...causes], SOON).toEqual(['mailbox-refused']);
    await strict.stop();
  });

  it('is not blinded by a message whose headers are larger than anything a report may be', async () => {
    await begin();
    const type = `Content-Type: multipart/report; x="${'a'.repeat(300_000)}"`;
    await mailbox.put('INBOX', `Subject: Enormous\r\n${type}\r\n\r\nText.\r\n`);
    await mailbox.put('INBOX', postfixReport());
    await expect.poll(() => told.map(({ token }) => token), SOON).toEqual([TOKEN]);
  });

  it('says nothing more once it is closed', async () => {
    await begin();
    watch?.close();
    await mailbox.put('INBOX', postfixReport());
    // Another one tells when the first would have had its time.
    let heard = (): void => undefined;
    const other = new Promise<void>((resolve) => (heard = resolve));
    watch = watchInbox(server, () => heard(), { since: Date.now(), onTrouble: () => undefined });
    await other;
    expect(told).toEqual([]);
  });

  it('says why with a wrong password, a stranger’s certificate or no server, and can be closed', async () => {
    const causes = new Map<number, Cause | null>();
    const wrong = [
      { ...server, secret: () => Promise.resolve('wrong') },
      { ...server, secret: () => Promise.resolve(null) },
      { host: server.host, port: server.port, user: server.user, secret: server.secret },
      { ...server, port: 1 },
      { ...server, host: 'mail.nowhere.invalid' },
    ];
    const strangers = wrong.map((at, which) =>
      watchInbox(at, (message) => told.push(message), {
        since: Date.now(),
        onTrouble: (cause) => causes.set(which, cause),
      }),
    );
    await begin();
    await expect
      .poll(() => [0, 1, 2, 3, 4].map((which) => causes.get(which)), SOON)
      .toEqual([
        'mailbox-refused',
        undefined,
        'certificate-untrusted',
        'mailbox-unreachable',
        'host-not-found',
      ]);
    await mailbox.put('INBOX', postfixReport());
    await expect.poll(() => told.length, SOON).toBeGreaterThan(0);
    for (const one of strangers) one.close();
    expect(
      told.map(({ token }) => token),
      'only the good one',
    ).toEqual([TOKEN]);
  });
});
