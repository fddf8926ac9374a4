/** @file Practice end to end in one process: the same composer and courier against the embedded server. */
import { requestOf } from '../../../src/shared/request.ts';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { openPracticeRoom } from '../../../src/main/mail/mail.ts';
import { startPracticeServer } from '../../../src/main/mail/practice.ts';
import { probe } from '../../../src/main/mail/probe.ts';
import type { PracticeMail } from '../../../src/shared/desk-view.ts';
import type { AccountForm } from '../../../src/shared/words.ts';
import { letter } from '../../unit/mail/letter.ts';
import { stopAfterEach } from '../../fakes/stops.ts';
import { TIMING } from '../../../src/main/mail/smtp/timing.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { carry, gateFor } from './smtp/carry.ts';

const stops = stopAfterEach();
const sending = () => ({
  notAfter: Infinity,
  signal: new AbortController().signal,
  onStage: () => undefined,
  onLeaving: () => Promise.resolve(),
});

const plain = () => ({ codeInSubject: true, sentence: '', contact: '', origin: '' });
/** Another server's, to show that practice uses none of it. */
const account = (name: string): AccountForm => ({
  kind: 'server',
  address: 'desk@clinic.example',
  name,
  server: { host: 'mail.clinic.invalid', port: 465, security: 'implicit-tls', user: 'desk' },
});

async function openRoom(name: string, onMail: (mail: PracticeMail) => void) {
  const { mail, close } = await openPracticeRoom(onMail, () => undefined);
  const courier = mail.courierFor(
    () => account(name),
    () => Promise.resolve(null),
    plain,
  );
  stops.push(courier.close, close);
  return { mail, courier };
}

describe('practice', () => {
  it('shows the message as it arrived: from whom, to whom, text and source', async () => {
    const inbox: PracticeMail[] = [];
    const { courier } = await openRoom('Harbour Clinic', (mail) => inbox.push(mail));
    const request = requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' });
    expect((await courier.deliver(letter({ request }), sending())).state).toBe('accepted');
    expect(inbox).toHaveLength(1);
    const [mail] = inbox;
    expect(mail?.from).toBe('Harbour Clinic <desk@practice.invalid>');
    expect(mail?.to).toBe('mia.keller@example.com');
    expect(mail?.subject).toMatch(/^409313 is your code for Harbour Clinic \(until \d\d:\d\d\)$/);
    expect(mail?.text).toContain('    409313\n');
    expect(mail?.text).toContain('€49.90');
    expect(mail?.source).toContain('Auto-Submitted: auto-generated');
    expect(mail?.receivedAt).toBeGreaterThan(0);
  });

  it('takes international mailboxes and many messages on one line', async () => {
    const inbox: PracticeMail[] = [];
    const { courier } = await openRoom('Ärzte & Co', (mail) => inbox.push(mail));
    courier.warm();
    for (const to of ['mía@xn--bcher-kva.example', 'a@example.com', 'b@example.com']) {
      expect((await courier.deliver(letter({ to }), sending())).state).toBe('accepted');
    }
    expect(inbox.map(({ to }) => to)).toEqual(['mía@bücher.example', 'a@example.com', 'b@example.com']);
    expect(inbox[0]?.from).toContain('Ärzte & Co');
  });

  it('tests whatever account is entered on its own server, and sends it no password', async () => {
    const { mail } = await openRoom('Harbour Clinic', () => undefined);
    const steps: string[] = [];
    const tested = await mail.probe(account('Harbour Clinic'), 'a real password', {
      signal: new AbortController().signal,
      onStep: (step) => steps.push(step),
    });
    expect(tested).toEqual(ok([]));
    expect(steps).toEqual(['reach', 'secure', 'sign-in']);
  });

  it('refuses a message that cannot be composed, as a value', async () => {
    const { courier } = await openRoom('Harbour Clinic', () => undefined);
    expect(await courier.deliver(letter({ to: 'a@b.example, c@d.example' }), sending())).toEqual({
      state: 'refused',
      problem: { cause: 'internal', serverSaid: null },
    });
  });
});

describe('the practice server', () => {
  const start = async () => {
    const practice = await startPracticeServer({ onMail: () => undefined });
    stops.push(practice.close);
    return practice;
  };

  it('listens on loopback only, on a port of its own [T-practice-loopback]', async () => {
    const [one, other] = [await start(), await start()];
    expect(one.server.host).toBe('127.0.0.1');
    expect(one.server.port).not.toBe(other.server.port);
  });

  it('is trusted by nobody who was not told its certificate, and vouches for no other run', async () => {
    const [one, other] = [await start(), await start()];
    const { host, port, security, user, secret } = one.server;
    const untold = { host, port, security, user, secret };
    const misled = { ...one.server, trust: other.server.trust ?? { ca: '' } };
    for (const server of [untold, misled]) {
      expect((await carry(server)).outcome).toMatchObject({
        state: 'refused',
        problem: { cause: 'certificate-untrusted' },
      });
    }
  });

  it('lets in nobody without this run’s credentials [T-practice-credentials]', async () => {
    const [one, other] = [await start(), await start()];
    const signal = new AbortController().signal;
    const strangers = [
      { ...one.server, secret: other.server.secret },
      { ...one.server, user: other.server.user },
    ];
    for (const server of strangers) {
      expect(await probe(server, { signal, onStep: () => undefined, gate: gateFor(TIMING) })).toMatchObject(
        fail({ step: 'sign-in', problem: { cause: 'wrong-password-server' } }),
      );
    }
  });

  it('is gone when it is closed', async () => {
    const practice = await startPracticeServer({ onMail: () => undefined });
    expect((await carry(practice.server)).outcome.state).toBe('accepted');
    await practice.close();
    const refused = new Promise<string | undefined>((resolve) => {
      const socket = net.connect(practice.server.port, '127.0.0.1');
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.once('connect', () => {
        socket.destroy();
        resolve('connected');
      });
    });
    expect(await refused).toBe('ECONNREFUSED');
  });
});
