/** @file The courier against real SMTP servers: what it claims is what happened, with every kind of answer. */
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../../src/shared/causes.ts';
import type { Security, SendStage } from '../../../../src/shared/words.ts';
import { carry, message, QUICK, refusalAt } from './carry.ts';
import { CHUNKING, CUT, SILENT, type Script } from './scripted-peer.ts';
import { type Place, USER } from './smtp-peer.ts';
import { sendOver, served } from './served.ts';

const { smtp, scripted, courierFor } = served();

describe('a message that is taken', () => {
  it.each<Security>(['implicit-tls', 'starttls'])('is accepted over %s, once', async (security) => {
    const peer = await smtp({ security });
    const { outcome, stages } = await carry(peer.server);
    expect(outcome).toEqual({ state: 'accepted', tookMs: expect.any(Number) as number });
    expect(stages).toEqual(['connecting', 'securing', 'signing-in', 'handing-over', 'data-sent']);
    expect(peer.accepted).toHaveLength(1);
    expect(peer.accepted[0]).toMatchObject({ from: USER, to: ['mia.keller@example.com'] });
  });

  it('is accepted by a server that offers no PIPELINING, one that offers LOGIN only, and one that offers neither size nor codes', async () => {
    const options = [
      { hidePIPELINING: true },
      { authMethods: ['LOGIN'] },
      { hideSize: true, hideENHANCEDSTATUSCODES: true },
    ];
    for (const option of options) {
      const peer = await smtp({ smtp: option });
      expect((await carry(peer.server)).outcome.state).toBe('accepted');
      expect(peer.accepted).toHaveLength(1);
    }
  });

  it('goes to an international mailbox where SMTPUTF8 is offered, and only there', async () => {
    const able = await smtp();
    expect((await carry(able.server, { to: 'mía@example.com' })).outcome.state).toBe('accepted');
    expect(able.accepted[0]?.to).toEqual(['mía@example.com']);
    const unable = await smtp({ smtp: { hideSMTPUTF8: true } });
    expect((await carry(unable.server, { to: 'mía@example.com' })).outcome).toMatchObject({
      state: 'refused',
      problem: { cause: 'address-needs-smtputf8' },
    });
    expect(unable.accepted).toHaveLength(0);
  });

  it('goes out in one flight where CHUNKING is offered and the line is long, and with DATA on a short one', async () => {
    const long = await scripted(CHUNKING);
    expect((await carry(long.server, { timing: { flightFromMs: 0 } })).outcome.state).toBe('accepted');
    expect(long.flights.slice(2)).toEqual([['MAIL', 'RCPT', 'BDAT', 'RSET'], ['QUIT']]);
    const short = await scripted(CHUNKING);
    expect((await carry(short.server, { timing: { flightFromMs: 60_000 } })).outcome.state).toBe('accepted');
    expect(short.heard).not.toContain('BDAT');
  });

  it('goes out with DATA from then on where CHUNKING is offered and BDAT refused', async () => {
    const peer = await scripted({ ...CHUNKING, BDAT: '502 5.5.1 not here\r\n' });
    const courier = courierFor(peer.server, { flightFromMs: 0 });
    for (let count = 0; count < 2; count += 1) expect((await sendOver(courier)).state).toBe('accepted');
    const asked = peer.heard.filter((event) => event === 'BDAT' || event === 'body');
    expect(asked).toEqual(['BDAT', 'body', 'body']);
    expect(peer.connections()).toBe(2);
  });

  it('arrives byte for byte, with the dots that its lines begin with', async () => {
    const peer = await smtp();
    const composed = await message();
    // RFC 5321 §4.5.2: such a dot is sent twice, or the server takes it for part of the end of the message.
    expect(composed.source.toString()).toMatch(/^\.[^.\r]/mu);
    await sendOver(courierFor(peer.server), {}, composed);
    expect(peer.accepted.map(({ source }) => source)).toEqual([composed.source.toString()]);
  });
});

