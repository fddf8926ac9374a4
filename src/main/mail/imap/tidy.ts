/**
 * @file Removes our own messages from Sent and Trash. A message is removed only when the mark in it is one that we gave,
 * its From is exactly our account and nothing says that it was sent on; every other message stays, even if the server's
 * search finds it. It is done only when a search finds nothing of ours any more.
 */
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { Tidied } from '../../ports/mail.ts';
import { tokenOf } from '../../ports/message-id.ts';
import { TOKEN_FIELD } from '../message/compose.ts';
import { asked, imapClient, type ImapServer, mailboxCause } from './client.ts';
import { parseEntity, single } from './mime-entity.ts';

/** So many copies of one message are looked at; there is one, or two with Trash's. With more, it is not done. */
const MOST_COPIES = 100;
/** Removed, and searched for again, until nothing is found. */
const ROUNDS = 3;

/** RFC 5322 section 3.6.6: fields of a message that its owner has sent on as it is, which is the owner's own. */
const RESENT = ['date', 'from', 'sender', 'to', 'cc', 'bcc', 'message-id'].map((name) => `resent-${name}`);
const LOOKED_AT = ['message-id', 'from', TOKEN_FIELD, ...RESENT];

/** The address in a From field with one mailbox; null for anything else (RFC 5322 section 3.6.2). */
function senderOf(from: string | null): string | null {
  const [, bracketed, bare] =
    /^(?:(?:"(?:[^"\\]|\\.)*"[ \t]*|[^<>",]*)<([^<>\s,]+)>|([^<>\s,]+))$/u.exec(from ?? '') ?? [];
  return (bracketed ?? bare)?.toLowerCase() ?? null;
}

function isOurs({ headers }: FetchMessageObject, messageId: string, account: string): boolean {
  const { fields } = parseEntity(headers?.toString('latin1') ?? '');
  if (RESENT.some((name) => fields.has(name))) return false;
  const named = single(fields, 'message-id') === messageId;
  // A provider may have put its own Message-ID in the place of ours; the other mark is ours as well.
  const marked = single(fields, TOKEN_FIELD) === tokenOf(messageId);
  return (named || marked) && senderOf(single(fields, 'from')) === account.toLowerCase();
}

/** UIDs that the server finds for this message in the open folder; null when it does not say. */
async function found(client: ImapFlow, messageId: string): Promise<readonly number[] | null> {
  const marks = [
    { header: { 'message-id': messageId } },
    { header: { [TOKEN_FIELD]: tokenOf(messageId) ?? messageId } },
  ];
  const uids = await asked(client, client.search({ or: marks }, { uid: true }));
  return Array.isArray(uids) ? uids : null;
}

/** Takes our copies of this message out of the open folder; false when some may be left. */
async function removeFrom(
  client: ImapFlow,
  messageId: string,
  account: string,
  remove: (uids: number[]) => Promise<unknown>,
): Promise<boolean> {
  for (let round = 0; round <= ROUNDS; round += 1) {
    const uids = await found(client, messageId);
    if (uids === null || uids.length > MOST_COPIES) return false;
    if (uids.length === 0) return true;
    const messages = await asked(
      client,
      client.fetchAll([...uids], { uid: true, headers: LOOKED_AT }, { uid: true }),
    );
    const ours = messages.filter((message) => isOurs(message, messageId, account)).map(({ uid }) => uid);
    // What is left was looked at, and is none of ours.
    if (ours.length === 0) return messages.length === uids.length;
    // imapflow answers false for the server's NO.
    if (round === ROUNDS || (await remove(ours)) === false) return false;
  }
  return false;
}

interface Folders {
  readonly sent: string;
  readonly trash: string | undefined;
  /** Gmail's folders are labels: what is expunged from Sent stays in All Mail, what is moved to Trash does not. */
  readonly byTrash: boolean;
}

/** Where our messages are to be removed; null where it cannot be done without touching others. */
export async function tidyFoldersOf(client: ImapFlow): Promise<Folders | null> {
  // Without UIDPLUS (RFC 4315) an EXPUNGE takes every message that is marked as deleted, by any program.
  if (!client.capabilities.has('UIDPLUS')) return null;
  const folders = await client.list();
  const pathOf = (use: string) => folders.find(({ specialUse }) => specialUse === use)?.path;
  const [sent, trash] = [pathOf('\\Sent'), pathOf('\\Trash')];
  const gmail = client.capabilities.has('X-GM-EXT-1');
  if (sent === undefined || (gmail && trash === undefined)) return null;
  return { sent, trash, byTrash: gmail };
}

/** False when something of ours may be left. */
async function tidyFolders(
  client: ImapFlow,
  { sent, trash, byTrash }: Folders,
  account: string,
  messageIds: readonly string[],
): Promise<boolean> {
  let removed = true;
  // Sent before Trash, so that what the first moves there the second removes.
  for (const folder of [sent, trash]) {
    if (folder === undefined) continue;
    await asked(client, client.mailboxOpen(folder));
    const remove = (uids: number[]) =>
      folder === sent && byTrash && trash !== undefined
        ? asked(client, client.messageMove(uids, trash, { uid: true }))
        : asked(client, client.messageDelete(uids, { uid: true }));
    for (const messageId of messageIds)
      if (!(await removeFrom(client, messageId, account, remove))) removed = false;
  }
  return removed;
}

export async function tidySent(
  server: ImapServer,
  options: {
    /** The address our messages are from. */
    readonly account: string;
    readonly messageIds: readonly string[];
    readonly signal: AbortSignal;
  },
): Promise<Tidied> {
  // Asked as a question, because it changes while something is waited for.
  const isCalledOff = (): boolean => options.signal.aborted;
  const client = await imapClient(server);
  if (client === null || isCalledOff()) return { done: false, trouble: null };
  const hangUp = (): void => client.close();
  options.signal.addEventListener('abort', hangUp, { once: true });
  try {
    await asked(client, client.connect());
    const folders = await asked(client, tidyFoldersOf(client));
    if (folders === null) return { done: false, trouble: 'sent-not-tidied' };
    const done = await tidyFolders(client, folders, options.account, options.messageIds);
    return done ? { done } : { done, trouble: null };
  } catch (error) {
    return { done: false, trouble: isCalledOff() ? null : mailboxCause(server, error) };
  } finally {
    options.signal.removeEventListener('abort', hangUp);
    client.close();
  }
}
