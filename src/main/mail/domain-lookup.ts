/**
 * @file Asks DNS whether a domain takes mail at all, quickly and once. Advice only: nothing waits for it,
 * and what DNS does not say is not said.
 */
import { Resolver } from 'node:dns/promises';
import { takesMail, type MailResolver, type TakesMail } from '../address/mail-domain.ts';

/** The advice waits for this while the typing rests; a slower answer would come after Send was pressed. */
const LOOKUP_TIMEOUT_MS = 400;
/** A shift's worth of domains. They are forgotten with the program and never written down. */
const REMEMBERED = 200;
/** A "no" is asked for again after this: the portal of a guest network answers so for everybody. */
const NO_FOR_MS = 300_000;
/** Takes mail on every working network: where it is not found either, DNS answers for the local names only. */
const SURELY_THERE = 'gmail.com';

interface Answer {
  readonly said: Promise<TakesMail>;
  readonly at: number;
}

/** DNS as the system is set to ask it, with our patience. */
export const createMailResolver = (): Resolver => new Resolver({ timeout: LOOKUP_TIMEOUT_MS, tries: 1 });

/** A lookup that remembers its answers for a while. `resolver` is DNS and `monotonic` a clock, but for tests. */
export function createDomainLookup(
  resolver: MailResolver = createMailResolver(),
  monotonic: () => number = () => performance.now(),
): (domain: string) => Promise<TakesMail> {
  const known = new Map<string, Answer>();

  function ask(domain: string): Promise<TakesMail> {
    const earlier = known.get(domain);
    if (earlier !== undefined && monotonic() - earlier.at < NO_FOR_MS) return earlier.said;
    known.delete(domain);
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    const said = takesMail(domain, resolver).then((now) => {
      // A resolver that was slow the first time often knows the second time.
      if (now === 'unknown' && known.get(domain) === answer) known.delete(domain);
      return now;
    });
    const answer: Answer = { said, at: monotonic() };
    known.set(domain, answer);
    return said;
  }

  return async (domain) => {
    const said = await ask(domain);
    if (said !== 'no') return said;
    return (await ask(SURELY_THERE)) === 'yes' ? 'no' : 'unknown';
  };
}
