/** @file Certificates for test servers: a right one, and one for each way of being wrong. */
import { generate } from 'selfsigned';
import { DAY } from '../../fakes/time.ts';

export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

/** One that vouches for itself: what a client trusts when it is told to, and refuses otherwise. */
export async function makeCertificate(
  changes: { readonly host?: string; readonly expired?: boolean } = {},
): Promise<TestCertificate> {
  const { host = 'localhost', expired = false } = changes;
  const end = Date.now() + (expired ? -DAY : DAY);
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(end - 3 * DAY),
    notAfterDate: new Date(end),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  return { key, cert };
}
