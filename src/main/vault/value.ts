/**
 * @file The form every vault value has. It must never put a value into its message.
 */

/**
 * Printable ASCII, 1 to 2,000 characters: what every keychain keeps unchanged. Windows allows a credential 2,560 bytes
 * (CRED_MAX_CREDENTIAL_BLOB_SIZE), keytar refuses empty values, and ASCII is the same in every encoding.
 */
const VALUE = /^[\x20-\x7e]{1,2000}$/;

/** Throws on a value that no keychain could be trusted with; callers only ever pass their own encodings. */
export function checkValue(value: string): void {
  if (!VALUE.test(value)) throw new TypeError('a vault value is 1 to 2,000 printable ASCII characters');
}
