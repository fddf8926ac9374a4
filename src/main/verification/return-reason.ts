/**
 * @file Why a message came back, from the enhanced status code of its delivery report. Pure; it must never look at the
 * words beside the code.
 */
import type { ReturnReason } from '../../shared/words.ts';

/** RFC 3463 sections 3.2 to 3.8; the first that fits. What a status does not say, the reason does not either. */
const REASONS: readonly (readonly [RegExp, ReturnReason])[] = [
  // 5.1.2 "bad destination system address", 5.4.4 "unable to route".
  [/^5\.1\.2$|^5\.4\.4$/u, 'no-such-domain'],
  // 5.1.1 "bad destination mailbox address", 5.1.3 "syntax", 5.1.6 "has moved", 5.2.1 "disabled"; Exchange says 5.1.10.
  [/^5\.1\.(?:1|3|6|10)$|^5\.2\.1$/u, 'no-such-mailbox'],
  [/^[45]\.2\.2$/u, 'recipient-full'],
  [/^[45]\.7\./u, 'refused-there'],
  // Given up after trying: 4.4.1 "no answer", 4.4.7 "delivery time expired", and what a full or broken system says.
  [/^[45]\.(?:3|4)\./u, 'unreachable'],
];

/** What a delivery report's status says to the clerk. */
export const reasonOf = (status: string): ReturnReason =>
  REASONS.find(([pattern]) => pattern.test(status))?.[1] ?? 'other';
