/**
 * @file What is worth saying about a valid address before something is sent to it. Hints inform; they never
 * change, delay or refuse an address.
 */
import type { AddressHint } from '../../shared/words.ts';
import { sidesOf, type ParsedAddress } from './address.ts';
import { disposableDomains, roles } from './known-domains.ts';
import { lookAlikeHints } from './look-alike.ts';
import type { TakesMail } from './mail-domain.ts';
import { slipOf } from './typo.ts';

/** A quotation mark, or the beginning of a web address, that a name may have and hardly ever has. */
const EXTRA = /^(?:'|www\.)(?=[^.])/iu;

/** Most important first. `takes`: whether DNS says that the domain takes mail; a likely slip is decided with it. */
export function hintsFor(address: ParsedAddress, takes: TakesMail): AddressHint[] {
  const { local, domain } = sidesOf(address.delivery);
  const hints = lookAlikeHints(address);
  const slip = slipOf(domain);
  if (slip !== null && (slip.sure || takes === 'no'))
    hints.unshift({ kind: 'typo', suggestion: `${local}@${slip.meant}` });
  else if (takes === 'no') hints.unshift({ kind: 'no-mail-server' });
  const extra = EXTRA.exec(local)?.[0];
  if (extra !== undefined)
    hints.push({ kind: 'extra', extra, suggestion: address.delivery.slice(extra.length) });
  if (roles.has(roleOf(local))) hints.push({ kind: 'role' });
  if (isDisposable(domain)) hints.push({ kind: 'disposable' });
  return hints;
}

/** "Info+summer" is still the role "info". */
function roleOf(local: string): string {
  return local.toLowerCase().replace(/\+.*$/u, '');
}

/** Such services hand out subdomains of their own as well. */
function isDisposable(domain: string): boolean {
  const labels = domain.split('.');
  return labels.some((_, first) => disposableDomains.has(labels.slice(first).join('.')));
}
