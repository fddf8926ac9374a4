/**
 * @file Folds an address into the form that budgets are counted by, so that spellings of one mailbox share one
 * budget. Folding too much only makes a budget smaller; a mail is never sent to what comes out of here.
 */
import type { CanonicalAddress, DeliveryAddress } from './address.ts';
import { sidesOf } from './address.ts';

/** One service under two names; it ignores dots (support.google.com/mail/answer/7436150). */
const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/** The canonical form of a delivery address. */
export function canonicalOf(delivery: DeliveryAddress): CanonicalAddress {
  const { local, domain } = sidesOf(delivery);
  const gmail = GMAIL.has(domain);
  const base = withoutTag(foldCase(local));
  const folded = `${gmail ? base.replaceAll('.', '') : base}@${gmail ? 'gmail.com' : domain}`;
  // The brand is this function's to give: nothing else makes this form.
  return folded as CanonicalAddress;
}

/**
 * RFC 5321 section 2.4 lets a server tell "Mia" from "mia", but no service in use does, and counting them apart
 * would give a guesser 2ⁿ budgets. NFKC and the final sigma fold what differs in form only (UTS #39 section 4).
 */
function foldCase(local: string): string {
  return local.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/** RFC 5233: "mia+anything" reaches the mailbox "mia". A local part that is all tag stays. */
function withoutTag(local: string): string {
  const plus = local.indexOf('+');
  return plus > 0 ? local.slice(0, plus) : local;
}
