/**
 * @file Brings the store and its anchor in step: charges what was announced and not charged, or fails closed where the
 * store is not to be believed.
 */
import { ok, type Result } from '../../shared/result.ts';
import type { Anchor, Standing, Step } from './anchor.ts';
import { apply, endOpen, interrupt, lockSpent } from './changes.ts';
import type { Moment } from './clocks.ts';
import { continueJournal } from './notes.ts';
import { newId } from './identity.ts';
import type { Opened } from './opened.ts';
import { DAY_MS, numbersOf } from './policy.ts';
import type { FreezeReason } from '../ports/records.ts';
import type { VaultProblem } from '../ports/vault.ts';
import { settleVerdict } from './verdict.ts';

type Parts = Pick<Opened, 'records' | 'random' | 'keys' | 'codeOf' | 'policy'>;
type WriteAnchor = (anchor: Anchor) => Promise<Result<null, VaultProblem>>;

/**
 * Inside the caller's transaction, at its moment. `gone`: what was taken out of the keychain, which no comparison with the
 * anchor shows.
 */
export async function settle(
  opened: Parts,
  at: Moment,
  standing: Standing,
  anchor: Anchor | null,
  gone: FreezeReason | null,
  writeAnchor: WriteAnchor,
): Promise<Result<null, VaultProblem>> {
  const { records } = opened;
  continueJournal(records, anchor?.entry ?? null);
  const why = gone ?? (standing === 'restored' ? 'records-restored' : null);
  if (why !== null) return failClosed(opened, at, why, anchor, writeAnchor);
  if (standing === 'in-step') return ok(null);
  const { step } = anchor ?? { step: null };
  if (standing === 'step-ahead' && anchor !== null && step !== null) {
    chargeAnnounced(opened, at, anchor, step);
    return ok(null);
  }
  const { storeId, counter, link, entry } = records.meta();
  const spentAt = counter === 0 ? null : at.budget;
  const digest = records.digest();
  const policy = policyIn(anchor, opened);
  return writeAnchor({
    ...{ storeId, counter, link, previous: link, at: spentAt, digest, entry, policy, step: null },
  });
}

/** Charges what was announced for the store as it is. */
export function chargeAnnounced(
  opened: Pick<Parts, 'records' | 'keys' | 'codeOf'>,
  { now }: Moment,
  { counter, link }: Pick<Anchor, 'counter' | 'link'>,
  step: Step,
): void {
  const { records } = opened;
  apply(records, step);
  // Announced, and never handed to the courier.
  if (step.kind === 'send') interrupt(records, step.id, now);
  else settleVerdict(opened, step);
  lockSpent(records, now);
  records.setMeta({ counter, link });
}

/** What an anchor in the place of this one remembers of the policy: a change of it is told first. */
const policyIn = (anchor: Anchor | null, { policy }: Parts): Anchor['policy'] =>
  anchor?.policy ?? numbersOf(policy());

/**
 * Nothing this store says about budgets can be believed: open verifications end, and nothing is spent until every
 * spend that may have been forgotten would have freed by itself. Never longer than a day from now.
 */
async function failClosed(
  parts: Parts,
  { now, budget }: Moment,
  why: FreezeReason,
  anchor: Anchor | null,
  writeAnchor: WriteAnchor,
): Promise<Result<null, VaultProblem>> {
  const { records, random } = parts;
  const { storeId, counter: counted, link: previous, entry: known } = records.meta();
  // Without an anchor the last spend may have been this very moment.
  const at = anchor === null ? budget : Math.min(anchor.at ?? budget, budget);
  const counter = Math.max(counted, anchor?.counter ?? 0) + 1;
  const link = newId(random);
  const digest = records.digest();
  // What is remembered is the journal's last entry until the next one is committed.
  const entry = anchor?.entry ?? known;
  const policy = policyIn(anchor, parts);
  const written = await writeAnchor({
    ...{ storeId, counter, link, previous, at, digest, entry, policy, step: null },
  });
  if (!written.ok) return written;
  records.takeAsIs();
  endOpen(records, why, now);
  for (const row of records.openUnreadable())
    records.endUnreadable(row, { state: 'expired', endReason: why, endedAt: now });
  records.setMeta({ counter, link, frozen: { until: at + DAY_MS, why } });
  return ok(null);
}
