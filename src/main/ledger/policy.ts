/**
 * @file What the owner's policy costs a guesser, and every waiting time of the ledger as a named number with its
 * source. The ranges of the policy are in shared/choices.ts.
 */
import { type Policy, RANGES } from '../../shared/choices.ts';
import type { GuessChance } from '../../shared/words.ts';

const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
/** Every budget frees after a rolling day: NIST SP 800-63B-4 section 3.2.2 asks for a cap an account, Gmail counts so too. */
export const DAY_MS = 24 * HOUR_MS;

/** Wait before the second message: slower than mail usually is, so that the first one is looked for (Clerk: 30 s). */
export const FIRST_COOL_DOWN_MS = 30 * SECOND_MS;
/** Wait before every further message (Supabase: 60 s a user). */
export const NEXT_COOL_DOWN_MS = 60 * SECOND_MS;
/** With less than this left a mail may arrive too late to be of use; a new verification serves better. */
const RESEND_TOO_LATE_MS = 3 * MINUTE_MS;
/** Of a short life it is the last third: otherwise nothing could ever be sent again. */
const RESEND_TOO_LATE_SHARE = 1 / 3;
/** The same address and request opened again within this time is the same click (or Enter) arriving twice. */
export const SAME_CLICK_MS = 5 * SECOND_MS;

/** What the rail shows: one shift, at most {@link SHIFT_ROWS} lines. */
export const SHIFT_MS = 12 * HOUR_MS;
export const SHIFT_ROWS = 50;
/** Spends count for one day; the second is kept so that a clock set back for a day frees nothing. */
export const KEEP_SPENDS_MS = 2 * DAY_MS;

/** What chances are counted in: that of one guess at the longest code, 10⁻⁸. */
export const LONGEST_CODE = RANGES.codeLength.max;
export const ODDS_UNIT = 10 ** LONGEST_CODE;

/**
 * The worst case a guesser can reach. RFC 4226 section 6: chance = s·v/10ⁿ for s live codes and v guesses. A
 * resend carries the same code, so s = 1; a day against one address is capped by its failed guesses, however many
 * verifications they are spread over (union bound); a day against all addresses by the sum of their chances.
 */
export function chance(policy: Policy): GuessChance {
  const codes = 10 ** policy.codeLength;
  return {
    verificationOneIn: Math.floor(codes / policy.guesses),
    addressDayOneIn: Math.floor(codes / policy.addressGuesses),
    deskDayOneIn: policy.deskOneIn,
  };
}

/** The policy's own numbers by their names, without the choices that come with them. */
export const numbersOf = (policy: Policy): Readonly<Record<keyof Policy, number>> => {
  const { codeLength, lifetimeMinutes, guesses, addressGuesses, addressSends, accountSends, deskOneIn } =
    policy;
  return { codeLength, lifetimeMinutes, guesses, addressGuesses, addressSends, accountSends, deskOneIn };
};

type Numbers = Readonly<Record<string, number>>;

export const isSamePolicy = (a: Numbers, b: Numbers): boolean => JSON.stringify(a) === JSON.stringify(b);

/** From how long before its end on a verification of `lifeMs` is better started anew than sent again. */
export const resendTooLate = (lifeMs: number): number =>
  Math.min(RESEND_TOO_LATE_MS, lifeMs * RESEND_TOO_LATE_SHARE);

/** How long after the last of `sends` messages the next may follow. */
export const coolDown = (sends: number): number => (sends <= 1 ? FIRST_COOL_DOWN_MS : NEXT_COOL_DOWN_MS);
