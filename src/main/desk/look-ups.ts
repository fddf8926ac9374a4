/**
 * @file Which domains DNS is asked about. The page names them, and a page gone bad could send data out by names that it
 * makes up: so only the draft's domain is looked up, once it has stood for a moment, and so many in an hour.
 */
import { sidesOf, type ParsedAddress } from '../address/address.ts';
import type { TakesMail } from '../address/mail-domain.ts';
import { parseAddress } from '../address/parse.ts';
import { HOUR_MS } from '../ledger/policy.ts';
import type { DeskPorts } from './ports.ts';

/** A pause of this length in what is typed; the page asks after a longer one, or when an address came whole. */
export const REST_MS = 500;
/** More domains than a busy desk sees in an hour: one a minute. What was asked within it is asked again for nothing. */
export const DOMAINS_AN_HOUR = 60;

export interface LookUps {
  /** What is being typed has changed. */
  readonly drafted: (typed: string) => void;
  /** For an address in the draft; `unknown` for any other, and when the draft has changed before it rested. */
  readonly ofDraft: (address: ParsedAddress) => Promise<TakesMail>;
  /** Whether the servers of a domain may be looked for now: it counts like any other question about it. */
  readonly mayAsk: (domain: string) => boolean;
  /** For an address that a code was just sent to. */
  readonly ofSent: (address: ParsedAddress) => Promise<TakesMail>;
}

const domainOf = ({ delivery }: ParsedAddress): string => sidesOf(delivery).domain;

export function createLookUps({
  takesMail,
  clock,
  timers,
}: Pick<DeskPorts, 'takesMail' | 'clock' | 'timers'>): LookUps {
  let draft: { readonly domain: string | null; readonly since: number } = { domain: null, since: 0 };
  /** Ends a wait for the draft to rest: there is one at most. */
  let giveUp = (): void => undefined;
  const asked = new Map<string, number>();

  /** Whether this domain was asked about in the last hour, or may be now. */
  function mayAsk(domain: string): boolean {
    const now = clock.monotonic();
    for (const [earlier, at] of asked) if (now - at >= HOUR_MS) asked.delete(earlier);
    if (asked.has(domain)) return true;
    if (asked.size >= DOMAINS_AN_HOUR) return false;
    asked.set(domain, now);
    return true;
  }

  const ask = (domain: string): Promise<TakesMail> =>
    mayAsk(domain) ? takesMail(domain) : Promise.resolve('unknown');

  /** True once the draft's domain has stood for long enough; false when it changed, or something else was asked. */
  function rested(): Promise<boolean> {
    giveUp();
    const ms = draft.since + REST_MS - clock.monotonic();
    if (ms <= 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const stop = timers.after(ms, () => resolve(true));
      giveUp = () => {
        stop();
        resolve(false);
      };
    });
  }

  return {
    drafted: (typed) => {
      const address = parseAddress(typed);
      const domain = address.ok ? domainOf(address.value) : null;
      if (domain === draft.domain) return;
      draft = { domain, since: clock.monotonic() };
      giveUp();
    },
    ofDraft: async (address) => {
      const domain = domainOf(address);
      if (domain !== draft.domain || !(await rested())) return 'unknown';
      return ask(domain);
    },
    mayAsk,
    ofSent: (address) => ask(domainOf(address)),
  };
}
