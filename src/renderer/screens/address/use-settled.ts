/**
 * @file When what stands in a field is worth judging. A warning at every pause between two letters would be wrong most
 * of the time, and soon not be read at all.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

/** `typing`: not yet. `resting`: the typing has paused for long. `pasted`: it came whole. `left`: the field was left. */
export type Settled = 'typing' | 'resting' | 'pasted' | 'left';

/** People who type by ear pause up to 400 ms between two letters; this is well beyond that. */
const REST_MS = 1000;

export interface SettledField {
  readonly settled: Settled;
  readonly onTyped: () => void;
  readonly onPasted: () => void;
  readonly onLeft: () => void;
}

/** `kept`: the field begins with a text from before. */
export function useSettled(kept: boolean): SettledField {
  const [settled, setSettled] = useState<Settled>(kept ? 'left' : 'typing');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pasted = useRef(false);
  const pressed = usePointerPressed();

  useEffect(() => () => clearTimeout(timer.current), []);

  const onTyped = useCallback(() => {
    clearTimeout(timer.current);
    setSettled(pasted.current ? 'pasted' : 'typing');
    if (!pasted.current) timer.current = setTimeout(() => setSettled('resting'), REST_MS);
    pasted.current = false;
  }, []);

  const onLeft = useCallback(() => {
    clearTimeout(timer.current);
    // What appears on leaving moves what is below, and a click must still land where it was aimed.
    pressed.afterwards(() => setSettled('left'));
  }, [pressed]);

  // The text itself comes with the change that follows.
  return { settled, onTyped, onPasted: useCallback(() => void (pasted.current = true), []), onLeft };
}

/** Whether a button of the pointer is down; work is put off until it is up again and its click is over. */
function usePointerPressed(): { readonly afterwards: (work: () => void) => void } {
  const [pointer] = useState(() => {
    let down = false;
    let waiting: (() => void)[] = [];
    const onDown = () => (down = true);
    const onUp = () => {
      down = false;
      const due = waiting;
      waiting = [];
      setTimeout(() => {
        for (const work of due) work();
      });
    };
    return {
      afterwards: (work: () => void) => {
        if (down) waiting.push(work);
        else work();
      },
      listen: () => {
        document.addEventListener('pointerdown', onDown, true);
        document.addEventListener('pointerup', onUp, true);
        document.addEventListener('pointercancel', onUp, true);
        return () => {
          document.removeEventListener('pointerdown', onDown, true);
          document.removeEventListener('pointerup', onUp, true);
          document.removeEventListener('pointercancel', onUp, true);
        };
      },
    };
  });
  useEffect(() => pointer.listen(), [pointer]);
  return pointer;
}
