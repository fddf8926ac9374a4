/** @file Selective disclosure: RFC 9901's own example, what a stranger learns of what isn't shown, and what is refused. */
import { describe, expect, it } from 'vitest';
import { digestsOf, disclosuresOf, readDisclosures } from '../../../src/main/journal/disclosures.ts';
import { decodeText, digestOf, encodeBase64url } from '../../../src/main/journal/encoding.ts';
import { createFakeRandom } from '../../fakes/clock.ts';
import { signerOf } from '../../../src/main/journal/signing.ts';
import { keyFrom, MIA } from '../../fakes/journal-scene.ts';

const random = createFakeRandom('disclosures');
const signer = await signerOf(keyFrom('disclosures'));
const disclosure = (...parts: readonly unknown[]) => encodeBase64url(JSON.stringify(parts));

describe('a disclosure', () => {
  it('has the digest that RFC 9901 section 4.2.3 gives its example', async () => {
    const text = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
    expect(JSON.parse(decodeText(text) ?? '')).toEqual(['_26bc4LT-ac6q2KI6cBW5es', 'family_name', 'Möbius']);
    expect(await digestOf(text)).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
  });

  it('shows its part and no other', async () => {
    const all = disclosuresOf(MIA, random, signer);
    const digests = digestsOf(all, random, signer);
    const { shown, faults } = await readDisclosures([all.operator ?? '', all.details ?? ''], digests);
    expect(shown).toEqual({ operator: 'Anna', details: MIA.details });
    expect(faults).toEqual([]);
  });

  it('has a salt of its own of 128 bits, also for the same text', () => {
    const salts = [disclosuresOf(MIA, random, signer), disclosuresOf(MIA, random, signer)]
      .flatMap((all) => Object.values(all))
      .map((text) => (JSON.parse(decodeText(text) ?? '') as [string])[0]);
    expect(new Set(salts).size).toBe(10);
    for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
  });

  it('is one of five digests in an order that tells nothing, whatever there is to show', () => {
    for (const hidden of [{}, { operator: 'Anna' }, MIA]) {
      const digests = digestsOf(disclosuresOf(hidden, random, signer), random, signer);
      expect(digests).toHaveLength(5);
      expect(digests).toEqual(digests.toSorted());
      expect(new Set(digests).size).toBe(5);
    }
  });
});

describe('refused is a disclosure', () => {
  const signedAs = async (text: string) => readDisclosures([text], [await digestOf(text)]);

  it('that is not signed, and one that is there twice', async () => {
    const all = disclosuresOf(MIA, random, signer);
    const digests = digestsOf(all, random, signer);
    const other = disclosuresOf(MIA, random, signer);
    const { shown, faults } = await readDisclosures(
      [all.operator ?? '', other.address ?? '', all.operator ?? '', 'no base64!'],
      digests,
    );
    expect(shown).toEqual({ operator: 'Anna' });
    expect(faults).toEqual([
      { at: 2, why: 'not-signed' },
      { at: 3, why: 'twice' },
      { at: 4, why: 'not-signed' },
    ]);
  });

  it.each([
    ['of a claim that is signed in clear', disclosure('salt', 'result', 'verified')],
    ['of the digests', disclosure('salt', '_sd', [])],
    ['of a name that every object has', disclosure('salt', 'constructor', 'x')],
    ['without a salt', disclosure('operator', 'Anna')],
    ['with a salt that is no text', disclosure(1, 'operator', 'Anna')],
    ['with a value of another kind', disclosure('salt', 'operator', { name: 'Anna' })],
    ['of an array element', disclosure('salt', 'x')],
    ['that is no JSON', encodeBase64url('Anna')],
  ])('%s, also when it is signed', async (_what, text) => {
    expect(await signedAs(text)).toEqual({ shown: {}, faults: [{ at: 1, why: 'unknown' }] });
  });
});
