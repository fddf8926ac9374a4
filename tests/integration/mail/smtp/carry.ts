/** @file Sends one message through a courier of its own and reports how it ended, and through which stages. */
import { createCarrier, type CarrierOptions } from '../../../../src/main/mail/smtp/carrier.ts';
import { compose } from '../../../../src/main/mail/message/compose.ts';
import { createSignInGate, type SignInGate } from '../../../../src/main/mail/smtp/sign-in-gate.ts';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import { TIMING, type Timing } from '../../../../src/main/mail/smtp/timing.ts';
import type { Outcome } from '../../../../src/main/ports/mail.ts';
import { letter } from '../../../unit/mail/letter.ts';
import { USER } from './smtp-peer.ts';

/** The product's limits with pauses of a millisecond: what is waited for in a test is what the test is about. */
export const QUICK: Timing = {
  ...TIMING,
  lineRetryMs: [1, 1],
  busyRetryMs: [1],
  warmRetryMs: [1],
  signIns: { most: 1_000, withinMs: 1 },
  leaveMs: 200,
};

/** A gate of its own, whose pauses are as long as they are written. */
export const gateFor = (timing: Timing): SignInGate =>
  createSignInGate({ timing, now: () => performance.now(), jittered: (ms) => ms });

export const message = (to = 'mia.keller@example.com', from = USER) =>
  compose(letter({ to }), { name: 'Harbour Clinic', address: from });

export interface Carried {
  readonly outcome: Outcome;
  readonly stages: readonly string[];
  readonly attempts: number;
}

interface Changes {
  readonly to?: string;
  readonly from?: string;
  readonly timing?: Partial<Timing>;
  readonly notAfter?: number;
  readonly signal?: AbortSignal;
  readonly options?: CarrierOptions;
}

export async function carry(server: SmtpServer, changes: Changes = {}): Promise<Carried> {
  const courier = createCarrier(server, { timing: { ...QUICK, ...changes.timing }, ...changes.options });
  const stages: string[] = [];
  let attempts = 0;
  try {
    const outcome = await courier.send(await message(changes.to, changes.from), {
      notAfter: changes.notAfter ?? Date.now() + 600_000,
      signal: changes.signal ?? new AbortController().signal,
      onStage: (stage, attempt) => {
        stages.push(stage);
        attempts = attempt;
      },
    });
    return { outcome, stages, attempts };
  } finally {
    await courier.close();
  }
}

/** Why a message is refused, or how else it ends. */
export async function refusalAt(server: SmtpServer, changes: Changes = {}): Promise<string> {
  const { outcome } = await carry(server, changes);
  return outcome.state === 'refused' ? outcome.problem.cause : outcome.state;
}
