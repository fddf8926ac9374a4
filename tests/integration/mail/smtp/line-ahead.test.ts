/** @file The kept line on a new network, and opened before it is needed. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import { QUICK } from './carry.ts';
import { sendOver, served } from './served.ts';

const { smtp, courierFor } = served();

/** The peer's server, and how often its password was asked for: once at each knock. */
function knockingAt(server: SmtpServer) {
  const door = { knocks: 0, server };
  const secret = () => {
    door.knocks += 1;
    return server.secret();
  };
  door.server = { ...server, secret };
  return door;
}

describe('a new network', () => {
  it('has the line opened afresh, before anything is sent', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server, { warmEveryMs: 0 });
    courier.warm();
    await expect.poll(peer.signIns).toBe(1);
    // In the middle of signing in or just after it: either way it is replaced.
    courier.renew();
    await expect.poll(peer.signIns).toBe(2);
    await expect.poll(peer.open).toBe(1);
    const before = peer.connections();
    expect((await sendOver(courier)).state).toBe('accepted');
    expect(peer.connections()).toBe(before);
  });

  it('opens nothing for a desk that has not sent for a while, and does not prolong that while', async () => {
    const peer = await smtp();
    let clock = 0;
    const courier = courierFor(peer.server, { warmEveryMs: 0 }, { monotonic: () => clock });
    courier.renew();
    await sendOver(courier);
    courier.rest();
    clock = QUICK.idleMs - 1;
    courier.renew();
    await expect.poll(peer.signIns).toBe(2);
    courier.rest();
    clock = QUICK.idleMs;
    courier.renew();
    await nextTurn();
    await expect.poll(peer.open).toBe(0);
    expect(peer.signIns()).toBe(2);
  });

  it('is tried at once when the old one was at fault, and not when the server refused the sign-in', async () => {
    const peer = await smtp();
    const door = knockingAt(peer.server);
    const dead = courierFor({ ...door.server, port: 1 }, { warmRetryMs: [1e9] });
    dead.warm();
    await expect.poll(() => door.knocks).toBe(1);
    // A refused connection takes a moment to be known.
    await expect.poll(() => (dead.renew(), door.knocks)).toBeGreaterThan(1);

    peer.inject('auth', { code: 535, text: '5.7.8 wrong' });
    const refused = courierFor(door.server, { warmRetryMs: [1e9] });
    refused.warm();
    await expect.poll(peer.signIns).toBe(1);
    await expect.poll(peer.open).toBe(0);
    for (let n = 0; n < 50; n += 1) {
      refused.renew();
      await nextTurn();
    }
    expect(peer.signIns()).toBe(1);
  });

  it('does not have a line that was called off while it was opened count as a failure', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server, { warmRetryMs: [1e9], warmEveryMs: 0 });
    courier.warm();
    courier.renew();
    await expect.poll(peer.signIns).toBeGreaterThanOrEqual(1);
    courier.warm();
    courier.rest();
    courier.warm();
    await expect.poll(peer.open).toBe(1);
  });

  it('is not waited for by a send: one that was called off gets a line of its own', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    courier.warm();
    courier.rest();
    expect(await sendOver(courier)).toMatchObject({ state: 'accepted' });
    courier.rest();
    courier.warm();
    courier.renew();
    expect(await sendOver(courier)).toMatchObject({ state: 'accepted' });
  });

  it('opens nothing any more once the courier is closed', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server, { warmEveryMs: 0 });
    courier.warm();
    await expect.poll(peer.signIns).toBe(1);
    courier.renew();
    await courier.close();
    for (let n = 0; n < 50; n += 1) await nextTurn();
    await expect.poll(peer.open).toBe(0);
  });

  it('is no login storm, however often it comes and the line is let go [T-line-no-storm]', async () => {
    const peer = await smtp();
    let clock = 0;
    const courier = courierFor(peer.server, {}, { monotonic: () => clock });
    courier.warm();
    await expect.poll(peer.signIns).toBe(1);
    await expect.poll(peer.open).toBe(1);
    for (let n = 0; n < 50; n += 1) {
      courier.rest();
      courier.warm();
      courier.renew();
      await nextTurn();
    }
    await expect.poll(peer.open).toBe(0);
    expect(peer.signIns()).toBe(1);
    clock = QUICK.warmEveryMs;
    courier.warm();
    await expect.poll(peer.signIns).toBe(2);
  });
});

describe('opening ahead of time', () => {
  it('knocks less and less often on a server that refuses [T-line-knocks-less]', async () => {
    const peer = await smtp();
    peer.inject('auth', { code: 535, text: '5.7.8 wrong' });
    const door = knockingAt(peer.server);
    let clock = 0;
    const courier = courierFor(door.server, { warmRetryMs: [10, 100, 1_000] }, { monotonic: () => clock });
    const knockAt = async (time: number): Promise<number> => {
      clock = time;
      courier.warm();
      // The secret is asked for at once when a line is opened at all.
      const now = door.knocks;
      await expect.poll(peer.signIns).toBe(now);
      await expect.poll(peer.open).toBe(0);
      return now;
    };
    expect(await knockAt(0)).toBe(1);
    expect(await knockAt(9)).toBe(1);
    expect(await knockAt(10)).toBe(2);
    expect(await knockAt(109)).toBe(2);
    expect(await knockAt(110)).toBe(3);
    expect(await knockAt(1_109)).toBe(3);
    expect(await knockAt(1_110)).toBe(4);
    expect(await knockAt(2_109)).toBe(4);
    expect(await knockAt(2_110)).toBe(5);
  });

  it('leaves no socket and no timer when the courier is closed at any moment', async () => {
    const peer = await smtp();
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    for (const turns of [0, 1, 2, 5, 10, 20, 50]) {
      const courier = courierFor(peer.server);
      courier.warm();
      for (let turn = 0; turn < turns; turn += 1) await nextTurn();
      const sent = turns % 2 === 0 ? sendOver(courier) : null;
      await courier.close();
      const outcome = await sent;
      if (outcome?.state === 'refused') expect(outcome.problem.cause).toBe('called-off');
    }
    await expect.poll(() => peer.open()).toBe(0);
    await expect
      .poll(() => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length)
      .toBeLessThanOrEqual(before + 1);
  });
});
