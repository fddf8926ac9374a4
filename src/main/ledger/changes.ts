/**
 * @file Every way in which a verification, and what was spent for it, changes. Each runs in a transaction of its caller,
 * looks at the row as it is there, and does nothing where it does not apply.
 */
import type { Delivery, EndReason, EpochMs } from '../../shared/words.ts';
import type { BudgetMs } from '../ports/clock.ts';
import type { Step } from './anchor.ts';
import { spendOf } from './anchor.ts';
import type { Ended } from './particulars.ts';
import type { Records } from './records.ts';

/** Charges a step, for the first time or again after a crash. */
export function apply(records: Records, step: Step): void {
  records.insertSpend(spendOf(step));
  const row = records.verification(step.id);
  if (row === null) return;
  if (step.kind === 'send') {
    const { ordinal, at } = step;
    records.change(step.id, { attempts: ordinal, sends: row.sends + 1, lastSentAt: at });
  } else if (row.state === 'open' && row.guessesUsed < row.guessesAllowed) {
    records.change(step.id, { guessesUsed: row.guessesUsed + 1 });
  }
}

/** The only way to `verified`. The guess that was right is no failed one. */
export function verify(records: Records, id: string, ordinal: number, at: EpochMs): boolean {
  if (records.verification(id)?.state !== 'open') return false;
  records.change(id, { state: 'verified', endedAt: at });
  const guess = records.spend(id, 'guess', ordinal);
  if (guess !== null) records.changeSpend(guess, { counts: false });
  return true;
}

type End = { readonly state: 'expired' | 'locked' | 'cancelled'; readonly endReason: EndReason };

/** Ends it if it is open. */
export function end(records: Records, id: string, as: End, at: EpochMs): boolean {
  if (records.verification(id)?.state !== 'open') return false;
  records.change(id, { ...as, endedAt: at });
  return true;
}

/** Ends all open ones at once, because something around them is not as it was. Returns their ids. */
export function endOpen(records: Records, why: EndReason, at: EpochMs): readonly string[] {
  return records
    .open()
    .filter(({ id }) => end(records, id, { state: 'expired', endReason: why }, at))
    .map(({ id }) => id);
}

/** Ends those whose time is up. */
export function endDue(records: Records, now: EpochMs): void {
  for (const { id, expiresAt } of records.open())
    if (expiresAt <= now) end(records, id, { state: 'expired', endReason: 'time' }, expiresAt);
}

/** Locks those whose guesses are used up: the program ended before it could write so. */
export function lockSpent(records: Records, at: EpochMs): void {
  for (const { id, guessesUsed, guessesAllowed } of records.open())
    if (guessesUsed >= guessesAllowed) end(records, id, { state: 'locked', endReason: 'guesses' }, at);
}

/** The last byte of this message is about to leave: from here on its code may be known to its mailbox. */
export function leave(records: Records, id: string, ordinal: number): void {
  if (records.verification(id)?.leftBy === null) records.change(id, { leftBy: ordinal });
}

/** The server said a definite no to this message, however much of it had left by then. */
function stay(records: Records, id: string, ordinal: number): void {
  if (records.verification(id)?.leftBy === ordinal) records.change(id, { leftBy: null });
}

/** How the message `ordinal` ended. A later one's delivery is not overwritten. */
export function setDelivery(
  records: Records,
  id: string,
  ordinal: number,
  deliveryState: Delivery['state'],
  ended: Ended | null,
): void {
  if (records.verification(id)?.attempts === ordinal) records.change(id, { deliveryState, ended });
}

/**
 * The program ended while this was being sent. It may have gone out, unless no mail of this verification ever came as far
 * as its last byte: then nothing did. It stays counted in either case.
 */
export function interrupt(records: Records, id: string, at: EpochMs): void {
  const row = records.verification(id);
  if (row === null) return;
  const { leftBy, sends } = row;
  const ended = { state: 'refused', at, problem: { cause: 'called-off', serverSaid: null } } as const;
  if (leftBy !== null) records.change(id, { deliveryState: 'interrupted', ended: null });
  else records.change(id, { deliveryState: 'refused', ended, sends: sends - 1 });
}

/** A message that reached no one: it does not count any more, and its code is known to no one by it. */
export function uncountSend(records: Records, id: string, ordinal: number): void {
  stay(records, id, ordinal);
  const send = records.spend(id, 'send', ordinal);
  if (send?.counts !== true) return;
  records.changeSpend(send, { counts: false });
  const row = records.verification(id);
  if (row !== null) records.change(id, { sends: row.sends - 1 });
}

/** Notes beside a refused message that the server named its limit as the reason: what had been counted by then. */
export function setCeiling(records: Records, id: string, ordinal: number, after: BudgetMs): void {
  const send = records.spend(id, 'send', ordinal);
  if (send?.accountHash == null) return;
  const ceiling = records.countSpends({ kind: 'send', account: send.accountHash, after });
  records.changeSpend(send, { ceiling });
}

/** The server of the account that this message was charged to takes messages again. */
export function liftCeiling(records: Records, id: string, ordinal: number): void {
  const account = records.spend(id, 'send', ordinal)?.accountHash;
  if (account == null) return;
  for (const send of records.withCeiling(account)) records.changeSpend(send, { ceiling: null });
}
