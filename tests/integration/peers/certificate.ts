/**
 * @file A certificate authority for one test and a server certificate from it, so that the program under test checks
 * certificates as it always does: it is told of the authority through NODE_EXTRA_CA_CERTS, Node's own variable.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const openssl = (args: readonly string[]) => run('openssl', args);

/** Paths of PEM files. */
export interface ServerCertificate {
  /** The authority's certificate: what a client has to trust. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes both in `folder`; the server's names are localhost and 127.0.0.1 unless others are given, for a day. */
export async function makeCertificate(
  folder: string,
  names = 'DNS:localhost,IP:127.0.0.1',
): Promise<ServerCertificate> {
  const at = (name: string) => join(folder, name);
  await openssl([
    'req',
    '-x509',
    ...NEW_KEY,
    ...['-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '1', '-subj', '/CN=A test authority'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ]);
  await openssl([
    'req',
    '-x509',
    ...NEW_KEY,
    ...['-CA', at('ca.pem'), '-CAkey', at('ca.key')],
    ...['-keyout', at('server.key'), '-out', at('server.pem'), '-days', '1', '-subj', '/CN=localhost'],
    ...['-addext', `subjectAltName=${names}`, '-addext', 'basicConstraints=CA:FALSE'],
    ...['-addext', 'extendedKeyUsage=serverAuth'],
  ]);
  return { ca: at('ca.pem'), key: at('server.key'), cert: at('server.pem') };
}
