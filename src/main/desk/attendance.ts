/**
 * @file Decides when the account's inbox is watched for returned mail: while somebody waits for a code, and for a
 * while after, if the owner chose so. In practice never: there is no inbox.
 */
import { MINUTE_MS } from '../verification/policy.ts';
import type { DeskPorts } from './ports.ts';
import type { DeskState } from './state.ts';
import type { Stations } from './stations.ts';
import { signInOf } from './stored-secret.ts';

/** Most reports come within seconds; one that a queue held up may still explain what happened at the desk. */
const AFTERWARDS_MS = 10 * MINUTE_MS;

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

  function rest(): void {
    watch?.close();
    watch = null;
    offEnd();
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

  function look(): void {
    const account = ports.settings.account();
    const ms = account?.inbox?.watch === true ? waitMs() : null;
    if (account === null || ms === null) {
      rest();
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
