/**
 * @file Opens verifications and sends their mails. A message is charged to the address and to the account before
 * the courier sees it, and a click that arrives twice sends once.
 */
import type { ResendProblem, StartProblem, StartReceipt } from '../../shared/problems.ts';
import type { CaseNote } from '../../shared/history.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { partsOf, type Request } from '../../shared/request.ts';
import type { EpochMs, RecordsTrouble } from '../../shared/words.ts';
import type { ParsedAddress } from '../address/address.ts';
import { noteAccount } from '../ledger/accounts.ts';
import type { Step } from '../ledger/anchor.ts';
import { end, endDue } from '../ledger/changes.ts';
import type { Moment } from '../ledger/clocks.ts';
import { newId, newMessageId, newReference } from '../ledger/identity.ts';
import type { Plan } from '../ledger/ledger.ts';
import { signInText } from '../ledger/particulars.ts';
import { MINUTE_MS, numbersOf, SAME_CLICK_MS } from '../ledger/policy.ts';
import type { Verification } from '../ledger/records.ts';
import type { Letter } from '../ports/mail.ts';
import { codeOf } from './code.ts';
import type { Core, Sender } from './core.ts';
import { isOfSender } from './guessing.ts';
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
  readonly caseNote: CaseNote;
  /** Ends this open verification in the same transaction; null for none. */
  readonly instead: string | null;
}

export interface Sending {
  start(input: StartInput): Promise<Result<StartReceipt, StartRefusal>>;
  resend(id: string): Promise<Result<null, ResendRefusal>>;
}

type SendStep = Extract<Step, { readonly kind: 'send' }>;

/** The receipt, and the letter to hand over; none when another click already did. */
interface Started {
  readonly receipt: StartReceipt;
  readonly letter: Letter | null;
}

const sameRequest = (a: Request, b: Request) => JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b));

const receiptOf = (row: Verification): StartReceipt => ({
  id: row.id,
  sentTo: row.particulars.delivery,
  expiresAt: row.expiresAt,
  guessesLeft: row.guessesAllowed - row.guessesUsed,
});

