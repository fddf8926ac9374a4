/** @file The carrier before peers that answer out of step, speak no mail or are not safe, and what of their words is kept. */
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../../src/shared/causes.ts';
import type { Security } from '../../../../src/shared/words.ts';
import { carry, refusalAt } from './carry.ts';
import { makeCertificate } from '../certificates.ts';
import { startInjectingPeer } from './injecting-peer.ts';
import { SILENT, type Script, WELL_BEHAVED } from './scripted-peer.ts';
import { PASSWORD, USER } from './smtp-peer.ts';
import { served } from './served.ts';

const { stops, smtp, scripted } = served();

describe('replies that are out of step', () => {
  it.each(['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'body'])(
    'doubled at %s, never make a message accepted that was not',
    async (event) => {
      const said = WELL_BEHAVED[event] ?? '';
      // After the dot it says no: every "accepted" would be a lie.
      const peer = await scripted({
        body: '554 5.7.1 no\r\n',
        [event]: event === 'body' ? '554 5.7.1 no\r\n'.repeat(2) : said + said,
      });
      const { outcome } = await carry(peer.server);
      expect(outcome.state).not.toBe('accepted');
      expect(peer.heard.filter((heard) => heard === 'body').length).toBeLessThanOrEqual(1);
    },
  );

  it('do not let a 250 stand for 354 [T-smtp-250-for-354]', async () => {
    const peer = await scripted({ DATA: '250 2.0.0 fine\r\n' });
    expect(await refusalAt(peer.server)).toBe('out-of-step');
    expect(peer.heard).not.toContain('body');
  });
});

describe('what is not a mail server, or not a safe one', () => {
  it.each<[string, Script, Cause]>([
    ['HTTP', { connect: 'HTTP/1.1 400 Bad Request\r\n\r\n' }, 'not-smtp'],
    ['POP3', { connect: '+OK ready\r\n' }, 'not-smtp'],
    ['a flood', { connect: `220-${'x'.repeat(1_000_000)}\r\n` }, 'not-smtp'],
    ['a flood without an end', { connect: `220 ${'x'.repeat(1_000_000)}` }, 'not-smtp'],
    ['an unknown command', { EHLO: '500 what\r\n', HELO: '500 what\r\n' }, 'not-smtp'],
    ['no way to sign in', { EHLO: '250-peer\r\n250 PIPELINING\r\n' }, 'sign-in-not-offered'],
    ['only CRAM-MD5', { EHLO: '250-peer\r\n250 AUTH CRAM-MD5\r\n' }, 'sign-in-not-offered'],
    ['only tokens', { EHLO: '250-peer\r\n250 AUTH XOAUTH2 OAUTHBEARER\r\n' }, 'password-sign-in-off'],
  ])('%s: nothing is sent [T-smtp-nothing-sent]', async (_what, script, cause) => {
    const peer = await scripted(script);
    expect(await refusalAt(peer.server)).toBe(cause);
    expect(peer.heard).not.toContain('AUTH');
  });

  it('offers no STARTTLS: neither the password nor the message is sent in plain text [T-tls-no-starttls]', async () => {
    const peer = await scripted({ STARTTLS: '502 5.5.1 no\r\n' }, { tls: false, security: 'starttls' });
    expect(await refusalAt(peer.server)).toBe('tls-missing');
    expect(peer.heard).not.toContain('AUTH');
    expect(peer.heard).not.toContain('MAIL');
  });

  it('sends something in plain text behind its answer to STARTTLS: somebody is on the line [T-tls-injected]', async () => {
    const peer = await startInjectingPeer('250-evil\r\n250 AUTH PLAIN\r\n');
    stops.push(peer.stop);
    expect(await refusalAt(peer.server)).toBe('tls-injection');
    expect(peer.sawSignIn()).toBe(false);
  });

  it('speaks plain text on a port for TLS', async () => {
    const peer = await scripted({}, { tls: false, security: 'implicit-tls' });
    expect(await refusalAt(peer.server)).toBe('tls-failed');
  });

  it('speaks TLS on a port for STARTTLS', async () => {
    const peer = await scripted({}, { tls: true, security: 'starttls' });
    expect(await refusalAt(peer.server, { timing: { greetingMs: 500, lineRetryMs: [] } })).toBe(
      'server-timeout',
    );
  });

  it('takes the connection and never shakes hands', async () => {
    // A server for plain text that does not even greet: to a client of TLS, silence.
    const peer = await scripted({ connect: null }, { tls: false, security: 'implicit-tls' });
    const { outcome, stages } = await carry(
      { ...peer.server },
      { timing: { connectMs: 2_000, lineRetryMs: [] } },
    );
    expect(outcome.state).toBe('refused');
    expect(stages).toEqual(['connecting', 'securing']);
    await expect.poll(peer.open).toBe(0);
  });

  it('knows only TLS 1.0 [T-tls-version]', async () => {
    const peer = await scripted(
      {},
      { tlsOptions: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } },
    );
    expect(await refusalAt(peer.server)).toBe('tls-failed');
  });

  describe.each<Security>(['implicit-tls', 'starttls'])('over %s', (security) => {
    it('shows a certificate nobody vouches for [T-tls-untrusted]', async () => {
      const peer = await smtp({ security, trusted: false });
      expect(await refusalAt(peer.server)).toBe('certificate-untrusted');
      expect(peer.signIns()).toBe(0);
    });

    it('shows a certificate that has expired [T-tls-expired]', async () => {
      const peer = await smtp({ security, certificate: makeCertificate({ expired: true }) });
      expect(await refusalAt(peer.server)).toBe('certificate-expired');
      expect(peer.signIns()).toBe(0);
    });

    it('shows a certificate of another host [T-tls-other-host]', async () => {
      const peer = await smtp({ security, certificate: makeCertificate({ host: 'portal.example' }) });
      expect(await refusalAt(peer.server)).toBe('certificate-other-host');
      expect(peer.signIns()).toBe(0);
    });
  });
});

