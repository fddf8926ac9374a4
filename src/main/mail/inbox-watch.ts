/**
 * @file Watches the account's inbox for delivery reports while somebody waits for a mail. It looks at the type of
 * what arrives from now on and reads what says that it is a report; everything else stays unread, unmarked and
 * unknown. The mailbox is opened read-only (EXAMINE), so that nothing in it can change.
 */
import type { ImapFlow } from 'imapflow';
import type { ReturnedMessage } from '../verification/returns.ts';
import { causeOfStatus, readReport, REPORT_BYTES } from './bounce.ts';
import { imapClient, type ImapServer, isSignInRefused } from './imap.ts';
import { contentType, parseEntity } from './mime-entity.ts';

export interface InboxWatch {
  /** Hangs up. Calls back no more. */
  readonly close: () => void;
}

/** Pauses before the line is tried again; the last one repeats. Google counts sign-ins. */
const RETRY_MS = [1_000, 5_000, 15_000, 60_000, 300_000] as const;
/**
 * A report can be there before the watch is: the send is as quick as the sign-in. So much older than the watch may
 * a message be, by the server's clock, and so far back is looked for one, by arrival time only.
 */
const HEAD_START_MS = 60_000;
const HEAD_START_MESSAGES = 10;
/** At one look; whoever floods the inbox with reports waits like everybody else. */
const MOST_REPORTS = 50;

const isReport = (headers: Buffer | undefined): boolean => {
  const type = contentType(parseEntity(headers?.toString('latin1') ?? '').fields);
  return (
    type?.type === 'multipart/report' &&
    type.parameters.get('report-type')?.toLowerCase() === 'delivery-status'
  );
};

export function watchInbox(
  server: ImapServer,
  onReturned: (message: ReturnedMessage) => void,
  options: { readonly onWatching?: () => void } = {},
): InboxWatch {
  const startedAt = Date.now();
  let closed = false;
  // Asked as a question, because it changes while something is waited for.
  const isClosed = () => closed;
  let client: ImapFlow | null = null;
  let wake = (): void => undefined;
  /** Where the next look begins: a UID of the mailbox with this validity (RFC 3501 section 2.3.1.1). */
  let place: { readonly validity: bigint; readonly next: number } | null = null;

  /** UIDs from `from` to `to` that are there; "n:*" alone would name the last message whatever its UID. */
  async function uidsIn(line: ImapFlow, from: number, to: number | '*'): Promise<number[]> {
    const found = await line.search({ uid: `${from}:${to}` }, { uid: true });
    return Array.isArray(found) ? found.filter((uid) => uid >= from).sort((a, b) => a - b) : [];
  }

  async function read(line: ImapFlow, uids: readonly number[]): Promise<void> {
    if (uids.length === 0) return;
    const types = await line.fetchAll(
      [...uids],
      { uid: true, size: true, headers: ['content-type'] },
      { uid: true },
    );
    const reports = types.filter(
      ({ size, headers }) => (size ?? Infinity) <= REPORT_BYTES && isReport(headers),
    );
    for (const { uid } of reports.slice(0, MOST_REPORTS)) {
      const message = await line.fetchOne(uid, { source: { maxLength: REPORT_BYTES } }, { uid: true });
      const report = message === false || message.source === undefined ? null : readReport(message.source);
      if (isClosed() || report === null || report.action !== 'failed') continue;
      const { messageId, status } = report;
      onReturned({ messageId, status, cause: causeOfStatus(status) });
    }
  }

  /** What came while the line was being opened, told by its arrival time. */
  async function readHeadStart(line: ImapFlow, next: number): Promise<void> {
    const from = Math.max(1, next - HEAD_START_MESSAGES);
    const before = from < next ? await uidsIn(line, from, next - 1) : [];
    if (before.length === 0) return;
    const arrivals = await line.fetchAll(before, { uid: true, internalDate: true }, { uid: true });
    const fresh = arrivals.filter(
      ({ internalDate }) =>
        internalDate !== undefined && new Date(internalDate).getTime() >= startedAt - HEAD_START_MS,
    );
    await read(
      line,
      fresh.map(({ uid }) => uid),
    );
  }

  /** Everything that is new since the last look. */
  async function look(line: ImapFlow): Promise<void> {
    if (place === null) return;
    const uids = await uidsIn(line, place.next, '*');
    await read(line, uids);
    place = { ...place, next: (uids.at(-1) ?? place.next - 1) + 1 };
  }

  /** Watches over one connection until it ends; rejects when the mailbox cannot be opened. */
  async function attend(line: ImapFlow): Promise<void> {
    const ended = new Promise<void>((resolve) => line.once('close', resolve));
    await line.connect();
    const mailbox = await line.mailboxOpen('INBOX', { readOnly: true });
    let looking = Promise.resolve();
    // One look at a time; one that fails has lost its line, which is noticed below.
    const lookAgain = () => (looking = looking.then(() => look(line)).catch(() => line.close()));
    line.on('exists', () => void lookAgain());
    const first = place === null;
    if (place?.validity !== mailbox.uidValidity) {
      place = { validity: mailbox.uidValidity, next: mailbox.uidNext };
    }
    if (first) await readHeadStart(line, mailbox.uidNext);
    await lookAgain();
    options.onWatching?.();
    await ended;
  }

  /** One connection, from the secret to its end. */
  async function connection(): Promise<'was-open' | 'failed' | 'sign-in-refused'> {
    try {
      client = await imapClient(server);
      // Asking for the secret takes a moment, in which the watch may have been called off.
      if (client === null || isClosed()) return 'failed';
      await attend(client);
      return 'was-open';
    } catch (error) {
      return isSignInRefused(error) ? 'sign-in-refused' : 'failed';
    } finally {
      client?.close();
      client = null;
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !isClosed();) {
      const ended = await connection();
      failures = ended === 'was-open' ? 0 : ended === 'failed' ? failures + 1 : RETRY_MS.length;
      await pause(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? RETRY_MS[0]);
    }
  }

  const pause = (ms: number): Promise<void> =>
    closed
      ? Promise.resolve()
      : new Promise((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });

  void run();
  return {
    close: () => {
      closed = true;
      client?.close();
      wake();
    },
  };
}
