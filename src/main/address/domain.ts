/**
 * @file Parses what stands after the `@` into its ASCII form. International names go through UTS #46, both ways;
 * nothing that the standard refuses, and nothing that is not a public host name, may come out of here.
 */
import { domainToASCII, domainToUnicode } from 'node:url';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AddressProblem } from '../../shared/words.ts';

/** RFC 5890 section 2.3.1: letters, digits, hyphens, none at the ends, at most 63. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** RFC 1123 section 2.1: the top level is alphabetic, so "1.2.3.4" and what `domainToASCII` reads as such are none. */
const TOP_LEVEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * Letters, their marks and digits, and what RFC 5892 section 2.6 and appendix A allow beside them. Everything else
 * is kept from `domainToASCII`, which reads its input like a URL: it stops at a slash and decodes "%41".
 */
const TYPED = /^[a-z0-9.\-\p{L}\p{M}\p{Nd}\u06fd\u06fe\u0f0b\u3007\u0375\u05f3\u05f4\u30fb\u00b7]+$/iu;

/** Whether this one character may stand in a typed domain. */
export const isDomainCharacter = (character: string): boolean => TYPED.test(character);

/** The domain in lower-case ASCII, international labels as A-labels. */
export function parseDomain(typed: string): Result<string, AddressProblem> {
  if (typed.startsWith('[')) return fail('domain-literal');
  if (/[^.]\.$/.test(typed)) return fail('trailing-dot');
  if (!TYPED.test(typed)) return fail('character-not-allowed');
  const ascii = toAscii(typed);
  if (ascii === null) return fail('domain-not-valid');
  const labels = ascii.split('.');
  if (labels.includes('')) return fail('dots');
  if (labels.length < 2) return fail('domain-without-dot');
  if (!labels.every((label) => LABEL.test(label))) return fail('domain-not-valid');
  return TOP_LEVEL.test(labels.at(-1) ?? '') ? ok(ascii) : fail('domain-not-valid');
}

/** UTS #46, there and back; null when the standard refuses it or the way back is another. */
function toAscii(typed: string): string | null {
  const ascii = domainToASCII(typed);
  const unicode = domainToUnicode(ascii);
  // An "xn--" label that decodes to nothing allowed is left as it is, so it is still there on the way back.
  if (ascii === '' || hasALabel(unicode) || !inIdna2008(unicode)) return null;
  return domainToASCII(unicode) === ascii ? ascii : null;
}

const hasALabel = (domain: string): boolean => domain.split('.').some((label) => label.startsWith('xn--'));

/** UTS #46 still lets symbols pass ("☃.net"); mail is held to RFC 5892, which does not. */
function inIdna2008(unicode: string): boolean {
  return unicode.split('.').every((label) => {
    const middle = label
      .replace(/(?<=l)\u00b7(?=l)|\u0375(?=\p{scx=Greek})|(?<=\p{scx=Hebrew})[\u05f3\u05f4]/gu, '')
      .replaceAll('\u30fb', /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(label) ? '' : '\u30fb');
    // Joiners have been judged by UTS #46 (CheckJoiners).
    return /^[a-z0-9\-\p{L}\p{M}\p{Nd}\u06fd\u06fe\u0f0b\u3007\u200c\u200d]*$/u.test(middle);
  });
}
