/**
 * @file When it is asked whether a newer version exists: once a day, where the owner has chosen it, and never while a
 * verification is open, so that nothing leaves the computer or appears on the screen in the middle of one.
 */
import { DAY_MS, HOUR_MS } from '../ledger/policy.ts';
import type { DeskCore } from './core.ts';

/** The start of the program has better things to do. */
export const AFTER_START_MS = 60_000;
export const ASK_EVERY_MS = DAY_MS;
/** After a question without an answer. */
export const ASK_AGAIN_MS = HOUR_MS;

export interface NewerVersion {
  /** Looks whether to ask; called with every change. */
  readonly look: () => void;
  readonly stop: () => void;
}

export function createNewerVersion({ state, ports, changed }: DeskCore): NewerVersion {
  const { releases, clock, timers, settings } = ports;
  let dueAt = clock.monotonic() + AFTER_START_MS;
  let chosen = settings.choices().tellNewer;
  let asking: AbortController | null = null;
  let wakeUp = (): void => undefined;

  function callOff(): void {
    wakeUp();
    asking?.abort();
    asking = null;
  }

  const hasOpen = (): boolean => state.station?.verifier.shift().some((row) => row.state === 'open') ?? false;

  async function ask(newest: (signal: AbortSignal) => ReturnType<NonNullable<typeof releases>['newest']>) {
    const question = new AbortController();
    asking = question;
    const answer = await newest(question.signal);
    // Called off: it is still due.
    if (asking !== question) return;
    asking = null;
    dueAt = clock.monotonic() + (answer.ok ? ASK_EVERY_MS : ASK_AGAIN_MS);
    if (answer.ok) state.newerVersion = answer.value;
    changed();
  }

  return {
    look: () => {
      if (releases === null) return;
      const before = chosen;
      chosen = settings.choices().tellNewer;
      if (!chosen) {
        callOff();
        state.newerVersion = null;
        return;
      }
      const now = clock.monotonic();
      // The owner has just chosen it, and wants to know.
      if (!before) dueAt = now;
      if (hasOpen()) {
        callOff();
        return;
      }
      if (asking !== null) return;
      wakeUp();
      if (now >= dueAt) void ask(releases.newest).catch(ports.report);
      else wakeUp = timers.after(dueAt - now, changed);
    },
    stop: callOff,
  };
}
