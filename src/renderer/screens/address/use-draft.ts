/**
 * @file What is being typed on the address screen, kept in step with main: a reload, another screen or a crash
 * of the page loses nothing.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type AddressLook, type Draft } from '../../../shared/desk-view.ts';
import { bridge } from '../../bridge.ts';

/** Long enough to say a word to main and not every letter, short enough that a hint feels immediate. */
const PAUSE_MS = 150;

interface DraftHandle {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  /** What main says about the address as it was last told. */
  readonly look: AddressLook | null;
  /** Nothing more is to be told: the draft is on its way as a verification. */
  readonly settle: () => void;
}

export function useDraft(kept: Draft): DraftHandle {
  const [draft, setDraft] = useState(kept);
  const [look, setLook] = useState<AddressLook | null>(null);
  const waiting = useRef<{ draft: Draft; timer: ReturnType<typeof setTimeout> } | null>(null);
  const told = useRef(0);

  const tell = useCallback((next: Draft) => {
    waiting.current = null;
    told.current += 1;
    const turn = told.current;
    void bridge.desk.draft(next).then((answer) => {
      // Answers may overtake each other; only the one to the latest question counts.
      if (answer.ok && turn === told.current) setLook(answer.value);
    });
  }, []);

  const settle = useCallback(() => {
    if (waiting.current !== null) clearTimeout(waiting.current.timer);
    waiting.current = null;
  }, []);

  const change = useCallback(
    (next: Draft) => {
      settle();
      setDraft(next);
      waiting.current = { draft: next, timer: setTimeout(() => tell(next), PAUSE_MS) };
    },
    [settle, tell],
  );

  useEffect(() => {
    if (kept.address !== '') tell(kept);
    return () => {
      const last = waiting.current;
      settle();
      if (last !== null) void bridge.desk.draft(last.draft);
    };
    // Only when the screen comes and goes: later views carry a draft that this screen told main itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return { draft, change, look, settle };
}
