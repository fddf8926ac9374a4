/** @file How bytes stand in a token: base64url (RFC 4648 section 5, without padding), UTF-8, and SHA-256 of a text. */
import { base64url } from 'jose';

/** The bytes of a base64url text; null when it is none. Two spellings of the same bytes are not both one. */
export function decodeBase64url(text: string): Uint8Array | null {
  try {
    const bytes = base64url.decode(text);
    return base64url.encode(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

export const encodeBase64url = (bytes: Uint8Array | string): string => base64url.encode(bytes);

/** The UTF-8 text in base64url; null when it is none. */
export function decodeText(text: string): string | null {
  const bytes = decodeBase64url(text);
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** SHA-256 in base64url of an ASCII text: of an entry as signed, or of a disclosure as written. */
export const digestOf = async (text: string): Promise<string> =>
  encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));

/**
 * What the JSON text says; null when it is none, or names a member twice: libraries differ in which of the two they take
 * (RFC 8259 section 4), so one and the same token would say different things.
 */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return namesTwice(text) ? null : value;
  } catch {
    return null;
  }
}

/** Strings, those that name a member with their colon, and brackets: enough to walk through a text that is JSON. */
const MARK = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g;

function namesTwice(json: string): boolean {
  const open: Set<unknown>[] = [];
  for (const [mark, colon] of json.matchAll(MARK)) {
    if (mark === '{' || mark === '[') open.push(new Set());
    else if (mark === '}' || mark === ']') open.pop();
    else if (colon !== undefined) {
      const names = open.at(-1);
      const name: unknown = JSON.parse(mark.slice(0, -colon.length));
      if (names?.has(name) === true) return true;
      names?.add(name);
    }
  }
  return false;
}
