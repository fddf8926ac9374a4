/**
 * @file What is being typed on the address screen, kept in step with main: a reload, another screen or a crash
 * of the page loses nothing. Nothing that main said of one address is ever shown of another.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type AddressVerdict, type Draft } from '../../../shared/desk-view.ts';
import { type AddressHint } from '../../../shared/words.ts';
import { bridge } from '../../bridge.ts';

/** Long enough to say a word to main and not every letter, short enough that a hint feels immediate. */
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
  const [advice, setAdvice] = useState<{ address: string; hint: AddressHint } | null>(null);
  const waiting = useRef<{ draft: Draft; timer: ReturnType<typeof setTimeout> } | null>(null);
  const told = useRef(0);

  const tell = useCallback((next: Draft) => {
    told.current += 1;
    const turn = told.current;
    const { address } = next;
    void bridge.desk.draft(next).then(async (answer) => {
      // Answers may overtake each other; only the one to the latest question counts.
      if (!answer.ok || turn !== told.current) return;
      setAnswered({ address, verdict: answer.value });
      if (!answer.value.valid) return;
      // DNS takes its time, and nothing waits for it.
      const advised = await bridge.desk.mailDomain({ address });
      if (turn === told.current && advised.ok)
        setAdvice(advised.value === null ? null : { address, hint: advised.value });
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

  const of = <T extends { address: string }>(said: T | null): T | null =>
    said?.address === draft.address ? said : null;
  return {
    draft,
    change,
    verdict: withAdvice(of(answered)?.verdict ?? null, of(advice)?.hint ?? null),
    flush,
  };
}

function withAdvice(verdict: AddressVerdict | null, hint: AddressHint | null): AddressVerdict | null {
  return verdict?.valid === true && hint !== null ? { ...verdict, hints: [...verdict.hints, hint] } : verdict;
}
