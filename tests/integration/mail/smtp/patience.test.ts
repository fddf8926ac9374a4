/** @file What is waited for and what is left alone: a busy server, one that asked for a pause, a verdict that is due. */
import { describe, expect, it } from 'vitest';
import { probe } from '../../../../src/main/mail/probe.ts';
import { createSignInGate, type SignInGate } from '../../../../src/main/mail/smtp/sign-in-gate.ts';
import type { Timing } from '../../../../src/main/mail/smtp/timing.ts';
import type { Pause, SendStage } from '../../../../src/shared/words.ts';
import { fail, ok } from '../../../../src/shared/result.ts';
import { carry, QUICK, refusalAt } from './carry.ts';
import { sendOver, served } from './served.ts';

const { smtp, scripted, courierFor } = served();
const never = () => new AbortController().signal;

/** A gate whose clock is set by hand; pauses are exactly as long as they are written. */
function gateAt(timing: Timing): { readonly gate: SignInGate; now: number } {
  const clock = { now: 0 };
  const gate = createSignInGate({ timing, now: () => clock.now, jittered: (ms) => ms });
  return Object.assign(clock, { gate });
}

describe('a busy server', () => {
  it('is told about before each further try, with the time of it', async () => {
    const peer = await smtp();
    peer.inject('rcpt', { code: 421, text: '4.4.5 busy', times: 1 });
    const seen: (SendStage | Pause)[] = [];
    const outcome = await sendOver(courierFor(peer.server, {}, { now: () => 1_000 }), {
      onStage: (stage) => seen.push(stage),
      onPause: (pause) => seen.push(pause),
    });
    expect(outcome.state).toBe('accepted');
    const first = seen.findIndex((one) => typeof one === 'object');
    expect(seen[first]).toEqual({ cause: 'busy', until: 1_002 });
    expect(seen[first + 1], 'the next stage ends it').toBe('connecting');
  });

  it('is knocked at once for everybody who waits, and not by each [T-gate-one-knock]', async () => {
    const peer = await scripted({ AUTH: '421 4.7.0 too many connections\r\n' });
    const timing = { ...QUICK, busyRetryMs: [60_000] };
    const { gate } = gateAt(timing);
    const courier = courierFor(peer.server, timing, { gate });
    const called = new AbortController();
    const pauses: Pause[] = [];
    const send = () => sendOver(courier, { signal: called.signal, onPause: (pause) => pauses.push(pause) });
    const first = send();
    await expect.poll(() => pauses).toHaveLength(1);
    const others = [send(), send(), send()];
    await expect.poll(() => pauses).toHaveLength(4);
    expect(peer.heard.filter((command) => command === 'AUTH')).toHaveLength(1);
    called.abort();
    for (const sent of [first, ...others]) {
      expect(await sent).toMatchObject({ state: 'refused', problem: { cause: 'busy' } });
    }
  });
});

