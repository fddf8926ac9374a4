/**
 * @file Where the focus goes when what had it goes away, or when something typed is wrong: never to nowhere.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The heading of the screen takes the focus when what this is on had it and is removed. */
export function useFocusReturn<E extends HTMLElement>(): RefObject<E | null> {
  const own = useRef<E>(null);
  useLayoutEffect(() => {
    const element = own.current;
    return () => {
      if (element?.contains(document.activeElement) === true)
        document.querySelector<HTMLElement>('main h1')?.focus();
    };
  }, []);
  return own;
}

/** A form, and the way to bring the focus to its first field with a fault: its words are then read with it. */
export function useFaultFocus(): {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly focusFault: () => void;
} {
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState(0);
  // After the faults that were set together with it are in the page.
  useEffect(() => {
    if (asked > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [asked]);
  return { form, focusFault: useCallback(() => setAsked((count) => count + 1), []) };
}
