/**
 * @file The code as it is typed. The page judges nothing: a complete code goes to main, and main counts the guess before
 * it compares.
 */
import { useEffect, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useOneAtATime, useView } from '../../bridge.ts';
import { codeProblemText, problemText } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { entered, NO_DIGITS, type Slots } from '../../ui/typed-code.ts';

/** What was typed for a verification whose screen was left: it is still there when one comes back. */
const typed = new Map<string, Slots>();
/** The desk was left altogether, and with it everybody who was waiting at it. */
export const forgetTypedCodes = (): void => typed.clear();

interface CodeEntry {
  readonly slots: Slots;
  readonly fault: string | null;
  readonly busy: boolean;
  /** Every slot is full, and nothing judges it by itself: that is for Enter. */
  readonly waits: boolean;
  /** A key, a paste, or what an input method has committed, where `at` says. */
  readonly enter: (text: string, at: Slots) => void;
  readonly move: (slots: Slots) => void;
  /** Enter: has main judge what is there. */
  readonly judge: () => void;
}

export function useCodeEntry(
  id: string,
  wanted: number,
  field: RefObject<HTMLInputElement | null>,
): CodeEntry {
  const { t, i18n } = useTranslation();
  const view = useView();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [slots, setSlots] = useState(typed.get(id) ?? NO_DIGITS);
  const [fault, setFault] = useState<string | null>(null);

  useEffect(() => field.current?.focus(), [field]);

  useEffect(() => {
    if (slots.digits === '') typed.delete(id);
    else typed.set(id, slots);
  }, [id, slots]);

  const tell = (text: string | null) => {
    setFault(text);
    if (text !== null) announce(text);
  };

  const check = (code: string) =>
    run(async () => {
      const answer = await bridge.verification.check({ id, code });
      // Every other outcome has a screen of its own, which main shows.
      if (answer.ok) {
        // This screen may be gone by now.
        typed.delete(id);
        setSlots(NO_DIGITS);
      }
      tell(
        !answer.ok
          ? problemText(t, answer.problem, view.now, i18n.language)
          : answer.value.outcome === 'wrong'
            ? t('code.wrong', { count: answer.value.guessesLeft })
            : null,
      );
      field.current?.focus();
    });

  const enter = (text: string, at: Slots) => {
    const edit = entered(at, text, wanted);
    switch (edit.kind) {
      case 'taken':
        setSlots(edit.slots);
        setFault(null);
        if (edit.complete) check(edit.slots.digits);
        return;
      case 'refused':
        tell(codeProblemText(t, edit.problem));
        return;
      case 'nothing':
    }
  };

  const move = (next: Slots) => {
    if (next.digits !== slots.digits) setFault(null);
    else if (next.start === slots.start && next.end === slots.end) return;
    setSlots(next);
  };

  // Enter twice on the address screen ends here with nothing typed: that is no question.
  const judge = () => {
    if (slots.digits !== '') check(slots.digits);
  };

  return { slots, fault, busy, waits: slots.digits.length === wanted && !busy, enter, move, judge };
}
