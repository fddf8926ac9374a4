/**
 * @file Finds names made to be taken for others: several scripts in one name, or another script's letters that
 * spell a Latin word. It only ever points out; the address stays as it is, and the person decides.
 */
import { domainToUnicode } from 'node:url';
import type { AddressHint } from '../../shared/words.ts';
import { sidesOf, type ParsedAddress } from './address.ts';
import { isKnownDomain, services } from './known-domains.ts';

/**
 * The scripts that UTS #39 section 5.2 ("highly restrictive") lets stand alone: those of UAX #31 table 5, and
 * the three that East Asian languages mix, with Latin beside them.
 */
const SCRIPTS: readonly (readonly string[])[] = [
  ...[
    ...[
      'Arabic',
      'Armenian',
      'Bengali',
      'Cyrillic',
      'Devanagari',
      'Ethiopic',
      'Georgian',
      'Greek',
      'Gujarati',
    ],
    ...['Gurmukhi', 'Hebrew', 'Kannada', 'Khmer', 'Lao', 'Latin', 'Malayalam', 'Myanmar', 'Oriya', 'Sinhala'],
    ...['Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan'],
  ].map((script) => [script]),
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];
const ONE_SCRIPT = SCRIPTS.map((scripts) => {
  const classes = [...scripts, 'Common', 'Inherited'].map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${classes.join('')}]*$`, 'u');
});

/**
 * Letters drawn like ASCII ones, from UTS #39's confusables.txt and the tables of Chromium's
 * components/url_formatter/spoof_checks: Cyrillic, Greek, Armenian, and Latin's own.
 */
const DRAWN_LIKE: ReadonlyMap<string, string> = new Map(
  [
    ['аɑα', 'a'],
    ['ЬьъƄƅ', 'b'],
    ['сϲ', 'c'],
    ['ԁ', 'd'],
    ['еҽ', 'e'],
    ['ɡցԍ', 'g'],
    ['һհ', 'h'],
    ['іıɩι', 'i'],
    ['јϳȷյ', 'j'],
    ['кκĸ', 'k'],
    ['ӏǀ', 'l'],
    ['пηո', 'n'],
    ['оοσօ', 'o'],
    ['рρ', 'p'],
    ['ԛզ', 'q'],
    ['гᴦ', 'r'],
    ['ѕƽ', 's'],
    ['тτ', 't'],
    ['υսʋ', 'u'],
    ['ѵνᴠ', 'v'],
    ['ԝωѡ', 'w'],
    ['х', 'x'],
    ['уүγʏ', 'y'],
    // Small capitals, and the letter that is drawn as an apostrophe.
    ...Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴡᴢ', (letter, at) => [letter, 'abcdefghijklmnoprstuwz'.charAt(at)]),
    ['ʼ', "'"],
  ].flatMap(([letters = '', ascii = '']) => Array.from(letters, (letter) => [letter, ascii] as const)),
);
/** Where a whole name in such letters is at home (Chromium's list, and top levels that are not Latin themselves). */
const AT_HOME = /^(?:am|bg|by|gr|kz|ru|su|ua|uz|xn--.+)$/;
const ASCII = /^[\0-\x7f]*$/;
/** Zero-width joiners: some languages need them, and they are invisible. */
const JOINERS = /[\u200c\u200d]/u;

/** What the letters of an address give reason to say, most serious first. */
export function lookAlikeHints(address: ParsedAddress): AddressHint[] {
  const { local, domain } = sidesOf(address.delivery);
  const hints: AddressHint[] = [];
  const unicode = domainToUnicode(domain);
  if (unicode !== domain) {
    hints.push({ kind: domainDeceives(unicode, domain) ? 'look-alike' : 'international', ascii: domain });
  }
  if (local.split('.').some(localDeceives) || (!ASCII.test(local) && ASCII_ONLY.has(domain))) {
    hints.push({ kind: 'look-alike-local' });
  }
  return hints;
}

/** Services whose mailboxes have names in ASCII only: what is not has been mistyped or made up. */
const ASCII_ONLY: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlemail.com',
  'gmx.de',
  'gmx.net',
  'web.de',
]);

/** Written from the right, with digits beside: two of these in another order can be drawn alike (UAX #9). */
const RIGHT_TO_LEFT = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

function localDeceives(atom: string): boolean {
  return (
    mixesScripts(atom) ||
    // Turkish and Azeri have the dotless i: by itself it deceives in a service's name only.
    spellsAscii(atom.replaceAll('ı', '')) ||
    (spellsAscii(atom) && services.has(asDrawn(atom))) ||
    // Mathematical and other dressed-up letters: the same word in another form.
    (!ASCII.test(atom) && atom.normalize('NFKC') !== atom) ||
    (RIGHT_TO_LEFT.test(atom) && /[0-9]/.test(atom))
  );
}

function domainDeceives(unicode: string, ascii: string): boolean {
  const atHome = AT_HOME.test(ascii.slice(ascii.lastIndexOf('.') + 1));
  const labels = unicode.split('.');
  return (
    JOINERS.test(unicode) ||
    labels.some(mixesScripts) ||
    (!atHome && labels.some(spellsAscii)) ||
    // "gmáil.com": an accent is easily missed on a name that everybody knows.
    isKnownDomain(asDrawn(unicode.normalize('NFD').replace(/\p{M}/gu, '')))
  );
}

/** No single script, nor one of the usual mixtures, has all its letters. */
function mixesScripts(name: string): boolean {
  return !ASCII.test(name) && !ONE_SCRIPT.some((script) => script.test(name));
}

/** Not ASCII, but drawn as if it were. */
function spellsAscii(name: string): boolean {
  return !ASCII.test(name) && ASCII.test(asDrawn(name));
}

function asDrawn(name: string): string {
  return Array.from(name.toLowerCase(), (letter) => DRAWN_LIKE.get(letter) ?? letter).join('');
}
