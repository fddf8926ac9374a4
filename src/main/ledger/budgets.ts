/**
 * @file What may still be spent, read from what was. It only counts; spending is the ledger's. Every limit says
 * until when, because none may lock a person out for good (OWASP ASVS 6.1.1).
 */
import type { Policy } from '../../shared/choices.ts';
import type { SendsToday } from '../../shared/desk-view.ts';
import type { EpochMs } from '../../shared/words.ts';
import { type Moment, onWall } from './clocks.ts';
import type { BudgetMs } from '../ports/clock.ts';
import { DAY_MS, LONGEST_CODE, ODDS_UNIT } from './policy.ts';
import type { FreezeReason, SpendQuery } from '../ports/records.ts';
import type { Records } from './records.ts';

type Of = { readonly address: string } | { readonly account: string };

/** Why no guess may be made for now, and until when: too many at this address, or too many at all of them. */
export type GuessDelay =
  | { readonly code: 'address-delayed'; readonly why: 'guesses'; readonly until: EpochMs }
  | { readonly code: 'desk-delayed'; readonly until: EpochMs };

export interface Budgets {
  /** Whether a code of `codeLength` digits for this address may be guessed at; null when it may. */
  guessDelay(addressHash: string, codeLength: number, at: Moment): GuessDelay | null;
  /** Until when nothing may be sent to this address. */
  sendsDelayed(addressHash: string, at: Moment): EpochMs | null;
  /** Until when this account may not send. */
  accountDelayed(accountHash: string, at: Moment): EpochMs | null;
  /**
   * How long a new code is. From half of the chance of a day on it has as many digits as there can be: burning guesses
   * makes codes longer, and closes the desk much later.
   */
  codeLength(at: Moment): number;
  /**
   * For showing. A server's own limit lowers what is left, as far as this program's count can tell, and delays nothing:
   * the server counts other mail too and knows better when it takes more, so it is asked.
   */
  sendsToday(accountHash: string | null, at: Moment): SendsToday;
  /** Why and until when nothing may be spent at all. */
  frozen(at: Moment): { readonly why: FreezeReason; readonly until: EpochMs } | null;
}

/** The chance that one guess at a code of so many digits is right, in {@link ODDS_UNIT}s. */
export const oddsOf = (codeLength: number): number => ODDS_UNIT / 10 ** codeLength;

export function createBudgets(records: Records, policy: () => Policy): Budgets {
  const query = (kind: 'guess' | 'send', of: Of, at: Moment): SpendQuery => {
    const after = at.budget - DAY_MS;
    return 'address' in of
      ? { kind, after, address: of.address }
      : { kind: 'send', after, account: of.account };
  };
  /** When one of `allowed` is free again; null when one is now. */
  const freesAt = (kind: 'guess' | 'send', of: Of, allowed: number, at: Moment): EpochMs | null => {
    const spent: BudgetMs | null = records.spendBefore(query(kind, of, at), allowed - 1);
    return spent === null ? null : onWall(spent + DAY_MS, at);
  };
  const bound = (): number => Math.floor(ODDS_UNIT / policy().deskOneIn);

  /** Until when a guess with these odds would pass the bound of all guesses of a day. */
  function deskDelayed(spent: number, odds: number, at: Moment): EpochMs | null {
    const after = at.budget - DAY_MS;
    let over = spent + odds - bound();
    if (over <= 0) return null;
    for (const guess of records.guessesSpent(after)) {
      over -= guess.odds;
      if (over <= 0) return onWall(guess.at + DAY_MS, at);
    }
    return onWall(at.budget + DAY_MS, at);
  }

  return {
    guessDelay: (address, codeLength, at) => {
      const allowed = policy().addressGuesses;
      const { odds, ofAddress } = records.guessesCounted(at.budget - DAY_MS, address);
      const until = ofAddress < allowed ? null : freesAt('guess', { address }, allowed, at);
      if (until !== null) return { code: 'address-delayed', why: 'guesses', until };
      const desk = deskDelayed(odds, oddsOf(codeLength), at);
      return desk === null ? null : { code: 'desk-delayed', until: desk };
    },
    sendsDelayed: (address, at) => freesAt('send', { address }, policy().addressSends, at),
    accountDelayed: (account, at) => freesAt('send', { account }, policy().accountSends, at),
    codeLength: (at) =>
      records.guessesCounted(at.budget - DAY_MS).odds * 2 < bound() ? policy().codeLength : LONGEST_CODE,
    sendsToday: (account, at) => {
      const allowed = policy().accountSends;
      if (account === null) return { left: allowed, allowed, freesAt: null, limitSaid: false };
      const of = query('send', { account }, at);
      const counted = records.countSpends(of);
      const ceiling = records.ceiling({ account, after: of.after });
      const most = Math.min(allowed, ceiling?.sends ?? allowed);
      const nextAt = most > 0 ? records.spendBefore(of, Math.min(counted, most) - 1) : (ceiling?.at ?? null);
      return {
        left: Math.max(0, most - counted),
        allowed,
        freesAt: nextAt === null ? null : onWall(nextAt + DAY_MS, at),
        limitSaid: ceiling !== null,
      };
    },
    frozen: (at) => {
      const { frozen } = records.meta();
      if (frozen === null || frozen.until <= at.budget) return null;
      return { why: frozen.why, until: onWall(frozen.until, at) };
    },
  };
}
