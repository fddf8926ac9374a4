/** @file The replies that faults are made of, and what a refusal because of one may be put down to. */
import type { Cause } from '../../src/shared/causes.ts';
import { causeOf, type Step } from '../../src/main/mail/smtp/replies.ts';
import { parseReply } from '../../src/main/mail/smtp/reply.ts';
import type { Event } from './judge.ts';

/** Every code of RFC 5321 §4.2.3 and RFC 4954 §6, and every pair that the table of causes tells apart. */
export const REPLIES = [
  ...['211 x', '214 x', '220 x', '221 x', '235 2.7.0 x', '250 2.0.0 x', '251 2.1.5 x', '252 2.1.5 x'],
  ...['334 x', '354 x', '421 x', '421 4.3.0 x', '421 4.4.5 x', '421 4.7.0 x', '432 4.7.12 x', '450 x'],
  ...['450 4.2.0 x', '450 4.2.1 x', '450 4.7.1 x', '451 x', '451 4.3.0 x', '451 4.4.2 x', '452 x'],
  ...['452 4.2.2 x', '452 4.3.1 x', '452 4.5.3 x', '454 4.7.0 x', '455 x', '500 x', '501 x', '502 x'],
  ...['503 5.5.1 x', '504 x', '521 x', '525 5.7.13 x', '530 5.7.0 x', '534 5.7.9 x', '534 5.7.14 x'],
  ...['535 5.7.8 x', '535 5.7.139 x', '538 5.7.11 x', '550 x', '550 5.1.1 x', '550 5.1.10 x', '550 5.2.1 x'],
  ...['550 5.4.5 x', '550 5.7.1 x', '550 5.7.30 x', '551 5.1.6 x', '552 x', '552 5.2.2 x', '552 5.3.4 x'],
  ...['552 5.7.0 x', '553 5.1.2 x', '553 5.1.3 x', '553 5.6.7 x', '554 x', '554 5.7.1 x', '555 5.5.2 x'],
  '556 5.1.10 x',
] as const;

/** A no of each kind: for now and for good, to the session, to the recipient and to the message. */
export const NOES = [
  ...['421 4.3.2 x', '450 4.2.0 x', '451 4.3.0 x', '452 4.2.2 x', '530 5.7.0 x', '535 5.7.8 x'],
  ...['550 x', '550 5.1.1 x', '550 5.4.5 x', '552 5.3.4 x', '554 5.7.1 x'],
] as const;

export const STEP_OF: Readonly<Record<Event, Step>> = {
  connect: 'greeting',
  EHLO: 'hello',
  STARTTLS: 'starttls',
  AUTH: 'sign-in',
  MAIL: 'sender',
  RCPT: 'recipient',
  DATA: 'data',
  body: 'message',
  BDAT: 'message',
  RSET: 'message',
};

/** What a server that answers the envelope out of order, or not as SMTP, is told as: before the sign-in it is none. */
export const confusedAt = (event: Event): Cause =>
  ['connect', 'EHLO', 'STARTTLS'].includes(event) ? 'not-smtp' : 'out-of-step';

/** A no is told by the code and the command that it answers; anything else is no answer to it. */
export function causesOf(event: Event, reply: string): readonly Cause[] {
  if (!/^[45]/u.test(reply)) return [confusedAt(event)];
  const failure = { step: STEP_OF[event], reply: parseReply(reply), error: null };
  return [causeOf(failure, false), causeOf({ ...failure, repeated: true }, false)];
}
