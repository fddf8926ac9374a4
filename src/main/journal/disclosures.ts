/**
 * @file Selective disclosure (RFC 9901) as far as an entry needs it: members of one flat object, SHA-256, no key binding.
 * A disclosure is base64url of `[salt, name, value]`; its digest is signed, and without the salt nothing can be guessed.
 */
import type { Signer } from '../ports/journal.ts';
import type { Random } from '../ports/random.ts';
import { type Hidden, type HiddenName, HIDDEN_NAMES, readHidden } from './claims.ts';
import { decodeText, digestOf, parseJson } from './encoding.ts';

/** 128 bits, as RFC 9901 section 9.3 recommends. */
const SALT_BYTES = 16;

/** One disclosure for each part that is there, as text. */
export type Disclosures = { readonly [N in HiddenName]?: string };

export function disclosuresOf(
  hidden: Hidden,
  random: Random,
  { encode }: Pick<Signer, 'encode'>,
): Disclosures {
  const entries = HIDDEN_NAMES.filter((name) => hidden[name] !== undefined).map((name) => {
    const salt = encode(random.bytes(SALT_BYTES));
    return [name, encode(JSON.stringify([salt, name, hidden[name]]))] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * What is signed of them. Every entry has as many digests, so that their number doesn't tell what is there: for a part
 * that is not, one that belongs to nothing (RFC 9901 section 4.2.7). Sorted, so that their order tells as little.
 */
export function digestsOf(
  disclosures: Disclosures,
  random: Random,
  { digest, encode }: Pick<Signer, 'digest' | 'encode'>,
): readonly string[] {
  const texts = HIDDEN_NAMES.map((name) => disclosures[name] ?? encode(random.bytes(SALT_BYTES * 2)));
  return texts.map(digest).sort();
}

/** Why a disclosure can't be believed: its digest is not in the entry, it is there already, or it is none that we know. */
export type DisclosureFault = 'not-signed' | 'twice' | 'unknown';

export interface Shown {
  readonly shown: Hidden;
  /** `at` counts from 1. */
  readonly faults: readonly { readonly at: number; readonly why: DisclosureFault }[];
}

/** What the disclosures show of an entry with these digests (RFC 9901 section 7.1). */
export async function readDisclosures(texts: readonly string[], digests: readonly string[]): Promise<Shown> {
  let shown: Hidden = {};
  const faults: { readonly at: number; readonly why: DisclosureFault }[] = [];
  for (const [index, text] of texts.entries()) {
    const read = readDisclosure(text);
    const fault = digests.includes(await digestOf(text)) ? faultOf(read, shown) : 'not-signed';
    if (fault !== null) faults.push({ at: index + 1, why: fault });
    else shown = { ...shown, ...read };
  }
  return { shown, faults };
}

function faultOf(read: Hidden | null, shown: Hidden): DisclosureFault | null {
  if (read === null) return 'unknown';
  return Object.keys(read).some((name) => name in shown) ? 'twice' : null;
}

function readDisclosure(text: string): Hidden | null {
  const parts = parseJson(decodeText(text) ?? '');
  if (!Array.isArray(parts) || parts.length !== 3 || typeof parts[0] !== 'string') return null;
  return readHidden(parts[1], parts[2]);
}
