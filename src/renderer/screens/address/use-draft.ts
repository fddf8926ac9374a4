/**
 * @file What is being typed on the address screen, kept in step with main: a reload, another screen or a crash
 * of the page loses nothing. Nothing that main said of one address is ever shown of another.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type AddressVerdict, type Draft } from '../../../shared/desk-view.ts';
import { type AddressHint } from '../../../shared/words.ts';
import { bridge } from '../../bridge.ts';

/** Long enough to say a word to main and not every letter, short enough that nothing is lost. */
const PAUSE_MS = 150;

interface DraftHandle {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  /** What main says about the address as it stands; null until it has answered. */
  readonly verdict: AddressVerdict | null;
  /** Tells main what it was not told yet, and leaves nothing that could be told later. */
  readonly flush: () => void;
}

export function useDraft(kept: Draft, practice: boolean): DraftHandle {
  const [draft, setDraft] = useState(kept);
  const [answered, setAnswered] = useState<{ address: string; verdict: AddressVerdict } | null>(null);
  const waiting = useRef<{ draft: Draft; timer: ReturnType<typeof setTimeout> } | null>(null);
  const told = useRef(0);

  const tell = useCallback((next: Draft) => {
    told.current += 1;
    const turn = told.current;
    const { address } = next;
    void bridge.desk.draft(next).then((answer) => {
      // Answers may overtake each other; only the one to the latest question counts.
      if (answer.ok && turn === told.current) setAnswered({ address, verdict: answer.value });
    });
  }, []);

  const drop = useCallback((): Draft | null => {
    const last = waiting.current;
    waiting.current = null;
    clearTimeout(last?.timer);
    return last?.draft ?? null;
  }, []);

  const flush = useCallback(() => {
    const last = drop();
    if (last !== null) tell(last);
  }, [drop, tell]);

  const change = useCallback(
    (next: Draft) => {
      drop();
      setDraft(next);
      waiting.current = { draft: next, timer: setTimeout(flush, PAUSE_MS) };
    },
    [drop, flush],
  );

  useEffect(() => {
    if (kept.address !== '') tell(kept);
    // When practice begins or ends, main has emptied its draft by the time this screen goes.
    const stop = bridge.onDesk((next) => {
      if (next.practice !== practice) drop();
    });
    return () => {
      stop();
      flush();
    };
    // Only when the screen comes and goes: later views carry a draft that this screen told main itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return {
    draft,
    change,
    verdict: answered?.address === draft.address ? answered.verdict : null,
    flush,
  };
}

/** What main advises on an address, once it is `wanted`; null until it has answered, and for any other address. */
export function useAdvice(address: string, wanted: boolean): readonly AddressHint[] | null {
  const [advised, setAdvised] = useState<{ address: string; hints: readonly AddressHint[] } | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void bridge.desk.advise({ address }).then((answer) => {
      if (current && answer.ok) setAdvised({ address, hints: answer.value });
    });
    return () => void (current = false);
  }, [address, wanted]);
  return wanted && advised?.address === address ? advised.hints : null;
}
