/**
 * @file A verification as the page sees it, computed from its row, the clocks and the budgets at this moment. It
 * must never hold a code or a key.
 */
import type { ShiftRow, VerificationView } from '../../shared/desk-view.ts';
import type { Delivery, EndReason, EpochMs, ReturnReason, VerificationState } from '../../shared/words.ts';
import { openOutcome, openParticulars, type Particulars } from '../ledger/particulars.ts';
import { coolDown, resendTooLate } from '../ledger/policy.ts';
import type { VerificationRow } from '../ports/records.ts';
import type { Core } from './core.ts';
import { reasonOf } from './return-reason.ts';

/** How far the message that is under way has come. */
export type Progress = Pick<Extract<Delivery, { readonly state: 'sending' }>, 'stage' | 'attempt' | 'pause'>;

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

/**
 * When another message may follow the last one. A refused one reached no one, so there is no cool-down, but the server
 * may have asked for a pause.
 */
export function nextSendAt(row: VerificationRow, { keys, clocks }: Core): EpochMs {
  if (row.deliveryState !== 'refused') return clocks.onWall(row.lastSentAt + coolDown(row.sends));
  const ended = openOutcome(keys, row);
  const asked = ended?.state === 'refused' ? ended.problem.notBefore : undefined;
  return Math.max(clocks.onWall(row.lastSentAt), asked ?? 0);
}

export const isTooLate = (row: VerificationRow, now: EpochMs): boolean =>
  row.expiresAt - now < resendTooLate(row.expiresAt - row.openedAt);

function deliveryOf(row: VerificationRow, core: Core): Delivery {
  const progress = core.deliveries.progress(row.id);
  if (progress !== null) return { state: 'sending', ...progress };
  if (row.deliveryState === 'sending') {
    return { state: 'sending', stage: 'connecting', attempt: 1, pause: null };
  }
  const ended = openOutcome(core.keys, row);
  // An outcome that can't be read any more is not known.
  if (ended === null) return { state: 'interrupted' };
  return ended.state === 'returned' ? { ...ended, why: reasonOf(ended.status) } : ended;
}

/** The hash of the account that would send now; null when there is none. */
export function accountHash({ keys, sender }: Core): string | null {
  const account = sender();
  return account === null ? null : keys.hash('account', account);
}

/** The account before the address: another address would not help. */
function spentOf(row: VerificationRow, core: Core): VerificationView['spent'] {
  const account = accountHash(core);
  const accountUntil = account === null ? null : core.budgets.accountDelayed(account);
  if (accountUntil !== null) return { of: 'account', until: accountUntil };
  const addressUntil = core.budgets.sendsDelayed(row.addressHash);
  return addressUntil === null ? null : { of: 'address', until: addressUntil };
}

/** Null when the keys of the row are gone, so that it is not known whom it was about. */
export function viewOf(row: VerificationRow, core: Core): VerificationView | null {
  const particulars = openParticulars(core.keys, row);
  if (particulars === null) return null;
  const now = core.clocks.now();
  const spent = row.state === 'open' ? spentOf(row, core) : null;
  const resendAt = row.state === 'open' && spent === null ? nextSendAt(row, core) : null;
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
    resendAt,
    spent,
    resendTooLate: isTooLate(row, now),
    delivery: deliveryOf(row, core),
    sends: row.sends,
  };
}

/** One line of the rail. */
export function shiftRowOf(row: VerificationRow, core: Core): ShiftRow | null {
  const particulars: Particulars | null = openParticulars(core.keys, row);
  if (particulars === null) return null;
  return {
    id: row.id,
    sentTo: particulars.delivery,
    request: particulars.request,
    ...pick(stateNow(row, core.clocks.now())),
    openedAt: row.openedAt,
    expiresAt: row.expiresAt,
    delivery: core.deliveries.progress(row.id) === null ? row.deliveryState : 'sending',
    sends: row.sends,
    returned: returnedWhy(row, core),
  };
}

function returnedWhy(row: VerificationRow, core: Core): ReturnReason | null {
  if (row.deliveryState !== 'returned') return null;
  const ended = openOutcome(core.keys, row);
  return ended?.state === 'returned' ? reasonOf(ended.status) : null;
}

const pick = ({ state, endReason, endedAt }: ReturnType<typeof stateNow>) => ({ state, endReason, endedAt });
