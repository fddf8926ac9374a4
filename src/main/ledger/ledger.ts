/**
 * @file The single writer. What is spent is first announced in the vault's anchor and then charged in the store, inside
 * one transaction; nothing else may change what a budget says.
 *
 * Three words. A **step** is what is charged: a guess or a message. **write** is what is written in the same transaction
 * once the step is charged. What is **free** is answered without charging anything. So a start plans: a verification for
 * this address was opened a second ago, and its receipt is the answer, free; or else the step "message 1 of verification
 * x", and a write that inserts the row of x.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Anchor, compare, formatAnchor, parseAnchor, type Standing, type Step } from './anchor.ts';
import { apply } from './changes.ts';
import type { Moment } from './clocks.ts';
import { commitWithEntries } from './notes.ts';
import type { Opened } from './opened.ts';
import type { VaultProblem, VaultTrouble } from '../ports/vault.ts';
import { numbersOf } from './policy.ts';
import { createQueue } from './queue.ts';
import { chargeAnnounced, settle } from './settling.ts';

/** What looking at the budgets led to. */
export type Plan<T> = { readonly free: T } | { readonly step: Step; readonly write: () => T };

/** What a transaction led to, and whether it stays. */
interface Transacted<T> {
  readonly commit: boolean;
  readonly value: T;
}

/** The writer's attention, for one piece of work. */
export interface Turn {
  /** Writes what spends nothing, in one transaction and at one moment. */
  write<T>(work: (at: Moment) => T): Promise<T>;
  /**
   * Spends. `plan` runs inside the transaction and decides on what it reads there, at one moment; it may run again when
   * another process or an older store had to be taken account of first. Nothing is charged when the vault fails.
   */
  spend<T>(plan: (at: Moment) => Plan<T>): Promise<Result<T, VaultProblem>>;
  /** Brings store and anchor in step, if they are not: what was announced is charged, and what was right is verified. */
  align(): Promise<Result<null, VaultProblem>>;
  /** Takes out of the anchor what was charged last. Store and anchor must be in step. */
  forgetStep(): Promise<Result<null, VaultProblem>>;
}

export interface Ledger {
  /** Waits for the writer's attention; what `work` does with it is not interleaved with other work. */
  turn<T>(work: (turn: Turn) => Promise<T>): Promise<T>;
}

/** A vault that gives back something else than it was given, time after time, cannot be worked with. */
const MOST_SETTLEMENTS = 5;

const vaultProblem = (state: VaultTrouble) => fail<VaultProblem>({ code: 'vault', state });

/**
 * `audited` resolves when the records were compared with their digest: nothing is spent before. `onRestored`: the store
 * turned out to be older than its anchor, or changed, while the program ran.
 */
