/**
 * @file Finds the one address that a refused text obviously holds: behind a name, in brackets or quotes, with a dot or a
 * comma after it, with spaces round its @. It is offered and never taken by itself. Where two readings are possible
 * ("mia keller@example.com") there is none.
 */
import { parseAddress } from './parse.ts';
import { isControl, isInvisible, LONGEST_TYPED } from './survey.ts';

/** The address in the form to be typed; null when the text holds none, or more than one, or when in doubt. */
export function repairOf(text: string): string | null {
  if (text.length > LONGEST_TYPED) return null;
  const plain = plainForm(text);
  for (const reading of [plain, joined(plain)]) {
    const found = onlyAddress(reading);
    if (found === 'none') continue;
    // What is fine as it stands needs no repair.
    return found === 'doubtful' || found.address === text ? null : found.address;
  }
  return null;
}

/** Full-width forms (U+FF01 to U+FF5E) and the ideographic full stop: what an East Asian keyboard writes for ASCII. */
const FULL_WIDTH = /[\uff01-\uff5e\u3002\uff61\ufe6b]/gu;
const ASCII_FORMS: Readonly<Record<string, string>> = { '\u3002': '.', '\uff61': '.' };

/** The same text without what cannot be seen, with one kind of space, and with the @ where words stand for it. */
function plainForm(text: string): string {
  const seen = Array.from(text, (character) => {
    if (isInvisible(character)) return '';
    return isControl(character) ? '\n' : character;
  });
  return (
    seen
      .join('')
      .replace(FULL_WIDTH, (form) => ASCII_FORMS[form] ?? form.normalize('NFKC'))
      .replace(/\p{Zs}/gu, ' ')
      // "mia [at] example [dot] com": written so to hide it from programs.
      .replace(/ ?[[({]at[\])}] ?/giu, '@')
      .replace(/ ?[[({]dot[\])}] ?/giu, '.')
      .replace(/[ \t\n]*@[ \t\n]*(?:@[ \t\n]*)*/gu, '@')
  );
}

/** For texts in which nothing is an address yet: the domain's pieces put together. */
function joined(text: string): string {
  const at = text.indexOf('@');
  const domain = text
    .slice(at)
    // "gmail,com", "example..com", "example. com", "exam ple.com"
    .replace(/(?<=[\p{L}\p{Nd}]),(?=\p{L})/gu, '.')
    .replace(/\.{2,}/gu, '.')
    .replace(/\s*\.\s+|\s+\./gu, '.');
  const whole = /^@[\p{L}\p{Nd}.\- \n]+$/u.test(domain) ? domain.replace(/\s/gu, '') : domain;
  return at < 0 ? text : text.slice(0, at) + whole;
}

/** What ends a piece: white space, brackets, and the quotation marks that no address has. */
const PIECE = /[^\s<>()[\]",;“”„«»]+/gu;

function onlyAddress(text: string): { readonly address: string } | 'none' | 'doubtful' {
  const found = new Map<string, string>();
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const bare = bareOf(piece);
    if (!bare.includes('@')) continue;
    const address = parseAddress(bare);
    if (!address.ok) return found.size === 0 ? 'none' : 'doubtful';
    if (!standsApart(text.slice(0, index), bare)) return 'doubtful';
    // The same mailbox twice is one.
    if (!found.has(address.value.canonical)) found.set(address.value.canonical, bare);
  }
  const [first, second] = found.values();
  if (second !== undefined) return 'doubtful';
  return first === undefined ? 'none' : { address: first };
}

/** Signs that may stand in a local part, by the one that closes what they open. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{ "'": "'", '`': '`', '*': '*', _: '_', '~': '~', '|': '|' },
  '}': '{',
};

/** The piece without the label, link or quotation marks round it. */
function bareOf(piece: string): string {
  const link = /^mailto:([^?]*)/iu.exec(piece)?.[1];
  const inside = link === undefined ? piece.slice(labelEnd(piece)) : link.replace(/^([^@]+)%40/iu, '$1@');
  const ended = inside.replace(/[^\p{L}\p{M}\p{Nd}@]+$/u, '');
  // "*mia@example.com*": a sign at both ends is no part of the address; one that is only in front may be.
  const sign = SIGNS[inside.charAt(ended.length)];
  const start = sign !== undefined && ended.startsWith(sign) ? ended.slice(1) : ended;
  return start.replace(/^[.:•·–—’‘´]+/u, '').replace(/[’‘´]/gu, "'");
}

/** "Email:mia@example.com". An address of the web is no label. */
const labelEnd = (piece: string): number =>
  piece.includes('://') ? 0 : piece.lastIndexOf(':', piece.indexOf('@')) + 1;

/** One space or a comma behind a bare word, with nothing else in between. */
const WORD_BEFORE = /(?:^|[\s,;<>()"“”])([\p{L}\p{M}\p{Nd}._'’-]+)(?: |,)$/u;
const LABEL = /^(?:e-?mail|mail|address|to|is)$/iu;

/**
 * Whether what stands before is surely no part of the address. In "mia keller@example.com" the space may be a dot that
 * was lost; in "Mia Keller mia@example.com" the name is there again, and in "E-mail mia@example.com" it is a label.
 */
function standsApart(before: string, address: string): boolean {
  const word = WORD_BEFORE.exec(before)?.[1];
  if (word === undefined || /[.'’-]$/u.test(word) || LABEL.test(word)) return true;
  const local = address.slice(0, address.indexOf('@')).toLowerCase();
  return before
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{Nd}]+/u)
    .some((name) => name.length > 2 && local.includes(name));
}
