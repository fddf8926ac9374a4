/**
 * @file One thing at a time: the single writer of a process, the desk's stations. Work is done in the order it was asked
 * for, and a piece that fails does not stop the next.
 */

/** Runs `work` once everything that was asked for before has ended. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
