/** @file The draft of the address screen, and what main advises on its address. */
import { useEffect, useState } from 'react';
import { type AddressVerdict, type Draft } from '../../../shared/desk-view.ts';
import { type AddressHint } from '../../../shared/words.ts';
import { bridge } from '../../bridge.ts';
import { useKept } from '../use-kept.ts';

interface DraftHandle {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly verdict: AddressVerdict | null;
  readonly flush: () => void;
}

const keep = async (draft: Draft): Promise<AddressVerdict | null> => {
  const answer = await bridge.desk.draft(draft);
  return answer.ok ? answer.value : null;
};

export function useDraft(kept: Draft, practice: boolean): DraftHandle {
  const [draft, setDraft] = useState(kept);
  const { verdict, tell, flush, drop } = useKept(draft, keep);
  useEffect(() => {
    // When practice begins or ends, main has emptied its draft by the time this screen goes.
    const stop = bridge.onDesk((next) => {
      if (next.practice !== practice) drop();
    });
    return () => {
      stop();
      flush();
    };
  }, [practice, drop, flush]);
  const change = (next: Draft) => {
    setDraft(next);
    tell(next);
  };
  return { draft, change, verdict, flush };
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
