/**
 * @file The names a verification goes by: its id, the reference people say aloud and the Message-ID of each of
 * its mails. All are random; none may depend on the code or the address.
 */
import type { Random } from '../ports/random.ts';

/** 32 symbols, so that five random bits choose one evenly; without 0, 1, I and O, which are mistaken for others. */
const SYMBOLS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** A reference starts with a letter: digits alone could be taken for the code. */
const LETTERS = 'ABCDEFGHJKLMNPQR';

const ID_BYTES = 16;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** 128 random bits as 32 hexadecimal digits. */
export const newId = (random: Random): string => hex(random.bytes(ID_BYTES));

/** An id, and as many bytes more as its caller needs, of one draw: two take twice as long. */
export function newIdAnd(bytes: number, random: Random): readonly [id: string, more: Uint8Array] {
  const drawn = random.bytes(ID_BYTES + bytes);
  return [hex(drawn.subarray(0, ID_BYTES)), drawn.subarray(ID_BYTES)];
}

/** What staff and mail call a verification: "C7-4KQ2-93". */
export function newReference(random: Random): string {
  const [first = 0, ...rest] = random.bytes(8);
  const symbols = rest.map((byte) => SYMBOLS.charAt(byte % SYMBOLS.length));
  const text = LETTERS.charAt(first % LETTERS.length) + symbols.join('');
  return `${text.slice(0, 2)}-${text.slice(2, 6)}-${text.slice(6)}`;
}

const REFERENCE = new RegExp(`^([${LETTERS}][${SYMBOLS}])[-\\s]?([${SYMBOLS}]{4})[-\\s]?([${SYMBOLS}]{2})$`);

/** The reference that a text is, however it was typed; null when it can't be one. */
export function referenceIn(text: string): string | null {
  const parts = REFERENCE.exec(text.trim().toUpperCase());
  return parts === null ? null : parts.slice(1).join('-');
}

/** The Message-ID of one mail (RFC 5322 section 3.6.4), with a right half that belongs to the sender. */
export function newMessageId(random: Random, verificationId: string, sender: string): string {
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return `<${verificationId}.${hex(random.bytes(8))}@${domain}>`;
}

/** The verification that the mark of a message belongs to (ports/message-id.ts). */
export const idOfToken = (token: string): string => token.slice(0, 32);
