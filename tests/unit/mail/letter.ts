/** @file A letter to compose in tests, with what a test cares about put in. */
import { requestOf } from '../../../src/shared/request.ts';
import type { Letter } from '../../../src/main/ports/mail.ts';

/** 2026-11-23 14:04:00 UTC. */
export const SENT_AT = Date.UTC(2026, 10, 23, 14, 4);
export const SENDER = { name: 'Harbour Clinic', address: 'desk@harbourclinic.example' };

export const letter = (changes: Partial<Letter> = {}): Letter => ({
  verificationId: '0123456789abcdef0123456789abcdef',
  messageId: '<0123456789abcdef0123456789abcdef.0123456789abcdef@harbourclinic.example>',
  reference: 'C7-4KQ2-91',
  to: 'mia.keller@example.com',
  code: '409313',
  request: requestOf('registration'),
  signIn: '',
  sentAt: SENT_AT,
  expiresAt: SENT_AT + 600_000,
  ...changes,
});
