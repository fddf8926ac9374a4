/**
 * @file A Dovecot that says it can do something else, breaks off, or says that it did what it did not: a proxy that
 * changes what the server says of its abilities, and keeps the commands.
 */
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { listen } from '../../../fakes/loopback.ts';
import type { ImapServer } from '../../../../src/main/mail/imap/client.ts';
import { makeCertificate } from '../certificates.ts';

export interface Dialect {
  readonly server: ImapServer;
  /** Commands by name and arguments, without their tags, in order. */
  readonly commands: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Gmail's own: its folders are labels. Dovecot does not know the one attribute that imapflow then asks for. */
export const GMAIL = { add: 'X-GM-EXT-1', unasked: / X-GM-MSGID/gu };

export async function startDialect(
  behind: ImapServer,
  says: {
    readonly add?: string;
    readonly without?: string;
    readonly unasked?: RegExp;
    /** The first connection breaks at this command. */
    readonly breakAt?: RegExp;
    /** Answered with OK, and not passed on to the server. */
    readonly swallow?: RegExp;
    /** Answered with NO, and not passed on to the server. */
    readonly refuse?: RegExp;
    /** Lines of the server that are not passed on. */
    readonly hide?: RegExp;
  },
): Promise<Dialect> {
  const { key, cert } = makeCertificate();
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const hold = (socket: tls.TLSSocket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };

  let whole = says.breakAt === undefined;
  const toServer = (line: string): string => {
    if (!whole && says.breakAt?.test(line) === true) {
      whole = true;
      for (const socket of sockets) socket.destroy();
    }
    commands.push(line.replace(/^\S+ /u, '').trimEnd());
    return says.unasked === undefined ? line : line.replace(says.unasked, '');
  };
  const toClient = (line: string): string => {
    if (!/^(?:\* |\S+ OK \[)CAPABILITY |^\* OK \[CAPABILITY /u.test(line)) return line;
    const added = says.add === undefined ? line : line.replace('CAPABILITY ', `CAPABILITY ${says.add} `);
    return says.without === undefined ? added : added.replace(` ${says.without}`, '');
  };
  /** Whole lines only: what is changed could otherwise be cut in two. */
  const relay = (from: tls.TLSSocket, to: tls.TLSSocket, change: (line: string) => string): void => {
    let rest = '';
    from.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split(/(?<=\n)/u);
      rest = lines.at(-1)?.endsWith('\n') === false ? (lines.pop() ?? '') : '';
      for (const line of lines) {
        const [tag = ''] = line.split(' ');
        if (says.swallow?.test(line) === true) from.write(`${tag} OK done\r\n`);
        else if (says.refuse?.test(line) === true) from.write(`${tag} NO not here\r\n`);
        else if (says.hide?.test(line) !== true) to.write(Buffer.from(change(line), 'latin1'));
      }
    });
    from.once('close', () => to.end());
  };

  const listener = tls.createServer({ key, cert }, (client) => {
    const server = tls.connect({ host: behind.host, port: behind.port, ca: behind.trust?.ca });
    hold(client);
    hold(server);
    relay(client, server, toServer);
    relay(server, client, toClient);
  });
  const { port, stop } = await listen(listener, sockets);
  return {
    server: { ...behind, port, trust: { ca: cert } },
    commands,
    stop,
  };
}
