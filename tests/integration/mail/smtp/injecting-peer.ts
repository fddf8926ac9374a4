/**
 * @file A server for STARTTLS with somebody on the line: bytes in plain text travel in the same segment as the
 * answer to STARTTLS, to be taken for the server's first words inside TLS (CVE-2011-0411 and its like).
 */
import net from 'node:net';
import tls from 'node:tls';
import { listen } from '../../../fakes/loopback.ts';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import { makeCertificate } from '../certificates.ts';
import { WELL_BEHAVED } from './scripted-peer.ts';
import { PASSWORD, USER } from './smtp-peer.ts';

export async function startInjectingPeer(
  injected: string,
): Promise<{ readonly server: SmtpServer; sawSignIn: () => boolean; stop: () => Promise<void> }> {
  const certificate = makeCertificate();
  let signIn = false;
  const listener = net.createServer((plain) => {
    plain.write(WELL_BEHAVED['connect'] ?? '');
    const plainly = (chunk: Buffer) => {
      if (chunk.toString().startsWith('EHLO')) plain.write('250-peer\r\n250 STARTTLS\r\n');
      if (!chunk.toString().startsWith('STARTTLS')) return;
      plain.removeListener('data', plainly);
      plain.write(`220 2.0.0 go on\r\n${injected}`);
      const secure = new tls.TLSSocket(plain, { isServer: true, ...certificate });
      secure.on('error', () => undefined);
      secure.on('data', (inside: Buffer) => {
        if (inside.toString().startsWith('EHLO')) secure.write(WELL_BEHAVED['EHLO'] ?? '');
        if (inside.toString().startsWith('AUTH')) signIn = true;
      });
    };
    plain.on('data', plainly);
  });
  const { port, stop } = await listen(listener);
  return {
    server: {
      host: 'localhost',
      port,
      security: 'starttls',
      user: USER,
      secret: () => Promise.resolve(PASSWORD),
      trust: { ca: certificate.cert },
    },
    sawSignIn: () => signIn,
    stop,
  };
}