describe('the server’s words', () => {
  it('come without the password or the code, even when it repeats them [T-smtp-echo]', async () => {
    const plain = Buffer.from(`\0${USER}\0${PASSWORD}`).toString('base64');
    const peer = await scripted({ AUTH: `535 5.7.8 AUTH PLAIN ${plain} (${PASSWORD})\r\n` });
    const { outcome } = await carry(peer.server);
    const said = outcome.state === 'refused' ? outcome.problem.serverSaid : null;
    expect(said).toMatch(/^535 5\.7\.8 AUTH PLAIN/u);
    expect(said).not.toContain(PASSWORD);
    expect(said).not.toContain(plain);

    const other = await scripted({ body: '554 5.7.1 "409313 is your code" looks like spam\r\n' });
    const refused = (await carry(other.server)).outcome;
    expect(refused.state === 'refused' && refused.problem.serverSaid).toBe(
      '554 5.7.1 "••• is your code" looks like spam',
    );
  });
});

describe('calling off', () => {
  it('before the data, sends nothing', async () => {
    const peer = await scripted({ RCPT: SILENT });
    const called = new AbortController();
    const carried = carry(peer.server, { signal: called.signal });
    await expect.poll(() => peer.heard).toContain('RCPT');
    called.abort();
    expect((await carried).outcome).toMatchObject({ state: 'refused', problem: { cause: 'called-off' } });
    expect(peer.heard).not.toContain('body');
  });

  it('before it began, does not even connect', async () => {
    const peer = await smtp();
    expect(await refusalAt(peer.server, { notAfter: Date.now() - 1 })).toBe('too-late');
    expect(peer.connections()).toBe(0);
  });

  it('is not needed without a secret: nothing is even opened', async () => {
    const peer = await smtp();
    expect(await refusalAt({ ...peer.server, secret: () => Promise.resolve(null) })).toBe('secret-missing');
    expect(peer.connections()).toBe(0);
  });
});
