/**
 * @file Inbox servers that lie, stall or flood: set-up and the watch stay within their time and within 64 MB, and say what
 * it was.
 */
import { execFile } from 'node:child_process';
import type tls from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { watchInbox } from '../../../../src/main/mail/imap/watch.ts';
import { probe } from '../../../../src/main/mail/probe.ts';
import { fail } from '../../../../src/shared/result.ts';
import { stopAfterEach } from '../../../fakes/stops.ts';
import { gateFor, QUICK } from '../smtp/carry.ts';
import { startSmtpPeer } from '../smtp/smtp-peer.ts';
import { type Say, type ScriptedImap, startScriptedImap } from './scripted-imap.ts';

const stops = stopAfterEach();
const imap = async (say: Say): Promise<ScriptedImap> => {
  const peer = await startScriptedImap(say);
  stops.push(peer.stop);
  return peer;
};

/** Goes on writing until the other side hangs up, as fast as it is read. */
function flood(socket: tls.TLSSocket, chunk: () => string): null {
  const write = () => {
    while (!socket.destroyed && socket.write(chunk()));
    if (!socket.destroyed) socket.once('drain', write);
  };
  write();
  return null;
}

/** A byte every so often, without end. */
function drip(socket: tls.TLSSocket, bytes: string): null {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(bytes.charAt((at += 1) % bytes.length));
  }, 200);
  return null;
}

describe('set-up’s step on the mailbox', () => {
  // Each stops its own servers, as some of these tests run beside each other.
  const tried = async (say: Say) => {
    const [smtp, mailbox] = [await startSmtpPeer(), await startScriptedImap(say)];
    const started = performance.now();
    const tested = await probe(smtp.server, {
      signal: new AbortController().signal,
      onStep: () => undefined,
      timing: QUICK,
      gate: gateFor(QUICK),
      mailbox: { server: mailbox.server, tidySent: true },
    });
    const seconds = (performance.now() - started) / 1_000;
    await Promise.all([smtp.stop(), mailbox.stop()]);
    return { tested, seconds };
  };
  const failed = (cause: string) => fail({ step: 'mailbox', problem: { cause } });

  it.concurrent.each<[string, Say]>([
    ['says nothing', () => null],
    ['greets, and then says nothing', (command) => (command === 'connect' ? undefined : null)],
    [
      'greets a byte at a time',
      (command, _tag, socket) => (command === 'connect' ? drip(socket, '* OK x ') : null),
    ],
    [
      'answers the sign-in a byte at a time',
      (command, tag, socket) =>
        command === 'AUTHENTICATE' || command === 'LOGIN' ? drip(socket, `* OK ${tag} `) : undefined,
    ],
    [
      'lists folders without end',
      (command, _tag, socket) =>
        command === 'LIST' ? flood(socket, () => '* LIST () "/" a\r\n') : undefined,
    ],
  ])(
    'ends in its time when the server %s',
    async (_what, say) => {
      const { tested, seconds } = await tried(say);
      expect(tested).toMatchObject(failed('mailbox-unreachable'));
      expect(seconds).toBeLessThan(40);
    },
    60_000,
  );

  it.each(['UNAVAILABLE', 'INUSE', 'LIMIT', 'OVERQUOTA'])(
    'tells a no for now from a no: [%s]',
    async (code) => {
      const { tested } = await tried((command, tag) =>
        command === 'AUTHENTICATE' || command === 'LOGIN' ? `${tag} NO [${code}] later\r\n` : undefined,
      );
      expect(tested).toMatchObject(failed('mailbox-busy'));
    },
  );

  it.each(['too many connections', '[UNAVAILABLE] maintenance'])(
    'tells a goodbye in the place of a greeting from a wrong port: %s',
    async (words) => {
      const { tested } = await tried((command) => (command === 'connect' ? `* BYE ${words}\r\n` : undefined));
      expect(tested).toMatchObject(failed('mailbox-busy'));
    },
  );

  it.each<[string, (command: string) => boolean, string]>([
    [
      'the sign-in',
      (command) => command === 'AUTHENTICATE' || command === 'LOGIN',
      'NO [AUTHENTICATIONFAILED] no',
    ],
    ['the inbox', (command) => command === 'EXAMINE', 'NO no such mailbox'],
    ['the list of folders', (command) => command === 'LIST', 'BAD what'],
  ])('tells a no as a no: to %s', async (_what, isMeant, no) => {
    const { tested } = await tried((command, tag) => (isMeant(command) ? `${tag} ${no}\r\n` : undefined));
    expect(tested).toMatchObject(failed('mailbox-refused'));
  });
});

