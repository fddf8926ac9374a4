/**
 * @file When it is asked whether a newer version exists, and when that is fetched and installed: as far as the owner has
 * chosen, and never while a verification is open, so that nothing leaves the computer, appears on the screen or changes in the
 * middle of one.
 */
import type { NewerStage } from '../../shared/newer-version.ts';
import { DAY_MS, HOUR_MS } from '../ledger/policy.ts';
import type { NewestVersion } from '../ports/releases.ts';
import type { DeskCore } from './core.ts';

/** The start of the program has better things to do. */
export const AFTER_START_MS = 60_000;
export const ASK_EVERY_MS = DAY_MS;
/** After a question without an answer, and before a package that did not come whole is fetched once more. */
export const ASK_AGAIN_MS = HOUR_MS;

export interface NewerVersions {
  /** Looks whether there is something to do; called with every change. */
  readonly look: () => void;
  /** Ends what runs, while it is still known what is open. */
  readonly stop: () => void;
  /** Installs what was fetched, or removes it if something was open at `stop`. The program ends after it. */
  readonly install: () => Promise<void>;
}

export function createNewerVersions({ state, ports, changed }: DeskCore): NewerVersions {
  const { releases, clock, timers, settings } = ports;
  const installer = releases?.installer ?? null;
  let askAt = clock.monotonic() + AFTER_START_MS;
  let fetchAt = clock.monotonic();
  let chosen = settings.choices().newerVersions;
  let newest: NewestVersion | null = null;
  /** What came of fetching the newest version. */
  let fetched: NewerStage = { at: 'awaited' };
  let running: AbortController | null = null;
  let wakeUp = (): void => undefined;
  let mayInstall = false;

  function callOff(): void {
    wakeUp();
    running?.abort();
    running = null;
  }

  const hasOpen = (): boolean =>
    state.starting > 0 || (state.station?.verifier.shift().some((row) => row.state === 'open') ?? false);
  /** What is in records that wait for the keychain is not known: one that was open before the start may be. */
  const mayHaveOpen = (): boolean => state.recordsKept || hasOpen();
  const installs = (): boolean => chosen === 'install' && installer !== null;

  /** One piece of work at a time. What was called off comes to nothing. */
  function run<T>(work: (signal: AbortSignal) => Promise<T>, then: (answer: T) => void): void {
    const own = new AbortController();
    running = own;
    void work(own.signal)
      .then((answer) => {
        if (running !== own) return;
        running = null;
        then(answer);
        changed();
      })
      .catch(ports.report);
  }

  /** What is fetched goes, and what has failed may be tried again. */
  function beginAfresh(): void {
    fetched = { at: 'awaited' };
    fetchAt = clock.monotonic();
    installer?.forget();
    void installer?.drop().catch(ports.report);
  }

  function ask(question: NonNullable<typeof releases>['newest']): void {
    run(question, (answer) => {
      const now = clock.monotonic();
      askAt = now + (answer.ok ? ASK_EVERY_MS : ASK_AGAIN_MS);
      if (!answer.ok) return;
      const isOther = answer.value?.version !== newest?.version;
      newest = answer.value;
      if (newest === null && installs()) beginAfresh();
      else if (isOther) {
        fetched = { at: 'awaited' };
        fetchAt = now;
      }
    });
  }

  function fetch(from: NonNullable<typeof installer>, wanted: NewestVersion): void {
    // From its beginning: one that was called off is a waste, and a busy desk calls off all day.
    fetchAt = clock.monotonic() + ASK_AGAIN_MS;
    run(
      (signal) => from.fetch(wanted, signal),
      (got) => {
        fetched = got.ok ? { at: 'ready' } : { at: 'failed', why: got.problem };
        // A place that has the wrong one has it for longer, and all of it was fetched.
        if (!got.ok && got.problem === 'other-bytes') fetchAt = clock.monotonic() + ASK_EVERY_MS;
      },
    );
  }

  function heed(choice: typeof chosen): void {
    if (choice === chosen) return;
    // The owner has just chosen it, and wants to know.
    if (chosen === 'off') askAt = clock.monotonic();
    chosen = choice;
    callOff();
    beginAfresh();
    if (choice === 'off') newest = null;
  }

  /** Begins what is due, or waits for it. */
  function proceed(): void {
    if (releases === null || chosen === 'off') return;
    if (mayHaveOpen()) {
      callOff();
      return;
    }
    if (running !== null) return;
    wakeUp();
    const now = clock.monotonic();
    const wanted = installs() && fetched.at !== 'ready' ? newest : null;
    if (now >= askAt) ask(releases.newest);
    else if (installer !== null && wanted !== null && now >= fetchAt) fetch(installer, wanted);
    else wakeUp = timers.after(Math.min(askAt, wanted === null ? Infinity : fetchAt) - now, changed);
  }

  return {
    look: () => {
      if (releases === null) return;
      heed(settings.choices().newerVersions);
      proceed();
      const stage: NewerStage = installs() ? fetched : { at: 'told' };
      state.newer = newest === null ? null : { version: newest.version, page: releases.page, stage };
    },
    stop: () => {
      mayInstall = installs() && fetched.at === 'ready' && !mayHaveOpen();
      callOff();
    },
    install: async () => {
      await (mayInstall ? installer?.install(() => !hasOpen()) : installer?.drop());
    },
  };
}
