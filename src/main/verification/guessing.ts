/**
 * @file Judges typed codes. A guess is counted and committed before it is compared; nothing may be compared that
 * was not counted, and `verified` is written once.
 */
import type { CheckOutcome, CheckProblem } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { cleanCode } from './clean.ts';
import { type Code, deriveCode, sameCode } from './code.ts';
import type { Core } from './core.ts';
import type { Plan, Turn } from '../ledger/ledger.ts';
import { openParticulars, type Particulars } from '../ledger/particulars.ts';
import type { VerificationRow } from '../ports/records.ts';
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

export function createGuessing(core: Core): Guessing {
  const { records, ledger, clocks, budgets, keys, deliveries } = core;
  /** Guesses that were right but could not be written down because the vault failed; by verification. */
  const unwritten = new Map<string, number>();

  /** Why this guess is not judged at all; null when it may be. Reads only. */
  function refusal(row: VerificationRow | null): Judgement | null {
    if (row === null) return ok({ outcome: 'not-open' });
    const { state } = stateNow(row, clocks.now());
    if (state === 'expired' || state === 'locked') return ok({ outcome: state });
    if (state !== 'open') return ok({ outcome: 'not-open' });
    if (row.guessesUsed >= row.guessesAllowed && !unwritten.has(row.id)) return ok({ outcome: 'locked' });
    const until = budgets.guessesDelayed(row.addressHash);
    return until === null || unwritten.has(row.id)
      ? null
      : fail({ code: 'address-delayed', why: 'guesses', until });
  }

  function codeOf(row: VerificationRow, particulars: Particulars): Code {
    const { canonical, request } = particulars;
    return deriveCode({ key: keys.codeKey, id: row.id, canonical, request, length: row.codeLength });
  }

  /** Inside the transaction: looks again, and says what is to be charged. */
  function planGuess(id: string, typed: Code): Plan<Judgement | Counted> {
    const row = records.verification(id);
    const refused = refusal(row);
    if (row === null || refused !== null) return { free: refused ?? ok({ outcome: 'not-open' }) };
    const particulars = openParticulars(keys, row);
    if (particulars === null) return { free: ok({ outcome: 'not-open' }) };
    const right = codeOf(row, particulars);
    const known = unwritten.get(id);
    if (known !== undefined) {
      // An earlier right guess could not be recorded because the vault failed. It was charged then: record it now.
      if (sameCode(typed, right)) return { free: { id, ordinal: known, left: 0, typed, right } };
      unwritten.delete(id);
      return planGuess(id, typed);
    }
    const ordinal = row.guessesUsed + 1;
    const { addressHash } = row;
    return {
      step: { kind: 'guess', id, ordinal, at: clocks.budgetNow(), addressHash, accountHash: null },
      write: () => {
        // Nothing is compared that the store did not count.
        if (records.verification(id)?.guessesUsed !== ordinal) throw new Error('the guess was not counted');
        return { id, ordinal, left: row.guessesAllowed - ordinal, typed, right };
      },
    };
  }

  async function settleRight(turn: Turn, { id, ordinal }: Counted): Promise<Judgement> {
    const written = await turn.spend<CheckOutcome>(() => {
      if (records.verification(id)?.state !== 'open') return { free: { outcome: 'not-open' } };
      const step = { kind: 'verified', id, ordinal, at: clocks.now() } as const;
      return { step, write: () => ({ outcome: 'verified' }) };
    });
    if (written.ok) unwritten.delete(id);
    else unwritten.set(id, ordinal);
    // Its mail is of no use any more.
    if (written.ok) deliveries.abort(id);
    return written;
  }

  async function judge(turn: Turn, id: string, typed: Code): Promise<Judgement> {
    const spent = await turn.spend(() => planGuess(id, typed));
    if (!spent.ok) return spent;
    if (!('right' in spent.value)) return spent.value;
    const counted = spent.value;
    if (sameCode(counted.typed, counted.right)) return settleRight(turn, counted);
    if (counted.left > 0) return ok({ outcome: 'wrong', guessesLeft: counted.left });
    await turn.write(() => records.end(id, 'locked', 'guesses', clocks.now()));
    deliveries.abort(id);
    return ok({ outcome: 'locked' });
  }

  return {
    async check(id, typed) {
      // Most hostile guesses end here, without the vault, a lock or a write.
      const row = records.verification(id);
      const refused = refusal(row);
      if (row === null || refused !== null) return refused ?? ok({ outcome: 'not-open' });
      const code = cleanCode(typed, row.codeLength);
      if (!code.ok) return fail({ code: 'ill-formed', problem: code.problem });
      const judgement = await ledger.turn((turn) => judge(turn, id, code.value));
      core.onChange();
      return judgement;
    },
  };
}
