/**
 * @file One throw-away certificate that vouches for itself, written in DER (RFC 5280, X.690): Node makes keys and
 * signatures, but no certificates. It is for servers on this computer, and nothing else may trust it.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

const OID = {
  commonName: [2, 5, 4, 3],
  ecdsaWithSha256: [1, 2, 840, 10045, 4, 3, 2],
  basicConstraints: [2, 5, 29, 19],
  keyUsage: [2, 5, 29, 15],
  extendedKeyUsage: [2, 5, 29, 37],
  serverAuth: [1, 3, 6, 1, 5, 5, 7, 3, 1],
  subjectAltName: [2, 5, 29, 17],
} as const;

/** Tag, length, content (X.690 section 8.1). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const bytes = size < 0x100 ? [size] : [size >> 8, size & 0xff];
  const length = size < 0x80 ? [size] : [0x80 + bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(TAG.sequence, ...parts);
/** A part under a number of its own, as X.509 marks what may be left out. */
const numbered = (number: number, ...parts: readonly Uint8Array[]): Buffer => der(0xa0 + number, ...parts);

function oid([first = 0, second = 0, ...rest]: readonly number[]): Buffer {
  const groups = rest.flatMap((arc) => {
    const sevens = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) sevens.unshift((left & 0x7f) | 0x80);
    return sevens;
  });
  return der(TAG.oid, Buffer.from([first * 40 + second, ...groups]));
}

/** Whole bytes, none of them unused. */
const bitString = (bytes: Uint8Array): Buffer => der(TAG.bits, Buffer.from([0]), bytes);
/** UTCTime: YYMMDDHHMMSSZ, which RFC 5280 wants until 2049. */
const time = (epochMs: number): Buffer =>
  der(
    TAG.utcTime,
    Buffer.from(
      new Date(epochMs)
        .toISOString()
        .slice(2)
        .replace(/[-:T]|\.\d+/g, ''),
    ),
  );

const extension = (id: readonly number[], critical: boolean, value: Uint8Array): Buffer =>
  sequence(oid(id), ...(critical ? [der(TAG.boolean, Buffer.from([0xff]))] : []), der(TAG.octets, value));

/** A name in DNS, or an IPv4 address. */
function generalName(host: string): Buffer {
  const numbers = host.split('.').map(Number);
  const isAddress = numbers.length === 4 && numbers.every((number) => number >= 0 && number <= 255);
  return isAddress ? der(0x87, Buffer.from(numbers)) : der(0x82, Buffer.from(host, 'latin1'));
}

export interface SelfSigned {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

/** `name` is for people, `host` is what a client compares; the times are epoch ms. */
export function selfSigned(options: {
  readonly name: string;
  readonly host: string;
  readonly notBefore: number;
  readonly notAfter: number;
}): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const name = sequence(
    der(TAG.set, sequence(oid(OID.commonName), der(TAG.utf8, Buffer.from(options.name)))),
  );
  // Positive, and as RFC 5280 wants it: 20 bytes at most.
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
  const extensions = sequence(
    // A certificate that a client trusts by itself is its own authority. BoringSSL believes that only of one whose key
    // may sign certificates; OpenSSL never asks.
    extension(OID.basicConstraints, true, sequence(der(TAG.boolean, Buffer.from([0xff])))),
    // digitalSignature and keyCertSign: bits 0 and 5, two bits of the byte unused.
    extension(OID.keyUsage, true, der(TAG.bits, Buffer.from([2, 0b1000_0100]))),
    extension(OID.extendedKeyUsage, false, sequence(oid(OID.serverAuth))),
    extension(OID.subjectAltName, false, sequence(generalName(options.host))),
  );
  const certificate = sequence(
    numbered(0, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, serial),
    algorithm,
    name,
    sequence(time(options.notBefore), time(options.notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    numbered(3, extensions),
  );
  const signed = sequence(certificate, algorithm, bitString(sign('sha256', certificate, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${signed.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
