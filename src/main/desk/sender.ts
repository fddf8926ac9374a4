/**
 * @file The account as the records know it: the sign-in that messages go out by, and the form its budget is counted in.
 * Another password, port, security, name or place of the secret is the same sender.
 */
import { parseAddress } from '../address/parse.ts';
import { foldedHost, GMAIL_SMTP } from '../../shared/mail-servers.ts';
import type { AccountForm } from '../../shared/words.ts';
import type { Sender } from '../verification/core.ts';

/** Null when there is no account, or its address is none. */
export function senderOf(form: AccountForm | null): Sender | null {
  const parsed = form === null ? null : parseAddress(form.address);
  if (form === null || parsed?.ok !== true) return null;
  const { delivery: address, canonical } = parsed.value;
  if (form.kind === 'server' && form.server !== undefined)
    return { address, canonical, host: foldedHost(form.server.host), user: form.server.user };
  const user = form.signInAs === undefined ? parsed : parseAddress(form.signInAs);
  if (!user.ok) return null;
  // Google counts by account and not by the address that mail comes from.
  const { canonical: counted, delivery } = user.value;
  return { address, canonical: counted, host: GMAIL_SMTP.host, user: delivery };
}

/** Nothing leaves practice: it sends by itself. */
export const PRACTICE_SENDER: Sender = {
  address: 'practice',
  canonical: 'practice',
  host: 'practice',
  user: 'practice',
};
