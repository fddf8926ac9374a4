/**
 * @file What Electron's TLS makes of our certificates, and whether what it says is read: with Debian's BoringSSL, because
 * Node's own TLS is OpenSSL, which is more lenient with certificates that vouch for themselves.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../fakes/loopback.ts';
import { startPracticeServer } from '../../../src/main/mail/practice.ts';
import { causeOf } from '../../../src/main/mail/smtp/replies.ts';
import { stopAfterEach } from '../../fakes/stops.ts';
import { makeCertificate } from '../mail/certificates.ts';
import { makeCertificate as makeFromAuthority } from '../peers/certificate.ts';

const run = promisify(execFile);
const stops = stopAfterEach();

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-boringssl-'));
  const libraries = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/android`;
  await run('cc', [
    ...['-I/usr/include/android', join(import.meta.dirname, 'client.c'), '-o', join(folder, 'client')],
    ...[`-L${libraries}`, `-Wl,-rpath,${libraries}`, '-lssl', '-lcrypto'],
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** X509_V_ERR_* with the codes that Node makes of them, on both libraries (crypto_common.cc). */
const CODES: Readonly<Record<string, string>> = {
  10: 'CERT_HAS_EXPIRED',
  18: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  19: 'SELF_SIGNED_CERT_IN_CHAIN',
  20: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  21: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
};

/** What the client says: `verified`, the code that Node would give the error, or the handshake's reason. */
async function ask(port: number, trusted: string): Promise<string> {
  const ca = join(folder, 'trusted.pem');
  writeFileSync(ca, trusted);
  const { stdout } = await run(join(folder, 'client'), [String(port), ca, 'localhost']);
  const said = stdout.trim();
  const number = /^verify (\d+)$/.exec(said)?.[1];
  return number === undefined ? said : (CODES[number] ?? said);
}

const causeOfError = (error: string) => causeOf({ step: 'connect', reply: null, error }, false);

async function serve(options: TlsOptions): Promise<number> {
  const server = createServer(options, (socket) => socket.end());
  // A client that does not like what it sees hangs up.
  server.on('tlsClientError', () => undefined);
  const { port, stop } = await listen(server);
  stops.push(stop);
  return port;
}

describe.runIf(process.platform === 'linux')('BoringSSL', () => {
  it('trusts the certificate that practice makes for itself, so that practice can send', async () => {
    const practice = await startPracticeServer({ onMail: () => undefined });
    stops.push(practice.close);
    const { port, trust } = practice.server;
    expect(await ask(port, String(trust?.ca))).toBe('verified');
  });

  it('trusts the certificates of the tests, and of their authority', async () => {
    const own = makeCertificate();
    expect(await ask(await serve(own), own.cert)).toBe('verified');
    const made = await makeFromAuthority(folder);
    const port = await serve({ key: readFileSync(made.key), cert: readFileSync(made.cert) });
    expect(await ask(port, readFileSync(made.ca, 'utf8'))).toBe('verified');
  });

  it('says what the program reads as the cause', async () => {
    const expired = makeCertificate({ expired: true });
    const said = await ask(await serve(expired), expired.cert);
    expect(said).toBe('CERT_HAS_EXPIRED');
    expect(causeOfError(said)).toBe('certificate-expired');

    const other = await ask(await serve(makeCertificate()), makeCertificate().cert);
    expect(Object.values(CODES)).toContain(other);
    expect(causeOfError(other)).toBe('certificate-untrusted');
  });

  it('names a server that knows only old TLS in a way that is read', async () => {
    const own = makeCertificate();
    const port = await serve({ ...own, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' });
    const said = await ask(port, own.cert);
    expect(said).toMatch(/^tls [A-Z0-9_]+$/);
    expect(causeOfError(`ERR_SSL_${said.slice(4)}`)).toBe('tls-failed');
  });
});
