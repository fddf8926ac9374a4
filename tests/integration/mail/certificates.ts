/** @file Certificates for test servers: a right one, and one for each way of being wrong. */
import { selfSigned, type SelfSigned } from '../../../src/main/mail/self-signed.ts';
import { DAY } from '../../fakes/time.ts';

/** One that vouches for itself: what a client trusts when it is told to, and refuses otherwise. */
export function makeCertificate(
  changes: { readonly host?: string; readonly expired?: boolean } = {},
): SelfSigned {
  const { host = 'localhost', expired = false } = changes;
  const notAfter = Date.now() + (expired ? -DAY : DAY);
  return selfSigned({ name: host, host, notBefore: notAfter - 3 * DAY, notAfter });
}
