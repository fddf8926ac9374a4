/**
 * @file The single writer. What is spent is first announced in the vault's anchor and then charged in the store, inside
 * one transaction; nothing else may change what a budget says.
 *
 * Three words. A **step** is what is charged: a guess, a message, or that a guess was right. **write** is what is written
 * in the same transaction once the step is charged. What is **free** is answered without charging anything. So a start
 * plans: a verification for this address was opened a second ago, and its receipt is the answer, free; or else the step
 * "message 1 of verification x", and a write that inserts the row of x.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  type Anchor,
  compare,
  formatAnchor,
  parseAnchor,
  spendOf,
  type Standing,
  type Step,
} from './anchor.ts';
import type { Clocks } from './clocks.ts';
import { newId } from './identity.ts';
import { DAY_MS } from './policy.ts';
import type { Opened } from './opened.ts';
import type { VaultProblem, VaultTrouble } from '../ports/vault.ts';
import { createQueue } from './queue.ts';
import type { FreezeReason, Meta, Records } from '../ports/records.ts';

/** What looking at the budgets led to. */
export type Plan<T> = { readonly free: T } | { readonly step: Step; readonly write: () => T };

/** What a transaction led to, and whether it stays. */
interface Transacted<T> {
  readonly commit: boolean;
  readonly value: T;
}

/** The writer's attention, for one piece of work. */
export interface Turn {
  /** Writes what spends nothing, in one transaction. */
  write<T>(work: () => T): Promise<T>;
  /**
   * Spends. `plan` runs inside the transaction and decides on what it reads there; it may run again when another
   * process or an older store had to be taken account of first. Nothing is charged when the vault fails.
   */
  spend<T>(plan: () => Plan<T>): Promise<Result<T, VaultProblem>>;
}

export interface Ledger {
  /** Waits for the writer's attention; what `work` does with it is not interleaved with other work. */
  turn<T>(work: (turn: Turn) => Promise<T>): Promise<T>;
}

/** A vault that gives back something else than it was given, time after time, cannot be worked with. */
const MOST_SETTLEMENTS = 5;

const vaultProblem = (state: VaultTrouble) => fail<VaultProblem>({ code: 'vault', state });

/** The store's own line; the opening has made one. */
export function metaOf(records: Records): Meta {
  const meta = records.meta();
  if (meta === null) throw new Error('the store was used before it was opened');
  return meta;
}

/** Charges a step, for the first time or again after a crash. */
function apply(records: Records, step: Step): void {
  if (step.kind === 'verified') {
    if (records.verify(step.id, step.at)) records.uncountGuess(step.id, step.ordinal);
    return;
  }
  records.insertSpend(spendOf(step));
  if (step.kind === 'guess') records.countGuess(step.id);
  else records.countSend(step.id, step.ordinal, step.at);
}

/** Keeps the highest times seen, so that a changed clock is noticed at the next start. */
export function rememberTime(records: Records, clocks: Clocks): void {
  const meta = metaOf(records);
  const seen = clocks.seen();
  records.setMeta({
    ...meta,
    highest: Math.max(meta.highest, seen.highest),
    budget: Math.max(meta.budget, seen.budget),
  });
}

