/** @file One case: a message carried through a fault, the claim, and what it is held against. */
import { createCarrier } from '../../src/main/mail/smtp/carrier.ts';
import { compose } from '../../src/main/mail/message/compose.ts';
import type { SmtpServer } from '../../src/main/mail/smtp/server.ts';
import { TIMING, type Timing } from '../../src/main/mail/smtp/timing.ts';
import type { Cause } from '../../src/shared/causes.ts';
import type { Outcome } from '../../src/main/ports/mail.ts';
import { USER } from '../integration/mail/smtp/smtp-peer.ts';
import { letter } from '../unit/mail/letter.ts';

export type Claim = Outcome['state'];

export interface Case {
  readonly family: string;
  readonly name: string;
  /** What the claim must be; null where any true one will do. */
  readonly expected: Claim | null;
  /** What a refusal may be put down to. */
  readonly causes: readonly Cause[];
  readonly run: (recipient: string) => Promise<Trial | readonly Trial[]>;
}

/** What came of it. `accepted`: how many messages the server took for this recipient; asked when all is quiet. */
export interface Trial {
  readonly outcome: Outcome;
  readonly accepted: () => number;
  /** The server saw the whole body, or some of it. Null where the server cannot tell. */
  readonly sawBody: (() => boolean) | null;
  /** False where the fault never struck: then any true claim will do. */
  readonly met?: boolean;
  /** In the place of the case's, where it depends on what happened. */
  readonly causes?: readonly Cause[];
}

/** Pauses of a millisecond, and time enough for a machine that has none for us. */
const PATIENCE: Timing = {
  ...TIMING,
  connectMs: 20_000,
  greetingMs: 20_000,
  replyMs: 20_000,
  verdictMs: 20_000,
  keptReplyMs: 20_000,
  leaveMs: 50,
  lineRetryMs: [1, 1],
  busyRetryMs: [1],
  signIns: { most: 1_000, withinMs: 1 },
  // On this machine no line is long, and none is quiet for long: where BDAT is offered it is used.
  flightFromMs: 0,
  aliveMs: 60_000,
};

const SILENCE_MS = 1_500;
const beforeData = (ms: number) => ({ greetingMs: ms, replyMs: ms, keptReplyMs: ms });
const afterData = (ms: number) => ({ verdictMs: ms });

/**
 * For a case that waits for a silence. On a busy machine an honest answer may come after so short a patience, and then
 * the fault is not met: where the message must get as far as its data, there is no hurry before it; where a later
 * connection carries it, none after it, and there are more tries than a desk has.
 */
export function impatienceFor(expected: Claim | null): Partial<Timing> {
  // A message in one flight is out before its first answer.
  if (expected === 'unknown') return { ...beforeData(4 * SILENCE_MS), ...afterData(4 * SILENCE_MS) };
  if (expected === 'accepted') return { ...beforeData(2 * SILENCE_MS), lineRetryMs: [1, 1, 1, 1, 1] };
  return { ...beforeData(SILENCE_MS), ...afterData(SILENCE_MS) };
}

/** How often a courier may look at the clock before the letter is not worth it: bounds "as long as the code is good". */
const LOOKS = 14;

/** The messages one after the other over one courier, which keeps its line between them. `before`: in front of each. */
export async function sendAll(
  server: SmtpServer,
  recipients: readonly string[],
  timing: Partial<Timing> = {},
  before: (index: number) => Promise<void> | void = () => undefined,
): Promise<Outcome[]> {
  let looks = 0;
  const courier = createCarrier(server, {
    timing: { ...PATIENCE, ...timing },
    now: () => (looks += 1),
  });
  const outcomes: Outcome[] = [];
  for (const [index, to] of recipients.entries()) {
    await before(index);
    const message = await compose(letter({ to }), { name: 'Harbour Clinic', address: USER });
    const outcome = await courier.send(message, {
      notAfter: looks + LOOKS,
      signal: new AbortController().signal,
      onStage: () => undefined,
    });
    outcomes.push(outcome);
  }
  await courier.close();
  return outcomes;
}

export async function send(
  server: SmtpServer,
  recipient: string,
  timing: Partial<Timing> = {},
): Promise<Outcome> {
  const [outcome] = await sendAll(server, [recipient], timing);
  if (outcome === undefined) throw new Error('nothing was sent');
  return outcome;
}
