/**
 * @file The code as it is typed. The page judges nothing: a complete code goes to main, and main counts the guess before
 * it compares.
 */
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { bridge, useOneAtATime, useView } from '../../bridge.ts';
import { codeProblemText, problemText } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { entered, NO_DIGITS, type Slots } from '../../ui/typed-code.ts';
import { typed } from './typed-codes.ts';

interface CodeEntry {
  readonly slots: Slots;
  readonly fault: string | null;
  /** How often something was said: two faults with the same words are two. */
  readonly told: number;
  readonly busy: boolean;
  /** Every slot is full, and nothing judges it by itself: that is for Enter. */
  readonly waits: boolean;
  /** What is there was typed before the mail can have left: it is judged once it may have. */
  readonly held: boolean;
  /** A key, a paste, or what an input method has committed, where `at` says. */
  readonly enter: (text: string, at: Slots) => void;
  readonly move: (slots: Slots) => void;
  /** Enter: has main judge what is there. */
  readonly judge: () => void;
}

export function useCodeEntry(
  { id, codeLength: wanted, mayHaveLeft }: VerificationView,
  field: RefObject<HTMLInputElement | null>,
): CodeEntry {
  const { t, i18n } = useTranslation();
  const view = useView();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [slots, setSlots] = useState(typed.get(id) ?? NO_DIGITS);
  const [fault, setFault] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const [told, setTold] = useState(0);

  useEffect(() => field.current?.focus(), [field]);

  useEffect(() => {
    if (slots.digits === '') typed.delete(id);
    else typed.set(id, slots);
  }, [id, slots]);

  const tell = (text: string | null) => {
    setFault(text);
    setTold((count) => count + 1);
    if (text !== null) announce(text);
  };

  const check = (code: string) =>
    run(async () => {
      const answer = await bridge.verification.check({ id, code });
      const waits = answer.ok && answer.value.outcome === 'not-sent';
      setHeld(waits ? code : null);
      if (waits) announce(t('code.notSent'));
      // Every other outcome has a screen of its own, which main shows.
      if (answer.ok && !waits) {
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

  // The moment that was waited for, as long as the same code is still there.
  const due = mayHaveLeft && held !== null && held === slots.digits;
  const judgeHeld = useEffectEvent(() => {
    setHeld(null);
    check(slots.digits);
  });
  useEffect(() => {
    // In a task of its own: what is judged changes what is shown.
    if (due) queueMicrotask(judgeHeld);
  }, [due]);

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

  const isHeld = held !== null && held === slots.digits;
  const waits = slots.digits.length === wanted && !busy && !isHeld;
  return { slots, fault, told, busy, waits, held: isHeld, enter, move, judge };
}