/** `onRestored`: the store turned out to be older than its anchor while the program ran. */
export function createLedger(opened: Opened, onRestored: () => void): Ledger {
  const { records, vault, random, clocks, keys } = opened;
  const inTurn = createQueue();
  /** Links whose write failed or timed out: they may yet arrive. */
  const unconfirmed = new Set<string>();

  async function writeAnchor(anchor: Anchor): Promise<Result<null, VaultProblem>> {
    const written = await vault.write('anchor', formatAnchor(anchor));
    if (written.ok) return written;
    unconfirmed.add(anchor.link);
    return vaultProblem(written.problem);
  }

  type Tried<T> = { readonly settled: Standing } | { readonly free: T } | { readonly charged: T };

  /** Compares store and anchor, inside the transaction, and settles what does not fit. */
  async function compareWithAnchor(): Promise<
    Result<{ readonly standing: Standing; readonly anchor: Anchor | null }, VaultProblem>
  > {
    const read = await vault.read('anchor');
    if (!read.ok) return vaultProblem(read.problem);
    const parsed = parseAnchor(read.value);
    if (!parsed.ok) throw new Error('a later version works on these records');
    const anchor = parsed.value;
    const standing = compare(metaOf(records), anchor, unconfirmed, true);
    const settled = await settle(opened, standing, anchor, null, writeAnchor);
    return settled.ok ? ok({ standing, anchor }) : settled;
  }

  /** One attempt, inside the transaction that the caller ends. */
  async function attempt<T>(plan: () => Plan<T>): Promise<Result<Tried<T>, VaultProblem>> {
    // It found the keys gone and made new ones: rows sealed with these it could not read.
    if (metaOf(records).keys !== keys.name) throw new Error('another process took new keys into use');
    const planned = plan();
    if ('free' in planned) return ok({ free: planned.free });
    const looked = await compareWithAnchor();
    if (!looked.ok) return looked;
    const { standing, anchor } = looked.value;
    if (standing !== 'in-step') return ok({ settled: standing });
    const meta = metaOf(records);
    const { step } = planned;
    const next = { counter: meta.counter + 1, link: newId(random) };
    const at = step.kind === 'verified' ? (anchor?.at ?? null) : step.at;
    const announced = await writeAnchor({ storeId: meta.storeId, ...next, previous: meta.link, at, step });
    if (!announced.ok) return announced;
    apply(records, step);
    const value = planned.write();
    records.setMeta({ ...metaOf(records), ...next });
    return ok({ charged: value });
  }

  async function transact<T>(work: () => Promise<Transacted<T>>): Promise<T> {
    await records.begin();
    try {
      const { commit, value } = await work();
      if (commit) {
        rememberTime(records, clocks);
        records.commit();
      } else records.rollback();
      return value;
    } catch (error) {
      records.rollback();
      throw error;
    }
  }

  const turn: Turn = {
    write: (work) =>
      transact(() => {
        const value = work();
        return Promise.resolve({ commit: true, value });
      }),
    spend: async (plan) => {
      for (let settlements = 0; settlements < MOST_SETTLEMENTS; settlements += 1) {
        const tried = await transact(async () => {
          const value = await attempt(plan);
          return { commit: value.ok && !('free' in value.value), value };
        });
        if (!tried.ok) return tried;
        if ('free' in tried.value) return ok(tried.value.free);
        if ('charged' in tried.value) return ok(tried.value.charged);
        if (tried.value.settled === 'restored') onRestored();
      }
      return vaultProblem('locked');
    },
  };
  return { turn: (work) => inTurn(() => work(turn)) };
}

/**
 * Brings store and anchor in step, inside the caller's transaction. `keysGone`: the keys of the rows are lost,
 * which no comparison with the anchor shows.
 */
export async function settle(
  opened: Pick<Opened, 'records' | 'random' | 'clocks'>,
  standing: Standing,
  anchor: Anchor | null,
  keysGone: FreezeReason | null,
  writeAnchor: (anchor: Anchor) => Promise<Result<null, VaultProblem>>,
): Promise<Result<null, VaultProblem>> {
  const { records, clocks } = opened;
  const meta = metaOf(records);
  const why = keysGone ?? (standing === 'restored' ? 'records-restored' : null);
  if (why !== null) return failClosed(opened, why, anchor, writeAnchor);
  if (standing === 'step-ahead' && anchor?.step) {
    apply(records, anchor.step);
    // Announced but never handed to the courier: no more is known about it than "interrupted".
    if (anchor.step.kind === 'send') {
      records.setDelivery(anchor.step.id, anchor.step.ordinal, { state: 'interrupted', outcome: null });
    }
    records.setMeta({ ...metaOf(records), counter: anchor.counter, link: anchor.link });
    records.lockSpent(clocks.now());
    return ok(null);
  }
  if (standing === 'in-step') return ok(null);
  const { storeId, counter, link } = meta;
  const at = counter === 0 ? null : clocks.budgetNow();
  return writeAnchor({ storeId, counter, link, previous: link, at, step: null });
}

/**
 * Nothing this store says about budgets can be believed: open verifications end, and nothing is spent until every
 * spend that may have been forgotten would have freed by itself. Never longer than a day from now.
 */
async function failClosed(
  opened: Pick<Opened, 'records' | 'random' | 'clocks'>,
  why: FreezeReason,
  anchor: Anchor | null,
  writeAnchor: (anchor: Anchor) => Promise<Result<null, VaultProblem>>,
): Promise<Result<null, VaultProblem>> {
  const { records, random, clocks } = opened;
  const meta = metaOf(records);
  const now = clocks.budgetNow();
  // Without an anchor the last spend may have been this very moment.
  const at = anchor === null ? now : Math.min(anchor.at ?? now, now);
  const counter = Math.max(meta.counter, anchor?.counter ?? 0) + 1;
  const link = newId(random);
  const written = await writeAnchor({
    storeId: meta.storeId,
    counter,
    link,
    previous: meta.link,
    at,
    step: null,
  });
  if (!written.ok) return written;
  records.endOpen(why, clocks.now());
  records.setMeta({ ...meta, counter, link, frozen: { until: at + DAY_MS, why } });
  return ok(null);
}