export function createSending(core: Core): Sending {
  const { records, ledger, budgets, keys, random, deliveries } = core;
  /** Starts that have not returned yet, by what was asked for. */
  const starting = new Map<string, Promise<Result<StartReceipt, StartRefusal>>>();

  function senderNow(): Sender {
    const sender = core.sender();
    if (sender === null) throw new Error('nothing can be sent without an account');
    return sender;
  }

  /** The step that charges a message to its address and its account. */
  function sendStep(id: string, ordinal: number, addressHash: string, sender: Sender, at: Moment): SendStep {
    const accountHash = keys.hash('account', sender.canonical);
    return { kind: 'send', id, ordinal, at: at.budget, addressHash, accountHash };
  }

  /** Why nothing may be sent to this address from this account now: a code that can't be guessed at is of no use either. */
  function delay({ addressHash, accountHash }: SendStep, codeLength: number, at: Moment) {
    const frozen = budgets.frozen(at);
    if (frozen !== null) return { code: 'records-restored', until: frozen.until } as const;
    const guesses = budgets.guessDelay(addressHash, codeLength, at);
    if (guesses !== null) return guesses;
    const sends = budgets.sendsDelayed(addressHash, at);
    if (sends !== null) return { code: 'address-delayed', why: 'sends', until: sends } as const;
    const account = budgets.accountDelayed(accountHash, at);
    return account === null ? null : ({ code: 'account-delayed', until: account } as const);
  }

  function letterOf(row: Verification, sentAt: EpochMs): Letter {
    const { request, reference, delivery, messageIds, signIn } = row.particulars;
    return {
      verificationId: row.id,
      messageId: messageIds.at(-1) ?? '',
      reference,
      to: delivery,
      code: codeOf(keys, row),
      request,
      signIn: signInText(signIn),
      sentAt,
      expiresAt: row.expiresAt,
    };
  }

  /** The same click, arriving twice: an open one for the same mailbox and request, opened a moment ago. */
  function sameClick(
    { address, request, instead }: StartInput,
    addressHash: string,
    now: EpochMs,
  ): StartReceipt | null {
    for (const row of records.openedFor(addressHash, now - SAME_CLICK_MS)) {
      if (row.id === instead || !isOfSender(row, core)) continue;
      const { particulars } = row;
      if (stateNow(row, now).state !== 'open' || particulars.delivery !== address.delivery) continue;
      if (sameRequest(particulars.request, request)) return receiptOf(row);
    }
    return null;
  }

  function planStart(input: StartInput, id: string, at: Moment): Plan<Result<Started, StartRefusal>> {
    const { address, request, caseNote, instead } = input;
    const { now } = at;
    const addressHash = keys.hash('address', address.canonical);
    const same = sameClick(input, addressHash, now);
    if (same !== null) return { free: ok({ receipt: same, letter: null }) };
    const sender = senderNow();
    const codeLength = budgets.codeLength(at);
    const step = sendStep(id, 1, addressHash, sender, at);
    const delayed = delay(step, codeLength, at);
    if (delayed !== null) return { free: fail(delayed) };

    const policy = core.policy();
    const { address: from, host, user } = sender;
    const reference = newReference(random);
    const row: Verification = {
      id,
      state: 'open',
      endReason: null,
      openedAt: now,
      expiresAt: now + policy.lifetimeMinutes * MINUTE_MS,
      endedAt: null,
      codeLength,
      guessesAllowed: policy.guesses,
      guessesUsed: 0,
      attempts: 1,
      sends: 1,
      lastSentAt: step.at,
      leftBy: null,
      deliveryState: 'sending',
      addressHash: step.addressHash,
      referenceHash: keys.hash('reference', reference),
      tidied: false,
      particulars: {
        reference,
        practice: core.practice,
        entered: address.entered,
        delivery: address.delivery,
        canonical: address.canonical,
        request,
        signIn: { address: from, host, user },
        messageIds: [newMessageId(random, id, from)],
        policy: numbersOf(policy),
        mails: [{ at: now, ended: null }],
        operator: core.operator(),
        caseNote,
        earlierNotes: [],
        entry: null,
      },
      ended: null,
    };
    const write = () => {
      // One whose time is up ended by itself, whether or not that is written yet.
      endDue(records, now);
      // Settings that were changed by hand did not say so.
      noteAccount(records, row.particulars.signIn, at);
      if (instead !== null) end(records, instead, { state: 'cancelled', endReason: 'desk' }, now);
      records.insert(row);
      return ok({ receipt: receiptOf(row), letter: letterOf(row, now) });
    };
    return { step, write };
  }

  async function startOne(input: StartInput): Promise<Result<StartReceipt, StartRefusal>> {
    const id = newId(random);
    const spent = await ledger.turn((turn) => turn.spend((at) => planStart(input, id, at)));
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
  function resendRefusal(row: Verification, step: SendStep, at: Moment): ResendRefusal | null {
    if (stateNow(row, at.now).state !== 'open' || !isOfSender(row, core)) return { code: 'not-open' };
    if (row.deliveryState === 'sending' || deliveries.progress(row.id) !== null) {
      return { code: 'already-sending' };
    }
    if (isTooLate(row, at.now)) return { code: 'too-late' };
    const delayed = delay(step, row.codeLength, at);
    if (delayed !== null) return delayed;
    const until = nextSendAt(row, at);
    return until > at.now ? { code: 'cooling-down', until } : null;
  }

  function planResend(
    id: string,
    at: Moment,
  ): Plan<Result<{ letter: Letter; ordinal: number }, ResendRefusal>> {
    const row = records.verification(id);
    if (row === null) return { free: fail({ code: 'not-open' }) };
    const sender = senderNow();
    const ordinal = row.attempts + 1;
    const step = sendStep(id, ordinal, row.addressHash, sender, at);
    const refusal = resendRefusal(row, step, at);
    if (refusal !== null) return { free: fail(refusal) };
    const messageIds = [...row.particulars.messageIds, newMessageId(random, id, sender.address)];
    const before = row.particulars.mails.map((mail, index, { length }) =>
      index === length - 1 ? { ...mail, ended: row.ended } : mail,
    );
    const mails = [...before, { at: at.now, ended: null }];
    const more: Verification = { ...row, particulars: { ...row.particulars, messageIds, mails } };
    const write = () => {
      records.change(id, { deliveryState: 'sending', ended: null, particulars: more.particulars });
      return ok({ letter: letterOf(more, at.now), ordinal });
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
      const spent = await ledger.turn((turn) => turn.spend((at) => planResend(id, at)));
      if (!spent.ok) return spent;
      if (!spent.value.ok) return spent.value;
      const { letter, ordinal } = spent.value.value;
      deliveries.launch(letter, ordinal);
      core.onChange();
      return ok(null);
    },
  };
}
