/** @file The line kept ready: what it saves, how it goes, and that a dead one is not noticed. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../certificates.ts';
import { message, QUICK } from './carry.ts';
import { CHUNKING, CUT, SILENT } from './scripted-peer.ts';
import { PASSWORD } from './smtp-peer.ts';
import { sendOver, served } from './served.ts';

const { smtp, scripted, courierFor } = served();

describe('a warm line', () => {
  it('is signed in before anything is sent, and a send goes straight to handing over', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    courier.warm();
    await expect.poll(peer.signIns).toBe(1);
    // The sign-in was asked for; one more turn of the line and it is kept.
    const stages: string[] = [];
    await expect.poll(() => peer.open()).toBe(1);
    expect((await sendOver(courier, { onStage: (stage) => stages.push(stage) })).state).toBe('accepted');
    expect(stages.slice(-2)).toEqual(['handing-over', 'data-sent']);
    expect(peer.connections()).toBe(1);
  });

  it('holds on to no password: it was said, and is let go of [T-line-no-secret]', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kept-line-'));
    const certificate = makeCertificate();
    const peer = await smtp({ certificate });
    writeFileSync(join(folder, 'password'), PASSWORD);
    const program = join(import.meta.dirname, 'kept-line-process.ts');
    const server = JSON.stringify({ ...peer.server, trust: { ca: certificate.cert } });
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      server,
      join(folder, 'password'),
    ]);
    expect(JSON.parse(stdout)).toEqual({ user: true, secret: 0 });
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('serves many sends with one sign-in', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    for (let count = 0; count < 5; count += 1) expect((await sendOver(courier)).state).toBe('accepted');
    expect(peer.signIns()).toBe(1);
    expect(peer.accepted).toHaveLength(5);
  });

  it('is opened once, however often it is asked for, and joined by a send that comes meanwhile', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    const composed = await message();
    for (let count = 0; count < 10; count += 1) courier.warm();
    const stages: string[] = [];
    const sent = await sendOver(courier, { onStage: (stage) => stages.push(stage) }, composed);
    expect(sent.state).toBe('accepted');
    expect(stages).toEqual(['connecting', 'securing', 'signing-in', 'handing-over', 'data-sent']);
    expect(peer.connections()).toBe(1);
  });

  it('serves one send at a time; another one gets a line of its own', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    await sendOver(courier);
    const outcomes = await Promise.all([sendOver(courier), sendOver(courier), sendOver(courier)]);
    expect(outcomes.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(peer.accepted).toHaveLength(4);
    await expect.poll(() => peer.open()).toBe(1);
  });

  it('asks for the envelope in one flight where PIPELINING is offered', async () => {
    const peer = await scripted({});
    const courier = courierFor(peer.server);
    await sendOver(courier);
    expect(peer.flights).toEqual([['EHLO'], ['AUTH'], ['MAIL', 'RCPT', 'DATA'], ['body']]);
  });

  it.each(['broken by the network', 'closed by the server with 421'])(
    'that was %s is replaced without a word, and the message arrives once',
    async (how) => {
      const peer = await smtp();
      const courier = courierFor(peer.server);
      await sendOver(courier);
      if (how.startsWith('broken')) peer.cutAll();
      else peer.inject('mail', { code: 421, text: '4.4.2 idle too long', times: 1 });
      expect((await sendOver(courier)).state).toBe('accepted');
      expect(peer.accepted).toHaveLength(2);
      expect(peer.connections()).toBe(2);
    },
  );

  it('that fell silent is replaced after a short wait', async () => {
    const silent = await scripted({ MAIL: SILENT });
    const courier = courierFor(silent.server, { keptReplyMs: 200, replyMs: 400, lineRetryMs: [] });
    courier.warm();
    await expect.poll(() => silent.heard).toContain('AUTH');
    await expect.poll(() => silent.connections()).toBe(1);
    expect(await sendOver(courier)).toMatchObject({ state: 'refused', problem: { cause: 'server-timeout' } });
    // Once on the kept line, once on a fresh one, and never the body.
    expect(silent.heard.filter((event) => event === 'MAIL')).toHaveLength(2);
    expect(silent.heard).not.toContain('body');
  });

  it('that was kept and loses the line after the data is unknown, like any other', async () => {
    const peer = await scripted({ body: CUT });
    const courier = courierFor(peer.server);
    courier.warm();
    await expect.poll(() => peer.heard).toContain('AUTH');
    expect(await sendOver(courier)).toEqual({ state: 'unknown' });
    expect(peer.connections()).toBe(1);
  });

  it('is not kept after a refusal: nobody knows where the conversation stands', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    peer.inject('rcpt', { code: 550, text: '5.1.1 nobody', times: 1 });
    expect((await sendOver(courier)).state).toBe('refused');
    await expect.poll(() => peer.open()).toBe(0);
    expect((await sendOver(courier)).state).toBe('accepted');
    expect(peer.connections()).toBe(2);
  });
});

describe('a line that messages go over in one flight', () => {
  /** Counts as alive for a moment only, so that a test need not wait for long. */
  const timing = { flightFromMs: 0, aliveMs: 40 };

  it('is asked with the first letter of an address, when it was silent for a while', async () => {
    const peer = await scripted(CHUNKING);
    const courier = courierFor(peer.server, { ...timing, aliveMs: 60_000 });
    await sendOver(courier);
    courier.warm();
    await nextTurn();
    expect(peer.flights.at(-1)).toEqual(['MAIL', 'RCPT', 'BDAT', 'RSET']);
    const quiet = courierFor(peer.server, timing);
    await sendOver(quiet);
    await sleep(timing.aliveMs);
    quiet.warm();
    await expect.poll(() => peer.flights.at(-1)).toEqual(['RSET']);
  });

  it('that died is found dead by the first letter, and the next one is open by the click', async () => {
    const peer = await scripted(CHUNKING);
    const courier = courierFor(peer.server, { ...timing, keptReplyMs: 50, warmEveryMs: 0 });
    await sendOver(courier);
    peer.silence();
    await sleep(timing.aliveMs);
    courier.warm();
    await expect.poll(() => peer.heard.filter((event) => event === 'AUTH')).toHaveLength(2);
    expect((await sendOver(courier)).state).toBe('accepted');
    expect(peer.heard.filter((event) => event === 'BDAT')).toHaveLength(2);
    expect(peer.connections()).toBe(2);
  });

  it('that is found dead while a click waits is replaced by one line, and not by two', async () => {
    const peer = await scripted(CHUNKING);
    const courier = courierFor(peer.server, { ...timing, keptReplyMs: 100, warmEveryMs: 0 });
    await sendOver(courier);
    const composed = await message();
    peer.silence();
    await sleep(timing.aliveMs);
    courier.warm();
    expect((await sendOver(courier, {}, composed)).state).toBe('accepted');
    expect(peer.connections()).toBe(2);
  });

  it('and that nothing was heard of for a while gets MAIL alone first', async () => {
    const peer = await scripted(CHUNKING);
    const courier = courierFor(peer.server, { ...timing, aliveMs: -1 });
    await sendOver(courier);
    await sendOver(courier);
    expect(peer.flights.slice(-2)).toEqual([['MAIL'], ['RCPT', 'BDAT', 'RSET']]);
    expect(peer.connections()).toBe(1);
  });
});

describe('a line nobody uses', () => {
  it('gives signs of life, and is let go politely when its time is over', async () => {
    const peer = await scripted({});
    let clock = 0;
    const courier = courierFor(peer.server, { keepAliveMs: 20 }, { monotonic: () => clock });
    await sendOver(courier);
    await expect.poll(() => peer.heard.filter((event) => event === 'RSET').length).toBeGreaterThan(2);
    expect(peer.connections()).toBe(1);
    clock = QUICK.idleMs;
    await expect.poll(() => peer.heard.at(-1)).toBe('QUIT');
    await expect.poll(() => peer.open()).toBe(0);
  });

  it('is let go for sleep, and another opens on the next send', async () => {
    const peer = await smtp();
    const courier = courierFor(peer.server);
    await sendOver(courier);
    courier.rest();
    await expect.poll(() => peer.open()).toBe(0);
    expect((await sendOver(courier)).state).toBe('accepted');
    expect(peer.connections()).toBe(2);
  });

  it('that stops answering is dropped', async () => {
    const peer = await scripted({ RSET: null });
    const courier = courierFor(peer.server, { keepAliveMs: 10, keptReplyMs: 50 });
    await sendOver(courier);
    await expect.poll(() => peer.open()).toBe(0);
  });
});
