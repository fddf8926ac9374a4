/** @file The bytes of a foreign server or message as text. */

/** `bytes` is one character a byte. UTF-8, or something older that is kept byte by byte (RFC 5321 §4.2.1 knows ASCII only). */
export function decoded(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? bytes : text;
}
