/**
 * @file The practice server: a real mail server on this computer that delivers nothing. It listens on loopback
 * only, speaks TLS with a certificate made for this run, accepts only this run's random credentials, and starts only
 * when practice is chosen.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { ReceivedMail } from '../ports/mail.ts';
import { selfSigned } from './self-signed.ts';
import { type SmtpServer } from './smtp/server.ts';

export interface PracticeServer {
  readonly server: SmtpServer;
  /** Ends every conversation and stops listening. */
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';
/** Our own message is about 6 kB. */
const MAX_BYTES = 256 * 1024;
const DAY_MS = 86_400_000;

/** A day back for clocks that are off, a week on for a program that is left open. */
const throwAwayCertificate = () =>
  selfSigned({
    name: 'Countersign practice',
    host: HOST,
    notBefore: Date.now() - DAY_MS,
    notAfter: Date.now() + 7 * DAY_MS,
  });

const same = (given: string | null | undefined, wanted: string): boolean =>
  typeof given === 'string' &&
  Buffer.byteLength(given) === Buffer.byteLength(wanted) &&
  timingSafeEqual(Buffer.from(given), Buffer.from(wanted));

async function whole(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array)); // a byte stream yields bytes
  return Buffer.concat(chunks);
}

async function received(source: Buffer): Promise<ReceivedMail> {
  const mail = await simpleParser(source, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
  });
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  const from = mail.from?.value[0];
  return {
    id: randomBytes(8).toString('hex'),
    from: from === undefined ? '' : `${from.name} <${from.address ?? ''}>`.trim(),
    to: to?.value[0]?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : '',
    source: source.toString('utf8'),
    receivedAt: Date.now(),
  };
}

export async function startPracticeServer(options: {
  readonly onMail: (mail: ReceivedMail) => void;
}): Promise<PracticeServer> {
  const certificate = throwAwayCertificate();
  const user = `practice-${randomBytes(6).toString('hex')}@countersign.invalid`;
  const password = randomBytes(24).toString('base64url');

  const smtp = new SMTPServer({
    secure: true,
    ...certificate,
    minVersion: 'TLSv1.2',
    banner: 'Countersign practice',
    authMethods: ['PLAIN'],
    size: MAX_BYTES,
    // The only client is this program; asking DNS for the name of loopback would only take time.
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: (auth, _session, callback) => {
      if (same(auth.username, user) && same(auth.password, password)) callback(null, { user });
      else callback(Object.assign(new Error('5.7.8 Not the practice password'), { responseCode: 535 }));
    },
    onData: (stream, _session, callback) => {
      whole(stream)
        .then(async (source) => {
          if (stream.sizeExceeded) throw Object.assign(new Error('5.3.4 Too large'), { responseCode: 552 });
          options.onMail(await received(source));
          callback(null, '2.0.0 Kept for practice');
        })
        .catch((error: unknown) => callback(error instanceof Error ? error : new Error('4.3.0 Not kept')));
    },
  });
  // A client that hangs up in mid-sentence is no event here; without a listener it would end the program.
  smtp.on('error', () => undefined);

  await new Promise<void>((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(0, HOST, () => {
      smtp.server.removeListener('error', reject);
      resolve();
    });
  });
  // A server that listens on TCP has an address of this shape.
  const { port } = smtp.server.address() as AddressInfo;

  return {
    server: {
      host: HOST,
      port,
      security: 'implicit-tls',
      user,
      secret: () => Promise.resolve(password),
      trust: { ca: certificate.cert },
    },
    close: () => new Promise((resolve) => smtp.close(resolve)),
  };
}
