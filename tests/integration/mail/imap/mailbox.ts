/** @file The account's mailbox as its owner sees it in another mail program: what is in it, with which flags. */
import { readFile } from 'node:fs/promises';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import type { ImapServer } from '../../../../src/main/mail/imap/client.ts';
import type { MailPeers } from '../../peers/postfix.ts';

export interface Kept {
  readonly subject: string;
  readonly flags: readonly string[];
}

export const imapOf = async (peers: MailPeers, password = peers.password): Promise<ImapServer> => ({
  host: peers.host,
  port: peers.imapsPort,
  user: peers.user,
  secret: () => Promise.resolve(password),
  trust: { ca: await readFile(peers.ca, 'utf8') },
});

export interface Mailbox {
  /** Everything in a folder, oldest first; looking changes nothing. */
  contents(folder: string): Promise<Kept[]>;
  /** Puts a message into a folder. */
  put(folder: string, source: string | Buffer, flags?: string[], arrived?: Date): Promise<void>;
  /** Takes everything out of a folder. */
  empty(folder: string): Promise<void>;
  close(): Promise<void>;
}

export async function openMailbox(peers: MailPeers): Promise<Mailbox> {
  const { host, port, user, trust } = await imapOf(peers);
  const client = new ImapFlow({
    host,
    port,
    secure: true,
    auth: { user, pass: peers.password },
    tls: { ca: trust?.ca },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  return {
    contents: async (folder) => {
      const mailbox = await client.mailboxOpen(folder, { readOnly: true });
      if (mailbox.exists === 0) return [];
      const messages = await client.fetchAll('1:*', { flags: true, envelope: true });
      return messages.map(({ flags, envelope }) => ({
        subject: envelope?.subject ?? '',
        flags: [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort(),
      }));
    },
    put: async (folder, source, flags = [], arrived = new Date()) => {
      await client.append(folder, source, flags, arrived);
    },
    empty: async (folder) => {
      const mailbox = await client.mailboxOpen(folder);
      if (mailbox.exists > 0) await client.messageDelete('1:*');
    },
    close: () => client.logout(),
  };
}

/** Sends a mail from the account through its own server. */
export async function sendFrom(
  peers: MailPeers,
  mail: { readonly to: string; readonly messageId?: string; readonly subject: string },
): Promise<void> {
  const transport = createTransport({
    host: peers.host,
    port: peers.submissionsPort,
    secure: true,
    auth: { user: peers.user, pass: peers.password },
    tls: { ca: await readFile(peers.ca, 'utf8') },
  });
  await transport.sendMail({ from: peers.address, text: 'A line.', ...mail });
}
