/**
 * @file Whom certificates may come from: Node's own list, and the authorities that this computer was told to trust, which
 * a virus scanner or a company puts there. The second kind can read what goes over a connection, so that the owner is
 * asked once: before that nothing is said over it, and least of all the password.
 */
import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import type { Authority } from '../../shared/words.ts';

export const AUTHORITY_UNLISTED = 'AUTHORITY_UNLISTED';

interface Authorities {
  readonly context: tls.SecureContext;
  /** The keys of the authorities on Node's own list. */
  readonly listed: ReadonlySet<string>;
}

let known: Authorities | null = null;

const keyOf = (certificate: X509Certificate): string =>
  certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** RFC 8996 retires everything before TLS 1.2. */
const contextWith = (ca: readonly string[]): tls.SecureContext =>
  tls.createSecureContext({ ca: [...ca], minVersion: 'TLSv1.2' });

/** The computer's authorities; none where this build of Node cannot ask for them. */
function systemAuthorities(): readonly string[] {
  try {
    return tls.getCACertificates('system');
  } catch {
    return [];
  }
}

/** Read before the first connection and not at the start: it takes a quarter of a second. */
function authorities(): Authorities {
  known ??= {
    context: contextWith([...new Set([...tls.getCACertificates('default'), ...systemAuthorities()])]),
    listed: new Set(tls.getCACertificates('bundled').map((pem) => keyOf(new X509Certificate(pem)))),
  };
  return known;
}

/** Names come from certificates: one line, no control or direction characters, not long. */
const shown = (name: string): string =>
  name
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 80);

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value[0] : value;

/** The authority that a verified chain ends in, if Node's own list has neither it nor any other one of the chain. */
export function unlistedAuthority(leaf: tls.DetailedPeerCertificate): Authority | null {
  const { listed } = authorities();
  let top = leaf;
  for (let steps = 0; steps < 20; steps += 1) {
    // An authority of the list may be vouched for by another one as well (cross-signing): the key is what counts.
    if (listed.has(keyOf(new X509Certificate(top.raw)))) return null;
    const issuer = top.issuerCertificate as tls.DetailedPeerCertificate | undefined;
    // The last one is its own issuer; where the chain was not sent whole, there is none.
    if (issuer === undefined || issuer.fingerprint256 === top.fingerprint256) break;
    top = issuer;
  }
  const { CN, O } = top.subject;
  return { name: shown(one(CN) ?? one(O) ?? '') || top.fingerprint256, fingerprint: top.fingerprint256 };
}

/** How a server is trusted. */
export interface Trust {
  /** Trusts this certificate (PEM), and no authority. The practice server's only. */
  readonly ca?: string;
  /** Authorities that are not on Node's list, and that the owner has said yes to. */
  readonly consented?: readonly Authority[];
}

/**
 * For every connection. The chain is always verified. One that ends in an authority that the owner was not asked about
 * is closed before a byte is said over it. `meet` is told of each authority that is not on Node's list.
 */
export function trusting(
  trust: Trust | undefined,
  meet: (authority: Authority) => void,
): tls.ConnectionOptions {
  if (trust?.ca !== undefined) return { rejectUnauthorized: true, secureContext: contextWith([trust.ca]) };
  const consented = trust?.consented ?? [];
  return {
    rejectUnauthorized: true,
    secureContext: authorities().context,
    checkServerIdentity: (host, certificate) => {
      const mismatch = tls.checkServerIdentity(host, certificate);
      if (mismatch !== undefined) return mismatch;
      // Node hands over the whole chain here, though the type says otherwise.
      const authority = unlistedAuthority(certificate as tls.DetailedPeerCertificate);
      if (authority === null) return undefined;
      meet(authority);
      if (consented.some(({ fingerprint }) => fingerprint === authority.fingerprint)) return undefined;
      return Object.assign(new Error('an authority that was not asked about'), { code: AUTHORITY_UNLISTED });
    },
  };
}
