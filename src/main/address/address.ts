/**
 * @file What an address is once it has been parsed. Only parse.ts makes one.
 */

declare const brand: unique symbol;
/** What RCPT TO carries and the screen shows. */
export type DeliveryAddress = string & { readonly [brand]: 'delivery' };
/** For counting only: never sent to, never shown. */
export type CanonicalAddress = string & { readonly [brand]: 'canonical' };

export interface ParsedAddress {
  /** As typed, without surrounding white space. */
  readonly entered: string;
  readonly delivery: DeliveryAddress;
  readonly canonical: CanonicalAddress;
  /** The local part has characters outside ASCII: the server must offer SMTPUTF8. */
  readonly needsSmtpUtf8: boolean;
}
