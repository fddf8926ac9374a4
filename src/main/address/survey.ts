/**
 * @file Recognises what was pasted when it is not one bare address, so that the refusal can say so. It reads every
 * character once and keeps nothing but counts: a paste of a million characters costs a million steps, never more.
 * It never takes an address apart; parse.ts does, and only what has passed here.
 */
import type { AddressProblem } from '../../shared/words.ts';

/**
 * The most UTF-16 code units that are looked at any closer. An address has at most 254 octets; decomposed Hangul,
 * the worst case, is typed with three code units for what becomes three octets, so this loses no address.
 */
export const LONGEST_TYPED = 1000;

/** What one pass over the characters has seen. Quoted strings and comments count as a whole, not by their content. */
interface Seen {
  /** In UTF-16 code units. */
  length: number;
  ats: number;
  /** Those inside quoted strings and comments too. */
  atsAnywhere: number;
  /** Pieces between white space, commas and semicolons, and how many of them have an `@`. */
  pieces: number;
  piecesWithAt: number;
  separators: boolean;
  space: boolean;
  control: boolean;
  invisible: boolean;
  angle: boolean;
  quote: boolean;
  comment: boolean;
  colonBeforeAt: boolean;
  otherAtSign: boolean;
}

/** Cheap answer for nearly every character, before the Unicode properties are asked. */
const PLAIN = /^[a-z0-9.]$/i;
/** White space that a person sees as a gap; the line breaks are control characters here: they end SMTP commands. */
const SPACE = /^[\t\p{Zs}]$/u;
const CONTROL = /^[\p{Cc}\p{Zl}\p{Zp}]$/u;
/** Format characters (bidirectional controls, zero-width, soft hyphen, tags) and what fonts show as nothing. */
const INVISIBLE = /^[\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;

type Kind = 'separator' | 'space' | 'break' | 'control' | 'invisible' | 'other';

function kindOf(character: string): Kind {
  if (PLAIN.test(character)) return 'other';
  if (character === ',' || character === ';') return 'separator';
  if (SPACE.test(character)) return 'space';
  if (character === '\r' || character === '\n') return 'break';
  if (CONTROL.test(character)) return 'control';
  return INVISIBLE.test(character) ? 'invisible' : 'other';
}

export const isInvisible = (character: string): boolean => kindOf(character) === 'invisible';
/** Line breaks are control characters as well. */
export const isControl = (character: string): boolean => ['break', 'control'].includes(kindOf(character));

/** Reads the characters once, in order. A string is such a sequence; a test can count the steps of another. */
export function survey(characters: Iterable<string>): Readonly<Seen> {
  const seen: Seen = {
    length: 0,
    ats: 0,
    atsAnywhere: 0,
    pieces: 0,
    piecesWithAt: 0,
    separators: false,
    space: false,
    control: false,
    invisible: false,
    angle: false,
    quote: false,
    comment: false,
    colonBeforeAt: false,
    otherAtSign: false,
  };
  /** What ends the quoted string or comment that is being read. */
  let until: '"' | ')' | null = null;
  let piece: 'none' | 'without-at' | 'with-at' = 'none';
  for (const character of characters) {
    seen.length += character.length;
    if (character === '@') seen.atsAnywhere += 1;
    const kind = kindOf(character);
    if (kind === 'control' || kind === 'break') seen.control = true;
    if (kind === 'invisible') seen.invisible = true;
    if (until !== null) {
      if (character === until) until = null;
      continue;
    }
    if (kind === 'separator') seen.separators = true;
    if (kind === 'space') seen.space = true;
    if (kind === 'separator' || kind === 'space' || kind === 'break') {
      piece = 'none';
      continue;
    }
    if (piece === 'none') {
      seen.pieces += 1;
      piece = 'without-at';
    }
    switch (character) {
      case '@':
        seen.ats += 1;
        if (piece === 'without-at') seen.piecesWithAt += 1;
        piece = 'with-at';
        break;
      case '"':
        seen.quote = true;
        until = '"';
        break;
      case '(':
        seen.comment = true;
        until = ')';
        break;
      case ')':
        seen.comment = true;
        break;
      case '<':
      case '>':
        seen.angle = true;
        break;
      case ':':
        if (seen.ats === 0) seen.colonBeforeAt = true;
        break;
      // U+FF20 and U+FE6B: what an East Asian keyboard writes for "@".
      case '\uff20':
      case '\ufe6b':
        seen.otherAtSign = true;
        break;
    }
  }
  return seen;
}

/**
 * The most helpful thing to say about a text that cannot be one bare address; null when it may be one. The order
 * is the point: "a@x.com, b@y.com" is two addresses before it is a comma, "Mia <mia@x.com>" a name before a space.
 */
export function surveyProblem(seen: Readonly<Seen>): AddressProblem | null {
  if (seen.length === 0) return 'empty';
  // A column copied from a spreadsheet has line breaks, and nothing but addresses between them.
  if (seen.pieces > 1 && seen.pieces === seen.piecesWithAt) return 'several-addresses';
  if (seen.control) return 'control-character';
  if (seen.invisible) return 'invisible-character';
  if (seen.ats > 1 && (seen.separators || seen.space || seen.angle)) return 'several-addresses';
  if (seen.atsAnywhere === 0) {
    if (seen.length > LONGEST_TYPED) return 'too-long';
    return seen.otherAtSign ? 'character-not-allowed' : 'no-at-sign';
  }
  if (seen.angle) return 'display-name';
  if (seen.quote) return seen.space ? 'display-name' : 'quoted';
  if (seen.comment) return 'comment';
  // "team: mia@x.com;" (RFC 5322 section 3.4, group) and "Email: mia@x.com": something stands in front.
  if (seen.colonBeforeAt) return 'display-name';
  if (seen.space) return 'space-inside';
  if (seen.length > LONGEST_TYPED) return 'too-long';
  return seen.ats > 1 ? 'several-at-signs' : null;
}
