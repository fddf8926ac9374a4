/**
 * @file Judges typed codes. A guess is announced in the vault and counted before it is compared, and committed with what came
 * of it before that is told; nothing is counted before a mail with the code may have left, and `verified` is written once.
 */
import type { CheckOutcome, CheckProblem } from '../../shared/problems.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { VerificationState } from '../../shared/words.ts';
import { oddsOf } from '../ledger/budgets.ts';
import { end, verify } from '../ledger/changes.ts';
import type { Moment } from '../ledger/clocks.ts';
import type { Plan } from '../ledger/ledger.ts';
import { isSameSignIn } from '../ledger/particulars.ts';
import type { Verification } from '../ledger/records.ts';
import { typedHash } from '../ledger/verdict.ts';
import { cleanCode } from './clean.ts';
import { type Code, codeOf, sameCode } from './code.ts';
import type { Core } from './core.ts';
import { stateNow } from './view.ts';

type Judgement = Result<CheckOutcome, CheckProblem>;

/** What a verification ended by that was judged. */
const ENDED: readonly CheckOutcome['outcome'][] = ['verified', 'locked'];

const NOT_OPEN: CheckOutcome = { outcome: 'not-open' };

/** What a guess at one in this state comes to; null while it is open. */
function endedAs(state: VerificationState): CheckOutcome | null {
  if (state === 'open') return null;
  return state === 'expired' || state === 'locked' ? { outcome: state } : NOT_OPEN;
}

export interface Guessing {
  check(id: string, typed: string): Promise<Judgement>;
}

/** Whether it is of the account that messages go out by now. */
export function isOfSender(row: Verification, { sender }: Pick<Core, 'sender'>): boolean {
  const now = sender();
  return now !== null && isSameSignIn(now, row.particulars.signIn);
}

export function createGuessing(core: Core): Guessing {
  const { records, ledger, budgets, keys, clocks, deliveries } = core;

  /** Why a guess is not judged; null when it may be. Reads only. */
  function refusal(row: Verification, at: Moment): Judgement | null {
    const over = endedAs(stateNow(row, at.now).state);
    if (over !== null) return ok(over);
    if (!isOfSender(row, core)) return ok(NOT_OPEN);
    if (row.leftBy === null) return ok({ outcome: 'not-sent' });
    const delay = budgets.guessDelay(row.addressHash, row.codeLength, at);
    return delay === null ? null : fail(delay);
  }

  /**
   * Inside the transaction: looks again, and says what is to be charged. What comes of the guess is in the same transaction:
   * it was announced with what was typed, so that a crash before the commit leads to the same.
   */
  function planGuess(id: string, typed: Code, at: Moment): Plan<Judgement> {
    const row = records.verification(id);
    if (row === null) return { free: ok(NOT_OPEN) };
    const refused = refusal(row, at);
    if (refused !== null) return { free: refused };
    const { addressHash, codeLength, guessesUsed, guessesAllowed } = row;
    const ordinal = guessesUsed + 1;
    const left = guessesAllowed - ordinal;
    return {
      step: {
        kind: 'guess',
        id,
        ordinal,
        at: at.budget,
        now: at.now,
        addressHash,
        odds: oddsOf(codeLength),
        typed: typedHash(keys, id, ordinal, typed),
      },
      write: () => {
        // Nothing is compared that the store did not count.
        if (records.verification(id)?.guessesUsed !== ordinal) throw new Error('the guess was not counted');
        if (sameCode(typed, codeOf(keys, row))) {
          verify(records, id, ordinal, at.now);
          return ok({ outcome: 'verified' });
        }
        if (left > 0) return ok({ outcome: 'wrong', guessesLeft: left });
        end(records, id, { state: 'locked', endReason: 'guesses' }, at.now);
        return ok({ outcome: 'locked' });
      },
    };
  }

  return {
    async check(id, typed) {
      // Most hostile guesses end here, without the vault, a lock or a write. What was open is looked at under the lock.
      const known = records.lastKnown(id);
      const row = known?.state === 'open' ? known : records.verification(id);
      if (row === null) return ok(NOT_OPEN);
      const over = endedAs(row.state);
      if (over !== null) return ok(over);
      const code = cleanCode(typed, row.codeLength);
      if (!code.ok) {
        const outOfTime = endedAs(stateNow(row, clocks.look().now).state);
        return outOfTime === null ? fail({ code: 'ill-formed', problem: code.problem }) : ok(outOfTime);
      }
      const spent = await ledger.turn((turn) => turn.spend((now) => planGuess(id, code.value, now)));
      const judgement = spent.ok ? spent.value : spent;
      // Its mail is of no use any more.
      if (judgement.ok && ENDED.includes(judgement.value.outcome)) deliveries.abort(id);
      core.onChange();
      return judgement;
    },
  };
}
