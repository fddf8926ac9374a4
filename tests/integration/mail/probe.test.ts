/** @file The test of an account: named steps, a cause for each way it fails, and nothing sent. */
import { createServer } from 'node:https';
import { describe, expect, it } from 'vitest';
import { listen } from '../../fakes/loopback.ts';
import { probe } from '../../../src/main/mail/probe.ts';
import { gmailServer, type SmtpServer, serverFor } from '../../../src/main/mail/smtp/server.ts';
import type { Cause } from '../../../src/shared/causes.ts';
import type { Security } from '../../../src/shared/words.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { gateFor, QUICK } from './smtp/carry.ts';
import { makeCertificate } from './certificates.ts';
import { SILENT } from './smtp/scripted-peer.ts';
import { PASSWORD, type SmtpPeer } from './smtp/smtp-peer.ts';
import { served } from './smtp/served.ts';

const { stops, smtp, scripted } = served();
const tried = async (server: SmtpServer, signal = new AbortController().signal) => {
  const steps: string[] = [];
  const result = await probe(server, {
    signal,
    onStep: (step) => steps.push(step),
    timing: QUICK,
    gate: gateFor(QUICK),
  });
  return { result, steps };
};

describe('the test of an account', () => {
  it.each<Security>(['implicit-tls', 'starttls'])(
    'reaches, secures and signs in over %s',
    async (security) => {
      const peer = await smtp({ security });
      expect(await tried(peer.server)).toEqual({
        result: ok([]),
        steps: ['reach', 'secure', 'sign-in'],
      });
      expect(peer.signIns()).toBe(1);
      await expect.poll(peer.open).toBe(0);
    },
  );

  it('asks a second time when EHLO is answered 421, and says then that it will stay so', async () => {
    const peer = await scripted({ EHLO: '421 4.7.0 try again later\r\n' });
    const { result } = await tried(peer.server);
    expect(result).toMatchObject(fail({ problem: { cause: 'greeting-refused' } }));
    expect(peer.connections()).toBe(2);
  });

  it('greets with the address of its own side of the line', async () => {
    const peer = await scripted({});
    await tried(peer.server);
    expect(peer.greetedBy).toEqual(['[127.0.0.1]']);
  });

  it('says goodbye and sends nothing', async () => {
    const peer = await scripted({});
    await tried(peer.server);
    expect(peer.heard).toEqual(['EHLO', 'AUTH', 'QUIT']);
  });

  it.each<[string, (peer: SmtpPeer) => Promise<SmtpServer> | SmtpServer, string, Cause]>([
    [
      'the server is not there',
      async (peer) => {
        await peer.stop();
        return peer.server;
      },
      'reach',
      'connection-refused',
    ],
    [
      'its certificate is unknown',
      ({ server }) => ({ ...server, trust: { ca: makeCertificate().cert } }),
      'secure',
      'certificate-untrusted',
    ],
    [
      'the password is wrong',
      ({ server }) => ({ ...server, secret: () => Promise.resolve(`${PASSWORD}x`) }),
      'sign-in',
      'wrong-password-server',
    ],
    [
      'STARTTLS is tried on the port for TLS',
      ({ server }) => ({ ...server, security: 'starttls' }),
      'secure',
      'tls-from-start',
    ],
  ])('when %s, stops there and says so', async (_what, change, step, cause) => {
    const peer = await smtp();
    const server = await change(peer);
    const result = await probe(server, {
      signal: new AbortController().signal,
      onStep: () => undefined,
      timing: { ...QUICK, greetingMs: 500 },
      gate: gateFor(QUICK),
    });
    expect(result).toMatchObject(fail({ step, problem: { cause } }));
    expect(JSON.stringify(result)).not.toContain(PASSWORD);
  });

  it('says what is silent: a web server, and TLS where STARTTLS was chosen', async () => {
    const certificate = makeCertificate();
    const web = createServer(certificate, (_request, response) => response.end('hello'));
    const { port, stop } = await listen(web);
    stops.push(stop);
    const timing = { ...QUICK, greetingMs: 300 };
    const causeAt = async (server: SmtpServer) => {
      const options = { signal: new AbortController().signal, onStep: () => undefined, timing };
      const tested = await probe(server, { ...options, gate: gateFor(timing) });
      return tested.ok ? null : tested.problem.problem.cause;
    };
    const silent = await scripted({ connect: SILENT });
    const site = { ...silent.server, port, trust: { ca: certificate.cert } };
    expect(await causeAt(site)).toBe('not-smtp');
    expect(await causeAt({ ...site, security: 'starttls' })).toBe('not-smtp');
    const peer = await smtp();
    expect(await causeAt({ ...peer.server, security: 'starttls' })).toBe('tls-from-start');
    // Also where the certificate is not one for this computer.
    expect(await causeAt({ ...peer.server, security: 'starttls', trust: {} })).toBe('tls-from-start');
    // A server that says nothing at all is only that.
    expect(await causeAt(silent.server)).toBe('server-timeout');
  }, 60_000);

  it('is called off at once', async () => {
    const peer = await scripted({ EHLO: null });
    const called = new AbortController();
    const running = tried(peer.server, called.signal);
    await expect.poll(() => peer.heard).toContain('EHLO');
    called.abort();
    expect((await running).result).toMatchObject(fail({ problem: { cause: 'called-off' } }));
    await expect.poll(peer.open).toBe(0);
  });
});

describe('the server of an account', () => {
  const secret = () => Promise.resolve(null);
  it('is Gmail’s for Gmail and Workspace, whatever else the form says', () => {
    const form = { address: 'desk@gmail.com', name: 'Desk' };
    expect(serverFor({ kind: 'gmail', ...form }, secret)).toEqual({
      ...gmailServer('desk@gmail.com', secret),
      trust: { consented: [] },
    });
    expect(serverFor({ kind: 'workspace', ...form }, secret)).toMatchObject({
      host: 'smtp.gmail.com',
      port: 465,
      security: 'implicit-tls',
      user: 'desk@gmail.com',
    });
  });

  it('is the named one for another server, and none when none is named', () => {
    const server = { host: 'mail.example.test', port: 587, security: 'starttls', user: 'desk' } as const;
    const form = { kind: 'server', address: 'desk@example.test', name: 'Desk' } as const;
    expect(serverFor({ ...form, server }, secret)).toEqual({ ...server, secret, trust: { consented: [] } });
    expect(serverFor(form, secret)).toBeNull();
  });
});
