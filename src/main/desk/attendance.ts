/**
 * @file Decides when the account's own mailbox is attended to, if the owner chose so: watched for returned mail while a
 * code is waited for, and for a while after; Sent tidied once a verification has ended.
 */
import { MINUTE_MS } from '../ledger/policy.ts';
import type { ReturnedMessage } from '../ports/mail.ts';
import type { AccountForm, EpochMs } from '../../shared/words.ts';
import type { DeskCore } from './core.ts';
import type { DeskState } from './state.ts';
import type { Secrets } from './secrets.ts';
import { signInOf } from './stored-secret.ts';

/** Most reports come within seconds; one that a queue held up may still explain what happened at the desk. */
const AFTERWARDS_MS = 10 * MINUTE_MS;

/** Pauses before a server that could not be reached, or refused, is asked again; the last one repeats. */
const TIDY_AGAIN_MS = [2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS] as const;

export interface Attendance {
  /** Begins or ends what the desk as it is now calls for. */
  readonly attend: () => void;
  /** Hangs up, until the next look. */
  readonly rest: () => void;
}

export function createAttendance(
  { state, ports, show }: DeskCore,
  { secret }: Pick<Secrets, 'secret'>,
): Attendance {
  let watch: { readonly signIn: string; readonly close: () => void } | null = null;
  let offEnd = (): void => undefined;
  let tidying: AbortController | null = null;
  let offTidyAgain: (() => void) | null = null;
  let tidyFailures = 0;

  function rest(): void {
    unwatch();
    tidying?.abort();
    offTidyAgain?.();
    offTidyAgain = null;
  }

  /** Since when, and how long from now on, a mail is waited for; null when none is. */
  function waiting(): { readonly since: EpochMs; readonly ms: number } | null {
    const { station } = state;
    if (station === null || state.secret === null) return null;
    const at = station.verifier.look();
    const { now } = at;
    const waited = station.verifier
      .shift(at)
      .filter((row) => row.state !== 'unreadable')
      .map(({ openedAt, endedAt, expiresAt }) => ({
        openedAt,
        until: (endedAt ?? expiresAt) + AFTERWARDS_MS,
      }))
      .filter(({ until }) => until > now);
    if (waited.length === 0) return null;
    return {
      since: Math.min(...waited.map(({ openedAt }) => openedAt)),
      ms: Math.max(...waited.map(({ until }) => until)) - now,
    };
  }

  /** One removal at a time; what ends meanwhile is found by the look that follows. */
  async function tidy(account: AccountForm): Promise<void> {
    const { station } = state;
    if (station === null || state.secret === null) return;
    if (tidying !== null || offTidyAgain !== null) return;
    const ended = station.verifier.untidied();
    if (ended.length === 0) return;
    const controller = new AbortController();
    tidying = controller;
    const messageIds = ended.flatMap((one) => one.messageIds);
    // Not when the station was closed meanwhile: it is done again by the next one, and finds nothing.
    const isCurrent = (): boolean => !controller.signal.aborted && state.station === station;
    const tidied = await ports.mail.tidy(account, secret, messageIds, controller.signal);
    let { done } = tidied;
    try {
      if (done && isCurrent()) await station.verifier.tidied(ended.map(({ id }) => id));
    } catch (error) {
      // A full disk, say: it is looked for again later, and is not there any more.
      done = false;
      ports.report(error);
    }
    tidying = null;
    if (!isCurrent()) return;
    learn({ tidySent: tidied.done ? null : tidied.trouble });
    if (done) {
      tidyFailures = 0;
      look();
      return;
    }
    const pause = TIDY_AGAIN_MS[Math.min(tidyFailures, TIDY_AGAIN_MS.length - 1)] ?? 0;
    tidyFailures += 1;
    offTidyAgain = ports.timers.after(pause, () => {
      offTidyAgain = null;
      look();
    });
  }

  function learn(trouble: Partial<DeskState['mailboxTrouble']>): void {
    state.mailboxTrouble = { ...state.mailboxTrouble, ...trouble };
    show();
  }

  async function told(message: ReturnedMessage): Promise<void> {
    const isOurs = (await state.station?.verifier.returned(message)) === true;
    if (isOurs && message.renamed) learn({ ids: 'message-id-replaced' });
  }

  function unwatch(): void {
    watch?.close();
    watch = null;
    offEnd();
  }

  function look(): void {
    const account = ports.settings.account();
    if (account === null) {
      rest();
      return;
    }
    if (account.mailbox?.tidySent === true) void tidy(account);
    const wait = account.mailbox?.watch === true ? waiting() : null;
    if (wait === null) {
      unwatch();
      return;
    }
    offEnd();
    offEnd = ports.timers.after(wait.ms, look);
    const signIn = signInOf(account) + JSON.stringify(account.authorities ?? []);
    if (watch?.signIn === signIn) return;
    watch?.close();
    const { close } = ports.mail.watch(account, secret, wait.since, {
      returned: (message) => void told(message).catch(ports.report),
      trouble: (cause) => learn({ watch: cause }),
    });
    watch = { signIn, close };
  }

  return { attend: look, rest };
}
