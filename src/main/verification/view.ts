/**
 * @file A verification as the page sees it, computed from its row, the clocks and the budgets at this moment. It
 * must never hold a code or a key.
 */
import type { ShiftRow, VerificationView } from '../../shared/desk-view.ts';
import type { Delivery, EndReason, EpochMs, VerificationState } from '../../shared/words.ts';
import { type Moment, onWall } from '../ledger/clocks.ts';
import { coolDown, resendTooLate } from '../ledger/policy.ts';
import type { Unreadable, Verification } from '../ledger/records.ts';
import type { Core } from './core.ts';

/** How far the message that is under way has come. */
export type Progress = Pick<Extract<Delivery, { readonly state: 'sending' }>, 'stage' | 'attempt' | 'pause'>;

/** The state as it is now: an open row whose time is up is expired, whether or not that is written yet. */
export function stateNow(
  row: Verification,
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
export function nextSendAt(row: Verification, at: Moment): EpochMs {
  if (row.deliveryState !== 'refused') return onWall(row.lastSentAt + coolDown(row.sends), at);
  const asked = row.ended?.state === 'refused' ? row.ended.problem.notBefore : undefined;
  return Math.max(onWall(row.lastSentAt, at), asked ?? 0);
}

export const isTooLate = (row: Verification, now: EpochMs): boolean =>
  row.expiresAt - now < resendTooLate(row.expiresAt - row.openedAt);

function deliveryOf(row: Verification, core: Core): Delivery {
  const progress = core.deliveries.progress(row.id);
  if (progress !== null) return { state: 'sending', ...progress };
  if (row.deliveryState === 'sending') {
    return { state: 'sending', stage: 'connecting', attempt: 1, pause: null };
  }
  return row.ended ?? { state: 'interrupted' };
}

/** The hash of the account that would send now; null when there is none. */
export function accountHash({ keys, sender }: Core): string | null {
  const account = sender();
  return account === null ? null : keys.hash('account', account.canonical);
}

/** The account before the address: another address would not help. */
function spentOf(row: Verification, core: Core, at: Moment): VerificationView['spent'] {
  const account = accountHash(core);
  const accountUntil = account === null ? null : core.budgets.accountDelayed(account, at);
  if (accountUntil !== null) return { of: 'account', until: accountUntil };
  const addressUntil = core.budgets.sendsDelayed(row.addressHash, at);
  return addressUntil === null ? null : { of: 'address', until: addressUntil };
}

export function viewOf(row: Verification, core: Core, at: Moment): VerificationView {
  const { particulars } = row;
  const spent = row.state === 'open' ? spentOf(row, core, at) : null;
  const resendAt = row.state === 'open' && spent === null ? nextSendAt(row, at) : null;
  return {
    id: row.id,
    reference: particulars.reference,
    practice: particulars.practice,
    sentTo: particulars.delivery,
    sentBy: particulars.signIn,
    hints: [],
    request: particulars.request,
    ...pick(stateNow(row, at.now)),
    openedAt: row.openedAt,
    expiresAt: row.expiresAt,
    codeLength: row.codeLength,
    guessesLeft: row.guessesAllowed - row.guessesUsed,
    guessesAllowed: row.guessesAllowed,
    resendAt,
    spent,
    resendTooLate: isTooLate(row, at.now),
    mayHaveLeft: row.leftBy !== null,
    delivery: deliveryOf(row, core),
    sends: row.sends,
  };
}

/** One line of the rail. */
export function shiftRowOf(row: Verification | Unreadable, core: Core, at: Moment): ShiftRow {
  if (row.state === 'unreadable') return row;
  return {
    id: row.id,
    sentTo: row.particulars.delivery,
    request: row.particulars.request,
    ...pick(stateNow(row, at.now)),
    openedAt: row.openedAt,
    expiresAt: row.expiresAt,
    delivery: core.deliveries.progress(row.id) === null ? row.deliveryState : 'sending',
    sends: row.sends,
    returned: row.ended?.state === 'returned' ? row.ended.why : null,
    ticket: row.particulars.caseNote.ticket,
  };
}

const pick = ({ state, endReason, endedAt }: ReturnType<typeof stateNow>) => ({ state, endReason, endedAt });
