/**
 * @file What is being typed, told to main after a pause: a reload, another screen or a crash of the page loses nothing.
 * Nothing that main said of one address is ever shown of another.
 */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type AddressVerdict } from '../../shared/desk-view.ts';
import { type Paused, usePaused } from './use-paused.ts';

/** Long enough to say a word to main and not every letter, short enough that nothing is lost. */
const PAUSE_MS = 150;

interface Kept<T> extends Paused<T> {
  /** What main says about the address as it stands; null until it has answered. */
  readonly verdict: AddressVerdict | null;
}

/** `ask` stays the same from one rendering to the next; it answers null when main has no verdict. */
export function useKept<T extends { readonly address: string }>(
  typed: T,
  ask: (typed: T) => Promise<AddressVerdict | null>,
): Kept<T> {
  const [answered, setAnswered] = useState<{ address: string; verdict: AddressVerdict } | null>(null);
  const asked = useRef(0);

  const say = useCallback(
    (next: T) => {
      asked.current += 1;
      const turn = asked.current;
      void ask(next).then((verdict) => {
        // Answers may overtake each other; only the one to the latest question counts.
        if (verdict !== null && turn === asked.current) setAnswered({ address: next.address, verdict });
      });
    },
    [ask],
  );

  const { tell, flush, drop } = usePaused(say, PAUSE_MS);

  // Later views carry what this screen told main itself.
  const sayFirst = useEffectEvent(() => {
    if (typed.address !== '') say(typed);
  });
  useEffect(() => {
    sayFirst();
  }, []);

  return { verdict: answered?.address === typed.address ? answered.verdict : null, tell, flush, drop };
}
