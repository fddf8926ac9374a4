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
    // From the outside in: should there not be room for all of it, what has the focus stays.
    submit.current?.scrollIntoView({ block: 'nearest' });
    form.current?.querySelector('.failure')?.scrollIntoView({ block: 'nearest' });
    const shown = target?.closest('.field') ?? target;
    shown?.scrollIntoView({ block: 'nearest' });
    // Once more when what came with the failure has its place.
    requestAnimationFrame(() => shown?.scrollIntoView({ block: 'nearest' }));
    // A field that the focus comes to is read with its reason.
    if (field === null || before === target)
      announce(`${t(`causes.${cause}.title`, { server })}. ${t(`causes.${cause}.remedy`, { server })}`);
  });
  // Once a failure, and not with every letter that is typed afterwards.
  useEffect(() => {
    // The owner stopped it, and needs no telling.
    if (cause !== null && cause !== 'called-off') bringIntoView(cause);
  }, [cause]);
}
