/** @file The submission server of a test's mail service, as an account names it. */
import { readFile } from 'node:fs/promises';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import type { Security } from '../../../../src/shared/words.ts';
import type { MailPeers } from '../../peers/postfix.ts';

export async function submissionOf(
  peers: Pick<MailPeers, 'host' | 'submissionPort' | 'submissionsPort' | 'ca' | 'address' | 'password'>,
): Promise<(security?: Security, changes?: Partial<SmtpServer>) => SmtpServer> {
  const ca = await readFile(peers.ca, 'utf8');
  return (security = 'implicit-tls', changes = {}) => ({
    host: peers.host,
    port: security === 'starttls' ? peers.submissionPort : peers.submissionsPort,
    security,
    user: peers.address,
    secret: () => Promise.resolve(peers.password),
    trust: { ca },
    ...changes,
  });
}
