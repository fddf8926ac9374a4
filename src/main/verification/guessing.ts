/**
 * @file Judges typed codes. A guess is counted and committed before it is compared; nothing may be compared that
 * was not counted, nothing counted before a mail with the code may have left, and `verified` is written once.
 */
import type { CheckOutcome, CheckProblem } from '../../shared/problems.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { oddsOf } from '../ledger/budgets.ts';
import { end, verify } from '../ledger/changes.ts';
import type { Moment } from '../ledger/clocks.ts';
import type { Plan, Turn } from '../ledger/ledger.ts';
import { signInText } from '../ledger/particulars.ts';
import type { Verification } from '../ledger/records.ts';
import { typedHash } from '../ledger/verdict.ts';
import { cleanCode } from './clean.ts';
import { type Code, codeOf, sameCode } from './code.ts';
import type { Core } from './core.ts';
import { stateNow } from './view.ts';

type Judgement = Result<CheckOutcome, CheckProblem>;

/** A guess that was counted and may now be compared. */
interface Counted {
  readonly id: string;
  readonly ordinal: number;
  readonly left: number;
  readonly typed: Code;
  readonly right: Code;
}

export interface Guessing {
  check(id: string, typed: string): Promise<Judgement>;
}

/** Whether it is of the account that messages go out by now. */
export function isOfSender(row: Verification, { sender }: Pick<Core, 'sender'>): boolean {
  const now = sender();
  return now !== null && signInText(now) === signInText(row.particulars.signIn);
}

export function createGuessing(core: Core): Guessing {
  const { records, ledger, clocks, budgets, keys, deliveries } = core;

  /** How it ended, if it did; null while it is open. Reads only. */
  function ended(row: Verification | null, at: Moment): CheckOutcome | null {
    if (row === null) return { outcome: 'not-open' };
    const { state } = stateNow(row, at.now);
    if (state === 'expired' || state === 'locked') return { outcome: state };
    return state === 'open' && isOfSender(row, core) ? null : { outcome: 'not-open' };
  }

  /** Why a guess at an open one is not judged; null when it may be. */
  function refusal(row: Verification, at: Moment): Judgement | null {
    if (row.leftBy === null) return ok({ outcome: 'not-sent' });
    const delay = budgets.guessDelay(row.addressHash, row.codeLength, at);
    return delay === null ? null : fail(delay);
  }

  /** Inside the transaction: looks again, and says what is to be charged. */
  function planGuess(id: string, typed: Code, at: Moment): Plan<Judgement | Counted> {
    const row = records.verification(id);
    const over = ended(row, at);
    if (row === null || over !== null) return { free: ok(over ?? { outcome: 'not-open' }) };
    const refused = refusal(row, at);
    if (refused !== null) return { free: refused };
    if (row.guessesUsed >= row.guessesAllowed) return { free: ok({ outcome: 'locked' }) };
    const ordinal = row.guessesUsed + 1;
    const { addressHash, codeLength } = row;
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
        return { id, ordinal, left: row.guessesAllowed - ordinal, typed, right: codeOf(keys, row) };
      },
    };
  }

  /** The guess was announced with what was typed, so that a crash before this leads to the same. */
  async function settleRight(turn: Turn, { id, ordinal }: Counted): Promise<CheckOutcome> {
    const verified = await turn.write(
      // Another process may have settled it from the announcement: then the guess counts as right already.
      ({ now }) => verify(records, id, ordinal, now) || records.spend(id, 'guess', ordinal)?.counts === false,
    );
    // Its mail is of no use any more.
    deliveries.abort(id);
    return { outcome: verified ? 'verified' : 'not-open' };
  }

  async function judge(turn: Turn, id: string, typed: Code): Promise<Judgement> {
    const spent = await turn.spend((at) => planGuess(id, typed, at));
    if (!spent.ok) return spent;
    if (!('right' in spent.value)) return spent.value;
    const counted = spent.value;
    if (sameCode(counted.typed, counted.right)) return ok(await settleRight(turn, counted));
    if (counted.left > 0) return ok({ outcome: 'wrong', guessesLeft: counted.left });
    await turn.write(({ now }) => end(records, id, { state: 'locked', endReason: 'guesses' }, now));
    deliveries.abort(id);
    return ok({ outcome: 'locked' });
  }

  /** The last guess was charged, and what came of it could not be written: the vault has what was announced. */
  async function finish(turn: Turn, id: string): Promise<Judgement> {
    const aligned = await turn.align();
    if (!aligned.ok) return aligned;
    return ok({ outcome: records.verification(id)?.state === 'locked' ? 'locked' : 'not-open' });
  }

  return {
    async check(id, typed) {
      const at = clocks.look();
      // Most hostile guesses end here, without the vault, a lock or a write.
      const row = records.verification(id);
      const over = ended(row, at);
      if (row === null || over !== null) return ok(over ?? { outcome: 'not-open' });
      const code = cleanCode(typed, row.codeLength);
      if (!code.ok) return fail({ code: 'ill-formed', problem: code.problem });
      const refused = refusal(row, at);
      if (refused !== null) return refused;
      const isUsedUp = row.guessesUsed >= row.guessesAllowed;
      const judgement = await ledger.turn((turn) =>
        isUsedUp ? finish(turn, id) : judge(turn, id, code.value),
      );
      core.onChange();
      return judgement;
    },
  };
}
