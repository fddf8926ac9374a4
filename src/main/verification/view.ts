/**
 * @file A verification as the page sees it, computed from its row, the clocks and the budgets at this moment. It
 * must never hold a code or a key.
 */
import type { ShiftRow, VerificationView } from '../../shared/desk-view.ts';
import type {
  Cause,
  Delivery,
  EndReason,
  EpochMs,
  SendStage,
  VerificationState,
} from '../../shared/words.ts';
import type { Budgets } from './budgets.ts';
import type { Clocks } from './clocks.ts';
import type { KeySet } from './keyring.ts';
import { openOutcome, openParticulars, type Particulars } from './particulars.ts';
import { coolDown, RESEND_TOO_LATE_MS } from './policy.ts';
import type { VerificationRow } from './records.ts';

/** How far the message that is under way has come. */
export interface Progress {
  readonly stage: SendStage;
  readonly attempt: number;
}

/** What a view is computed with. */
export interface Lens {
  readonly clocks: Clocks;
  readonly budgets: Budgets;
  readonly keysAt: (generation: number) => KeySet | null;
  readonly progress: (id: string) => Progress | null;
  /** The hash of the account that would send now; null when there is none. */
  readonly accountHash: () => string | null;
}

/** The state as it is now: an open row whose time is up is expired, whether or not that is written yet. */
export function stateNow(
  row: VerificationRow,
  now: EpochMs,
): { readonly state: VerificationState; readonly endReason: EndReason; readonly endedAt: EpochMs | null } {
  if (row.state === 'open' && now >= row.expiresAt) {
    return { state: 'expired', endReason: 'time', endedAt: row.expiresAt };
  }
  return row;
}

/** When the cool-down after the last message is over. A refused message reached nobody: there is none. */
export function cooledDownAt(row: VerificationRow, clocks: Clocks): EpochMs {
  const wait = row.deliveryState === 'refused' ? 0 : coolDown(row.sends);
  return clocks.onWall(row.lastSentAt + wait);
}

export const isTooLate = (row: VerificationRow, now: EpochMs): boolean =>
  row.expiresAt - now < RESEND_TOO_LATE_MS;

function deliveryOf(row: VerificationRow, lens: Lens): Delivery {
  const progress = lens.progress(row.id);
  if (progress !== null) return { state: 'sending', ...progress };
  if (row.deliveryState === 'sending') return { state: 'sending', stage: 'connecting', attempt: 1 };
  // An outcome that can't be read any more (its key is gone) is one that nobody knows.
  return openOutcome(lens.keysAt(row.generation), row) ?? { state: 'interrupted' };
}

function resendAt(row: VerificationRow, lens: Lens): EpochMs | null {
  const account = lens.accountHash();
  const spent =
    lens.budgets.sendsDelayed(row.addressHash) !== null ||
    (account !== null && lens.budgets.accountDelayed(account) !== null);
  return spent ? null : cooledDownAt(row, lens.clocks);
}

/** Null when the keys of the row are gone, so that nobody can say whom it was about. */
export function viewOf(row: VerificationRow, lens: Lens): VerificationView | null {
  const particulars = openParticulars(lens.keysAt(row.generation), row);
  if (particulars === null) return null;
  const now = lens.clocks.now();
  return {
    id: row.id,
    reference: particulars.reference,
    practice: particulars.practice,
    sentTo: particulars.delivery,
    hints: [],
    request: particulars.request,
    ...pick(stateNow(row, now)),
    openedAt: row.openedAt,
    expiresAt: row.expiresAt,
    codeLength: row.codeLength,
    guessesLeft: row.guessesAllowed - row.guessesUsed,
    guessesAllowed: row.guessesAllowed,
    resendAt: row.state === 'open' ? resendAt(row, lens) : null,
    resendTooLate: isTooLate(row, now),
    delivery: deliveryOf(row, lens),
    sends: row.sends,
  };
}

/** One line of the rail. */
export function shiftRowOf(row: VerificationRow, lens: Lens): ShiftRow | null {
  const particulars: Particulars | null = openParticulars(lens.keysAt(row.generation), row);
  if (particulars === null) return null;
  return {
    id: row.id,
    sentTo: particulars.delivery,
    request: particulars.request,
    ...pick(stateNow(row, lens.clocks.now())),
    openedAt: row.openedAt,
    expiresAt: row.expiresAt,
    delivery: lens.progress(row.id) === null ? row.deliveryState : 'sending',
    returned: returnedWhy(row, lens),
  };
}

function returnedWhy(row: VerificationRow, lens: Lens): Cause | null {
  if (row.deliveryState !== 'returned') return null;
  const ended = openOutcome(lens.keysAt(row.generation), row);
  return ended?.state === 'returned' ? ended.cause : null;
}

const pick = ({ state, endReason, endedAt }: ReturnType<typeof stateNow>) => ({ state, endReason, endedAt });
