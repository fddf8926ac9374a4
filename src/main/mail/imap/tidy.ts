/**
 * @file Removes our own messages from Sent and Trash. A message is removed only when its Message-ID is exactly one
 * that we gave and its From is exactly our account; every other message stays, even if the server's search
 * finds it.
 */
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { Tidied } from '../../ports/mail.ts';
import { imapClient, type ImapServer, mailboxCause } from './client.ts';
import { parseEntity, single } from './mime-entity.ts';

/** At most so many copies of one message are looked at; there is one, or two with Trash's. */
const MOST_COPIES = 10;

/** The address in a From field with one mailbox; null for anything else (RFC 5322 section 3.6.2). */
function senderOf(from: string | null): string | null {
  const [, bracketed, bare] =
    /^(?:(?:"(?:[^"\\]|\\.)*"|[^<>",]*)[ \t]*<([^<>\s,]+)>|([^<>\s,]+))$/u.exec(from ?? '') ?? [];
  return (bracketed ?? bare)?.toLowerCase() ?? null;
}

function isOurs({ headers }: FetchMessageObject, messageId: string, account: string): boolean {
  const { fields } = parseEntity(headers?.toString('latin1') ?? '');
  return (
    single(fields, 'message-id') === messageId && senderOf(single(fields, 'from')) === account.toLowerCase()
  );
}

/** UIDs of this message in the open folder, each looked at. */
async function copiesOf(client: ImapFlow, messageId: string, account: string): Promise<number[]> {
  const found = await client.search({ header: { 'message-id': messageId } }, { uid: true });
  if (!Array.isArray(found) || found.length === 0) return [];
  const messages = await client.fetchAll(
    found.slice(0, MOST_COPIES),
    { uid: true, headers: ['message-id', 'from'] },
    { uid: true },
  );
  return messages.filter((message) => isOurs(message, messageId, account)).map(({ uid }) => uid);
}

interface Folders {
  readonly sent: string;
  readonly trash: string | undefined;
  /** Gmail's folders are labels: what is expunged from Sent stays in All Mail, what is moved to Trash does not. */
  readonly byTrash: boolean;
}

/** Where our messages are to be removed; null where it cannot be done without touching others. */
export async function tidyFoldersOf(client: ImapFlow): Promise<Folders | null> {
  // Without UIDPLUS (RFC 4315) an EXPUNGE takes every message that anybody marked as deleted.
  if (!client.capabilities.has('UIDPLUS')) return null;
  const folders = await client.list();
  const pathOf = (use: string) => folders.find(({ specialUse }) => specialUse === use)?.path;
  const [sent, trash] = [pathOf('\\Sent'), pathOf('\\Trash')];
  const gmail = client.capabilities.has('X-GM-EXT-1');
  if (sent === undefined || (gmail && trash === undefined)) return null;
  return { sent, trash, byTrash: gmail };
}

/** False when the server said no to a removal. */
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
    await client.mailboxOpen(folder);
    for (const messageId of messageIds) {
      const uids = await copiesOf(client, messageId, account);
      if (uids.length === 0) continue;
      const gone =
        folder === sent && byTrash && trash !== undefined
          ? await client.messageMove(uids, trash, { uid: true })
          : await client.messageDelete(uids, { uid: true });
      // imapflow answers false for the server's NO.
      if (gone === false) removed = false;
    }
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
    await client.connect();
    const folders = await tidyFoldersOf(client);
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
