/**
 * @file Whom the program trusts: the computer's own authorities beside Node's list, and none of them unasked. A real
 * Postfix and Dovecot, and a process whose computer was told to trust the authority of the test.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Security } from '../../../src/shared/words.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { startScriptedPeer } from './smtp/scripted-peer.ts';
import { type MailPeers, mailPeersLack, startMailPeers } from '../peers/postfix.ts';

/** What the program is given, and what comes of it. */
async function run(given: object, env: NodeJS.ProcessEnv): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, JSON.stringify(given)], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: '', ...env },
  });
  return JSON.parse(stdout);
}

const PROGRAM = fileURLToPath(new URL('trusted-process.ts', import.meta.url));
const lack = await mailPeersLack();
const able = lack === null || process.env['CI'] === 'true';

describe.skipIf(!able)('an authority that this computer was told to trust', () => {
  let peers: MailPeers;
  beforeAll(async () => {
    peers = await startMailPeers();
  });
  afterAll(() => peers.stop());

  const tried = async (security: Security, env: NodeJS.ProcessEnv): Promise<unknown> => {
    const { host, user } = peers;
    const port = security === 'starttls' ? peers.submissionPort : peers.submissionsPort;
    const smtp = { host, port, security, user };
    return run({ smtp, imap: { host, port: peers.imapsPort, user }, password: peers.password }, env);
  };

  it.each<Security>(['implicit-tls', 'starttls'])(
    'opens the way over %s and to the mailbox once the owner has said yes, and before that no password goes out [T-tls-authority]',
    async (security) => {
      const authority = {
        name: 'A test authority',
        fingerprint: expect.stringMatching(/^(?:[\dA-F]{2}:){31}/u) as string,
      };
      const question = { cause: 'authority-unlisted', serverSaid: null, authority };
      expect(await tried(security, { SSL_CERT_FILE: peers.ca })).toEqual({
        asked: fail({ step: 'secure', problem: question }),
        withAnother: fail({ step: 'secure', problem: question }),
        allowed: ok([authority]),
      });
    },
    60_000,
  );

  it('hears nothing before the owner has said yes: no EHLO, and no password', async () => {
    const peer = await startScriptedPeer({});
    const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
    const ca = join(folder, 'ca.pem');
    await writeFile(ca, peer.server.trust?.ca ?? '');
    const { host, port, security, user } = peer.server;
    const place = { host, port, user };
    const given = { smtp: { ...place, security }, imap: place, password: 'a password' };
    expect(await run(given, { SSL_CERT_FILE: ca })).toMatchObject({
      asked: { problem: { problem: { cause: 'authority-unlisted' } } },
    });
    // One connection asked, one had a yes to another authority, and the third one had the owner's.
    expect(peer.heard.filter((event) => event === 'EHLO')).toHaveLength(1);
    expect(peer.heard.filter((event) => event === 'AUTH')).toHaveLength(1);
    await peer.stop();
    await rm(folder, { recursive: true });
  }, 60_000);

  it('is needed: without it the server cannot prove who it is', async () => {
    const untrusted = fail({ step: 'secure', problem: { cause: 'certificate-untrusted' } });
    expect(await tried('implicit-tls', {})).toMatchObject({ asked: untrusted, allowed: untrusted });
  }, 60_000);
});
