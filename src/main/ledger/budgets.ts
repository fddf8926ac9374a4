/**
 * @file What may still be spent, read from what was. It only counts; spending is the ledger's. Every limit says
 * until when, because none may lock a person out for good (OWASP ASVS 6.1.1).
 */
import type { SendsToday } from '../../shared/desk-view.ts';
import type { EpochMs } from '../../shared/words.ts';
import type { Policy } from '../../shared/choices.ts';
import type { Clocks } from './clocks.ts';
import type { BudgetMs } from '../ports/clock.ts';
import { DAY_MS } from './policy.ts';
import type { FreezeReason, Records, SpendQuery } from '../ports/records.ts';

type Of = { readonly address: string } | { readonly account: string };

export interface Budgets {
  /** Until when this address may not be guessed for; null when it may. */
  guessesDelayed(addressHash: string): EpochMs | null;
  /** Until when nothing may be sent to this address. */
  sendsDelayed(addressHash: string): EpochMs | null;
  /** Until when this account may not send. */
  accountDelayed(accountHash: string): EpochMs | null;
  /**
   * For showing. A server's own limit lowers what is left, as far as this program's count can tell, and delays nothing:
   * the server counts other mail too and knows better when it takes more, so it is asked.
   */
  sendsToday(accountHash: string | null): SendsToday;
  /** Why and until when nothing may be spent at all. */
  frozen(): { readonly why: FreezeReason; readonly until: EpochMs } | null;
}

export function createBudgets(records: Records, clocks: Clocks, policy: () => Policy): Budgets {
  const query = (kind: 'guess' | 'send', of: Of): SpendQuery => {
    const after = clocks.budgetNow() - DAY_MS;
    return 'address' in of
      ? { kind, after, address: of.address }
      : { kind: 'send', after, account: of.account };
  };
  /** When one of `allowed` is free again; null when one is now. */
  const freesAt = (kind: 'guess' | 'send', of: Of, allowed: number): EpochMs | null => {
    const at: BudgetMs | null = records.spendBefore(query(kind, of), allowed - 1);
    return at === null ? null : clocks.onWall(at + DAY_MS);
  };
  return {
    guessesDelayed: (address) => freesAt('guess', { address }, policy().addressGuesses),
    sendsDelayed: (address) => freesAt('send', { address }, policy().addressSends),
    accountDelayed: (account) => freesAt('send', { account }, policy().accountSends),
    sendsToday: (account) => {
      const allowed = policy().accountSends;
      if (account === null) return { left: allowed, allowed, freesAt: null, limitSaid: false };
      const of = query('send', { account });
      const counted = records.countSpends(of);
      const ceiling = records.ceiling({ account, after: of.after });
      const most = Math.min(allowed, ceiling?.sends ?? allowed);
      const nextAt = most > 0 ? records.spendBefore(of, Math.min(counted, most) - 1) : (ceiling?.at ?? null);
      return {
        left: Math.max(0, most - counted),
        allowed,
        freesAt: nextAt === null ? null : clocks.onWall(nextAt + DAY_MS),
        limitSaid: ceiling !== null,
      };
    },
    frozen: () => {
      const frozen = records.meta()?.frozen ?? null;
      if (frozen === null || frozen.until <= clocks.budgetNow()) return null;
      return { why: frozen.why, until: clocks.onWall(frozen.until) };
    },
  };
}