export function createLedger(opened: Opened, audited: Promise<void>, onRestored: () => void): Ledger {
  const { records, vault, clocks, entries, policy } = opened;
  const inTurn = createQueue();
  /** Links whose write failed or timed out: they may yet arrive. */
  const unconfirmed = new Set<string>();
  /** What was announced last and is not committed. `taken`: the vault has it for sure. */
  let announced: { readonly anchor: Anchor; readonly step: Step; readonly taken: boolean } | null = null;
  /** The digest of the last entry that the anchor is known to have; undefined while that is not known. */
  let remembered: string | undefined;

  /** What was read or written last, and what it says: mostly the vault still has it. */
  let known: { readonly text: string | null; readonly anchor: Anchor | null } = { text: null, anchor: null };

  async function readAnchor(): Promise<Result<Anchor | null, VaultProblem>> {
    const read = await vault.read('anchor');
    if (!read.ok) return vaultProblem(read.problem);
    if (read.value === known.text) return ok(known.anchor);
    const parsed = parseAnchor(read.value);
    if (!parsed.ok) throw new Error('a later version works on these records');
    known = { text: read.value, anchor: parsed.value };
    return parsed;
  }

  async function writeAnchor(anchor: Anchor): Promise<Result<null, VaultProblem>> {
    const text = formatAnchor(anchor);
    const written = await vault.write('anchor', text);
    remembered = written.ok ? anchor.entry?.digest : undefined;
    if (written.ok) {
      known = { text, anchor };
      return written;
    }
    unconfirmed.add(anchor.link);
    return vaultProblem(written.problem);
  }

  type Tried<T> = { readonly settled: Standing } | { readonly free: T } | { readonly charged: T };

  interface Looked {
    /** What was settled; null when there was nothing to settle. */
    readonly settled: Standing | null;
    readonly anchor: Anchor | null;
    readonly digest: string;
  }

  /** Compares store and anchor, inside the transaction, and settles what does not fit. */
  async function compareWithAnchor(at: Moment): Promise<Result<Looked, VaultProblem>> {
    const read = await readAnchor();
    if (!read.ok) return read;
    const anchor = read.value;
    records.auditAgain();
    const digest = records.digest();
    const compared = compare({ meta: records.meta(), digest }, anchor, unconfirmed, true);
    const standing = records.isTampered() ? 'restored' : compared;
    if (standing === 'in-step') return ok({ settled: null, anchor, digest });
    const done = await settle(opened, at, standing, anchor, null, writeAnchor);
    return done.ok ? ok({ settled: standing, anchor, digest }) : done;
  }

  /** One attempt, inside the transaction that the caller ends. */
  async function attempt<T>(
    plan: (at: Moment) => Plan<T>,
    at: Moment,
  ): Promise<Result<Tried<T>, VaultProblem>> {
    const meta = records.meta();
    const planned = plan(at);
    if ('free' in planned) return ok({ free: planned.free });
    const looked = await compareWithAnchor(at);
    if (!looked.ok) return looked;
    const { settled, anchor, digest } = looked.value;
    if (settled !== null) return ok({ settled });
    const { step } = planned;
    const next = records.nextStep();
    const announcement: Anchor = {
      storeId: meta.storeId,
      ...next,
      previous: meta.link,
      at: Math.max(step.at, anchor?.at ?? step.at),
      digest,
      entry: meta.entry,
      policy: numbersOf(policy()),
      step,
    };
    const written = await writeAnchor(announcement);
    announced = { anchor: announcement, step, taken: written.ok };
    if (!written.ok) return written;
    apply(records, step);
    const value = planned.write();
    records.setMeta(next);
    return ok({ charged: value });
  }

  /**
   * Before other rows are written: to those, what was announced and is not committed could not be charged any more, and they
   * would look like an older copy's. What the vault did not take is not charged; should it arrive yet, its number is used.
   */
  function catchUp(at: Moment): void {
    if (announced === null) return;
    const { anchor, step, taken } = announced;
    const store = { meta: records.meta(), digest: records.digest() };
    if (compare(store, anchor, new Set(), true) !== 'step-ahead') return;
    if (taken) chargeAnnounced(opened, at, anchor, step);
    else records.setMeta({ counter: anchor.counter, link: anchor.link });
  }

  /** Writes the anchor anew where it is not ahead of the store, with the last entry that was committed. */
  async function rewriteAnchor(change: (anchor: Anchor) => Anchor): Promise<Result<null, VaultProblem>> {
    try {
      await records.begin();
      const read = await readAnchor();
      if (!read.ok) return read;
      const store = { meta: records.meta(), digest: records.digest() };
      const standing = compare(store, read.value, unconfirmed, true);
      if (read.value === null || (standing !== 'in-step' && standing !== 'anchor-behind')) return ok(null);
      const { counter, link, entry, budget } = store.meta;
      const caughtUp = { counter, link, previous: link, at: budget, digest: store.digest, step: null };
      const anchor = standing === 'in-step' ? read.value : { ...read.value, ...caughtUp };
      const next = change({ ...anchor, entry, policy: numbersOf(policy()) });
      return next.entry?.digest === read.value.entry?.digest && next.step === anchor.step
        ? ok(null)
        : await writeAnchor(next);
    } finally {
      records.rollback();
    }
  }

  async function transact<T>(work: (at: Moment) => Promise<Transacted<T>>): Promise<T> {
    try {
      await records.begin();
      const at = clocks.look();
      const { commit, value } = await work(at);
      if (commit) {
        const entry = await commitWithEntries(records, entries, at);
        announced = null;
        if (entry?.digest !== remembered) {
          remembered = entry?.digest;
          // What fails is told with the next step.
          void inTurn(() => rewriteAnchor((anchor) => anchor)).catch(() => undefined);
        }
      } else records.rollback();
      return value;
    } catch (error) {
      records.rollback();
      throw error;
    }
  }

  const turn: Turn = {
    write: (work) =>
      transact((at) => {
        catchUp(at);
        return Promise.resolve({ commit: true, value: work(at) });
      }),
    align: async () => {
      await audited;
      const looked = await transact(async (at) => {
        const value = await compareWithAnchor(at);
        return { commit: value.ok, value };
      });
      if (!looked.ok) return looked;
      if (looked.value.settled === 'restored') onRestored();
      return ok(null);
    },
    forgetStep: () => rewriteAnchor((anchor) => ({ ...anchor, step: null })),
    spend: async (plan) => {
      await audited;
      for (let settlements = 0; settlements < MOST_SETTLEMENTS; settlements += 1) {
        const tried = await transact(async (at) => {
          const value = await attempt(plan, at);
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
