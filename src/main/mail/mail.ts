/**
 * @file The room's door: lines for accounts, the test of an account, and practice, as the desk asks for them. It
 * joins composing and carrying and holds no account data of its own.
 */
import { foldedHost } from '../../shared/mail-servers.ts';
import { fail } from '../../shared/result.ts';
import type { DeliveryProblem, EpochMs } from '../../shared/words.ts';
import type { Courier, Mail, Outcome, PracticeRoom, ReceivedMail } from '../ports/mail.ts';
import { imapServerFor } from './imap/client.ts';
import { tidySent } from './imap/tidy.ts';
import { watchInbox } from './imap/watch.ts';
import { compose, type ComposeOptions, type Sender } from './message/compose.ts';
import { probe } from './probe.ts';
import { type CarrierOptions, createCarrier, jitter } from './smtp/carrier.ts';
import { foldedUser, type SmtpServer, serverFor } from './smtp/server.ts';
import { createSignInGate, type SignInGate } from './smtp/sign-in-gate.ts';
import { TIMING } from './smtp/timing.ts';

const INTERNAL: DeliveryProblem = { cause: 'internal', serverSaid: null };

/** `sender` and `wanted` are asked at every send, so that a changed name or choice needs no new courier. */
export function createCourier(
  server: SmtpServer,
  sender: () => Sender,
  wanted: () => ComposeOptions,
  options: CarrierOptions & {
    /** Told what went wrong with a message before anything of it was sent. For the log. */
    readonly report?: (error: unknown) => void;
  } = {},
): Courier {
  const courier = createCarrier(server, options);
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
const NOWHERE: SmtpServer = {
  host: 'unset.invalid',
  port: 465,
  security: 'implicit-tls',
  user: '',
  secret: () => Promise.resolve(null),
};

/** RFC 2606: `.invalid` is never registered. */
const PRACTICE_ADDRESS = 'desk@practice.invalid';

const newGate = (): SignInGate =>
  createSignInGate({
    timing: TIMING,
    now: () => performance.now(),
    jittered: jitter(Math.random),
  });

/** So many gates are remembered, and any that would hold a sign-in back. */
const MOST_GATES = 100;

/**
 * One gate for each account at each server; upper and lower case are one. `inUse`: it is the one that messages go through from
 * here on. What set-up names without end is forgotten where that lets nothing through earlier.
 */
export function createGates(
  newOne: () => SignInGate = newGate,
): (server: SmtpServer, inUse?: boolean) => SignInGate {
  const gates = new Map<string, SignInGate>();
  let used = '';
  return ({ host, user }, inUse = false) => {
    const key = JSON.stringify([foldedHost(host), foldedUser(user)]);
    if (inUse) used = key;
    const gate = gates.get(key) ?? newOne();
    // What was asked for last stands last.
    gates.delete(key);
    gates.set(key, gate);
    for (const [other, { isIdle }] of gates) {
      if (gates.size <= MOST_GATES || (other !== used && !isIdle())) break;
      if (other !== used) gates.delete(other);
    }
    return gate;
  };
}

/**
 * Every test of an account also waits for the turn of all tests together: set-up names any server, and would otherwise
 * knock at as many as it likes. What a server answered is its own gate's.
 */
export const alsoInTurn = (gate: SignInGate, all: Pick<SignInGate, 'turn'>): SignInGate => ({
  ...gate,
  turn: () => Math.max(gate.turn(), all.turn()),
});

/** `report`: for the log. */
export const createMail = (
  report: (error: unknown) => void = () => undefined,
  gateOf: ReturnType<typeof createGates> = createGates(),
  allTests: Pick<SignInGate, 'turn'> = newGate(),
): Mail => ({
  courierFor: (account, secret, message) => {
    const server = serverFor(account(), secret) ?? NOWHERE;
    const gate = gateOf(server, true);
    gate.renew();
    return createCourier(server, account, message, { report, gate });
  },

  probe: (form, secret, options) => {
    const server = serverFor(form, () => Promise.resolve(secret));
    if (server === null) return Promise.resolve(fail({ step: 'reach', problem: INTERNAL }));
    const { watch = false, tidySent = false } = form.mailbox ?? {};
    const imap = watch || tidySent ? imapServerFor(form, server.secret) : null;
    const mailbox = imap === null ? {} : { mailbox: { server: imap, tidySent } };
    return probe(server, { ...options, ...mailbox, gate: alsoInTurn(gateOf(server), allTests) });
  },

  watch: (form, secret, since, on) => {
    const server = imapServerFor(form, secret);
    return server === null
      ? { close: () => undefined }
      : watchInbox(server, on.returned, { since, onTrouble: on.trouble });
  },

  tidy: (form, secret, messageIds, signal) => {
    const server = imapServerFor(form, secret);
    return server === null
      ? Promise.resolve({ done: true })
      : tidySent(server, { account: form.address, messageIds, signal });
  },
});

/** Practice's mail room: the same courier and the same test of an account, always over the practice server. */
export async function openPracticeRoom(
  onMail: (mail: ReceivedMail) => void,
  report: (error: unknown) => void,
): Promise<PracticeRoom> {
  // A whole mail server and a reader of mails, which only practice needs.
  const { startPracticeServer } = await import('./practice.ts');
  const { server, close } = await startPracticeServer({ onMail });
  const gate = newGate();
  const mail: Mail = {
    courierFor: (account, _secret, message) => {
      const sender = () => ({ name: account().name, address: PRACTICE_ADDRESS });
      return createCourier(server, sender, message, { report, gate });
    },
    probe: (_form, _secret, options) => probe(server, { ...options, gate }),
    watch: () => ({ close: () => undefined }),
    tidy: () => Promise.resolve({ done: true }),
  };
  return { mail, close };
}
