/** @file A row of an open verification, for tests of what holds rows. */
import type { VerificationRow } from '../../src/main/ports/records.ts';

export const OPEN_ROW: VerificationRow = {
  id: 'a'.repeat(32),
  state: 'open',
  endReason: null,
  openedAt: 1_000_000,
  expiresAt: 1_600_000,
  endedAt: null,
  codeLength: 6,
  guessesAllowed: 5,
  guessesUsed: 0,
  attempts: 1,
  sends: 1,
  lastSentAt: 1_000_000,
  leftBy: 1,
  tidied: false,
  deliveryState: 'sending',
  addressHash: 'h'.repeat(43),
  referenceHash: 'r'.repeat(43),
  sealed: new Uint8Array(),
  outcome: null,
};
