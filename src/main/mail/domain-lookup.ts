/**
 * @file Asks DNS whether a domain takes mail at all, quickly and once. Advice only: it must never hold anybody
 * up, and what DNS does not say stays unsaid.
 */
import { Resolver } from 'node:dns/promises';
import type { ParsedAddress } from '../address/address.ts';
import { sidesOf } from '../address/address.ts';
import { mailServerHint, type MailResolver } from '../address/mail-server.ts';
import type { AddressHint } from '../../shared/words.ts';

/** The hint waits for this while somebody types; a slower answer would come after Send was pressed. */
const LOOKUP_TIMEOUT_MS = 400;
/** A shift's worth of domains. They are forgotten with the program and never written down. */
const REMEMBERED = 200;

/** A lookup that remembers its answers. `resolver` is DNS, but for tests. */
export function createDomainLookup(
  resolver: MailResolver = new Resolver({ timeout: LOOKUP_TIMEOUT_MS, tries: 1 }),
): (address: ParsedAddress) => Promise<AddressHint | null> {
  const known = new Map<string, Promise<AddressHint | null>>();
  return (address) => {
    const { domain } = sidesOf(address.delivery);
    const earlier = known.get(domain);
    if (earlier !== undefined) return earlier;
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    const asked = mailServerHint(address, resolver);
    known.set(domain, asked);
    return asked;
  };
}
