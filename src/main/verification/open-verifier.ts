/**
 * @file Opens a verifier: joins the parts of this room to their ports. It wires and decides nothing itself.
 */
import { ok, type Result } from '../../shared/result.ts';
import type { EpochMs } from '../../shared/words.ts';
import { createBudgets } from '../ledger/budgets.ts';
import { createStepOf } from '../ledger/step-of.ts';
import type { Core } from './core.ts';
import { createDeliveries, recordEnded } from './deliveries.ts';
import { createGuessing } from './guessing.ts';
import { createKeys } from '../ledger/keys.ts';
import { createLedger, metaOf } from '../ledger/ledger.ts';
import type { VaultProblem } from '../ports/vault.ts';
import { type Opened, openUp } from '../ledger/opening.ts';
import { openParticulars } from '../ledger/particulars.ts';
import { HOUR_MS, KEEP_ENDED_MS, KEEP_SPENDS_MS, SHIFT_MS, SHIFT_ROWS } from '../ledger/policy.ts';
import { createReturns } from './returns.ts';
import { createSending } from './sending.ts';
import type { Verifier, VerifierParts } from './verifier.ts';
import { type Lens, shiftRowOf, stateNow, viewOf } from './view.ts';

/** While a verification is open, the time is written down so often: a clock set back gains less than this. */
const REMEMBER_EVERY_MS = 15_000;

/** What nobody needs any more is deleted when the records are opened, and so often in a program that stays open. */
const PURGE_EVERY_MS = HOUR_MS;

/** Compares records, anchor, keys and clock, and opens the desk. Fails only when the vault does. */
export async function openVerifier(parts: VerifierParts): Promise<Result<Verifier, VaultProblem>> {
  const { records } = parts;
  try {
    const opened = await openUp(parts);
    if (opened.ok) return ok(assemble(parts, opened.value));
    records.close();
    return opened;
  } catch (error) {
    records.close();
    throw error;
  }
}

function assemble(parts: VerifierParts, { clocks, keyring }: Opened): Verifier {
  const { records, vault, random, timers, post, sender, practice, onChange, report } = parts;
  let policy = parts.policy;
  let closed = false;
  let purgeAt: EpochMs = clocks.now() + PURGE_EVERY_MS;
  let pruning: Promise<void> | null = null;
  const keys = createKeys({ records, vault, random, clocks }, keyring);
  const ledger = createLedger({
    records,
    vault,
    random,
    clocks,
    learnKeys: (generation) => keys.learn(generation),
    onRestored: onChange,
  });
  const budgets = createBudgets(records, clocks, () => policy);
  const deliveries = createDeliveries({
    post,
    clocks,
    timers,
    onChange: () => {
      if (!closed) onChange();
    },
    report,
    record: async (id, ordinal, ended) => {
      if (closed) return;
      await ledger.turn((turn) =>
        turn.write(() => recordEnded({ records, keys, random, clocks }, id, ordinal, ended)),
      );
    },
  });
  const core: Core = {
    records,
    ledger,
    clocks,
    budgets,
    keys,
    random,
    stepOf: createStepOf(keys, clocks, random),
    deliveries,
    policy: () => policy,
    sender,
    practice,
    onChange,
  };
  const sending = createSending(core);
  const guessing = createGuessing(core);
  /** Null also until this process has learnt keys that another one has made. */
  const accountHash = () => {
    const account = sender();
    const set = keys.at(metaOf(records).generation);
    return account === null || set === null ? null : set.hash('account', account);
  };
  const lens: Lens = {
    clocks,
    budgets,
    keysAt: (generation) => keys.at(generation),
    progress: (id) => deliveries.progress(id),
    accountHash,
  };

  /** Writes what nobody waits for. */
  function inBackground(work: () => void): void {
    ledger.turn((turn) => turn.write(work)).then(onChange, report);
  }

  /** When something changes by itself, or is to be done. */
  function nextMoment(now: EpochMs, expiry: EpochMs | null): EpochMs {
    const oldest = records.openedSince(now - SHIFT_MS, SHIFT_ROWS).at(-1);
    return Math.min(
      purgeAt,
      expiry === null ? Infinity : Math.min(expiry, now + REMEMBER_EVERY_MS),
      budgets.sendsToday(accountHash()).freesAt ?? Infinity,
      budgets.frozen()?.until ?? Infinity,
      // In its last millisecond it is still on the rail.
      oldest === undefined ? Infinity : oldest.openedAt + SHIFT_MS + 1,
    );
  }

  return {
    start: (input) => sending.start(input),
    check: (id, typed) => guessing.check(id, typed),
    resend: (id) => sending.resend(id),
    returned: createReturns(core),
    get(id) {
      const row = records.verification(id);
      return row === null ? null : viewOf(row, lens);
    },
    recordOf(id) {
      const row = records.verification(id);
      const particulars = row === null ? null : openParticulars(keys.at(row.generation), row);
      if (particulars === null) return null;
      const { entered, delivery, request } = particulars;
      return { entered, delivery, request };
    },
    shift: () =>
      records.openedSince(clocks.now() - SHIFT_MS, SHIFT_ROWS).flatMap((row) => shiftRowOf(row, lens) ?? []),
    untidied: () =>
      records.untidied(SHIFT_ROWS).map((row) => ({
        id: row.id,
        // Nobody can say which messages they were once their keys are gone.
        messageIds: openParticulars(keys.at(row.generation), row)?.messageIds ?? [],
      })),
    tidied: (ids) => ledger.turn((turn) => turn.write(() => ids.forEach((id) => records.setTidied(id)))),
    sends: () => budgets.sendsToday(accountHash()),
    notices() {
      const frozen = budgets.frozen();
      return frozen === null ? [] : [{ kind: frozen.why, until: frozen.until }];
    },
    policy: () => policy,
    setPolicy(next) {
      policy = next;
      onChange();
    },
    rotateKeys: () => ledger.turn((turn) => keys.rotate(turn)),
    now: () => clocks.now(),
    resumed() {
      if (!clocks.resumed()) return;
      // Nobody can say how long the machine slept: what was open ends, and the clock is believed from here on.
      inBackground(() => {
        records.endOpen('clock', clocks.now());
        records.setMeta({ ...metaOf(records), highest: clocks.now() });
      });
    },
    sweep() {
      const now = clocks.now();
      const due = (records.nextExpiry(-1) ?? Infinity) <= now;
      deliveries.abortEnded((id) => {
        const row = records.verification(id);
        return row !== null && stateNow(row, now).state === 'open';
      });
      const next = records.nextExpiry(now);
      if (due) inBackground(() => void records.endDue(now));
      else if (next !== null && now - metaOf(records).highest >= REMEMBER_EVERY_MS) {
        inBackground(() => undefined);
      }
      // A clock that was put back must not put this off.
      purgeAt = Math.min(purgeAt, now + PURGE_EVERY_MS);
      if (now >= purgeAt) {
        purgeAt = now + PURGE_EVERY_MS;
        inBackground(() => records.purge(now - KEEP_ENDED_MS, clocks.budgetNow() - KEEP_SPENDS_MS));
      }
      // One at a time: a vault that hangs would have them pile up before everybody else's work.
      if (keys.hasRetired()) {
        pruning ??= ledger
          .turn((turn) => keys.prune(turn))
          .catch(report)
          .finally(() => (pruning = null));
      }
      return nextMoment(now, next);
    },
    async close() {
      await deliveries.close();
      // What is written last is the time, so that a clock set back before the next start is noticed.
      await ledger.turn((turn) => turn.write(() => undefined)).catch(report);
      closed = true;
      records.close();
    },
  };
}
