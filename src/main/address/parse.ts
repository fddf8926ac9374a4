/**
 * @file Turns what was typed into one mailbox or says why it is none (RFC 5321 section 4.1.2, RFC 6531). Strict on
 * purpose: what other programs read in different ways (names, comments, groups, quotes, literals) is refused, so
 * that the recipient on the wire is the address on the screen. It never repairs anything.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AddressProblem } from '../../shared/words.ts';
import type { DeliveryAddress, ParsedAddress } from './address.ts';
import { canonicalOf } from './canonical.ts';
import { parseDomain } from './domain.ts';
import { parseLocalPart } from './local-part.ts';
import { survey, surveyProblem } from './survey.ts';

/** RFC 5321 section 4.5.3.1.3 (a path of 256 octets with its angle brackets), RFC 3696 erratum 1690. */
const LONGEST = 254;

/** What "copy email address" puts on the clipboard in some browsers (RFC 6068). */
const LINK = /^<?mailto:/iu;

/** One bare address, surrounding white space aside. The time it takes grows with the length, and no faster. */
export function parseAddress(entered: string): Result<ParsedAddress, AddressProblem> {
  const text = entered.trim();
  const problem = surveyProblem(survey(text));
  if (problem !== null) return fail(LINK.test(text) ? 'link' : problem);

  const at = text.lastIndexOf('@');
  if (at === 0) return fail('no-local-part');
  if (at === text.length - 1) return fail('no-domain');
  const local = parseLocalPart(text.slice(0, at));
  if (!local.ok) return local;
  const domain = parseDomain(text.slice(at + 1));
  if (!domain.ok) return domain;

  const octets = new TextEncoder().encode(local.value).length;
  if (octets + 1 + domain.value.length > LONGEST) return fail('too-long');
  // The brand is this function's to give: both sides have just been parsed.
  const delivery = `${local.value}@${domain.value}` as DeliveryAddress;
  return ok({ entered: text, delivery, canonical: canonicalOf(delivery) });
}
