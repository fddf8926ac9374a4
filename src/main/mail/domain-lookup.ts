/**
 * @file Asks DNS whether a domain takes mail at all, quickly and once. Advice only: nothing waits for it,
 * and what DNS does not say is not said.
 */
import { Resolver } from 'node:dns/promises';
import type { ParsedAddress } from '../address/address.ts';
import { sidesOf } from '../address/address.ts';
import { mailDomainHint, type MailResolver } from '../address/mail-domain.ts';
import type { AddressHint } from '../../shared/words.ts';

/** The hint waits for this while the clerk types; a slower answer would come after Send was pressed. */
const LOOKUP_TIMEOUT_MS = 400;
/** A shift's worth of domains. They are forgotten with the program and never written down. */
const REMEMBERED = 200;
/** A "no" is asked for again after this: the portal of a guest network answers so for everybody. */
const NO_FOR_MS = 300_000;

interface Answer {
  readonly hint: Promise<AddressHint | null>;
  readonly at: number;
}

/** DNS as the system is set to ask it, with our patience. */
export const createMailResolver = (): Resolver => new Resolver({ timeout: LOOKUP_TIMEOUT_MS, tries: 1 });

/** A lookup that remembers its answers for a while. `resolver` is DNS and `monotonic` a clock, but for tests. */
export function createDomainLookup(
  resolver: MailResolver = createMailResolver(),
  monotonic: () => number = () => performance.now(),
): (address: ParsedAddress) => Promise<AddressHint | null> {
  const known = new Map<string, Answer>();
  return (address) => {
    const { domain } = sidesOf(address.delivery);
    const earlier = known.get(domain);
    if (earlier !== undefined && monotonic() - earlier.at < NO_FOR_MS) return earlier.hint;
    known.delete(domain);
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    const hint = mailDomainHint(address, resolver).then((said) => {
      if (said !== 'unknown') return said;
      // A resolver that was slow the first time often knows the second time.
      if (known.get(domain) === answer) known.delete(domain);
      return null;
    });
    const answer: Answer = { hint, at: monotonic() };
    known.set(domain, answer);
    return hint;
  };
}
