/**
 * @file Tries an account: reaches the server, makes the line secure, signs in, and hangs up; and opens its own mailbox
 * where something is to be done there. It sends no message and changes nothing.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { type SetupStep } from '../../shared/desk-view.ts';
import { type Cause } from '../../shared/causes.ts';
import { type DeliveryProblem } from '../../shared/words.ts';
import { imapClient, type ImapServer, mailboxCause } from './imap/client.ts';
import { type Failure, problemOf } from './smtp/replies.ts';
import { isGmail, type SmtpServer } from './smtp/server.ts';
import { type OpeningStage, openSession } from './smtp/session.ts';
import { type SignInGate } from './smtp/sign-in-gate.ts';
import { sleep } from './smtp/sleep.ts';
import { tidyFoldersOf } from './imap/tidy.ts';
import { TIMING, type Timing } from './smtp/timing.ts';

export type ProbeStep = Exclude<SetupStep, 'store'>;

const STEP_OF: Readonly<Record<OpeningStage, ProbeStep>> = {
  connecting: 'reach',
  securing: 'secure',
  'signing-in': 'sign-in',
};

interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly onStep: (step: ProbeStep) => void;
  /** The account's own mailbox, where something is to be done in it. */
  readonly mailbox?: { readonly server: ImapServer; readonly tidySent: boolean };
  readonly timing?: Timing;
  /** Shared with the lines of this account. */
  readonly gate: SignInGate;
}

type Probed = Result<null, { readonly step: ProbeStep; readonly problem: DeliveryProblem }>;

export async function probe(server: SmtpServer, options: ProbeOptions): Promise<Probed> {
  const { mailbox, onStep, signal } = options;
  const sending = await probeSending(server, options);
  if (!sending.ok || mailbox === undefined) return sending;
  onStep('mailbox');
  const cause = await probeMailbox(mailbox, signal);
  return cause === null ? ok(null) : fail({ step: 'mailbox', problem: { cause, serverSaid: null } });
}

async function probeSending(
  server: SmtpServer,
  { signal, onStep, timing = TIMING, gate }: ProbeOptions,
): Promise<Probed> {
  const explained = async (failure: Failure): Promise<DeliveryProblem> => {
    const secret = await server.secret().catch(() => null);
    const problem = problemOf(failure, isGmail(server), secret === null ? [] : [secret]);
    const asked = gate.asked();
    return asked === null ? problem : { ...problem, notBefore: Math.ceil(Date.now() + asked.ms) };
  };
  const asked = gate.asked();
  if (asked !== null) return fail({ step: 'sign-in', problem: await explained(asked.failure) });
  let step: ProbeStep = 'reach';
  const open = async () => {
    await sleep(gate.turn(), signal);
    const onStage = (stage: OpeningStage) => {
      step = STEP_OF[stage];
      onStep(step);
    };
    return gate.learn(await openSession(server, { timing, signal, onStage }));
  };
  let opened = await open();
  // A server that is busy now, or one that turns this computer away for ever: its second answer tells.
  if (!opened.ok && opened.problem.step === 'hello' && opened.problem.reply?.code === 421) {
    await sleep(timing.busyRetryMs[0] ?? 0, signal);
    opened = await open();
  }
  if (opened.ok) {
    await opened.value.leave();
    return ok(null);
  }
  return fail({ step, problem: await explained(opened.problem) });
}

/** Null when everything that was chosen can be done there. */
async function probeMailbox(
  { server, tidySent }: NonNullable<ProbeOptions['mailbox']>,
  signal: AbortSignal,
): Promise<Cause | null> {
  const client = await imapClient(server);
  if (client === null) return 'secret-missing';
  const hangUp = (): void => client.close();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    if (signal.aborted) return 'called-off';
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const cannot = tidySent && (await tidyFoldersOf(client)) === null;
    await client.logout();
    return cannot ? 'sent-not-tidied' : null;
  } catch (error) {
    return signal.aborted ? 'called-off' : mailboxCause(server, error);
  } finally {
    signal.removeEventListener('abort', hangUp);
    client.close();
  }
}
