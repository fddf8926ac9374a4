/**
 * @file The address screen: one field, a purpose, one button. It must never suggest an earlier customer, and
 * never change what was typed unless the person presses the button that says so.
 */
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Draft } from '../../shared/desk-view.ts';
import { NO_NOTE, NOTE_LENGTH } from '../../shared/history.ts';
import { bridge, useOneAtATime, useView } from '../bridge.ts';
import { type AnyProblem } from '../i18n/phrases.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field } from '../ui/field.tsx';
import { useFaultFocus } from '../ui/focus.ts';
import { Beforehand } from '../frame/beforehand.tsx';
import { Trouble } from '../frame/trouble.tsx';
import { AnswerBand } from './address/answer-band.tsx';
import { AddressField, shownFault } from './address/field.tsx';
import { AddressHints } from './address/hints.tsx';
import { missingDetails, PurposePicker } from './address/purpose.tsx';
import { useAdvice, useDraft } from './address/use-draft.ts';
import { useSettled } from './address/use-settled.ts';
import './address.css';

export function AddressScreen() {
  const { t } = useTranslation();
  const view = useView();
  const { draft, change, verdict, flush } = useDraft(view.draft, view.practice);
  const { busy, run } = useOneAtATime();
  const [sentOnce, setSentOnce] = useState(false);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  // Main forgets it once it hears of the next address; its place is kept until this screen goes.
  const [answered] = useState(view.answered);
  const input = useRef<HTMLInputElement>(null);
  const { form, focusFault } = useFaultFocus();
  const field = useSettled(draft.address !== '');
  const settled = field.settled !== 'typing';
  const hints = useAdvice(draft.address, settled && verdict?.valid === true);

  useEffect(() => input.current?.focus(), []);

  useEffect(() => {
    // What is judged now is not to wait for the pause that keeps the draft.
    if (settled) flush();
  }, [settled, draft.address, flush]);

  const edit = (next: Draft) => {
    // What is on its way stays as it is: main empties its draft with it, and what comes after would be told to it
    // once more, for the next person.
    if (busy) return;
    setProblem(null);
    setSentOnce(false);
    change(next);
  };

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    setSentOnce(true);
    field.onLeft();
    if (missingDetails(draft.request).length > 0) {
      focusFault();
      return;
    }
    run(async () => {
      flush();
      const answer = await bridge.verification.start(draft);
      if (answer.ok) return;
      setProblem(answer.problem);
      if (answer.problem.code === 'address') focusFault();
    });
  };

  const refused = problem?.code === 'address' ? problem.fault : null;
  const fault = shownFault(verdict, refused, draft.address, field.settled);
  // Enter takes what is offered before it sends.
  const offered = fault !== null && fault.repair !== null;
  return (
    <>
      {answered !== null && <AnswerBand answered={answered} gone={draft.address !== ''} />}
      <Card title={t('address.title')} lead={t('address.lead')}>
        {view.replacing !== null && (
          <p className="replacing">{t('address.replacing', { address: view.replacing })}</p>
        )}
        <form ref={form} onSubmit={send} noValidate>
          <AddressField
            ref={input}
            size="large"
            label={t('address.field')}
            typed={draft.address}
            field={field}
            verdict={verdict}
            refused={refused}
            busy={busy}
            onValue={(address) => edit({ ...draft, address })}
          >
            <AddressHints
              verdict={verdict}
              hints={hints}
              typed={draft.address}
              onUse={(address) => {
                edit({ ...draft, address });
                // The button goes with its hint; from the field, Enter sends.
                input.current?.focus();
              }}
            />
          </AddressField>
          <PurposePicker
            request={draft.request}
            purposes={view.choices.purposes}
            payee={view.businessName ?? ''}
            showMissing={sentOnce}
            readOnly={busy}
            onRequest={(request) => edit({ ...draft, request })}
          />
          {problem === null && <Beforehand />}
          {refused === null && <Trouble problem={problem} />}
          <Button
            kind="primary"
            type="submit"
            busy={busy}
            shortcut={offered ? undefined : t('frame.keys.enter')}
          >
            {busy ? t('address.sending') : t('address.send')}
          </Button>
          {/* Below the button, which must be in sight in every window; Enter sends from here too. */}
          <Field
            label={t('address.ticket')}
            value={draft.caseNote?.ticket ?? ''}
            maxLength={NOTE_LENGTH.ticket}
            readOnly={busy}
            onValue={(ticket) => edit({ ...draft, caseNote: { ...NO_NOTE, ...draft.caseNote, ticket } })}
          />
        </form>
      </Card>
    </>
  );
}
