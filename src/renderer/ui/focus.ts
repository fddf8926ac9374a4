/**
 * @file Where the focus goes when what had it goes away, or when something typed is wrong: never to nowhere. A
 * fault that the focus cannot bring to the ear is said.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useAnnounce } from './announce.ts';

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

/**
 * A form, and the way to bring the focus to its first field with a fault: its words are then read with it. A field
 * that has the focus already is not read again, so its fault is said (WCAG 3.3.1, 4.1.3).
 */
export function useFaultFocus(): {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly focusFault: () => void;
} {
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState(0);
  const announce = useAnnounce();
  // After the faults that were set together with it are in the page.
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? null;
    if (asked === 0 || field === null) return;
    if (field === document.activeElement)
      announce(field.closest('.field')?.querySelector('.fault')?.textContent ?? '');
    else field.focus();
  }, [asked, announce]);
  return { form, focusFault: useCallback(() => setAsked((count) => count + 1), []) };
}

/** Brings what has just appeared into view: at 400 % a fault below its field would be out of sight. */
export function useReveal<E extends HTMLElement>(): RefObject<E | null> {
  const own = useRef<E>(null);
  useLayoutEffect(() => {
    // Not returned: newer browsers answer with a promise, which React would call as a clean-up.
    own.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return own;
}

/** Says a fault when it comes, and again only once it was gone; while it is `unknown` whether it is, nothing. */
export function useSaidOnce(fault: string | null, unknown: boolean): void {
  const announce = useAnnounce();
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (unknown || fault === last.current) return;
    last.current = fault;
    if (fault !== null) announce(fault);
  }, [fault, unknown, announce]);
}
