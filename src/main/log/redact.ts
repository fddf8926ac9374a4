/**
 * @file The second wall before the log: removes what looks like an address, a code, a password or a key from a
 * line. The first wall is that they are never logged; this one is no reason to log them.
 */

const MARKS: readonly (readonly [RegExp, string])[] = [
  // Anything around an @, quoted or not, international or not.
  [/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/gu, '[address]'],
  // Keys, ids and AUTH PLAIN answers: long runs of hex or base64. Before the digits, which would cut them in
  // pieces; paths are spared by their dots and slashes.
  [/(?<![\p{L}\p{Nd}+])(?=[A-Za-z0-9+_-]*\p{Nd})[A-Za-z0-9+_-]{20,}={0,2}/gu, '[long]'],
  // Six digits or more, also when they are grouped, full-width or Arabic-Indic.
  [/\p{Nd}(?:[\s-]?\p{Nd}){5,}/gu, '[digits]'],
  // An app password as Google shows it and as people paste it.
  [/(?<![\p{L}\p{Nd}])[a-z]{4}(?:[\s-][a-z]{4}){3}(?![\p{L}\p{Nd}])/giu, '[secret]'],
  [/(?<![\p{L}\p{Nd}])[a-z]{16}(?![\p{L}\p{Nd}])/giu, '[secret]'],
];

/** `line` with each suspicious part replaced by its kind; control characters become spaces. */
export function redact(line: string): string {
  return MARKS.reduce((text, [pattern, mark]) => text.replace(pattern, mark), line.replace(/\p{Cc}/gu, ' '));
}
