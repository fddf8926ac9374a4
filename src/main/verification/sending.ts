/**
 * @file Opens verifications and sends their mails. A message is charged to the address and to the account before
 * the courier sees it, and a click that arrives twice sends once.
 */
import type { ResendProblem, StartProblem, StartReceipt } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { partsOf, type Request } from '../../shared/request.ts';
import type { EpochMs, RecordsTrouble } from '../../shared/words.ts';
import type { ParsedAddress } from '../address/address.ts';
import { deriveCode } from './code.ts';
import type { Core } from './core.ts';
import { newId, newMessageId, newReference } from '../ledger/identity.ts';
import type { Plan } from '../ledger/ledger.ts';
import { openParticulars, type Particulars, sealParticulars } from '../ledger/particulars.ts';
import { MINUTE_MS, SAME_CLICK_MS } from '../ledger/policy.ts';
import type { Letter } from '../ports/mail.ts';
import type { VerificationRow } from '../ports/records.ts';
import { isTooLate, nextSendAt, stateNow } from './view.ts';

/** What the domain itself can answer; the rest of {@link StartProblem} is found before it is asked. */
export type StartRefusal = Exclude<
  StartProblem,
  { code: 'address' | 'no-account' | 'no-secret' | RecordsTrouble }
>;
export type ResendRefusal = Exclude<ResendProblem, { code: 'no-account' | 'no-secret' | RecordsTrouble }>;

export interface StartInput {
  readonly address: ParsedAddress;
  readonly request: Request;
  /** Ends this open verification in the same transaction; null for none. */
  readonly instead: string | null;
}

export interface Sending {
  start(input: StartInput): Promise<Result<StartReceipt, StartRefusal>>;
  resend(id: string): Promise<Result<null, ResendRefusal>>;
}

/** The receipt, and the letter to hand over; none when another click already did. */
interface Started {
  readonly receipt: StartReceipt;
  readonly letter: Letter | null;
}

/** At most so many verifications can have been opened within {@link SAME_CLICK_MS}. */
const RECENT = 20;

const sameRequest = (a: Request, b: Request) => JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b));

const receiptOf = (row: Omit<VerificationRow, 'sealed'>, sentTo: string): StartReceipt => ({
  id: row.id,
  sentTo,
  expiresAt: row.expiresAt,
  guessesLeft: row.guessesAllowed - row.guessesUsed,
});

