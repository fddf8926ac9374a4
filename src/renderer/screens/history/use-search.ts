/**
 * @file A search that grows slice by slice, so that the window is never blocked. Another one ends it; so does leaving the
 * screen. Nothing of a search is kept.
 */
import { useCallback, useEffect, useState } from 'react';
import { type HistoryCursor, type HistoryQuery, type HistoryRow } from '../../../shared/history.ts';
import { bridge } from '../../bridge.ts';

/** So many are listed at once; more are looked for when they are asked for. */
const LISTED = 100;
/** A search begins when the typing rests. */
const PAUSE_MS = 200;

export interface Found {
  readonly rows: readonly HistoryRow[];
  readonly scanned: number;
  readonly of: number;
  readonly state: 'looking' | 'paused' | 'done';
}
const NOTHING: Found = { rows: [], scanned: 0, of: 0, state: 'looking' };

/** `changed`: what was found may be another now, and is looked for again. */
export function useSearch(
  query: HistoryQuery,
  changed: unknown,
): { readonly found: Found; readonly more: () => void } {
  const { text, from, to, purpose, result, operator } = query;
  const [found, setFound] = useState(NOTHING);
  const [wanted, setWanted] = useState(LISTED);
  const asked = JSON.stringify([text, from, to, purpose, result, operator]);
  const [last, setLast] = useState(asked);
  if (last !== asked) {
    setLast(asked);
    setWanted(LISTED);
    // What is listed stays until the first slice of the new search is here.
    setFound({ ...found, state: 'looking' });
  }
  useEffect(() => {
    const search = new AbortController();
    const run = async (): Promise<void> => {
      let after: HistoryCursor | null = null;
      let sum = NOTHING;
      do {
        const answer = await bridge.history.search({
          query: { text, from, to, purpose, result, operator },
          after,
        });
        if (search.signal.aborted || !answer.ok) return;
        const { rows, next, scanned, of } = answer.value;
        after = next;
        const paused = next !== null && sum.rows.length + rows.length >= wanted;
        const state = next === null ? 'done' : paused ? 'paused' : 'looking';
        sum = { rows: [...sum.rows, ...rows], scanned: sum.scanned + scanned, of, state };
        // An empty slice of a new search must not empty the list of the last one at once.
        if (sum.rows.length > 0 || state !== 'looking') setFound(sum);
        else setFound((shown) => ({ ...shown, scanned: sum.scanned, of, state }));
      } while (after !== null && sum.state === 'looking');
    };
    const timer = setTimeout(() => void run(), PAUSE_MS);
    return () => {
      search.abort();
      clearTimeout(timer);
    };
  }, [text, from, to, purpose, result, operator, wanted, changed]);
  return { found, more: useCallback(() => setWanted((count) => count + LISTED), []) };
}
