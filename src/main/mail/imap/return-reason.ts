/**
 * @file Why a message came back, from codes and from forms that machines write, and never from the words beside them.
 * Pure.
 */
import type { ReturnReason } from '../../../shared/words.ts';

/** What a report says of one recipient. */
export interface Verdict {
  /** RFC 3463: "5.1.1"; null when none is given. */
  readonly status: string | null;
  /** What was met, as the report quotes it (RFC 3464 section 2.3.6): "smtp; 550 5.1.1 …". */
  readonly diagnostic: string | null;
  /** The server still tries. */
  readonly delayed: boolean;
}

/** RFC 3463 sections 3.2 to 3.8; the first that fits. What a status does not say, the reason does not either. */
const BY_STATUS: readonly (readonly [RegExp, ReturnReason])[] = [
  // 5.1.2 "bad destination system address", 5.4.4 "unable to route"; RFC 7505: 5.1.10, and Exchange means a mailbox by it.
  [/^[45]\.1\.2$|^[45]\.4\.4$/u, 'no-such-domain'],
  // 5.1.1 "bad destination mailbox address", 5.1.3 "syntax", 5.1.6 "has moved", 5.2.1 "disabled"; Microsoft 365 says 5.1.10
  // and 5.1.351.
  [/^5\.1\.(?:1|3|6|10|351)$|^5\.2\.1$/u, 'no-such-mailbox'],
  // 5.1.0 "other address status": of the recipient, and with some servers of the sender.
  [/^5\.1\.0$/u, 'mailbox-unavailable'],
  [/^[45]\.2\.2$/u, 'recipient-full'],
  [/^[45]\.7\./u, 'refused-there'],
  // Given up after trying: 4.4.1 "no answer", 4.4.7 "delivery time expired", and what a full or broken system says; not
  // 5.3.4 "message too big".
  [/^[45]\.(?:3\.(?!4$)|4\.)/u, 'unreachable'],
];

/**
 * RFC 5321 section 4.2.2, for servers that give no status of their own. Their 550 is "not found", "no access" or "rejected
 * for policy reasons". RFC 7504: 521 and 556 take no mail at all.
 */
const BY_CODE: readonly (readonly [RegExp, ReturnReason])[] = [
  [/^(?:521|556)$/u, 'no-such-domain'],
  [/^(?:550|551|553)$/u, 'mailbox-unavailable'],
  [/^(?:452|552)$/u, 'recipient-full'],
  [/^4/u, 'unreachable'],
];

/** The server that was asked, and what it answered. A reply came, so that "no answer" (5.4.1) cannot be meant. */
const REPLY = /^smtp[ \t]*;[ \t]*([45]\d\d)(?:[ -]#?([45]\.\d{1,3}\.\d{1,3})(?=[ \t]|$))?/iu;
/** Google's form for a domain that could not be looked up, with the code of DNS (RFC 1035 section 4.1.1). */
const DNS = /^smtp[ \t]*;.*\bresponded with code ([A-Z]+)\b/iu;
const NOT_FOUND = new Set(['NXDOMAIN', 'NOERROR']);

/** Says nothing but the class (RFC 3463 section 3.1). */
const isUnsaid = (status: string): boolean => /^[45]\.0\.0$/u.test(status);

const firstOf = (table: readonly (readonly [RegExp, ReturnReason])[], value: string): ReturnReason | null =>
  table.find(([pattern]) => pattern.test(value))?.[1] ?? null;

export function reasonOf({ status, diagnostic, delayed }: Verdict): ReturnReason {
  const [, asked] = DNS.exec(diagnostic ?? '') ?? [];
  // A domain that is not there will not be there later.
  if (NOT_FOUND.has(asked?.toUpperCase() ?? '')) return 'no-such-domain';
  if (delayed) return 'not-yet';
  if (asked !== undefined) return 'unreachable';
  const [, code, enhanced] = REPLY.exec(diagnostic ?? '') ?? [];
  // Microsoft 365: the recipient is not known there.
  if (enhanced === '5.4.1') return 'no-such-mailbox';
  // What the server itself answered says more than what the reporting one made of it: "Status: 5.1.1" for "550 5.7.1".
  const answered = enhanced?.startsWith('5') === true ? [enhanced, status] : [status, enhanced];
  const known = answered.filter((value) => value !== undefined && value !== null);
  for (const value of known) {
    const reason = isUnsaid(value) ? null : firstOf(BY_STATUS, value);
    if (reason !== null) return reason;
  }
  // The bare code only where nothing better was said: "550 5.6.1" is about the content.
  const isBare = known.every(isUnsaid);
  return (isBare && code !== undefined ? firstOf(BY_CODE, code) : null) ?? 'other';
}