describe('the watch', () => {
  const WATCHING = fileURLToPath(new URL('watching-process.ts', import.meta.url));
  /** For six seconds at least, and until the watch has connected as often as that. */
  const watched = async (say: Say, times: number) => {
    const { server, connections } = await imap(say);
    const { host, port, user, trust } = server;
    const given = { server: { host, port, user, trust } };
    // A heap of 64 MB is all it has, and garbage is collected early: what counts is what is held.
    const args = ['--max-old-space-size=64', '--max-semi-space-size=2', WATCHING, JSON.stringify(given)];
    const running = promisify(execFile)(process.execPath, args);
    await sleep(6_000);
    while (connections() < times) await sleep(100);
    running.child.stdin?.end();
    const { stdout } = await running;
    const { peakMb } = JSON.parse(stdout) as { readonly peakMb: number };
    return { peakMb, connections: connections() };
  };
  let quietMb = 0;
  beforeAll(async () => {
    ({ peakMb: quietMb } = await watched(() => undefined, 1));
  }, 30_000);
  let uid = 0;
  const numbers = () => Array.from({ length: 1_000 }, () => (uid += 1)).join(' ');

  it.each<[string, Say]>([
    [
      'arrivals, while a search is not answered',
      (command, _tag, socket) =>
        command === 'UID SEARCH' ? flood(socket, () => '* 1 EXISTS\r\n'.repeat(500)) : undefined,
    ],
    [
      'arrivals, while it waits',
      (command, _tag, socket) =>
        command === 'IDLE' ? flood(socket, () => '* 1 EXISTS\r\n'.repeat(500)) : undefined,
    ],
    [
      'search results',
      (command, _tag, socket) =>
        command === 'UID SEARCH' ? flood(socket, () => `* SEARCH ${numbers()}\r\n`) : undefined,
    ],
    [
      'messages that were not asked for',
      (command, _tag, socket) =>
        command === 'IDLE'
          ? flood(socket, () => `* ${(uid += 1)} FETCH (UID ${uid} FLAGS ())\r\n`)
          : undefined,
    ],
    [
      'one line',
      (command, _tag, socket) =>
        command === 'EXAMINE' ? flood(socket, () => 'x'.repeat(10_000)) : undefined,
    ],
    [
      'one literal',
      (command, _tag, socket) =>
        command === 'UID SEARCH'
          ? (socket.write('* 1 FETCH (BODY[] {900000000}\r\n'), flood(socket, () => 'x'.repeat(10_000)))
          : undefined,
    ],
    [
      'answers that belong to nothing',
      (command, _tag, socket) =>
        command === 'UID SEARCH' ? flood(socket, () => 'A1 OK done\r\n* OK x\r\n'.repeat(500)) : undefined,
    ],
  ])(
    'stays within 64 MB under a flood of %s',
    async (_what, say) => {
      const { peakMb, connections } = await watched(say, 2);
      expect(peakMb - quietMb).toBeLessThan(64);
      // It tries again less and less often.
      expect(connections).toBeLessThan(8);
    },
    60_000,
  );

  it('looks through twenty thousand messages that came at once', async () => {
    const many = 20_000;
    const ARRIVED = 'INTERNALDATE "26-Nov-2026 04:00:00 +0000"';
    const lookedAt: string[] = [];
    let came = false;
    const rows = (set: string): string =>
      set
        .split(',')
        .map((part) => part.split(':').map(Number))
        .flatMap(([first = 0, last = first]) => Array.from({ length: last - first + 1 }, (_, n) => first + n))
        // All but the last are too large to be a report.
        .map((n) => `* ${n} FETCH (UID ${n} ${ARRIVED} RFC822.SIZE ${n === many ? 900 : 9_000_000})\r\n`)
        .join('');
    const { server, connections } = await imap((command, tag, socket, line) => {
      switch (command) {
        case 'IDLE':
          if (!came) setTimeout(() => socket.write(`* ${many} EXISTS\r\n`), 50);
          came = true;
          return '+ waiting\r\n';
        case 'UID SEARCH': {
          const all = Array.from({ length: came ? many : 0 }, (_, n) => n + 1);
          return `* SEARCH ${all.join(' ')}\r\n${tag} OK done\r\n`;
        }
        case 'UID FETCH': {
          const [, set = '', what = ''] = /UID FETCH (\S+) (.*)$/u.exec(line) ?? [];
          if (!what.includes('HEADER')) return `${rows(set)}${tag} OK done\r\n`;
          lookedAt.push(set);
          return `${tag} OK done\r\n`;
        }
        default:
          return undefined;
      }
    });
    const watch = watchInbox(server, () => undefined, { since: Date.now(), onTrouble: () => undefined });
    await expect.poll(() => lookedAt, { timeout: 30_000 }).toContain(String(many));
    expect(connections()).toBe(1);
    watch.close();
  }, 60_000);
});
