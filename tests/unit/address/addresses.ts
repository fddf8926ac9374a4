/**
 * @file Addresses for property tests: valid ones of every kind, and texts built from the pieces that attacks on
 * mail programs are made of. The generators know nothing of the parser they test.
 */
import fc from 'fast-check';
import type { ParsedAddress } from '../../../src/main/address/address.ts';
import { parseAddress } from '../../../src/main/address/parse.ts';

/** The parsed form of an address that the test says is valid. */
export function parsed(entered: string): ParsedAddress {
  const result = parseAddress(entered);
  if (!result.ok) throw new Error(`${JSON.stringify(entered)} does not parse: ${result.problem}`);
  return result.value;
}

const ATEXT = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789#$&'*+-/=?^_`{|}~";
const BEYOND = 'äéñßøıłæ\u0301їжяΣςλдᄒ한あア字名अรعא';
const atom = (letters: string) =>
  fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: 9 });
const label = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,8}[a-zA-Z0-9])?$/),
  fc.constantFrom(
    'bücher',
    'BÜCHER',
    'faß',
    'почта',
    '例え',
    '한국',
    'ไทย',
    'xn--bcher-kva',
    'مثال',
    'δοκιμή',
  ),
);

/** Mostly valid addresses, ASCII and international; those that the parser refuses are for the test to skip. */
export const plausibleAddress = fc
  .tuple(
    fc.array(fc.oneof(atom(ATEXT), atom(ATEXT + BEYOND)), { minLength: 1, maxLength: 3 }),
    fc.array(label, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('com', 'de', 'CO.UK', 'рф', 'xn--p1ai', 'test'),
  )
  .map(([atoms, labels, ending]) => `${atoms.join('.')}@${[...labels, ending].join('.')}`);

const PIECES = [
  ...[
    'mia',
    'eve',
    '@',
    '@',
    '.',
    'x.com',
    'gmail.com',
    ',',
    ';',
    ':',
    '<',
    '>',
    '(',
    ')',
    '"',
    '\\',
    '[',
    ']',
  ],
  ...[
    ' ',
    '\t',
    '\r\n',
    '\n',
    '\r',
    '\0',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u3000',
    'Bcc:',
    'RCPT TO:',
    '\r\n.\r\n',
  ],
  ...['=?utf-8?q?=40?=', '=?x?q?', '?=', '%', '!', '+', '+tag', "'", '`', '{', '\u212a', '\u0131', '\u017f'],
  ...['\u200b', '\u200d', '\u202e', '\u2066', '\u00ad', '\ufeff', '\ufe0f', '\u{e0041}', '\ud800', '\udc00'],
  ...[
    '\uff20',
    '\uff0e',
    '\u3002',
    '\uff1c',
    '\u2100',
    '\u010d\u010a',
    '\u0301',
    '\u0140',
    'xn--',
    'аррӏе',
    '127.1',
  ],
];
/** Texts that no mail program should accept. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.tuple(plausibleAddress, fc.constantFrom(...PIECES), fc.nat(30)).map(([address, piece, at]) => {
    const place = at % (address.length + 1);
    return address.slice(0, place) + piece + address.slice(place);
  }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
