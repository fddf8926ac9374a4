/**
 * @file Tries an account: reaches the server, makes the line secure, signs in, and hangs up; and opens its own mailbox
 * where something is to be done there. It sends no message and changes nothing.
 */
import type { ImapFlow } from 'imapflow';
import { fail, ok, type Result } from '../../shared/result.ts';
import { SMTP_PORTS } from '../../shared/mail-servers.ts';
import { type SetupStep } from '../../shared/desk-view.ts';
import { type Authority, type DeliveryProblem } from '../../shared/words.ts';
import { asked, imapClient, type ImapServer, mailboxCause } from './imap/client.ts';
import { type Failure, problemOf } from './smtp/replies.ts';
import { isGmail, type SmtpServer } from './smtp/server.ts';
import { type OpeningStage, openSession } from './smtp/session.ts';
import { type SignInGate } from './smtp/sign-in-gate.ts';
import { sleep } from './smtp/sleep.ts';
import { whatIsSilent } from './smtp/diagnosis.ts';
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

/** Good: with the authorities beside Node's list that opened its connections, which the owner has said yes to. */
type Probed = Result<readonly Authority[], { readonly step: ProbeStep; readonly problem: DeliveryProblem }>;

export async function probe(server: SmtpServer, options: ProbeOptions): Promise<Probed> {
  const { mailbox, onStep, signal } = options;
  const met = new Map<string, Authority>();
  const meet = (authority: Authority): void => void met.set(authority.fingerprint, authority);
  const refused = await probeSending(server, options, meet);
  if (refused !== null) return fail(refused);
  if (mailbox !== undefined) {
    onStep('mailbox');
    const problem = await probeMailbox(mailbox, signal, meet);
    if (problem !== null) return fail({ step: 'mailbox', problem: { ...problem, serverSaid: null } });
  }
  return ok([...met.values()]);
}

async function probeSending(
  server: SmtpServer,
  { signal, onStep, timing = TIMING, gate }: ProbeOptions,
  meet: (authority: Authority) => void,
): Promise<{ readonly step: ProbeStep; readonly problem: DeliveryProblem } | null> {
  const explained = async (failure: Failure): Promise<DeliveryProblem> => {
    const secret = await server.secret().catch(() => null);
    const problem = problemOf(failure, isGmail(server), secret === null ? [] : [secret]);
    const asked = gate.asked();
    return asked === null ? problem : { ...problem, notBefore: Math.ceil(Date.now() + asked.ms) };
  };
  const asked = gate.asked();
  if (asked !== null) return { step: 'sign-in', problem: await explained(asked.failure) };
  let step: ProbeStep = 'reach';
  const open = async () => {
    await sleep(gate.turn(), signal);
    const onStage = (stage: OpeningStage) => {
      step = STEP_OF[stage];
      onStep(step);
    };
    return gate.learn(await openSession(server, { timing, signal, onStage, meet }));
  };
  const diagnosed = async (): Promise<Result<never, Failure> | null> => {
    const failure = await whatIsSilent(server, { timing, signal });
    return failure === null ? null : fail(failure);
  };
  // A port that is known for TLS from the start is asked first: it would only be silent.
  const isUnlikely = server.security === 'starttls' && server.port === SMTP_PORTS['implicit-tls'];
  let opened = (isUnlikely ? await diagnosed() : null) ?? (await open());
  if (!opened.ok && opened.problem.step === 'greeting' && opened.problem.error === 'TIMEOUT')
    opened = (await diagnosed()) ?? opened;
  // A server that is busy now, or one that turns this computer away for ever: its second answer tells.
  if (!opened.ok && opened.problem.step === 'hello' && opened.problem.reply?.code === 421) {
    await sleep(timing.busyRetryMs[0] ?? 0, signal);
    opened = await open();
  }
  if (!opened.ok) return { step, problem: await explained(opened.problem) };
  await opened.value.leave();
  return null;
}

/** Opens the mailbox and looks whether what was chosen cannot be done there. */
async function looked(client: ImapFlow, tidySent: boolean): Promise<boolean> {
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  const cannot = tidySent && (await tidyFoldersOf(client)) === null;
  await client.logout();
  return cannot;
}

/** Null when what was chosen can be done there. */
async function probeMailbox(
  { server, tidySent }: NonNullable<ProbeOptions['mailbox']>,
  signal: AbortSignal,
  meet: (authority: Authority) => void,
): Promise<Pick<DeliveryProblem, 'cause' | 'authority'> | null> {
  const met: Authority[] = [];
  const client = await imapClient(server, (authority) => {
    met.push(authority);
    meet(authority);
  });
  if (client === null) return { cause: 'secret-missing' };
  const hangUp = (): void => client.close();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    if (signal.aborted) return { cause: 'called-off' };
    // All of the step in the time of one question: the owner waits.
    const cannot = await asked(client, looked(client, tidySent));
    return cannot ? { cause: 'sent-not-tidied' } : null;
  } catch (error) {
    const cause = signal.aborted ? 'called-off' : mailboxCause(server, error);
    const [authority] = met;
    return cause === 'authority-unlisted' && authority !== undefined ? { cause, authority } : { cause };
  } finally {
    signal.removeEventListener('abort', hangUp);
    client.close();
  }
}