describe('a server that let nobody in', () => {
  it.each([
    ['454 4.7.0 too many login attempts', 'sign-in-later', QUICK.signInPauseMs],
    ['535 5.7.8 no', 'wrong-password-server', QUICK.busyRetryMs[0]],
  ] as const)(
    'with "%s" is not asked again before its time, which is told [T-gate-pause]',
    async (said, cause, pauseMs) => {
      const peer = await scripted({ AUTH: `${said}\r\n` });
      const at = gateAt(QUICK);
      const courier = courierFor(peer.server, {}, { gate: at.gate, now: () => 5_000 });
      const refused = { state: 'refused', problem: { cause, notBefore: 5_000 + (pauseMs ?? 0) } };
      expect(await sendOver(courier)).toMatchObject(refused);
      expect(await sendOver(courier)).toMatchObject(refused);
      expect(peer.connections()).toBe(1);
      at.now += pauseMs ?? 0;
      expect(await sendOver(courier)).toMatchObject({ state: 'refused', problem: { cause } });
      expect(peer.connections()).toBe(2);
    },
  );

  it('is left alone for longer with each no, until it says yes', () => {
    const timing = { ...QUICK, busyRetryMs: [2_000, 5_000, 10_000] };
    const at = gateAt(timing);
    const reply = { code: 535, enhanced: '5.7.8', text: '535 5.7.8 no' };
    const no = fail({ step: 'sign-in', reply, error: null } as const);
    const pauses = [1, 2, 3, 4].map(() => {
      at.gate.learn(no);
      return at.gate.shut()?.ms;
    });
    expect(pauses).toEqual([2_000, 5_000, 10_000, 10_000]);
    at.gate.learn(ok(null));
    expect(at.gate.shut()).toBeNull();
    at.gate.learn(no);
    expect(at.gate.shut()?.ms).toBe(2_000);
  });

  it('is not asked before the longest of several answers is over', () => {
    const at = gateAt(QUICK);
    const no = (code: number) =>
      fail({ step: 'sign-in', reply: { code, enhanced: null, text: '' }, error: null } as const);
    at.gate.learn(no(454));
    at.gate.learn(no(535));
    expect(at.gate.asked()?.ms).toBe(QUICK.signInPauseMs);
  });

  it('is not knocked at by whoever waited for a turn when the one before was told no', async () => {
    const peer = await smtp();
    const { gate } = gateAt(QUICK);
    const reply = { code: 535, enhanced: '5.7.8', text: '535 5.7.8 no' };
    const turn = () => {
      // The one before gets its answer while this one waits.
      gate.learn(fail({ step: 'sign-in', reply, error: null }));
      return 1;
    };
    expect(await refusalAt(peer.server, { options: { gate: { ...gate, turn } } })).toBe(
      'wrong-password-server',
    );
    expect(peer.connections()).toBe(0);
  });

  it('signs in so many times at most within a while, whatever for [T-gate-sign-ins]', () => {
    const at = gateAt({ ...QUICK, signIns: { most: 2, withinMs: 10_000 } });
    const turns = () => [1, 2, 3].map(() => at.gate.turn());
    expect(turns()).toEqual([0, 0, 10_000]);
    at.now = 15_000;
    expect(turns()).toEqual([0, 5_000, 10_000]);
  });

  it('is not taken for one by a network that does not get there', async () => {
    const { gate } = gateAt(QUICK);
    const peer = await smtp();
    await peer.stop();
    await carry(peer.server, { timing: QUICK, options: { gate } });
    expect(gate.shut()).toBeNull();
  });

  it('and asked for a pause gets it from set-up too, whatever the password; another no does not count there', async () => {
    const peer = await scripted({ AUTH: '454 4.7.0 too many login attempts\r\n' });
    const { gate } = gateAt(QUICK);
    const test = () => probe(peer.server, { signal: never(), onStep: () => undefined, timing: QUICK, gate });
    const first = await test();
    expect(first).toMatchObject({ problem: { problem: { cause: 'sign-in-later' } } });
    expect(first.ok || first.problem.problem.notBefore, 'with its clock').toBeGreaterThan(Date.now());
    gate.renew();
    const again = await test();
    expect(again).toMatchObject({ problem: { step: 'sign-in', problem: { cause: 'sign-in-later' } } });
    expect(again.ok || again.problem.problem.notBefore).toBeGreaterThan(Date.now());
    expect(peer.connections()).toBe(1);

    const other = await scripted({ AUTH: '535 5.7.8 no\r\n' });
    const open = gateAt(QUICK);
    const typed = () =>
      probe(other.server, { signal: never(), onStep: () => undefined, timing: QUICK, gate: open.gate });
    await typed();
    await typed();
    expect(other.connections(), 'a password is typed again at once').toBe(2);
    expect(open.gate.shut()).not.toBeNull();
    open.gate.renew();
    expect(open.gate.shut()).toBeNull();
  });
});

describe('calling off', () => {
  it('comes too late once all is out: the answer is worth waiting for', async () => {
    const peer = await smtp();
    const called = new AbortController();
    const onStage = (stage: SendStage) => {
      if (stage === 'data-sent') called.abort();
    };
    const sent = await sendOver(courierFor(peer.server), { signal: called.signal, onStage });
    expect(sent).toMatchObject({ state: 'accepted' });
    expect(peer.accepted).toHaveLength(1);
  });

  it('a send while its line is opened is no failure of the server’s', async () => {
    const peer = await scripted({ AUTH: null });
    let now = 0;
    const courier = courierFor(peer.server, {}, { monotonic: () => now });
    courier.warm();
    await expect.poll(() => peer.heard).toContain('AUTH');
    const called = new AbortController();
    const sent = await sendOver(courier, { signal: called.signal, onStage: () => called.abort() });
    expect(sent).toMatchObject({ state: 'refused', problem: { cause: 'called-off' } });
    now += QUICK.warmEveryMs;
    courier.warm();
    await expect.poll(peer.connections).toBe(2);
  });
});
