/**
 * @file Opens a verifier: joins the parts of this room to their ports. It wires and decides nothing itself.
 */
import { ok, type Result } from '../../shared/result.ts';
import type { EpochMs } from '../../shared/words.ts';
import { createBudgets } from '../ledger/budgets.ts';
import type { Core } from './core.ts';
import { createDeliveries, recordEnded } from './deliveries.ts';
import { createGuessing } from './guessing.ts';
import { createLedger, metaOf } from '../ledger/ledger.ts';
import type { Opened } from '../ledger/opened.ts';
import { type OpeningProblem, openUp } from '../ledger/opening.ts';
import { openParticulars } from '../ledger/particulars.ts';
import { HOUR_MS, KEEP_ENDED_MS, KEEP_SPENDS_MS, SHIFT_MS, SHIFT_ROWS } from '../ledger/policy.ts';
import { createReturns } from './returns.ts';
import { createSending } from './sending.ts';
import type { Verifier, VerifierParts } from './verifier.ts';
import { accountHash, shiftRowOf, stateNow, viewOf } from './view.ts';

/** While a verification is open, the time is written down so often: a clock set back gains less than this. */
const REMEMBER_EVERY_MS = 15_000;

/** What is not needed any more is deleted when the records are opened, and so often in a program that stays open. */
const PURGE_EVERY_MS = HOUR_MS;

/** Compares records, anchor, keys and clock, and opens the desk. Fails only when the vault does, or is a later version's. */
export async function openVerifier(parts: VerifierParts): Promise<Result<Verifier, OpeningProblem>> {
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

function assemble(parts: VerifierParts, opened: Opened): Verifier {
  const { records, clocks, keys } = opened;
  const { policy, sender, practice, onChange, report } = parts;
  let closed = false;
  let purgeAt: EpochMs = clocks.now() + PURGE_EVERY_MS;
  const ledger = createLedger(opened, onChange);
  const budgets = createBudgets(records, clocks, policy);
  const deliveries = createDeliveries(
    parts,
    clocks,
    async (id, ordinal, ended) => {
      if (closed) return;
      await ledger.turn((turn) => turn.write(() => recordEnded(opened, id, ordinal, ended)));
    },
    () => {
      if (!closed) onChange();
    },
  );
  const core: Core = { ...opened, ledger, budgets, deliveries, policy, sender, practice, onChange };
  const sending = createSending(core);
  const guessing = createGuessing(core);

  /** Writes without being waited for. */
  function inBackground(work: () => void): void {
    ledger.turn((turn) => turn.write(work)).then(onChange, report);
  }

  /** When something changes by itself, or is to be done. */
  function nextMoment(now: EpochMs, expiry: EpochMs | null): EpochMs {
    const oldest = records.openedSince(now - SHIFT_MS, SHIFT_ROWS).at(-1);
    return Math.min(
      purgeAt,
      expiry === null ? Infinity : Math.min(expiry, now + REMEMBER_EVERY_MS),
      budgets.sendsToday(accountHash(core)).freesAt ?? Infinity,
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
      return row === null ? null : viewOf(row, core);
    },
    recordOf(id) {
      const row = records.verification(id);
      const particulars = row === null ? null : openParticulars(keys, row);
      if (particulars === null) return null;
      const { entered, delivery, request } = particulars;
      return { entered, delivery, request };
    },
    shift() {
      const recent = records.openedSince(clocks.now() - SHIFT_MS, SHIFT_ROWS);
      const listed = new Set(recent.map(({ id }) => id));
      // However many are newer: what is open can always be gone on with.
      const open = records.open().filter(({ id }) => !listed.has(id));
      return [...open, ...recent].flatMap((row) => shiftRowOf(row, core) ?? []);
    },
    untidied: () =>
      records.untidied(SHIFT_ROWS).map((row) => ({
        id: row.id,
        // Once their keys are gone it is not known which messages they were.
        messageIds: openParticulars(keys, row)?.messageIds ?? [],
      })),
    tidied: (ids) => ledger.turn((turn) => turn.write(() => ids.forEach((id) => records.setTidied(id)))),
    sends: () => budgets.sendsToday(accountHash(core)),
    notices() {
      const frozen = budgets.frozen();
      return frozen === null ? [] : [{ kind: frozen.why, until: frozen.until }];
    },
    now: () => clocks.now(),
    resumed() {
      if (!clocks.resumed()) return;
      // It is not known how long the machine slept: what was open ends, and the clock is believed from here on.
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
