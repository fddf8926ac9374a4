/**
 * @file Which servers of an account are outside its own domain: each is confirmed by name before any password goes to it.
 * What DNS or a settings file says may be forged, and what is typed may be misspelled.
 */
import { parseAddress } from '../address/parse.ts';
import { sidesOf } from '../address/address.ts';
import type { AccountForm } from '../../shared/words.ts';
import { foldedHost } from '../../shared/mail-servers.ts';

const hostsOf = ({ kind, server, mailbox }: AccountForm): readonly string[] =>
  kind !== 'server'
    ? []
    : [server?.host, mailbox?.server?.host].flatMap((host) => (host === undefined ? [] : [foldedHost(host)]));

/**
 * The hosts of `form` that are neither its own domain nor below it, each once, but for those that the account as it is
 * signs in to already.
 */
export function outsideHosts(form: AccountForm, current: AccountForm | null): readonly string[] {
  const address = parseAddress(form.address);
  const domain = address.ok ? sidesOf(address.value.delivery).domain : null;
  const known = new Set(current === null ? [] : hostsOf(current));
  const isOwn = (host: string): boolean =>
    domain !== null && (host === domain || host.endsWith(`.${domain}`));
  return [...new Set(hostsOf(form))].filter((host) => !isOwn(host) && !known.has(host));
}
