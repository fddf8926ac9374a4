/**
 * @file Asks DNS whether a domain takes mail (RFC 5321 section 5.1). Only a clear "no" is one; a slow or broken DNS
 * must never look like a fault of the address.
 */

/** `unknown`: DNS did not say. */
export type TakesMail = 'yes' | 'no' | 'unknown';

/** The part of `Resolver` in node:dns/promises that is needed; its time-outs are set by its maker. */
export interface MailResolver {
  resolveMx(domain: string): Promise<readonly { readonly exchange: string; readonly priority: number }[]>;
  resolve4(domain: string): Promise<readonly string[]>;
  resolve6(domain: string): Promise<readonly string[]>;
}

/** `domain` in its ASCII form. */
export async function takesMail(domain: string, resolver: MailResolver): Promise<TakesMail> {
  const servers = await answer(resolver.resolveMx(domain));
  if (servers === 'unknown') return 'unknown';
  if (servers !== 'none') return servers.every(({ exchange }) => isNull(exchange)) ? 'no' : 'yes';
  // Without an MX record the domain's own address takes the mail.
  const own = await Promise.all([answer(resolver.resolve4(domain)), answer(resolver.resolve6(domain))]);
  if (own.every((records) => records === 'none')) return 'no';
  return own.every((records) => records === 'none' || records === 'unknown') ? 'unknown' : 'yes';
}

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
