/**
 * @file Opens a verifier: joins the parts of this room to their ports. It wires and decides nothing itself.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { EpochMs } from '../../shared/words.ts';
import { changedAccount, isCurrent, noteAccount } from '../ledger/accounts.ts';
import { createBudgets } from '../ledger/budgets.ts';
import { endDue, endOpen, leave } from '../ledger/changes.ts';
import type { Moment } from '../ledger/clocks.ts';
import type { Head } from '../ports/journal.ts';
import type { VaultProblem } from '../ports/vault.ts';
import { journalName } from '../journal/claims.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { Opened } from '../ledger/opened.ts';
import { type OpeningProblem, openUp } from '../ledger/opening.ts';
import { isSameSignIn } from '../ledger/particulars.ts';
import { DAY_MS, HOUR_MS, KEEP_SPENDS_MS, SHIFT_MS, SHIFT_ROWS } from '../ledger/policy.ts';
import { codeOf } from './code.ts';
import type { Core } from './core.ts';
import { createDeliveries, recordEnded } from './deliveries.ts';
import { createEntries } from './entries.ts';
import { createGuessing, isOfSender } from './guessing.ts';
import { createErasing } from './erasing.ts';
import { createHistory } from './history.ts';
import { createReturns } from './returns.ts';
import { createSending } from './sending.ts';
import type { Verifier, VerifierParts } from './verifier.ts';
import { createSigningKey, type SigningKey } from './signing-key.ts';
import { accountHash, shiftRowOf, stateNow, viewOf } from './view.ts';

/** While a verification is open, the time is written down so often: a clock set back gains less than this. */
const REMEMBER_EVERY_MS = 15_000;

/** What has to be written, and could not be, is tried again after this. */
const WRITE_AGAIN_MS = 10_000;

/** What is not needed any more is deleted when the records are opened, and so often in a program that stays open. */
const PURGE_EVERY_MS = HOUR_MS;

/**
 * Compares records, anchor, keys and clock, and opens the desk. Fails only when the vault does, or is a later version's, or when
 * the file turns out to be damaged.
 */
export async function openVerifier(parts: VerifierParts): Promise<Result<Verifier, OpeningProblem>> {
  const { file } = parts;
  try {
    const key = createSigningKey(parts.vault);
    const opened = await openUp({ ...parts, codeOf, entries: createEntries(parts, key) });
    if (!opened.ok) {
      file.close();
      return opened;
    }
    const verifier = assemble(parts, opened.value, key);
    try {
      // The settings may have been changed while the program was closed.
      await verifier.accountChanged();
      // What is shown first, while it can still be said why it can't be.
      verifier.shift();
      verifier.sends();
    } catch (error) {
      await verifier.close();
      throw error;
    }
    return ok(verifier);
  } catch (error) {
    file.close();
    if (file.isDamage(error)) return fail({ code: 'records-unreadable' });
    throw error;
  }
}

