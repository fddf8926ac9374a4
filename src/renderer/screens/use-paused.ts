/** @file What is being typed, said to main after a pause in it and not with every letter. */
import { useCallback, useRef } from 'react';

export interface Paused<T> {
  /** Says it after the pause, unless more is typed. */
  readonly tell: (next: T) => void;
  /** Says at once what was not said yet, and leaves nothing that could be said later. */
  readonly flush: () => void;
  /** Leaves nothing that could be said. */
  readonly drop: () => void;
}

/** `say` stays the same from one rendering to the next. */
export function usePaused<T>(say: (typed: T) => void, pauseMs: number): Paused<T> {
  const waiting = useRef<{ typed: T; timer: ReturnType<typeof setTimeout> } | null>(null);

  const take = useCallback((): { readonly typed: T } | null => {
    const last = waiting.current;
    waiting.current = null;
    clearTimeout(last?.timer);
    return last;
  }, []);
  const drop = useCallback(() => void take(), [take]);

  const flush = useCallback(() => {
    const last = take();
    if (last !== null) say(last.typed);
  }, [take, say]);

  const tell = useCallback(
    (next: T) => {
      drop();
      waiting.current = { typed: next, timer: setTimeout(flush, pauseMs) };
    },
    [drop, flush, pauseMs],
  );

  return { tell, flush, drop };
}
