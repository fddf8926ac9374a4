/**
 * @file An inbox server that says what a test scripts, for what Dovecot cannot be brought to say: nothing, a byte at a
 * time, more than anybody can read, and no for now.
 */
import tls from 'node:tls';
import { listen } from '../../../fakes/loopback.ts';
import type { ImapServer } from '../../../../src/main/mail/imap/client.ts';
import { makeCertificate } from '../certificates.ts';

export interface ScriptedImap {
  readonly server: ImapServer;
  /** Commands by name, in order. */
  readonly heard: string[];
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
}

/** What is said to a command with this tag; undefined for what a well-behaved server says. */
export type Say = (
  command: string,
  tag: string,
  socket: tls.TLSSocket,
  line: string,
) => string | null | undefined;

const CAPABILITIES = 'IMAP4rev1 IDLE UIDPLUS SPECIAL-USE AUTH=PLAIN SASL-IR';

const wellBehaved = (command: string, tag: string): string => {
  switch (command) {
    case 'connect':
      return `* OK [CAPABILITY ${CAPABILITIES}] ready\r\n`;
    case 'CAPABILITY':
      return `* CAPABILITY ${CAPABILITIES}\r\n${tag} OK done\r\n`;
    case 'EXAMINE':
    case 'SELECT':
      return `* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 1] x\r\n${tag} OK [READ-ONLY] done\r\n`;
    case 'LIST':
      return `* LIST (\\HasNoChildren \\Sent) "/" Sent\r\n${tag} OK done\r\n`;
    case 'UID SEARCH':
      return `* SEARCH\r\n${tag} OK done\r\n`;
    case 'IDLE':
      return '+ waiting\r\n';
    default:
      return `${tag} OK done\r\n`;
  }
};

export async function startScriptedImap(say: Say): Promise<ScriptedImap> {
  const { key, cert } = makeCertificate();
  const heard: string[] = [];
  let connections = 0;
  const listener = tls.createServer({ key, cert }, (socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    const answer = (command: string, tag: string, line = '') => {
      const said = say(command, tag, socket, line);
      const bytes = said === undefined ? wellBehaved(command, tag) : said;
      if (bytes !== null && !socket.destroyed) socket.write(bytes);
    };
    let rest = '';
    let idle = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = '', first = '', second = ''] = line.split(' ');
        const command = (first.toUpperCase() === 'UID' ? `UID ${second}` : first || tag).toUpperCase();
        heard.push(command);
        if (command === 'IDLE') idle = tag;
        // DONE has no tag of its own: it ends the IDLE.
        answer(command, command === 'DONE' ? idle : tag, line);
      }
    });
    answer('connect', '*');
  });
  listener.on('tlsClientError', () => undefined);
  const { port, stop } = await listen(listener);
  return {
    server: {
      host: 'localhost',
      port,
      user: 'desk@example.test',
      secret: () => Promise.resolve('a password'),
      trust: { ca: cert },
    },
    heard,
    connections: () => connections,
    stop,
  };
}