describe('a server’s no', () => {
  it.each<[Place, number, string, Cause]>([
    ['connect', 554, '5.7.1 no service', 'service-refused'],
    ['auth', 535, '5.7.8 wrong', 'wrong-password-server'],
    ['auth', 454, '4.7.0 too many', 'sign-in-later'],
    ['mail', 550, '5.7.1 not yours', 'sender-refused'],
    ['mail', 550, '5.4.5 daily quota', 'daily-limit'],
    ['rcpt', 550, '5.1.1 nobody', 'no-such-mailbox'],
    ['rcpt', 450, '4.2.1 too quickly', 'recipient-busy'],
    ['rcpt', 452, '4.2.2 full', 'recipient-full'],
    ['rcpt', 550, '5.7.1 policy', 'recipient-refused'],
    ['message', 552, '5.7.0 virus', 'content-refused'],
    ['message', 554, '5.7.1 spam', 'content-refused'],
    ['message', 552, '5.3.4 too big', 'too-large'],
    ['message', 451, '4.3.0 later', 'busy'],
    ['message', 421, '4.7.0 later', 'busy'],
  ])('at %s, %i %s, is a refusal because of %s; nothing is tried twice', async (place, code, text, cause) => {
    const peer = await smtp();
    peer.inject(place, { code, text });
    const { outcome } = await carry(peer.server);
    expect(outcome).toMatchObject({ state: 'refused', problem: { cause } });
    expect(outcome.state === 'refused' && outcome.problem.serverSaid).toContain(text);
    expect(peer.accepted).toHaveLength(0);
    expect(peer.connections()).toBe(1);
  });

  it.each<[Place, number, string]>([
    ['connect', 421, '4.3.2 busy'],
    ['auth', 421, '4.7.0 busy'],
    ['mail', 421, '4.3.0 busy'],
    ['mail', 451, '4.3.0 busy'],
    ['rcpt', 421, '4.7.0 busy'],
    ['rcpt', 451, '4.7.1 greylisted'],
  ])(
    'of "not now" at %s (%i %s) is tried again, and the message arrives once [T-smtp-retry]',
    async (place, code, text) => {
      const peer = await smtp();
      peer.inject(place, { code, text, times: 2 });
      const { outcome, attempts } = await carry(peer.server);
      expect(outcome.state).toBe('accepted');
      expect(attempts).toBe(3);
      expect(peer.accepted).toHaveLength(1);
    },
  );

  it('of "not now" is tried again only until the letter is not worth it', async () => {
    const peer = await smtp();
    peer.inject('rcpt', { code: 451, text: '4.3.0 busy' });
    // The wall clock of this courier moves by a minute at each look.
    let clock = 0;
    const { outcome, attempts } = await carry(peer.server, {
      notAfter: 600_000,
      timing: { busyRetryMs: [0] },
      options: { now: () => (clock += 60_000) },
    });
    expect(outcome).toMatchObject({ state: 'refused', problem: { cause: 'busy' } });
    expect(attempts).toBeGreaterThan(1);
    expect(attempts).toBeLessThan(10);
  });

  it.each([
    [530, '5.7.0 sign in first'],
    [550, '5.7.1 not any more'],
    [451, '4.3.0 later'],
  ])('at MAIL on a kept line (%i %s) is asked for again on a fresh one', async (code, text) => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    expect((await sendOver(courier)).state).toBe('accepted');
    peer.inject('mail', { code, text, times: 1 });
    expect((await sendOver(courier)).state).toBe('accepted');
    expect(peer.accepted).toHaveLength(2);
    expect(peer.connections()).toBe(2);
    // And on the fresh one it counts.
    peer.inject('mail', { code: 550, text: '5.7.1 not any more' });
    expect(await sendOver(courier)).toMatchObject({ state: 'refused', problem: { cause: 'sender-refused' } });
    expect(peer.connections()).toBe(3);
  });

  it('of "not now" to each EHLO is told as such the second time, and not knocked at any more', async () => {
    const peer = await scripted({ EHLO: '421 4.7.0 try again later, closing connection\r\n' });
    expect(await refusalAt(peer.server)).toBe('greeting-refused');
    expect(peer.connections()).toBe(2);
  });

  it('to sign in for now is left alone: the next send does not knock', async () => {
    const peer = await smtp();
    peer.inject('auth', { code: 454, text: '4.7.0 too many login attempts', times: 1 });
    let clock = 0;
    const courier = courierFor(peer.server, {}, { monotonic: () => clock });
    expect(await sendOver(courier)).toMatchObject({ problem: { cause: 'sign-in-later' } });
    expect(await sendOver(courier)).toMatchObject({ problem: { cause: 'sign-in-later' } });
    courier.warm();
    expect(peer.signIns()).toBe(1);
    clock = QUICK.signInPauseMs;
    expect((await sendOver(courier)).state).toBe('accepted');
  });
});

