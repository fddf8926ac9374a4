/**
 * @file The room's door: lines for accounts, the test of an account, and practice, as the desk asks for them. It
 * joins composing and carrying and holds no account data of its own.
 */
import { fail, type Result } from '../../shared/result.ts';
import type { PracticeMail } from '../../shared/desk-view.ts';
import type { AccountForm, Cause, DeliveryProblem, EpochMs, MessageChoice } from '../../shared/words.ts';
import type { Outcome, Post } from '../verification/ports.ts';
import type { ReturnedMessage } from '../verification/returns.ts';
import { type Courier, type CourierOptions, createCourier, jitter } from './courier.ts';
import { imapServerFor } from './imap.ts';
import { type InboxWatch, watchInbox } from './inbox-watch.ts';
import { compose, type ComposeOptions, type Sender } from './message.ts';
import { startPracticeServer } from './practice.ts';
import { probe, type ProbeStep } from './probe.ts';
import { type MailServer, serverFor } from './server.ts';
import { createSignInGate, type SignInGate } from './sign-in-gate.ts';
import { type Tidied, tidySent } from './tidy-sent.ts';
import { TIMING } from './timing.ts';

/** A courier with the composer in front of it. */
export interface Line extends Post, Pick<Courier, 'warm' | 'rest' | 'renew' | 'close'> {}

const INTERNAL: DeliveryProblem = { cause: 'internal', serverSaid: null };

/** `sender` and `wanted` are asked at every send, so that a changed name or choice needs no new line. */
export function createLine(
  server: MailServer,
  sender: () => Sender,
  wanted: () => ComposeOptions,
  options: CourierOptions & {
    /** Told what went wrong with a message before anything of it was sent. For the log. */
    readonly report?: (error: unknown) => void;
  } = {},
): Line {
  const courier = createCourier(server, options);
  return {
    warm: courier.warm,
    rest: courier.rest,
    renew: courier.renew,
    close: courier.close,
    deliver: async (letter, sending): Promise<Outcome> => {
      const composed = (sentAt: EpochMs) => compose({ ...letter, sentAt }, sender(), wanted());
      try {
        const message = await composed(letter.sentAt);
        return await courier.send(message, { ...sending, recompose: () => composed(Date.now()) });
      } catch (error) {
        options.report?.(error);
        return { state: 'refused', problem: INTERNAL };
      }
    },
  };
}

/** A server that takes nothing: what a form without a server is good for. */
const NOWHERE: MailServer = {
  host: 'unset.invalid',
  port: 465,
  security: 'implicit-tls',
  user: '',
  secret: () => Promise.resolve(null),
};

/** RFC 2606: a name that can belong to nobody. */
const PRACTICE_ADDRESS = 'desk@practice.invalid';

/** One gate for each account at each server, for as long as the program runs. */
function createGates(): (server: MailServer) => SignInGate {
  const gates = new Map<string, SignInGate>();
  return ({ host, user }) => {
    const key = JSON.stringify([host, user]);
    const known = gates.get(key);
    if (known !== undefined) return known;
    const now = () => performance.now();
    const gate = createSignInGate({ timing: TIMING, now, jittered: jitter(Math.random) });
    gates.set(key, gate);
    return gate;
  };
}

/** `report`: for the log. */
export const createMail = (
  report: (error: unknown) => void = () => undefined,
  gateOf: (server: MailServer) => SignInGate = createGates(),
) => ({
  lineFor: (account: () => AccountForm, secret: MailServer['secret'], message: () => MessageChoice): Line => {
    const server = serverFor(account(), secret) ?? NOWHERE;
    const gate = gateOf(server);
    gate.renew();
    return createLine(server, account, message, { report, gate });
  },

  probe: (
    form: AccountForm,
    secret: string,
    options: { readonly signal: AbortSignal; readonly onStep: (step: ProbeStep) => void },
  ): Promise<Result<null, { readonly step: ProbeStep; readonly problem: DeliveryProblem }>> => {
    const server = serverFor(form, () => Promise.resolve(secret));
    if (server === null) return Promise.resolve(fail({ step: 'reach', problem: INTERNAL }));
    const { watch = false, tidySent = false } = form.inbox ?? {};
    const imap = watch || tidySent ? imapServerFor(form, server.secret) : null;
    const mailbox = imap === null ? {} : { mailbox: { server: imap, tidySent } };
    return probe(server, { ...options, ...mailbox, gate: gateOf(server) });
  },

  watch: (
    form: AccountForm,
    secret: MailServer['secret'],
    since: EpochMs,
    on: {
      readonly returned: (message: ReturnedMessage) => void;
      readonly trouble: (cause: Cause | null) => void;
    },
  ): InboxWatch => {
    const server = imapServerFor(form, secret);
    return server === null
      ? { close: () => undefined }
      : watchInbox(server, on.returned, { since, onTrouble: on.trouble });
  },

  tidy: (
    form: AccountForm,
    secret: MailServer['secret'],
    messageIds: readonly string[],
    signal: AbortSignal,
  ): Promise<Tidied> => {
    const server = imapServerFor(form, secret);
    return server === null
      ? Promise.resolve({ done: true })
      : tidySent(server, { account: form.address, messageIds, signal });
  },

  practice: async (
    businessName: string,
    message: () => MessageChoice,
    onMail: (mail: PracticeMail) => void,
  ): Promise<{ readonly line: Line; readonly close: () => Promise<void> }> => {
    const practice = await startPracticeServer({ onMail });
    const sender = { name: businessName, address: PRACTICE_ADDRESS };
    const line = createLine(practice.server, () => sender, message, { report });
    return { line, close: practice.close };
  },
});
