/** @file The desk's signing key as the journal sees it: its public half, and what it signs. The key itself stays behind it. */

/** An Ed25519 public key as a JWK (RFC 8037 section 2). */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** 32 bytes in base64url. */
  readonly x: string;
}

export interface Signer {
  readonly key: PublicKey;
  /** A compact JWS (RFC 7515) over `payload`, whose header says `typ` and carries {@link Signer.key}. */
  sign(typ: string, payload: string): Promise<string>;
}
