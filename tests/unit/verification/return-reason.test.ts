/** @file The status of a delivery report, and what somebody at a desk reads of it. */
import { expect, it } from 'vitest';
import { reasonOf } from '../../../src/main/verification/return-reason.ts';
import type { ReturnReason } from '../../../src/shared/words.ts';

it.each<[string, ReturnReason]>([
  ['5.1.1', 'no-such-mailbox'],
  ['5.1.10', 'no-such-mailbox'],
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
  ['5.0.0', 'other'],
  ['5.1.20', 'other'],
  ['5.6.1', 'other'],
])('%s means %s', (status, reason) => {
  expect(reasonOf(status)).toBe(reason);
});
