/**
 * @file How far the owner may turn each number of the policy. Main lets nothing outside come into force
 * (ledger/policy.ts), and the settings offer nothing outside.
 */
import type { AccountKind, Policy } from './words.ts';

/**
 * Lower and upper end of every choice. Six digits are the 20 bits of NIST SP 800-63B section 5.1.3.2 and OWASP
 * ASVS 6.5.4; ten minutes are ASVS 6.5.5; five guesses are Twilio Verify's and Ory Kratos's. The upper end of
 * `accountSends` depends on the account: {@link accountSendsLimit}.
 */
export const RANGES = {
  codeLength: { min: 6, max: 8 },
  lifetimeMinutes: { min: 2, max: 10 },
  guesses: { min: 3, max: 5 },
  addressGuesses: { min: 5, max: 20 },
  addressSends: { min: 1, max: 5 },
  accountSends: { min: 1, max: 1_900 },
} as const satisfies Record<keyof Policy, { readonly min: number; readonly max: number }>;

/** Gmail allows 500 messages a rolling day, shared with the account's other mail; a fifth is left for that. */
const GMAIL_SENDS = 400;

/** Most sends a day of an account of this kind: 400 for Gmail, 1,900 of Workspace's 2,000, likewise for servers. */
export function accountSendsLimit(kind: AccountKind | null): number {
  return kind === 'workspace' || kind === 'server' ? RANGES.accountSends.max : GMAIL_SENDS;
}
