/** @file What codes and machine-made forms of a delivery report say to the clerk, and that nothing else counts. */
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../../../src/main/mail/imap/return-reason.ts';
import type { ReturnReason } from '../../../../src/shared/words.ts';

const of = (status: string | null, diagnostic: string | null = null, delayed = false) =>
  reasonOf({ status, diagnostic, delayed });

it.each<[string, ReturnReason]>([
  // Of the recipient or of the sender.
  ['5.1.0', 'mailbox-unavailable'],
  ['5.1.1', 'no-such-mailbox'],
  ['5.1.10', 'no-such-mailbox'],
  ['5.1.351', 'no-such-mailbox'],
  ['5.2.1', 'no-such-mailbox'],
  ['5.1.2', 'no-such-domain'],
  ['5.4.4', 'no-such-domain'],
  ['5.2.2', 'recipient-full'],
  ['4.2.2', 'recipient-full'],
  ['5.7.1', 'refused-there'],
  ['5.7.26', 'refused-there'],
  ['4.4.1', 'unreachable'],
  ['4.4.7', 'unreachable'],
  ['5.4.1', 'unreachable'],
  ['5.3.0', 'unreachable'],
  // Too big for their system.
  ['5.3.4', 'other'],
  ['5.0.0', 'other'],
  ['5.1.20', 'other'],
  ['5.6.1', 'other'],
])('%s alone means %s', (status, reason) => {
  expect(of(status)).toBe(reason);
});

describe('what was met', () => {
  it.each<[string | null, string, ReturnReason]>([
    // Google: a domain that is not there, or has no mail server; and a name server that is broken.
    [
      '4.0.0',
      "smtp; DNS Error: DNS type 'mx' lookup of gnail.test responded with code NXDOMAIN",
      'no-such-domain',
    ],
    [
      '4.0.0',
      "smtp; DNS Error: DNS type 'aaaa' lookup of a.test responded with code NOERROR",
      'no-such-domain',
    ],
    ['4.0.0', "smtp; DNS Error: DNS type 'mx' lookup of a.test responded with code SERVFAIL", 'unreachable'],
    // A reply with a status of its own, under a report that says nothing.
    ['5.0.0', 'smtp; 550 5.1.1 unknown', 'no-such-mailbox'],
    ['5.0.0', 'smtp;550-5.2.2 full', 'recipient-full'],
    [null, 'smtp; 550 #5.1.0 Address rejected.', 'mailbox-unavailable'],
    // What the reporting server made of that says less.
    ['5.1.1', 'smtp; 550 5.7.1 listed', 'refused-there'],
    ['4.4.7', 'smtp; 450 4.7.1 come back', 'unreachable'],
    // And one without: no mailbox, no access, or a rule of theirs.
    ['5.0.0', 'smtp; 550 nothing here', 'mailbox-unavailable'],
    ['5.0.0', 'smtp; 550 Bad SPF', 'mailbox-unavailable'],
    ['5.0.0', 'smtp; 551 moved', 'mailbox-unavailable'],
    ['5.0.0', 'smtp; 552 full', 'recipient-full'],
    ['5.0.0', 'smtp; 556 takes no mail', 'no-such-domain'],
    ['5.0.0', 'smtp; 554 no', 'other'],
    ['5.0.0', 'SMTP; 550', 'mailbox-unavailable'],
    [null, 'smtp; 550 nothing here', 'mailbox-unavailable'],
    // Microsoft 365: an answer, and so not "no answer from host".
    ['5.4.1', 'smtp;550 5.4.1 Recipient address rejected: Access denied.', 'no-such-mailbox'],
    // The report's own status says more than a bare code.
    ['5.7.1', 'smtp; 550 nothing here', 'refused-there'],
    ['5.6.1', 'smtp; 550 nothing here', 'other'],
    // Words say nothing, in any language.
    ['5.0.0', 'x-unix; user unknown', 'other'],
    ['5.0.0', 'smtp; mailbox full', 'other'],
    [null, 'Empfänger unbekannt', 'other'],
  ])('%s with %s means %s', (status, diagnostic, reason) => {
    expect(of(status, diagnostic)).toBe(reason);
  });

  it('is no matter while the server still tries', () => {
    expect(of('4.4.1', 'smtp; 451 later', true)).toBe('not-yet');
    expect(of('5.1.1', null, true)).toBe('not-yet');
  });
});
