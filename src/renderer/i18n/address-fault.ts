/**
 * @file What is wrong with a typed address, in words, with the character at fault by its name. Pure.
 */
import { type AddressFault } from '../../shared/words.ts';
import { type Words } from './i18n.ts';

export function addressFaultText(t: Words, { problem, character, repair }: AddressFault): string {
  if (character === null) return t(`addressProblems.${problem}`);
  const name = nameOf(t, character);
  if (problem === 'character-not-allowed') return t('addressFaults.notAllowed', { character: name });
  const hidden = t('addressFaults.hidden', { name });
  return repair === null ? `${hidden} ${t('addressFaults.byHand')}` : hidden;
}

const NAMED = {
  '\n': 'lineBreak',
  '\r': 'lineBreak',
  '\u2028': 'lineBreak',
  '\u2029': 'lineBreak',
  '\t': 'tab',
  '\u00ad': 'softHyphen',
  '\u200b': 'zeroWidthSpace',
  '\u200c': 'joiner',
  '\u200d': 'joiner',
  '\u2060': 'joiner',
  '\ufeff': 'byteOrderMark',
  '\u200e': 'directionMark',
  '\u200f': 'directionMark',
  '\u061c': 'directionMark',
  '\u202a': 'directionMark',
  '\u202b': 'directionMark',
  '\u202c': 'directionMark',
  '\u202d': 'directionMark',
  '\u202e': 'directionMark',
  '\u2066': 'directionMark',
  '\u2067': 'directionMark',
  '\u2068': 'directionMark',
  '\u2069': 'directionMark',
} as const;
const isNamed = (character: string): character is keyof typeof NAMED => Object.hasOwn(NAMED, character);

/** In quotation marks when it can be seen by itself; otherwise its name, or Unicode's number. */
function nameOf(t: Words, character: string): string {
  const number = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (isNamed(character))
    return t('addressFaults.named', { name: t(`addressFaults.names.${NAMED[character]}`), number });
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)
    ? t('addressFaults.shown', { character })
    : t('addressFaults.named', { name: t('addressFaults.names.other'), number });
}
