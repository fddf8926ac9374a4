/**
 * @file What the desk says of an address that is being typed: whether it is one, and once the typing rests, what is
 * worth a look in it.
 */
import { faultOf } from '../address/fault.ts';
import { hintsFor } from '../address/hint.ts';
import type { ParsedAddress } from '../address/address.ts';
import type { TakesMail } from '../address/mail-domain.ts';
import { parseAddress } from '../address/parse.ts';
import type { AddressVerdict } from '../../shared/desk-view.ts';
import type { AddressHint } from '../../shared/words.ts';

export function judgeAddress(typed: string): AddressVerdict {
  const address = parseAddress(typed);
  return address.ok
    ? { valid: true, delivery: address.value.delivery }
    : { valid: false, fault: faultOf(typed, address.problem) };
}

/** What is worth a look in `typed`, with what DNS says of its domain; empty while it is no address. */
export async function adviceOn(
  typed: string,
  lookUp: (address: ParsedAddress) => Promise<TakesMail>,
): Promise<readonly AddressHint[]> {
  const address = parseAddress(typed);
  return address.ok ? hintsFor(address.value, await lookUp(address.value)) : [];
}
