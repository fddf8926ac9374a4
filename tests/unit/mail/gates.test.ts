/** @file Which sign-ins share a gate: all of one account, in upper or lower case; and all tests of accounts. */
import { describe, expect, it } from 'vitest';
import { alsoInTurn, createGates } from '../../../src/main/mail/mail.ts';
import { createSignInGate } from '../../../src/main/mail/smtp/sign-in-gate.ts';
import { problemOf } from '../../../src/main/mail/smtp/replies.ts';
import { TIMING } from '../../../src/main/mail/smtp/timing.ts';
import { fail } from '../../../src/shared/result.ts';

const { most, withinMs } = TIMING.signIns;
const gate = () => createSignInGate({ timing: TIMING, now: () => 0, jittered: (ms) => ms });
const server = (host: string, user: string) => ({
  host,
  user,
  port: 465,
  security: 'implicit-tls' as const,
  secret: () => Promise.resolve(null),
});

/** How many of so many turns come within the time in which only some may. */
const atOnce = (waits: readonly number[]): number => waits.filter((ms) => ms < withinMs).length;

describe('the gate of an account', () => {
  it('is one, in whatever letters host and user were typed [T-gate-letters]', () => {
    const gateOf = createGates(gate);
    const spelled = (text: string, n: number): string =>
      Array.from(text, (letter, at) => ((n >> (at % 5)) & 1 ? letter.toUpperCase() : letter)).join('');
    const waits = Array.from({ length: 40 }, (_, n) =>
      gateOf(
        server(
          spelled('mail.clinic.example', n) + (n % 2 ? '.' : ''),
          spelled('desk@clinic.example', n >> 2),
        ),
      ).turn(),
    );
    expect(atOnce(waits)).toBe(most);
  });

  it('is not shared by two users or two hosts', () => {
    const gateOf = createGates(gate);
    const one = gateOf(server('a.example', 'desk'));
    expect(gateOf(server('a.example', 'desk2'))).not.toBe(one);
    expect(gateOf(server('b.example', 'desk'))).not.toBe(one);
    expect(gateOf(server('A.example.', 'Desk'))).toBe(one);
  });
});

describe('gates', () => {
  const refused = fail({
    step: 'sign-in',
    reply: { code: 535, enhanced: '5.7.8', text: '535 5.7.8' },
    error: null,
  } as const);

  it('of servers that set-up named are forgotten, but for what would hold a sign-in back [T-gate-forgotten]', () => {
    let now = 0;
    const made: number[] = [];
    const gateOf = createGates(() => {
      made.push(now);
      return createSignInGate({ timing: TIMING, now: () => now, jittered: (ms) => ms });
    });
    const named = (n: number) => gateOf(server(`mail${n}.example`, 'desk'));
    const own = gateOf(server('mail.clinic.example', 'desk'), true);
    const guessed = named(0);
    guessed.turn();
    for (let n = 1; n <= 300; n += 1) named(n).turn();
    expect(named(0), 'its turn still counts').toBe(guessed);
    guessed.learn(refused);
    now = withinMs + 1;
    for (let n = 301; n <= 900; n += 1) named(n);
    expect(named(0), 'its pause may still grow').toBe(guessed);
    expect(gateOf(server('mail.clinic.example', 'desk'), true), 'codes go through it').toBe(own);
    now += Math.max(...TIMING.busyRetryMs) + TIMING.signInPauseMs;
    for (let n = 901; n <= 1_900; n += 1) named(n);
    const before = made.length;
    for (let n = 1_801; n <= 1_900; n += 1) named(n);
    for (let n = 0; n <= 900; n += 1) named(n);
    expect(made.length - before, 'about a hundred are left').toBeGreaterThan(890);
  });
});

describe('tests of accounts', () => {
  it('wait for the turn of all of them together, whatever they name [T-gate-tests]', () => {
    const [gateOf, all] = [createGates(gate), gate()];
    const waits = Array.from({ length: 40 }, (_, n) =>
      alsoInTurn(gateOf(server(`10.0.0.${n}`, `user${n}`)), all).turn(),
    );
    expect(atOnce(waits)).toBe(most);
  });

  it('keep what a server answered to its own gate', () => {
    const [own, all] = [gate(), gate()];
    alsoInTurn(own, all).learn(
      fail({ step: 'sign-in', reply: { code: 454, enhanced: '4.7.0', text: '454 4.7.0' }, error: null }),
    );
    expect(own.asked()).not.toBeNull();
    expect(all.shut()).toBeNull();
  });
});

it('what is no mail server is not quoted: set-up reads out no banner [T-gate-banner]', () => {
  for (const raw of ['SSH-2.0-OpenSSH_9.2p1 Debian-2', '+OK Dovecot ready.', 'HTTP/1.1 400 Bad Request'])
    expect(problemOf({ step: 'greeting', reply: null, error: 'GARBLED', raw }, false, [])).toEqual({
      cause: 'not-smtp',
      serverSaid: null,
    });
});
