/**
 * @file A real server (smtp-server) with three doors, plain, STARTTLS and TLS, and a fourth one with CHUNKING, that count by recipient what
 * they accepted: the books that claims about a broken line are held against.
 */
import tls from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { startJudge } from './judge.ts';
import { makeCertificate } from '../integration/mail/certificates.ts';
import { PASSWORD, USER } from '../integration/mail/smtp/smtp-peer.ts';

export interface Counting {
  /** For a line that ends TLS itself: nothing leaves the machine. */
  readonly plainPort: number;
  /** The same, with CHUNKING, which smtp-server does not know. */
  readonly chunkingPort: number;
  readonly starttlsPort: number;
  readonly tlsPort: number;
  /** What clients trust, and what a line needs to end TLS towards either side. */
  readonly ca: string;
  readonly context: tls.SecureContext;
  readonly accepted: (recipient: string) => number;
  readonly quiet: () => boolean;
  readonly stop: () => Promise<void>;
}

export async function startCounting(): Promise<Counting> {
  const certificate = makeCertificate();
  const counts = new Map<string, number>();
  const start = async (door: Partial<SMTPServerOptions>) => {
    const smtp = new SMTPServer({
      ...door,
      ...certificate,
      disableReverseLookup: true,
      closeTimeout: 50,
      onAuth: (auth, _session, callback) => {
        if (auth.username === USER && auth.password === PASSWORD) callback(null, { user: USER });
        else callback(Object.assign(new Error('5.7.8 no'), { responseCode: 535 }));
      },
      onData: (stream, session, callback) => {
        stream.resume();
        stream.on('end', () => {
          for (const { address } of session.envelope.rcptTo)
            counts.set(address, (counts.get(address) ?? 0) + 1);
          callback(null, '2.0.0 taken');
        });
      },
    });
    smtp.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      smtp.listen(0, '127.0.0.1', resolve);
    });
    return smtp;
  };
  const plain = await start({ hideSTARTTLS: true, allowInsecureAuth: true });
  const starttls = await start({});
  const secure = await start({ secure: true });
  const chunking = await startJudge(() => undefined, certificate, { security: 'none', ability: 'chunking' });
  const doors = [plain, starttls, secure];
  const portOf = (smtp: SMTPServer) => (smtp.server.address() as AddressInfo).port;
  return {
    plainPort: portOf(plain),
    chunkingPort: chunking.port,
    starttlsPort: portOf(starttls),
    tlsPort: portOf(secure),
    ca: certificate.cert,
    context: tls.createSecureContext({ ...certificate, ca: certificate.cert }),
    accepted: (recipient) => (counts.get(recipient) ?? 0) + chunking.accepted(recipient),
    quiet: () => chunking.open() === 0 && doors.every((smtp) => smtp.connections.size === 0),
    stop: async () => {
      await chunking.stop();
      for (const smtp of doors) {
        await new Promise<void>((resolve) => {
          smtp.close(resolve);
        });
      }
    },
  };
}
