/**
 * @file What an address is once it has been parsed. Only parse.ts makes one.
 */

declare const brand: unique symbol;
/**
 * What RCPT TO carries and the screen shows, byte for byte: the local part as it was typed (in Unicode's NFC), an
 * `@`, and the domain in lower-case ASCII (international domains as A-labels, with or without SMTPUTF8: RFC 6531
 * section 3.2 allows both forms, and in this one no letter can pass for another).
 */
export type DeliveryAddress = string & { readonly [brand]: 'delivery' };
/** For counting only: never sent to, never shown. */
export type CanonicalAddress = string & { readonly [brand]: 'canonical' };

export interface ParsedAddress {
  /** As typed, without surrounding white space. */
  readonly entered: string;
  readonly delivery: DeliveryAddress;
  readonly canonical: CanonicalAddress;
}

/** The two sides of a delivery address. */
export function sidesOf(delivery: DeliveryAddress): { readonly local: string; readonly domain: string } {
  const at = delivery.lastIndexOf('@');
  return { local: delivery.slice(0, at), domain: delivery.slice(at + 1) };
}
