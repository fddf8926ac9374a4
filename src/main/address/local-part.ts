/**
 * @file Parses what stands before the `@`. It allows RFC 5321's dot-string and, beyond ASCII, letters, their marks
 * and digits (RFC 6531). It never changes what was typed, except into the one spelling Unicode has for it (NFC).
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AddressProblem } from '../../shared/words.ts';

/** RFC 5321 section 4.5.3.1.1, in octets. */
const LONGEST = 64;

/**
 * RFC 5322 section 3.2.3 `atext`, and beyond ASCII only what people write names with: a sign, a symbol or an
 * unassigned character in a mailbox name is far more often a trick or an accident than a name.
 */
const ATOM_CHARACTERS = /^[a-z0-9!#$%&'*+\-/=?^_`{|}~\p{L}\p{M}\p{Nd}]+$/iu;
const OUTSIDE_ASCII = /[^\0-\x7f]/u;

/**
 * `=?utf-8?q?…?=` is a valid atom, and a mail program that decodes it where it should not reads another address in
 * it ("Splitting the email atom", PortSwigger 2024). No mailbox is named so.
 */
const ENCODED_WORD = '=?';

/** A full-width letter, U+212A KELVIN SIGN or the ligature "ﬁ" passes for ASCII without being it. */
const passesForAscii = (character: string): boolean =>
  OUTSIDE_ASCII.test(character) && /[\0-\x7f]/.test(character.normalize('NFKC'));

/**
 * "mia%example.test@desk.test" and "example.test!mia@desk.test" are routes: servers with Postfix's defaults send them on to
 * mia@example.test (postconf(5), allow_percent_hack and swap_bangpath), which is another mailbox than the one on the screen.
 */
const ROUTE = /[%!]/;

/** Whether this one character may stand in a local part. */
export const isLocalCharacter = (character: string): boolean =>
  character === '.' || (ATOM_CHARACTERS.test(character) && !passesForAscii(character));

/** The local part as RCPT TO carries it. */
export function parseLocalPart(typed: string): Result<string, AddressProblem> {
  // The ASCII letter was meant, but which mailbox is meant is not ours to decide.
  for (const character of typed) if (passesForAscii(character)) return fail('character-not-allowed');
  // RFC 6532 section 3.1: one spelling, NFC. Some systems type "é" as two characters; they look the same.
  const local = typed.normalize('NFC');
  if (new TextEncoder().encode(local).length > LONGEST) return fail('local-part-too-long');
  const atoms = local.split('.');
  const misfit = atoms.some((atom) => atom !== '' && (!ATOM_CHARACTERS.test(atom) || /^\p{M}/u.test(atom)));
  if (misfit || local.includes(ENCODED_WORD)) return fail('character-not-allowed');
  if (ROUTE.test(local)) return fail('route');
  return atoms.includes('') ? fail('dots') : ok(local);
}
