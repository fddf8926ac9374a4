/** @file Keys and signatures against the examples of the RFCs, and what is no key. */
import { createPrivateKey, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readKey, thumbprintOf } from '../../../src/main/journal/key.ts';
import { canCheckSignatures, createSignatureReader } from '../../../src/main/journal/signature.ts';
import { newPrivateKey, signerOf } from '../../../src/main/journal/signing.ts';

/** RFC 8037 appendices A.1 to A.3. */
const KEY = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;
const SECRET = { ...KEY, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };
const THUMBPRINT = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';

describe('a key', () => {
  it('has the thumbprint of RFC 8037', async () => {
    expect(await thumbprintOf(KEY)).toBe(THUMBPRINT);
  });

  it.each([
    ['its thumbprint', THUMBPRINT],
    ['its thumbprint in groups and lines', `${THUMBPRINT.slice(0, 20)} \n ${THUMBPRINT.slice(20)}\r\n`],
    ['its JWK', JSON.stringify(KEY)],
    ['its JWK with more in it', JSON.stringify({ ...KEY, kid: 'desk', use: 'sig' }, null, 2)],
  ])('is known by %s', async (_by, text) => {
    expect(await readKey(text)).toBe(THUMBPRINT);
  });

  it.each([
    ['a thumbprint cut short', THUMBPRINT.slice(0, 42)],
    ['a thumbprint that is no base64url', `${THUMBPRINT.slice(0, 42)}!`],
    ['a second spelling of the same bytes', `${THUMBPRINT.slice(0, 42)}l`],
    ['a key of another kind', JSON.stringify({ kty: 'EC', crv: 'P-256', x: KEY.x, y: KEY.x })],
    ['a key of another length', JSON.stringify({ ...KEY, x: 'AAAA' })],
    ['a word', 'Harbour Clinic'],
  ])('is not %s', async (_what, text) => {
    expect(await readKey(text)).toBeNull();
  });

  it('that is new signs what can be checked, and is another each time', async () => {
    const [one, two] = [await newPrivateKey(), await newPrivateKey()];
    expect(one.d).not.toBe(two.d);
    const token = (await signerOf(one)).sign('t', '{"a":"é"}');
    expect(await createSignatureReader()(token)).toMatchObject({ typ: 't', payload: '{"a":"é"}' });
  });
});

describe('a signature', () => {
  const read = createSignatureReader();
  const signed = async () => (await signerOf(SECRET)).sign('t', '{}');

  it('can be checked here', async () => {
    expect(await canCheckSignatures()).toBe(true);
  });

  it('has one spelling: its last letter in another one is refused, although the bytes are the same', async () => {
    const token = await signed();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = letters.indexOf(token.slice(-1));
    for (const other of [last ^ 1, last ^ 2, last ^ 3]) {
      expect(await read(token.slice(0, -1) + letters.charAt(other))).toBeNull();
    }
    expect(await read(token)).not.toBeNull();
  });

  const base64url = (text: string) => Buffer.from(text).toString('base64url');
  const header = (members: object) => base64url(JSON.stringify(members));
  /** With this header, and a signature over it that is right. */
  const signedUnder = (head: string) => {
    const key = createPrivateKey({ key: SECRET, format: 'jwk' });
    const said = `${head}.${base64url('{}')}`;
    return `${said}.${sign(null, Buffer.from(said), key).toString('base64url')}`;
  };

  it('is right under the header as it should be', async () => {
    expect(await read(signedUnder(header({ alg: 'EdDSA', typ: 't', jwk: KEY })))).not.toBeNull();
  });

  it.each([
    ['no algorithm', header({ alg: 'none', typ: 't', jwk: KEY })],
    ['a shared secret', header({ alg: 'HS256', typ: 't', jwk: KEY })],
    [
      'a member that must be understood',
      header({ alg: 'EdDSA', typ: 't', jwk: KEY, crit: ['b64'], b64: false }),
    ],
    ['a name for its key', header({ alg: 'EdDSA', typ: 't', jwk: KEY, kid: 'desk' })],
    ['its algorithm twice', base64url(`{"alg":"none","alg":"EdDSA","typ":"t","jwk":${JSON.stringify(KEY)}}`)],
    ['the narrower name of its algorithm', header({ alg: 'Ed25519', typ: 't', jwk: KEY })],
    ['more in its key', header({ alg: 'EdDSA', typ: 't', jwk: { ...KEY, use: 'sig' } })],
    ['padding', `${header({ alg: 'EdDSA', typ: 't', jwk: KEY })}=`],
    ['a key elsewhere', header({ alg: 'EdDSA', typ: 't', jku: 'https://example.com', jwk: KEY })],
    ['a private key', header({ alg: 'EdDSA', typ: 't', jwk: SECRET })],
    ['no key', header({ alg: 'EdDSA', typ: 't' })],
  ])('is refused with %s in its header, although it is right', async (_what, other) => {
    const token = signedUnder(other);
    expect(await read(token)).toBeNull();
    expect(await read(token.replace(/[^.]+$/, ''))).toBeNull();
  });
});
