/**
 * @file Decides when the account's own mailbox is attended to, if the owner chose so: watched for returned mail while
 * somebody waits for a code, and for a while after; Sent tidied once a verification has ended. In practice never.
 */
import { MINUTE_MS } from '../verification/policy.ts';
import type { AccountForm } from '../../shared/words.ts';
import type { DeskPorts } from './ports.ts';
import type { DeskState } from './state.ts';
import type { Stations } from './stations.ts';
import { signInOf } from './stored-secret.ts';

/** Most reports come within seconds; one that a queue held up may still explain what happened at the desk. */
const AFTERWARDS_MS = 10 * MINUTE_MS;

/** A server that could not be reached is asked again after this. */
const TIDY_AGAIN_MS = 2 * MINUTE_MS;

export interface Attendance {
  /** Begins or ends what the desk as it is now calls for. */
  look(): void;
  /** Hangs up, until the next look. */
  rest(): void;
}

export function createAttendance(
  state: DeskState,
  ports: DeskPorts,
  stations: Pick<Stations, 'secret'>,
): Attendance {
  let watch: { readonly signIn: string; readonly close: () => void } | null = null;
  let offEnd = (): void => undefined;
  let tidying: AbortController | null = null;
  let offTidyAgain: (() => void) | null = null;
  /** Message-IDs that need not be looked for again. */
  const tidied = new Set<string>();

  function rest(): void {
    unwatch();
    tidying?.abort();
    offTidyAgain?.();
    offTidyAgain = null;
  }

  /** How long from now on somebody may still wait; null when nobody does. */
  function waitMs(): number | null {
    const { station } = state;
    if (station === null || station.kind === 'practice' || state.secret === null) return null;
    const now = station.verifier.now();
    const until = Math.max(
      0,
      ...station.verifier.shift().map(({ endedAt, expiresAt }) => (endedAt ?? expiresAt) + AFTERWARDS_MS),
    );
    return until > now ? until - now : null;
  }

  /** One removal at a time; what ends meanwhile is found by the look that follows. */
  async function tidy(account: AccountForm): Promise<void> {
    const { station } = state;
    if (station === null || station.kind === 'practice' || state.secret === null) return;
    if (tidying !== null || offTidyAgain !== null) return;
    const messageIds = station.verifier.messagesOfEnded().filter((id) => !tidied.has(id));
    if (messageIds.length === 0) return;
    const controller = new AbortController();
    tidying = controller;
    const done = await ports.mail.tidy(account, stations.secret, messageIds, controller.signal);
    tidying = null;
    if (done) for (const id of messageIds) tidied.add(id);
    if (controller.signal.aborted) return;
    if (done) look();
    else {
      offTidyAgain = ports.timers.after(TIDY_AGAIN_MS, () => {
        offTidyAgain = null;
        look();
      });
    }
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
    if (account.inbox?.tidySent === true) void tidy(account);
    const ms = account.inbox?.watch === true ? waitMs() : null;
    if (ms === null) {
      unwatch();
      return;
    }
    offEnd();
    offEnd = ports.timers.after(ms, look);
    const signIn = signInOf(account);
    if (watch?.signIn === signIn) return;
    watch?.close();
    const { close } = ports.mail.watch(account, stations.secret, (message) => {
      void state.station?.verifier.returned(message);
    });
    watch = { signIn, close };
  }

  return { look, rest };
}
