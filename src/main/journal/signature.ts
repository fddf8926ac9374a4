/**
 * @file Ed25519 signatures in JWS form (RFC 7515, RFC 8037), checked by `jose` on WebCrypto, which Node and browsers both
 * have. Whether the key is one to believe is another question, and not asked here.
 */
import { compactVerify, importJWK } from 'jose';
import * as z from 'zod/mini';
import type { PublicKey } from '../ports/journal.ts';
import { decodeBase64url, decodeText, parseJson } from './encoding.ts';
import { PublicKeyItem, thumbprintOf } from './key.ts';

/** RFC 8037 section 3.1. RFC 9864 has a narrower name for it, which few libraries know yet. */
export const ALGORITHM = 'EdDSA';

/** Strict: what a header may ask for beside this, `crit` for one, is not done here. */
const Header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.string(), jwk: PublicKeyItem });

/** What was signed, and by which key. */
export interface Signed {
  readonly typ: string;
  readonly key: PublicKey;
  readonly thumbprint: string;
  readonly payload: string;
}

/** Null when the token is not as it was signed. */
export type SignatureReader = (token: string) => Promise<Signed | null>;

/** Checks many tokens. What a header says is kept, because the entries of a journal share theirs. */
export function createSignatureReader(): SignatureReader {
  const headers = new Map<string, ReturnType<typeof readHeader>>();
  return async (token) => {
    const [header = '', payload = '', signature = '', ...more] = token.split('.');
    const text = decodeText(payload);
    // The library takes a signature's last letter in four spellings.
    if (more.length > 0 || text === null || decodeBase64url(signature) === null) return null;
    const reading = headers.get(header) ?? readHeader(header);
    headers.set(header, reading);
    const read = await reading;
    if (read === null) return null;
    try {
      await compactVerify(token, read.imported, { algorithms: [ALGORITHM] });
    } catch {
      return null;
    }
    return { typ: read.typ, key: read.key, thumbprint: read.thumbprint, payload: text };
  };
}

async function readHeader(text: string) {
  const header = Header.safeParse(parseJson(decodeText(text) ?? ''));
  if (!header.success) return null;
  const { typ, jwk: key } = header.data;
  try {
    return {
      typ,
      key,
      thumbprint: await thumbprintOf(key),
      imported: await importJWK({ ...key }, ALGORITHM),
    };
  } catch {
    // Not every 32 bytes are a key.
    return null;
  }
}

/** RFC 8037 appendix A.4. */
const EXAMPLE = {
  key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  token:
    'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.' +
    'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
} as const;

/** Whether Ed25519 can be checked here: older browsers cannot. */
export async function canCheckSignatures(): Promise<boolean> {
  try {
    await compactVerify(EXAMPLE.token, await importJWK(EXAMPLE.key, ALGORITHM));
    return true;
  } catch {
    return false;
  }
}
