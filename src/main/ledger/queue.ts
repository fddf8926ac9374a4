/**
 * @file One thing at a time: the single writer of a process. Work is done in the order it was asked for, and a
 * piece that fails does not stop the next.
 */

export interface Queue {
  /** Runs `work` once everything asked for before has ended. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves once everything asked for so far has ended. */
  readonly idle: () => Promise<void>;
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
    idle: async () => {
      await last;
    },
  };
}
