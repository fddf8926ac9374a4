/**
 * @file The anchor: what the vault remembers about the store, so that an older copy of it is noticed. It is
 * written ahead of every spend and says what is about to be charged; it must hold nothing that names a customer.
 */
import { z } from 'zod';
import type { EpochMs } from '../../shared/words.ts';
import type { BudgetMs } from '../ports/clock.ts';
import type { Head } from '../ports/journal.ts';
import type { Meta, SpendRow } from '../ports/records.ts';
import type { Result } from '../../shared/result.ts';
import { count, readStored } from './stored.ts';

/** What a guess and a message have in common. */
interface Charge {
  readonly id: string;
  readonly ordinal: number;
  readonly at: BudgetMs;
  readonly addressHash: string;
}

/** What is about to be charged, complete enough to be charged again after a crash. */
export type Step =
  | (Charge & { readonly kind: 'send'; readonly accountHash: string })
  | (Charge & {
      readonly kind: 'guess';
      readonly odds: number;
      /** A keyed hash of what was typed: whether it was right follows from it, and is written once it was charged. */
      readonly typed: string;
      /** When it was made, for the record of a right one. */
      readonly now: EpochMs;
    });

export interface Anchor {
  readonly storeId: string;
  readonly counter: number;
  readonly link: string;
  /** The link of the step before: a copy that went another way does not have it. */
  readonly previous: string;
  /** When anything was last spent; null when nothing ever was. */
  readonly at: BudgetMs | null;
  /** The digest over all rows that the step will be charged to, hashed; never over what it will have made of them. */
  readonly digest: string;
  /** The last entry of the journal that was committed, so that a journal cut short or put back is noticed. */
  readonly entry: Head | null;
  /** The numbers of the policy, so that a change made by hand is noticed; null where they are not known. */
  readonly policy: Readonly<Record<string, number>> | null;
  /** Null when this one only settles the store after a restore. */
  readonly step: Step | null;
}

/** How a store stands to its anchor. */
export type Standing =
  /** Neither was ever used. */
  | 'fresh'
  | 'in-step'
  /** Killed between the anchor's write and the store's commit: the anchor's step is charged now. */
  | 'step-ahead'
  /** The keychain was restored, or a write of ours came late: the store is the truth. */
  | 'anchor-behind'
  /** The store is older than the anchor, another one, or without one. */
  | 'restored';

/** Whether the journal ends before the entry that the anchor remembers: an older copy, in which nothing was spent since. */
export const endsBefore = (entry: Head | null, remembered: Head | null): boolean =>
  entry !== null &&
  remembered !== null &&
  entry.iss === remembered.iss &&
  (entry.n < remembered.n || (entry.n === remembered.n && entry.digest !== remembered.digest));

/**
 * Compares the store with its anchor. `unconfirmed` are links this process tried to write without learning
 * whether they arrived; `keysExist` tells a first run from one whose store and anchor were deleted.
 */
export function compare(
  { meta, digest }: { readonly meta: Meta; readonly digest: string },
  anchor: Anchor | null,
  unconfirmed: ReadonlySet<string>,
  keysExist: boolean,
): Standing {
  if (anchor === null) return meta.counter === 0 && !keysExist ? 'fresh' : 'restored';
  if (anchor.storeId !== meta.storeId) {
    return anchor.counter === 0 && meta.counter === 0 ? 'fresh' : 'restored';
  }
  if (anchor.counter === meta.counter) {
    if (anchor.link === meta.link) return endsBefore(meta.entry, anchor.entry) ? 'restored' : 'in-step';
    return unconfirmed.has(anchor.link) ? 'anchor-behind' : 'restored';
  }
  if (anchor.counter < meta.counter) return 'anchor-behind';
  // Announced by this process, which was told that it failed and so never acted on it: nothing to charge.
  if (anchor.counter === meta.counter + 1 && unconfirmed.has(anchor.link)) return 'anchor-behind';
  const next = anchor.counter === meta.counter + 1 && anchor.previous === meta.link;
  return next && anchor.step !== null && anchor.digest === digest ? 'step-ahead' : 'restored';
}

const VERSION = 1;

const About = { id: z.string(), ordinal: count, at: count, addressHash: z.string() };
const StepItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guess'), ...About, odds: count, typed: z.string(), now: count }),
  z.object({ kind: z.literal('send'), ...About, accountHash: z.string() }),
]);
const Item = z.object({
  storeId: z.string(),
  counter: count,
  link: z.string(),
  previous: z.string(),
  at: count.nullable(),
  digest: z.string(),
  entry: z.object({ iss: z.string(), n: count, digest: z.string(), iat: count, key: z.string() }).nullable(),
  policy: z.record(z.string(), z.number()).nullable().catch(null),
  // A step is needed only where a crash came between the anchor and the store; there one that can't be read is none.
  step: StepItem.nullable().catch(null),
});

export const formatAnchor = (anchor: Anchor): string => JSON.stringify({ version: VERSION, ...anchor });

/** The vault item; null when there is none or it is damaged, which is treated alike. */
export const parseAnchor = (text: string | null): Result<Anchor | null, 'later'> =>
  readStored(text, VERSION, Item);

/** The spend a step stands for. */
export function spendOf(step: Step): SpendRow {
  const { id: verificationId, kind, ordinal, at, addressHash } = step;
  const accountHash = step.kind === 'send' ? step.accountHash : null;
  const odds = step.kind === 'guess' ? step.odds : null;
  return { verificationId, kind, ordinal, at, addressHash, accountHash, odds, counts: true, ceiling: null };
}