export function createSending(core: Core): Sending {
  const { records, ledger, clocks, budgets, keys, random, deliveries } = core;
  /** Starts that have not returned yet, by what was asked for. */
  const starting = new Map<string, Promise<Result<StartReceipt, StartRefusal>>>();

  function senderNow(): string {
    const sender = core.sender();
    if (sender === null) throw new Error('nothing can be sent without an account');
    return sender;
  }

  /** The step that charges a message to its address and its account. */
  function sendStep(id: string, ordinal: number, addressHash: string, sender: string) {
    const accountHash = keys.hash('account', sender);
    return { kind: 'send', id, ordinal, at: clocks.budgetNow(), addressHash, accountHash } as const;
  }

  /** Why nothing may be sent to this address from this account now. */
  function delay(addressHash: string, sender: string) {
    const frozen = budgets.frozen();
    if (frozen !== null) return { code: 'records-restored', until: frozen.until } as const;
    const guesses = budgets.guessesDelayed(addressHash);
    if (guesses !== null) return { code: 'address-delayed', why: 'guesses', until: guesses } as const;
    const sends = budgets.sendsDelayed(addressHash);
    if (sends !== null) return { code: 'address-delayed', why: 'sends', until: sends } as const;
    const account = budgets.accountDelayed(keys.hash('account', sender));
    return account === null ? null : ({ code: 'account-delayed', until: account } as const);
  }

  function letterOf(row: Omit<VerificationRow, 'sealed'>, particulars: Particulars, sentAt: EpochMs): Letter {
    const { canonical, request, reference, delivery } = particulars;
    return {
      verificationId: row.id,
      messageId: particulars.messageIds.at(-1) ?? '',
      reference,
      to: delivery,
      code: deriveCode({ key: keys.codeKey, id: row.id, canonical, request, length: row.codeLength }),
      request,
      sentAt,
      expiresAt: row.expiresAt,
    };
  }

  /** The same click, arriving twice: an open one for the same mailbox and request, opened a moment ago. */
  function sameClick({ address, request, instead }: StartInput, now: EpochMs): StartReceipt | null {
    for (const row of records.openedSince(now - SAME_CLICK_MS, RECENT)) {
      if (row.id === instead) continue;
      const particulars = openParticulars(keys, row);
      if (particulars === null || stateNow(row, now).state !== 'open') continue;
      if (particulars.delivery === address.delivery && sameRequest(particulars.request, request)) {
        return receiptOf(row, particulars.delivery);
      }
    }
    return null;
  }

  function planStart(input: StartInput, id: string): Plan<Result<Started, StartRefusal>> {
    const { address, request, instead } = input;
    const now = clocks.now();
    const frozen = budgets.frozen();
    if (frozen !== null) return { free: fail({ code: 'records-restored', until: frozen.until }) };
    const same = sameClick(input, now);
    if (same !== null) return { free: ok({ receipt: same, letter: null }) };
    const sender = senderNow();
    const step = sendStep(id, 1, keys.hash('address', address.canonical), sender);
    const delayed = delay(step.addressHash, sender);
    if (delayed !== null) return { free: fail(delayed) };

    const policy = core.policy();
    const particulars: Particulars = {
      reference: newReference(random),
      practice: core.practice,
      entered: address.entered,
      delivery: address.delivery,
      canonical: address.canonical,
      request,
      messageIds: [newMessageId(random, id, sender)],
    };
    const row: Omit<VerificationRow, 'sealed'> = {
      id,
      state: 'open',
      endReason: null,
      openedAt: now,
      expiresAt: now + policy.lifetimeMinutes * MINUTE_MS,
      endedAt: null,
      codeLength: policy.codeLength,
      guessesAllowed: policy.guesses,
      guessesUsed: 0,
      attempts: 1,
      sends: 1,
      lastSentAt: step.at,
      deliveryState: 'sending',
      addressHash: step.addressHash,
      outcome: null,
    };
    const sealed = sealParticulars(keys, row, particulars, random);
    const write = () => {
      // One whose time is up ended by itself, whether or not that is written yet.
      records.endDue(now);
      if (instead !== null) records.end(instead, 'cancelled', 'desk', now);
      records.insert({ ...row, sealed });
      return ok({ receipt: receiptOf(row, address.delivery), letter: letterOf(row, particulars, now) });
    };
    return { step, write };
  }

  async function startOne(input: StartInput): Promise<Result<StartReceipt, StartRefusal>> {
    const id = newId(random);
    const spent = await ledger.turn((turn) => turn.spend(() => planStart(input, id)));
    if (!spent.ok) return spent;
    if (!spent.value.ok) return spent.value;
    const { receipt, letter } = spent.value.value;
    if (letter !== null) {
      deliveries.launch(letter, 1);
      if (input.instead !== null) deliveries.abort(input.instead);
    }
    core.onChange();
    return ok(receipt);
  }

  /** Whether a message may follow now; looked at inside the transaction. */
  function resendRefusal(row: VerificationRow, now: EpochMs, sender: string): ResendRefusal | null {
    if (stateNow(row, now).state !== 'open') return { code: 'not-open' };
    if (row.deliveryState === 'sending' || deliveries.progress(row.id) !== null) {
      return { code: 'already-sending' };
    }
    if (isTooLate(row, now)) return { code: 'too-late' };
    const delayed = delay(row.addressHash, sender);
    if (delayed !== null) return delayed;
    const until = nextSendAt(row, core);
    return until > now ? { code: 'cooling-down', until } : null;
  }

  function planResend(id: string): Plan<Result<{ letter: Letter; ordinal: number }, ResendRefusal>> {
    const row = records.verification(id);
    const particulars = row === null ? null : openParticulars(keys, row);
    if (row === null || particulars === null) return { free: fail({ code: 'not-open' }) };
    const now = clocks.now();
    const sender = senderNow();
    const ordinal = row.attempts + 1;
    const step = sendStep(id, ordinal, row.addressHash, sender);
    const refusal = resendRefusal(row, now, sender);
    if (refusal !== null) return { free: fail(refusal) };
    const messageIds = [...particulars.messageIds, newMessageId(random, id, sender)];
    const more: Particulars = { ...particulars, messageIds };
    const write = () => {
      records.setDelivery(id, ordinal, { state: 'sending', outcome: null });
      records.reseal(id, sealParticulars(keys, row, more, random));
      return ok({ letter: letterOf(row, more, now), ordinal });
    };
    return { step, write };
  }

  return {
    start(input) {
      const key = JSON.stringify([input.address.delivery, input.instead, ...partsOf(input.request)]);
      const already = starting.get(key);
      if (already !== undefined) return already;
      const started = startOne(input).finally(() => starting.delete(key));
      starting.set(key, started);
      return started;
    },
    async resend(id) {
      const spent = await ledger.turn((turn) => turn.spend(() => planResend(id)));
      if (!spent.ok) return spent;
      if (!spent.value.ok) return spent.value;
      const { letter, ordinal } = spent.value.value;
      deliveries.launch(letter, ordinal);
      core.onChange();
      return ok(null);
    },
  };
}
