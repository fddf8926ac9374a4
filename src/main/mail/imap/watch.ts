/**
 * @file Watches the account's inbox for delivery reports while a mail is waited for. It looks at the sender
 * and the type of what arrives from now on and reads what is a report, or from a mail daemon; it never reads, marks or
 * keeps anything else. The mailbox is opened read-only (EXAMINE), so that nothing in it can change.
 */
import type { FetchQueryObject, ImapFlow, MailboxObject } from 'imapflow';
import type { Cause } from '../../../shared/causes.ts';
import type { EpochMs } from '../../../shared/words.ts';
import type { MailboxWatch, ReturnedMessage } from '../../ports/mail.ts';
import { mayBeReport, readReport, REPORT_BYTES, SENDER_FIELDS } from './reports.ts';
import {
  ANSWER_BYTES,
  asked,
  imapClient,
  type ImapServer,
  isSignInRefused,
  mailboxCause,
  refusal,
  SIGN_OF_LIFE_MS,
} from './client.ts';

interface Measured {
  readonly uid: number;
  readonly size: number;
  /** Arrival, by the server's clock. */
  readonly at: EpochMs;
}

/** Pauses before the line is tried again; the last one repeats. Google counts sign-ins. */
const RETRY_MS = [1_000, 5_000, 15_000, 60_000, 300_000] as const;
/** A line that lived so long was a good one: the next failure is a first one again. */
const GOOD_LINE_MS = 60_000;
/** A server's clock may be so far behind ours. */
const CLOCK_MARGIN_MS = 60_000;
/** So far back from its end is the inbox looked at for reports that came before the watch, by arrival time only. */
const HEAD_START_MESSAGES = 200;
/** So many sizes are asked for at once: thousands that were moved into the inbox are no flood. */
const AT_ONCE = 500;
/** Read without a pause; a flood of reports is read no faster. */
const MOST_REPORTS = 50;
const FLOOD_PAUSE_MS = 60_000;
/** How often it is looked what came without being asked for. */
const FLOOD_LOOK_MS = 500;

