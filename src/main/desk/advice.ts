/**
 * @file What the desk says of an address that is being typed: whether it is one, and once the typing rests, what is
 * worth a look in it.
 */
import { faultOf } from '../address/fault.ts';
import { hintsFor } from '../address/hint.ts';
import { sidesOf, type ParsedAddress } from '../address/address.ts';
import { parseAddress } from '../address/parse.ts';
import type { AddressVerdict } from '../../shared/desk-view.ts';
import type { AddressHint } from '../../shared/words.ts';
import type { DeskPorts } from './ports.ts';

export function judgeAddress(typed: string): AddressVerdict {
  const address = parseAddress(typed);
  return address.ok
    ? { valid: true, delivery: address.value.delivery }
    : { valid: false, fault: faultOf(typed, address.problem) };
}

export async function adviceOn(
  address: ParsedAddress,
  { takesMail }: Pick<DeskPorts, 'takesMail'>,
): Promise<readonly AddressHint[]> {
  return hintsFor(address, await takesMail(sidesOf(address.delivery).domain));
}
