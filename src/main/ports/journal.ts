/** @file What the journal needs of the world: a key that signs, and where it ended. The key itself stays behind its port. */

/** An Ed25519 public key as a JWK (RFC 8037 section 2). */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** 32 bytes in base64url. */
  readonly x: string;
}

export interface Signer {
  readonly key: PublicKey;
  /** Of the key. */
  readonly thumbprint: string;
  /** A compact JWS (RFC 7515) over `payload`, whose header says `typ` and carries {@link Signer.key}. */
  sign(typ: string, payload: string): string;
  // At once, because an entry is written while the records are locked.
  /** SHA-256 of an ASCII text in base64url. */
  digest(text: string): string;
  /** Bytes, or a text in UTF-8, in base64url. */
  encode(what: Uint8Array | string): string;
}

/** The last entry, as far as the next one has to know it. */
export interface Head {
  /** The name of the journal. */
  readonly iss: string;
  readonly n: number;
  /** SHA-256 of the entry as signed, in base64url. */
  readonly digest: string;
  /** When it was written, in seconds. */
  readonly iat: number;
  /** The thumbprint of the key that signs the next one. */
  readonly key: string;
}
