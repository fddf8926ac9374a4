/**
 * @file Tells main that a person is at the desk, so that it locks only when none is. It says that something was done, and
 * not what.
 */
import { useEffect } from 'react';
import { bridge, useView } from '../bridge.ts';

/** More often than main could need to know. */
const EVERY_MS = 10_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

export function useActivity(): void {
  const { access } = useView();
  const watched = access.on && !access.locked;
  useEffect(() => {
    if (!watched) return undefined;
    let last = -Infinity;
    const onSign = ({ timeStamp }: Event) => {
      if (timeStamp - last < EVERY_MS) return;
      last = timeStamp;
      void bridge.access.active();
    };
    for (const sign of SIGNS) document.addEventListener(sign, onSign, { capture: true, passive: true });
    return () => {
      for (const sign of SIGNS) document.removeEventListener(sign, onSign, { capture: true });
    };
  }, [watched]);
}
