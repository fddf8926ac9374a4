/**
 * @file Asks DNS whether anybody takes mail for an address's domain (RFC 5321 section 5.1). Only a clear "no" is
 * said; a slow or broken DNS must never look like a fault of the address.
 */
import type { AddressHint } from '../../shared/words.ts';
import { sidesOf, type ParsedAddress } from './address.ts';

/** The part of `Resolver` in node:dns/promises that is needed; its time-outs are whoever makes it to set. */
export interface MailResolver {
  resolveMx(domain: string): Promise<readonly { readonly exchange: string; readonly priority: number }[]>;
  resolve4(domain: string): Promise<readonly string[]>;
  resolve6(domain: string): Promise<readonly string[]>;
}

/** The hint that no server takes mail for the domain; null when one does, `unknown` when DNS does not say. */
export async function mailDomainHint(
  address: ParsedAddress,
  resolver: MailResolver,
): Promise<AddressHint | null | 'unknown'> {
  const { domain } = sidesOf(address.delivery);
  const servers = await answer(resolver.resolveMx(domain));
  if (servers === 'unknown') return 'unknown';
  if (servers !== 'none') return servers.every(({ exchange }) => isNull(exchange)) ? NO_MAIL_SERVER : null;
  // Without an MX record the domain's own address takes the mail.
  const own = await Promise.all([answer(resolver.resolve4(domain)), answer(resolver.resolve6(domain))]);
  if (own.every((records) => records === 'none')) return NO_MAIL_SERVER;
  return own.every((records) => records === 'none' || records === 'unknown') ? 'unknown' : null;
}

const NO_MAIL_SERVER: AddressHint = { kind: 'no-mail-server' };

/** RFC 7505: an MX of the root says "no mail, ever". c-ares gives the root as an empty name. */
const isNull = (exchange: string): boolean => exchange === '' || exchange === '.';

/** The records, `none` when DNS says so, `unknown` when it says nothing. */
async function answer<T>(query: Promise<readonly T[]>): Promise<readonly T[] | 'none' | 'unknown'> {
  try {
    const records = await query;
    return records.length === 0 ? 'none' : records;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? 'none' : 'unknown';
  }
}
