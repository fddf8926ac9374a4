/** @file The real times, where a promise is made of one: other tests have their own, so that they need not wait. */
import { expect, it } from 'vitest';
import { createSignInGate } from '../../../../src/main/mail/smtp/sign-in-gate.ts';
import { parseReply } from '../../../../src/main/mail/smtp/reply.ts';
import { TIMING } from '../../../../src/main/mail/smtp/timing.ts';
import { fail } from '../../../../src/shared/result.ts';

it('leaves three minutes after 454 4.7.0 before the next sign-in', () => {
  let now = 0;
  const gate = createSignInGate({ timing: TIMING, now: () => now, jittered: (ms) => ms });
  const reply = parseReply('454 4.7.0 Too many login attempts');
  gate.learn(fail({ step: 'sign-in', reply, error: null }));
  now = 3 * 60_000 - 1;
  expect(gate.shut()).not.toBeNull();
  now += 1;
  expect(gate.shut()).toBeNull();
});
