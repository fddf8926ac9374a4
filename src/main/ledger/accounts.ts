/**
 * @file Which account messages go out by. A verification belongs to its sign-in: when another one is in its place, what is
 * open ends, because otherwise the new account's owner could have codes sent that were meant for others.
 */
import type { EpochMs, SignIn } from '../../shared/words.ts';
import { endOpen } from './changes.ts';
import type { Moment } from './clocks.ts';
import { isSameSignIn } from './particulars.ts';
import { DAY_MS } from './policy.ts';
import type { Records } from './records.ts';

/** Whether the records know this as the account in use. */
export const isCurrent = (records: Records, signIn: SignIn): boolean => {
  const [newest] = records.accounts();
  return newest !== undefined && isSameSignIn(newest.signIn, signIn);
};

/** Notes the account that messages go out by from here on, in a transaction; ends what was sent by another. */
export function noteAccount(records: Records, signIn: SignIn, { now }: Moment): readonly string[] {
  if (isCurrent(records, signIn)) return [];
  const [newest] = records.accounts();
  records.insertAccount(signIn, now);
  return newest === undefined ? [] : endOpen(records, 'account', now);
}

/** How long a change of the account is told: into the next working day. */
const TOLD_MS = DAY_MS;

/** The account that is in use since a short time ago, and the one before it; null when there was no change. */
export function changedAccount(
  records: Records,
  { now }: Moment,
): { readonly since: EpochMs; readonly before: SignIn; readonly after: SignIn } | null {
  const [after, before] = records.accounts();
  if (after === undefined || before === undefined || now - after.since >= TOLD_MS) return null;
  return { since: after.since, before: before.signIn, after: after.signIn };
}
