/**
 * @file A desk's journal for tests: its keys, salts and times come from a seed, so that the same seed writes the same bytes.
 * What writes, signs and reads is the real thing.
 */
import { createHash, createPrivateKey } from 'node:crypto';
import type { Event, Hidden, HiddenName } from '../../src/main/journal/claims.ts';
import { HIDDEN_NAMES } from '../../src/main/journal/claims.ts';
import { formatJournal, type JournalFault, readJournal } from '../../src/main/journal/chain.ts';
import {
  type Entry,
  readEntry,
  timeWithOffset,
  writeEntry,
  type Written,
} from '../../src/main/journal/entry.ts';
import { thumbprintOf } from '../../src/main/journal/key.ts';
import { formatReceipt } from '../../src/main/journal/receipt.ts';
import { createSignatureReader } from '../../src/main/journal/signature.ts';
import { type PrivateKey, signerOf } from '../../src/main/journal/signing.ts';
import type { Head, Signer } from '../../src/main/ports/journal.ts';
import type { RecordsFile } from '../../src/main/ports/records.ts';
import { createFakeRandom, MORNING } from './clock.ts';
import { MINUTE } from './time.ts';

/** The head of every Ed25519 key in PKCS #8 (RFC 8410 section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key that is the same for the same seed. */
export function keyFrom(seed: string): PrivateKey {
  const secret = createHash('sha256').update(`key ${seed}`).digest();
  const { x, d } = createPrivateKey({
    key: Buffer.concat([PKCS8, secret]),
    format: 'der',
    type: 'pkcs8',
  }).export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error('no key');
  return { kty: 'OKP', crv: 'Ed25519', x, d };
}

export const MIA: Hidden = {
  address: 'mia.keller@example.com',
  details: [
    { name: 'amount', value: '€49.90' },
    { name: 'payee', value: 'Harbour Clinic' },
  ],
  case: { ticket: '48219', note: 'Called back on the number we have.\nAsked for the invoice.' },
  operator: 'Anna',
  account: 'desk@harbour-clinic.example',
};

type Ended = Extract<Event, { event: 'verification-ended' }>;

export const ended = (change: Partial<Ended> = {}, at = MORNING): Ended => ({
  event: 'verification-ended',
  ended: timeWithOffset(at, 60),
  reference: 'MD-SQHG-5J',
  result: 'verified',
  purpose: 'payment',
  guesses: 1,
  sends: 1,
  delivery: 'accepted',
  policy: { codeLength: 6, lifetimeMinutes: 10, guesses: 5, addressGuesses: 20 },
  ...change,
});

export interface TestJournal {
  readonly written: readonly Written[];
  readonly tokens: () => readonly string[];
  /** The thumbprint of the key that signs now. */
  readonly key: () => Promise<string>;
  readonly write: (event: Event, hidden?: Hidden) => Promise<Written>;
  readonly changeKey: (seed: string) => Promise<void>;
  /** As it is now; what is written to it is not written to this one. */
  readonly fork: (seed: string) => Promise<TestJournal>;
  /** The receipt of No. `n` with these parts; all of them when none is named. */
  readonly receipt: (n: number, show?: readonly HiddenName[]) => Promise<string>;
}

interface Beginning {
  readonly practice?: boolean;
  readonly written?: readonly Written[];
  readonly signer?: Signer;
}

export async function beginJournal(seed: string, from: Beginning = {}): Promise<TestJournal> {
  const random = createFakeRandom(seed);
  const { practice = false } = from;
  let signer = from.signer ?? (await signerOf(keyFrom(seed)));
  const written: Written[] = [...(from.written ?? [])];

  const write = async (event: Event, hidden: Hidden = {}): Promise<Written> => {
    const head: Head | null = written.at(-1)?.head ?? null;
    const now = MORNING + written.length * MINUTE;
    const entry = await writeEntry(
      { signer, random, practice, app: 'Countersign 0.1.0' },
      head,
      event,
      hidden,
      now,
    );
    written.push(entry);
    return entry;
  };
  if (written.length === 0) await write({ event: 'journal-begun' });

  return {
    written,
    tokens: () => written.map(({ token }) => token),
    key: () => thumbprintOf(signer.key),
    write,
    changeKey: async (next) => {
      const { kty, crv, x } = keyFrom(next);
      await write({ event: 'key-changed', key: { kty, crv, x } });
      signer = await signerOf(keyFrom(next));
    },
    fork: (next) => beginJournal(next, { practice, written, signer }),
    receipt: (n, show = HIDDEN_NAMES) => {
      const entry = written[n - 1];
      if (entry === undefined) throw new Error(`there is no entry ${n}`);
      return formatReceipt(createSignatureReader(), entry.token, entry.disclosures, show);
    },
  };
}

/** A journal with some verifications in it: entries No. 2 to No. `ends + 1`. */
export async function journalWith(ends: number, seed = 'harbour'): Promise<TestJournal> {
  const journal = await beginJournal(seed);
  for (let count = 1; count <= ends; count += 1) {
    await journal.write(ended({ reference: `MD-SQHG-${count}` }, MORNING + count * MINUTE), MIA);
  }
  return journal;
}

/** The journal in the records, as signed, oldest first. */
export const tokensIn = (file: RecordsFile): readonly string[] =>
  file.entriesAfter(0, Number.MAX_SAFE_INTEGER).map(({ token }) => token);

/** The entries in the records, read as anybody reads them: each must be as it was signed. */
export async function entriesIn(file: RecordsFile): Promise<readonly Entry[]> {
  const read = createSignatureReader();
  return Promise.all(
    tokensIn(file).map(async (token) => {
      const entry = await readEntry(read, token);
      if (typeof entry === 'string') throw new Error(`an entry is ${entry}`);
      return entry;
    }),
  );
}

/** What is wrong with the journal in the records, as the checker has it. */
export const faultsIn = async (file: RecordsFile): Promise<readonly JournalFault[]> =>
  (await readJournal(formatJournal(tokensIn(file)))).faults;
