/**
 * @file Tries an account: reaches the server, makes the line secure, signs in, and hangs up. It sends no message
 * and tries nothing twice.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { type SetupStep } from '../../shared/desk-view.ts';
import { type DeliveryProblem } from '../../shared/words.ts';
import { problemOf } from './replies.ts';
import { isGmail, type MailServer } from './server.ts';
import { type OpeningStage, openSession } from './session.ts';
import { TIMING, type Timing } from './timing.ts';

export type ProbeStep = Exclude<SetupStep, 'store'>;

const STEP_OF: Readonly<Record<OpeningStage, ProbeStep>> = {
  connecting: 'reach',
  securing: 'secure',
  'signing-in': 'sign-in',
};

export async function probe(
  server: MailServer,
  options: {
    readonly signal: AbortSignal;
    readonly onStep: (step: ProbeStep) => void;
    readonly timing?: Timing;
  },
): Promise<Result<null, { readonly step: ProbeStep; readonly problem: DeliveryProblem }>> {
  const { signal, onStep, timing = TIMING } = options;
  let step: ProbeStep = 'reach';
  const opened = await openSession(server, {
    timing,
    signal,
    onStage: (stage) => {
      step = STEP_OF[stage];
      onStep(step);
    },
  });
  if (opened.ok) {
    await opened.value.leave();
    return ok(null);
  }
  const secret = await server.secret().catch(() => null);
  return fail({ step, problem: problemOf(opened.problem, isGmail(server), secret === null ? [] : [secret]) });
}
