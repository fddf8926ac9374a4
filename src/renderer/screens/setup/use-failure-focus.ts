/**
 * @file After a failed test the focus is where it can be put right, with the reason and the button in view.
 */
import { useEffect, useEffectEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../shared/problems.ts';
import { type SetupTest } from '../../../shared/desk-view.ts';
import { type Cause } from '../../../shared/causes.ts';
import { useAnnounce } from '../../ui/announce.ts';

interface Failing {
  readonly test: SetupTest;
  /** The field that the failure is about; null when no field can put it right. */
  readonly field: FormField | null;
  /** Whom mail is handed to, as it reads inside a sentence. */
  readonly server: string;
  readonly form: RefObject<HTMLFormElement | null>;
  readonly submit: RefObject<HTMLButtonElement | null>;
}

/**
 * Scrolls to each in turn, and again when what comes with the failure moves them, until the owner does something.
 * Should there not be room for all, the last one stays in view.
 */
function keepInView(shown: readonly Element[]): () => void {
  const scroll = () => shown.forEach((element) => element.scrollIntoView({ block: 'nearest' }));
  const settling = new ResizeObserver(scroll);
  const acted = new AbortController();
  const stop = () => {
    settling.disconnect();
    acted.abort();
  };
  for (const event of ['keydown', 'pointerdown', 'wheel'])
    window.addEventListener(event, stop, { passive: true, signal: acted.signal });
  scroll();
  // What grows beside the last one makes one of these larger.
  for (let around = shown.at(-1)?.parentElement; around; around = around.parentElement)
    settling.observe(around);
  return stop;
}

export function useFailureFocus({ test, field, server, form, submit }: Failing): void {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const cause = test.state === 'failed' ? test.problem.cause : null;
  const isQuestion = test.state === 'failed' && test.problem.authority !== undefined;
  const bringIntoView = useEffectEvent((cause: Cause) => {
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? null;
    // A question is answered where it stands.
    const asked = isQuestion ? (form.current?.querySelector<HTMLElement>('.failure button') ?? null) : null;
    const target = asked ?? (field === null ? submit.current : invalid);
    const before = document.activeElement;
    target?.focus({ preventScroll: true });
    const focused = target?.closest('.field') ?? target;
    const stop = keepInView(
      [submit.current, form.current?.querySelector('.failure'), focused].filter(
        (part) => part instanceof Element,
      ),
    );
    // A field that the focus comes to is read with its reason.
    if (field === null || before === target)
      announce(`${t(`causes.${cause}.title`, { server })}. ${t(`causes.${cause}.remedy`, { server })}`);
    return stop;
  });
  // Once a failure, and not with every letter that is typed afterwards.
  useEffect(
    // The owner stopped it, and needs no telling.
    () => (cause === null || cause === 'called-off' ? undefined : bringIntoView(cause)),
    [cause],
  );
}