export function watchInbox(
  server: ImapServer,
  onReturned: (message: ReturnedMessage) => void,
  options: {
    /** Reports are looked for from then on: when the first of the messages that are waited for was sent. */
    readonly since: EpochMs;
    /** Told whenever the mailbox is open (null), and why not when it could not be opened. */
    readonly onTrouble: (cause: Cause | null) => void;
  },
): MailboxWatch {
  let closed = false;
  // Asked as a question, because it changes while something is waited for.
  const isClosed = () => closed;
  let current: ImapFlow | null = null;
  let wake = (): void => undefined;
  /** Where the next look begins: a UID of the mailbox with this validity (RFC 3501 section 2.3.1.1). */
  let place: { readonly validity: bigint | undefined; readonly next: number } | null = null;
  /** What was there before and is yet to be looked at: UIDs from `from` to before `to`. */
  let headStart = { from: 1, to: 1 };
  /** The message that was looked at last. One that two lines broke over is left out. */
  let reading = 0;

  /** UIDs from `from` to `to` that are there; "n:*" alone would also name the last message, if its UID is lower. */
  async function uidsIn(client: ImapFlow, from: number, to: number | '*'): Promise<number[]> {
    const found = await asked(client, client.search({ uid: `${from}:${to}` }, { uid: true }));
    if (!Array.isArray(found)) throw refusal();
    return found.filter((uid) => uid >= from).sort((a, b) => a - b);
  }

  /** Where the mailbox ends. A server need not say it (RFC 3501 section 6.3.1): then it is behind its last message. */
  async function endOf(client: ImapFlow, { uidNext, exists }: Partial<MailboxObject>): Promise<number> {
    if (uidNext !== undefined) return uidNext;
    if (exists === 0) return 1;
    const found = await asked(client, client.search({ uid: '*' }, { uid: true }));
    if (!Array.isArray(found)) throw refusal();
    return Math.max(0, ...found) + 1;
  }

  /** Sizes and arrival times are numbers that no message can blow up. */
  async function measured(client: ImapFlow, uids: readonly number[]): Promise<readonly Measured[]> {
    if (uids.length === 0) return [];
    const wanted = { uid: true, size: true, internalDate: true };
    const found = await asked(client, client.fetchAll([...uids], wanted, { uid: true }));
    return found
      .map(({ uid, size = Infinity, internalDate = 0 }) => ({
        uid,
        size,
        at: new Date(internalDate).getTime(),
      }))
      .sort((a, b) => a.uid - b.uid);
  }

  /** Whether it was one to read. Only a small message is asked for its sender and type, and only a report for more. */
  async function read(client: ImapFlow, { uid, size }: Measured): Promise<boolean> {
    if (size > REPORT_BYTES) return false;
    const ask = (what: FetchQueryObject) => asked(client, client.fetchOne(uid, what, { uid: true }));
    const sender = await ask({ headers: [...SENDER_FIELDS] });
    if (sender === false || !mayBeReport(sender.headers)) return false;
    const message = await ask({ source: { maxLength: REPORT_BYTES } });
    const report = message === false || message.source === undefined ? null : readReport(message.source);
    if (!isClosed() && report !== null) onReturned(report);
    return true;
  }

  /** Reads it, and then goes on behind it; before it is read where a line has broken over it already. */
  async function passed(client: ImapFlow, message: Measured, goOn: () => void): Promise<boolean> {
    if (reading === message.uid) goOn();
    reading = message.uid;
    const isRead = await read(client, message);
    goOn();
    return isRead;
  }

  /** What came before the line was there, told by its arrival time. A line that breaks meanwhile goes on with it. */
  async function readHeadStart(client: ImapFlow): Promise<void> {
    const { from, to } = headStart;
    const before = from < to ? await uidsIn(client, from, to - 1) : [];
    for (const message of await measured(client, before)) {
      const goOn = (): void => void (headStart = { from: message.uid + 1, to });
      if (message.at < options.since - CLOCK_MARGIN_MS) goOn();
      else await passed(client, message, goOn);
    }
    headStart = { from: to, to };
  }

  /** Everything that is new since the last look. True when there may be more, after a pause. */
  async function look(client: ImapFlow): Promise<boolean> {
    if (place === null) return false;
    const { validity, next } = place;
    let reports = 0;
    const uids = await uidsIn(client, next, '*');
    for (let from = 0; from < uids.length; from += AT_ONCE) {
      for (const message of await measured(client, uids.slice(from, from + AT_ONCE))) {
        if (reports >= MOST_REPORTS) return true;
        const goOn = (): void => void (place = { validity, next: message.uid + 1 });
        if (await passed(client, message, goOn)) reports += 1;
      }
    }
    return false;
  }

  /** Watches over one connection until it ends; rejects when the mailbox cannot be opened. */
  async function attend(client: ImapFlow): Promise<void> {
    const ended = new Promise<void>((resolve) => client.once('close', resolve));
    await asked(client, client.connect());
    // A server may leave out where it ends, and what its numbers are good for, though the type does not say so.
    const mailbox: Partial<MailboxObject> = await asked(
      client,
      client.mailboxOpen('INBOX', { readOnly: true }),
    );
    let isDue = false;
    let isLooking = false;
    let resume: NodeJS.Timeout | undefined;
    /** One look at a time, and one more behind it however often the server says that there is something. */
    const lookAgain = async (): Promise<void> => {
      isDue = true;
      if (isLooking) return;
      isLooking = true;
      try {
        while (isDue) {
          isDue = false;
          clearTimeout(resume);
          if (await look(client)) resume = setTimeout(lookOn, FLOOD_PAUSE_MS);
        }
      } finally {
        isLooking = false;
      }
    };
    // A look that fails has lost its line, or was refused: the first look of a new line finds out which.
    const lookOn = (): void => void lookAgain().catch(() => client.close());
    const { uidValidity: validity } = mailbox;
    // Without a validity no place is good for another line.
    if (place === null || validity === undefined || place.validity !== validity) {
      const next = await endOf(client, mailbox);
      place = { validity, next };
      headStart = { from: Math.max(1, next - HEAD_START_MESSAGES), to: next };
    }
    await readHeadStart(client);
    client.on('exists', lookOn);
    await lookAgain();
    if (!isClosed()) options.onTrouble(null);
    const stop = keepAwake(client, () => isLooking);
    await ended;
    stop();
    clearTimeout(resume);
  }

  /** Asks a waiting line for signs of life, and hangs up on one that is dead, or that talks without being asked. */
  function keepAwake(client: ImapFlow, isBusy: () => boolean): () => void {
    const signs = setInterval(
      () => void asked(client, client.noop()).catch(() => client.close()),
      SIGN_OF_LIFE_MS,
    );
    let received = client.stats().received;
    const flood = setInterval(() => {
      const now = client.stats().received;
      if (!isBusy() && now - received > ANSWER_BYTES) client.close();
      received = now;
    }, FLOOD_LOOK_MS);
    return () => {
      clearInterval(signs);
      clearInterval(flood);
    };
  }

  /** One connection, from the secret to its end. */
  async function connection(): Promise<'was-open' | 'failed' | 'sign-in-refused'> {
    try {
      current = await imapClient(server);
      // Asking for the secret takes a moment, in which the watch may have been called off.
      if (current === null || isClosed()) return 'failed';
      await attend(current);
      return 'was-open';
    } catch (error) {
      if (!isClosed()) options.onTrouble(mailboxCause(server, error));
      return isSignInRefused(error) ? 'sign-in-refused' : 'failed';
    } finally {
      current?.close();
      current = null;
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !isClosed();) {
      const began = performance.now();
      const ended = await connection();
      const good = ended === 'was-open' && performance.now() - began >= GOOD_LINE_MS;
      failures = good ? 0 : ended === 'sign-in-refused' ? RETRY_MS.length : failures + 1;
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
      current?.close();
      wake();
    },
  };
}