describe('a line that fails before the data', () => {
  const events = ['connect', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA'];

  it.each(events)('cut at %s, is tried three times and refused', async (event) => {
    const peer = await scripted({ [event]: CUT });
    const { outcome, attempts } = await carry(peer.server);
    expect(outcome).toEqual({
      state: 'refused',
      problem: { cause: 'connection-lost', serverSaid: null },
    });
    expect(attempts).toBe(3);
    expect(peer.connections()).toBe(3);
    expect(peer.heard).not.toContain('body');
  });

  it.each(events)('silent at %s, runs into its time and is refused [T-smtp-silent]', async (event) => {
    const peer = await scripted({ [event]: SILENT });
    expect(
      await refusalAt(peer.server, {
        timing: { greetingMs: 1_000, replyMs: 1_000, lineRetryMs: [] },
      }),
    ).toBe('server-timeout');
    expect(peer.heard).not.toContain('body');
  });

  it('refused by the machine, is told as such [T-smtp-local-refusal]', async () => {
    const peer = await smtp();
    await peer.stop();
    const { outcome, attempts } = await carry(peer.server);
    expect(outcome).toMatchObject({ state: 'refused', problem: { cause: 'connection-refused' } });
    expect(attempts).toBe(3);
  });

  it('to a host that does not exist, is told as such', async () => {
    const peer = await smtp();
    const { outcome } = await carry({ ...peer.server, host: 'no-such-host.invalid' });
    // A machine without a network has no name service to deny it.
    expect(['host-not-found', 'offline']).toContain(outcome.state === 'refused' && outcome.problem.cause);
  });
});

describe('once the data is out', () => {
  it.each<[string, Script]>([
    ['the line is cut', { body: CUT }],
    ['an answer comes that is none', { body: 'HTTP/1.1 200 OK\r\n' }],
    ['the answer is another 354', { body: '354 go on\r\n' }],
    ['a success comes that is not the data’s', { body: '221 2.0.0 bye\r\n' }],
    ['the lines of the answer disagree', { body: '250-taken\r\n550 5.7.1 or not\r\n' }],
    ['half an answer comes', { body: '250 2.0.0 tak' }],
    ['half a refusal comes', { body: '550 5.7.1 n' }],
  ])(
    'and %s, the outcome is unknown and nothing is sent again [T-smtp-no-second-send]',
    async (_what, script) => {
      const peer = await scripted(script);
      const { outcome, stages } = await carry(peer.server, { timing: { verdictMs: 1_000 } });
      expect(outcome).toEqual({ state: 'unknown' });
      expect(stages.at(-1)).toBe('data-sent');
      expect(peer.heard.filter((event) => event === 'body')).toHaveLength(1);
      expect(peer.connections()).toBe(1);
    },
  );

  it('and nothing more is heard, the outcome is unknown [T-smtp-unknown]', async () => {
    const peer = await scripted({ body: null });
    expect((await carry(peer.server, { timing: { verdictMs: 500 } })).outcome).toEqual({ state: 'unknown' });
    expect(peer.connections()).toBe(1);
  });

  it('and the program ends, the outcome is unknown', async () => {
    const peer = await scripted({ body: null });
    const courier = courierFor(peer.server);
    const onStage = (stage: SendStage) => void (stage === 'data-sent' && courier.close());
    expect(await sendOver(courier, { onStage })).toEqual({ state: 'unknown' });
  });
});