function assemble(parts: VerifierParts, opened: Opened, key: SigningKey): Verifier {
  const { records, clocks } = opened;
  const { policy, sender, practice, operator, onChange, report } = parts;
  let closed = false;
  let purgeAt: EpochMs = clocks.look().now + PURGE_EVERY_MS;
  const whileOpen = (): void => {
    if (!closed) onChange();
  };
  const reportOpen = (error: unknown): void => {
    if (!closed) report(error);
  };
  // A file that can't be read through fails where it is needed; what was spent by then is not known.
  async function audit(): Promise<void> {
    const whole = await parts.file.isWhole().catch((error: unknown) => reportOpen(error));
    if (whole === false) throw new Error('the records are damaged');
    await records.audit().catch(reportOpen);
  }
  // Nothing is spent in a damaged file: what waits for this fails.
  const audited = audit();
  const ledger = createLedger(opened, audited, whileOpen);
  const budgets = createBudgets(records, policy);
  const write = async (work: (at: Moment) => void): Promise<void> => {
    if (!closed) await ledger.turn((turn) => turn.write(work));
  };
  const closing = new AbortController();
  /** Until it is time to try again, or to end. */
  const aWhile = (): Promise<void> =>
    new Promise((resolve) => {
      const callOff = parts.timers.after(WRITE_AGAIN_MS, resolve);
      const end = (): void => {
        callOff();
        resolve();
      };
      closing.signal.addEventListener('abort', end, { once: true });
    });
  /** Does what nothing else would do later: a full disk or another's lock only puts it off, unless all ends before. */
  async function atLast<T>(work: () => Promise<T>, undone: T): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        reportOpen(error);
        if (closing.signal.aborted) return undone;
      }
      await aWhile();
    }
  }
  const deliveries = createDeliveries(
    parts,
    clocks,
    {
      leave: (id, ordinal) => write(() => leave(records, id, ordinal)),
      record: (id, ordinal, ended) =>
        atLast(() => write((at) => recordEnded(records, id, ordinal, at, ended)), undefined),
    },
    whileOpen,
  );
  const core: Core = { ...opened, ledger, budgets, deliveries, policy, sender, practice, operator, onChange };
  const sending = createSending(core);
  const guessing = createGuessing(core);
  const returned = createReturns(core);

  /** Writes without being waited for. */
  function inBackground(work: (at: Moment) => void): void {
    write(work).then(whileOpen, report);
  }

  async function accountChanged(): Promise<void> {
    const signIn = sender();
    if (signIn === null || isCurrent(records, signIn)) return;
    // Before it is written: no letter of the account before goes out by this one.
    deliveries.abortEnded((id) => {
      const row = records.verification(id);
      return row !== null && isOfSender(row, core);
    });
    await write((at) => void noteAccount(records, signIn, at));
    onChange();
  }

  /** What the next entry has to know of the last one. Records that are open have one. */
  function head(): Head {
    const { entry } = records.meta();
    if (entry === null) throw new Error('there is no journal');
    return entry;
  }

  const changeKey = (): Promise<Result<null, VaultProblem>> =>
    ledger.turn(async (turn) => {
      const next = await key.prepareNext(head().key);
      if (!next.ok) return next;
      await turn.write(() => records.note({ what: 'key-changed', key: next.value }));
      onChange();
      return key.keepOnly(head().key);
    });

  // What was found changed is settled at once, and not with the next guess: it is to be seen.
  const settleAudit = async (): Promise<void> => {
    if (closed || !records.isTampered()) return;
    await ledger.turn((turn) => turn.align()).catch(report);
    whileOpen();
  };
  const tellDamage = (): void => {
    if (!closed) parts.onDamaged();
  };
  const whole = audited.then(
    () => true,
    () => false,
  );
  whole.then((is) => (is ? settleAudit() : tellDamage())).catch(report);

  const purge = (at: Moment): void =>
    records.purge(at.now - parts.keepDays() * DAY_MS, at.budget - KEEP_SPENDS_MS);

  /** When something changes by itself, or is to be done. */
  function nextMoment(at: Moment, expiry: EpochMs | null): EpochMs {
    const oldest = records.openedSince(at.now - SHIFT_MS, SHIFT_ROWS).at(-1);
    return Math.min(
      purgeAt,
      expiry === null ? Infinity : Math.min(expiry, at.now + REMEMBER_EVERY_MS),
      budgets.sendsToday(accountHash(core), at).freesAt ?? Infinity,
      budgets.frozen(at)?.until ?? Infinity,
      // In its last millisecond it is still on the rail.
      oldest === undefined ? Infinity : oldest.openedAt + SHIFT_MS + 1,
    );
  }

  return {
    whole,
    start: (input) => sending.start(input),
    check: (id, typed) => guessing.check(id, typed),
    resend: (id) => sending.resend(id),
    returned: (message) => atLast(() => returned(message), false),
    history: createHistory(core),
    look: () => clocks.look(),
    get(id, at = clocks.look()) {
      const row = records.verification(id);
      return row === null ? null : viewOf(row, core, at);
    },
    recordOf(id) {
      const row = records.verification(id);
      if (row === null) return null;
      const { entered, delivery, request, caseNote } = row.particulars;
      return { entered, delivery, request, caseNote };
    },
    shift(at = clocks.look()) {
      const recent = records.openedSince(at.now - SHIFT_MS, SHIFT_ROWS);
      const listed = new Set(recent.map(({ id }) => id));
      // However many are newer: what is open can always be gone on with.
      const open = records.open().filter(({ id }) => !listed.has(id));
      return [...open, ...recent].map((row) => shiftRowOf(row, core, at));
    },
    untidied: () =>
      records.untidied(SHIFT_ROWS).map(({ id, particulars }) => ({ id, messageIds: particulars.messageIds })),
    tidied: (ids) => write(() => ids.forEach((id) => records.change(id, { tidied: true }))),
    sends: (at = clocks.look()) => budgets.sendsToday(accountHash(core), at),
    notices(at = clocks.look()) {
      const frozen = budgets.frozen(at);
      const account = practice ? null : changedAccount(records, at);
      return [
        ...(frozen === null ? [] : [{ kind: frozen.why, until: frozen.until }]),
        ...(account === null ? [] : [{ kind: 'account-changed' as const, ...account }]),
      ];
    },
    accountChanged,
    operatorsChanged: () => write(() => records.note({ what: 'operators-changed' })),
    erase: createErasing(core),
    forgetDue: async () => {
      await write(purge);
      onChange();
    },
    policyChanged: () => write(() => records.note({ what: 'policy-changed', policy: policy() })),
    changeKey,
    journal() {
      const { iss, key: thumbprint, n } = head();
      return { name: journalName(iss), thumbprint, entries: n };
    },
    isUsed: () => records.meta().counter > 0,
    openBesides: (signIn, at = clocks.look()) =>
      records
        .open()
        .filter((row) => stateNow(row, at.now).state === 'open')
        .filter((row) => !isSameSignIn(row.particulars.signIn, signIn)).length,
    resumed() {
      if (!clocks.resumed()) return;
      // It is not known how long the machine slept: what was open ends, and the clock is believed from here on.
      const end = (at: Moment): void => {
        endOpen(records, 'clock', at.now);
        records.setMeta({ highest: at.now });
      };
      void atLast(() => write(end), undefined).then(whileOpen);
    },
    sweep(at = clocks.look()) {
      const { now } = at;
      const expiries = records.open().map(({ expiresAt }) => expiresAt);
      deliveries.abortEnded((id) => {
        const row = records.verification(id);
        return row !== null && stateNow(row, now).state === 'open';
      });
      const next = Math.min(...expiries.filter((expiry) => expiry > now));
      if (expiries.some((expiry) => expiry <= now)) inBackground((then) => endDue(records, then.now));
      else if (next < Infinity && now - records.meta().highest >= REMEMBER_EVERY_MS) {
        inBackground(() => undefined);
      }
      // A clock that was put back must not put this off.
      purgeAt = Math.min(purgeAt, now + PURGE_EVERY_MS);
      if (now >= purgeAt) {
        purgeAt = now + PURGE_EVERY_MS;
        inBackground(purge);
      }
      return nextMoment(at, next === Infinity ? null : next);
    },
    async close() {
      closing.abort();
      await deliveries.close();
      // What is written last is the time, so that a clock set back before the next start is noticed.
      await ledger.turn((turn) => turn.write(() => undefined)).catch(report);
      // What the anchor is told of the journal's last entries.
      await ledger.turn(() => Promise.resolve());
      closed = true;
      records.close();
    },
  };
}
