/**
 * @file One press of Enter does one thing. A key that is held down repeats, and would go on into the next screen: send,
 * then judge, then leave the answer.
 */
import { useEffect } from 'react';

export function useHeldKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat && event.key === 'Enter') event.preventDefault();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, []);
}
