/**
 * @file Folds an address into the form that budgets are counted by, so that spellings of one mailbox share one
 * budget. Folding too much only makes a budget smaller; a mail is never sent to what comes out of here.
 */
import type { CanonicalAddress, DeliveryAddress } from './address.ts';
import { sidesOf } from './address.ts';
import { familyOf } from './spellings.ts';

/** The canonical form of a delivery address. */
export function canonicalOf(delivery: DeliveryAddress): CanonicalAddress {
  const sides = sidesOf(delivery);
  const { local, domain } = withoutSubdomain(foldCase(sides.local), sides.domain);
  const family = familyOf(domain);
  const base = withoutTag(local, family?.tag === undefined ? ['+'] : ['+', family.tag]);
  const folded = family?.overlooked === undefined ? base : base.replace(family.overlooked, '');
  // What is overlooked whole is no mailbox; it is counted as it stands. The brand is this function's to give.
  return `${folded === '' ? base : folded}@${family?.domains[0] ?? domain}` as CanonicalAddress;
}

/**
 * RFC 5321 section 2.4 lets a server tell "Mia" from "mia", but no service in use does, and counting them apart
 * would give a guesser 2ⁿ budgets. NFKC and the final sigma fold what differs in form only (UTS #39 section 4).
 */
function foldCase(local: string): string {
  return local.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/** RFC 5233: "mia+anything" reaches the mailbox "mia". A local part that is all tag stays. */
function withoutTag(local: string, signs: readonly string[]): string {
  const [at = local.length] = signs
    .map((sign) => local.indexOf(sign))
    .filter((index) => index > 0)
    .sort((a, b) => a - b);
  return local.slice(0, at);
}

/** "anything@mia.fastmail.com" is "mia@fastmail.com". */
function withoutSubdomain(
  local: string,
  domain: string,
): { readonly local: string; readonly domain: string } {
  const dot = domain.indexOf('.');
  const rest = domain.slice(dot + 1);
  return familyOf(rest)?.subdomains === true
    ? { local: domain.slice(0, dot), domain: rest }
    : { local, domain };
}
