/** @file The private mail service is what the other tests take it for: a real one, strict, and gone when stopped. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GONE, mailPeersLack, type MailPeers, NOBODY, startMailPeers } from './peers/postfix.ts';

const lack = await mailPeersLack();

describe.skipIf(lack !== null)(`a private Postfix and Dovecot${lack === null ? '' : ` (${lack})`}`, () => {
  let peers: MailPeers;
  let ca: string;
  beforeAll(async () => {
    peers = await startMailPeers();
    ca = await readFile(peers.ca, 'utf8');
  });
  afterAll(() => peers.stop());

  const courier = (options: { secure: boolean; password?: string; ca?: string }) =>
    createTransport({
      host: peers.host,
      port: options.secure ? peers.submissionsPort : peers.submissionPort,
      secure: options.secure,
      requireTLS: true,
      auth: { user: peers.user, pass: options.password ?? peers.password },
      tls: { ca: options.ca ?? ca },
    });
  const letter = (to: string) => ({ from: peers.address, to, subject: 'A letter', text: 'with a line' });

  it.each([
    ['TLS from the first byte', true],
    ['STARTTLS', false],
  ])('delivers what was submitted over %s', async (name, secure) => {
    const to = `mia.${secure ? 'tls' : 'starttls'}@example.test`;
    expect(await peers.mailOf(to)).toEqual([]);
    await courier({ secure }).sendMail({ ...letter(to), subject: name });
    await expect.poll(() => peers.mailOf(to)).toHaveLength(1);
    expect((await peers.mailOf(to))[0]).toContain(`Subject: ${name}`);
  });

  it('refuses a wrong password with 535 5.7.8', async () => {
    await expect(
      courier({ secure: true, password: 'wrong' }).sendMail(letter('mia@example.test')),
    ).rejects.toThrow('535 5.7.8');
  });

  it('refuses a mailbox it does not know with 550 5.1.1', async () => {
    await expect(courier({ secure: true }).sendMail(letter(NOBODY))).rejects.toThrow('550 5.1.1');
  });

  it('relays nothing to other domains', async () => {
    await expect(courier({ secure: true }).sendMail(letter('mia@example.org'))).rejects.toThrow(
      'relays nothing',
    );
  });

  it('returns a report for a mailbox that turns out not to exist', async () => {
    await courier({ secure: true }).sendMail(letter(GONE));
    await expect.poll(() => peers.mailOf(peers.address), { timeout: 20_000 }).toHaveLength(1);
    const [report] = await peers.mailOf(peers.address);
    expect(report).toContain('Content-Type: message/delivery-status');
    expect(report).toContain('Status: 5.1.1');
  });

  it('has a certificate that is good only for who trusts its authority', async () => {
    const stranger = createTransport({ host: peers.host, port: peers.submissionsPort, secure: true });
    await expect(stranger.verify()).rejects.toThrow(/certificate/);
  });
});

it.skipIf(lack !== null)('leaves nothing behind when it is stopped', async () => {
  const peers = await startMailPeers();
  await peers.stop();
  expect(existsSync(peers.ca)).toBe(false);
  const knock = () =>
    new Promise((resolve) => {
      connect(peers.submissionsPort, '127.0.0.1')
        .on('connect', () => resolve('listening'))
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
  await expect.poll(knock).toBe('ECONNREFUSED');
});
