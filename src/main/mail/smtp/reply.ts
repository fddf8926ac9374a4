/**
 * @file What a server said, taken apart strictly (RFC 5321 §4.2), and made fit to be shown. A server's words are
 * untrusted: they are never matched on, and never shown with a secret of ours in them.
 */

export interface Reply {
  readonly code: number;
  /** RFC 3463: "5.7.8"; null when the server gave none, or one of another class than the code. */
  readonly enhanced: string | null;
  /** All lines, codes included, as they came. */
  readonly text: string;
}

/** The words may hold anything but a line's end: what passes on another server's words lets a lone CR through, too. */
const LINE = /^([2-5]\d\d)(?:[ -](?:([245]\.\d{1,3}\.\d{1,3})(?=[ \t]|$))?.*)?$/su;

/** Null for anything that has not one and the same code on every line. The last may be missing: a no that broke off is one. */
export function parseReply(text: string): Reply | null {
  const lines = text
    .replace(/\r?\n$/u, '')
    .split(/\r?\n/u)
    .map((line) => line.trimEnd());
  const codes = new Set<string>();
  const enhanced: string[] = [];
  for (const line of lines) {
    const [, code, detail] = LINE.exec(line) ?? [];
    if (code === undefined) return null;
    codes.add(code);
    if (detail?.charAt(0) === code.charAt(0)) enhanced.push(detail);
  }
  const [code] = codes;
  if (code === undefined || codes.size > 1) return null;
  return { code: Number(code), enhanced: enhanced[0] ?? null, text };
}

/** Longest text of a server shown to a person, in UTF-16 code units (the contract says 500). */
export const SAID_LENGTH = 500;
const CONCEALED = '•••';
// Cc: line breaks and terminal control; Cf: bidi overrides and invisible characters; Zl, Zp: separators;
// Cs: halves of surrogate pairs, which cannot cross as JSON.
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]+/gu;

/** Base64 hides a secret in one of three shapes, depending on how many bytes stand before it. */
function shapes(secret: string): string[] {
  const encoded = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const whole = bytes.toString('base64').replace(/=+$/u, '');
    // The first and last character may be shared with neighbouring bytes; what is between them is the secret's own.
    return whole.slice(before === 0 ? 0 : before + 1, bytes.length % 3 === 0 ? undefined : -1);
  });
  return [secret, ...encoded];
}

/** A secret as it may be set in groups: "480 587", "480-587", "qwhe.rkzl". */
function grouped(secret: string): RegExp | null {
  const signs = Array.from(secret.replace(/[^a-z0-9]/gi, ''));
  return signs.length < 3 ? null : new RegExp(signs.join('[^a-z0-9]{0,3}'), 'gi');
}

/** A digit in any script, and as addresses of the web, mails, HTML and programs write one. */
const DIGIT = /\p{Nd}/gu;
const ESCAPED_DIGIT = /(?:%|=|\\x|\\u00|&#x0*)3\d;?|&#0*(?:4[89]|5[0-7]);/giu;

/** Digits stand in rows of ten, from the zero on. */
function digitOf(sign: string): string {
  const plain = sign.normalize('NFKC');
  if (/^[0-9]$/u.test(plain)) return plain;
  const point = plain.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

/** HTML counts them in tens, and all else in sixteens: "&#52;", "=34". */
const escapedDigitOf = (sign: string): string =>
  /^&#0*\d/u.test(sign) ? String(Number(sign.replace(/\D/gu, '')) - 48) : (/3(\d);?$/u.exec(sign)?.[1] ?? '');

/** Without a code of digits, whatever stands between them. */
function withoutDigits(said: string, code: string): string {
  let left = said;
  for (const [written, read] of [
    [DIGIT, digitOf],
    [ESCAPED_DIGIT, escapedDigitOf],
  ] as const) {
    const signs = [...left.matchAll(written)];
    const row = signs.map(([sign]) => read(sign)).join('');
    let shown = '';
    let from = 0;
    for (let at = row.indexOf(code); at >= 0; at = row.indexOf(code, at + code.length)) {
      const last = signs[at + code.length - 1];
      shown += left.slice(from, signs[at]?.index) + CONCEALED;
      from = (last?.index ?? 0) + (last?.[0].length ?? 0);
    }
    left = shown + left.slice(from);
  }
  return left;
}

/**
 * One line, without control characters, at most {@link SAID_LENGTH} long, in which nothing of `conceal` can be read:
 * servers quote commands, and a refused message may come back with its subject.
 */
export function sayable(text: string, conceal: readonly string[]): string | null {
  let said = text
    .split(/\r?\n/u)
    .map((line, index) =>
      index === 0 ? line : line.replace(/^\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3}[ \t])?/u, ''),
    )
    .join(' ')
    .replace(UNSHOWABLE, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  // Longest first, so that no piece of a longer shape is left beside a shorter one.
  const hidden = conceal
    .filter((secret) => secret !== '')
    .flatMap(shapes)
    .sort((a, b) => b.length - a.length);
  for (const shape of hidden) {
    // A shape of one or two characters says nothing, and would make holes in every word.
    if (shape.length > 2) said = said.replaceAll(shape, CONCEALED);
  }
  for (const secret of conceal) {
    if (/^\d{4,}$/u.test(secret)) said = withoutDigits(said, secret);
    const pattern = grouped(secret);
    if (pattern !== null) said = said.replace(pattern, CONCEALED);
  }
  said = said.slice(0, SAID_LENGTH).replace(/\p{Cs}$/u, '');
  return said === '' ? null : said;
}
