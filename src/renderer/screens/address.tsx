/**
 * @file The address screen: one field, a purpose, one button. It must never suggest an earlier customer, and
 * never change what was typed unless the person presses the button that says so.
 */
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type AddressVerdict, type Draft } from '../../shared/desk-view.ts';
import { type StartProblem } from '../../shared/contract.ts';
import { bridge, useOneAtATime, useView } from '../bridge.ts';
import { type AnyProblem } from '../i18n/phrases.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field } from '../ui/field.tsx';
import { useFaultFocus, useSaidOnce } from '../ui/focus.ts';
import { Trouble } from '../frame/trouble.tsx';
import { AddressHints } from './address/hints.tsx';
import { missingDetails, PurposePicker } from './address/purpose.tsx';
import { useDraft } from './address/use-draft.ts';
import './address.css';

/** What more typing cannot cure, said at once; the rest waits until the field is left or the code is sent. */
const AT_ONCE: ReadonlySet<string> = new Set<Extract<AddressVerdict, { valid: false }>['problem']>([
  'several-addresses',
  'display-name',
  'quoted',
  'comment',
  'control-character',
  'invisible-character',
  'character-not-allowed',
  'domain-literal',
  'too-long',
  'local-part-too-long',
]);

export function AddressScreen() {
  const { t } = useTranslation();
  const view = useView();
  const { draft, change, verdict, flush } = useDraft(view.draft, view.practice);
  const { busy, run } = useOneAtATime();
  const [left, setLeft] = useState(false);
  const [sentOnce, setSentOnce] = useState(false);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const { form, focusFault } = useFaultFocus();

  useEffect(() => field.current?.focus(), []);

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
    setLeft(true);
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

  const fault = addressFault(problem, verdict, draft.address, left);
  // What the sending itself finds is said by `focusFault`.
  useSaidOnce(
    fault === null ? null : t(`addressProblems.${fault}`),
    verdict === null || busy || problem !== null,
  );
  return (
    <Card title={t('address.title')} lead={t('address.lead')}>
      {view.replacing !== null && (
        <p className="replacing">{t('address.replacing', { address: view.replacing })}</p>
      )}
      <form ref={form} onSubmit={send} noValidate>
        <Field
          ref={field}
          size="large"
          label={t('address.field')}
          value={draft.address}
          inputMode="email"
          leftToRight
          readOnly={busy}
          fault={fault === null ? null : t(`addressProblems.${fault}`)}
          onValue={(address) => {
            setLeft(false);
            edit({ ...draft, address });
          }}
          onLeave={() => setLeft(true)}
        >
          <AddressHints
            verdict={fault === null ? verdict : null}
            typed={draft.address}
            onUse={(address) => {
              edit({ ...draft, address });
              // The button goes with its hint; from the field, Enter sends.
              field.current?.focus();
            }}
          />
        </Field>
        <PurposePicker
          request={draft.request}
          payee={view.businessName ?? ''}
          showMissing={sentOnce}
          readOnly={busy}
          onRequest={(request) => edit({ ...draft, request })}
        />
        {problem?.code !== 'address' && <Trouble problem={problem} />}
        <Button kind="primary" type="submit" busy={busy} shortcut={t('frame.keys.enter')}>
          {busy ? t('address.sending') : t('address.send')}
        </Button>
      </form>
    </Card>
  );
}

type Fault = Extract<StartProblem, { code: 'address' }>['problem'];

function addressFault(
  problem: AnyProblem | null,
  verdict: AddressVerdict | null,
  typed: string,
  left: boolean,
): Fault | null {
  if (problem?.code === 'address') return problem.problem;
  if (verdict === null || verdict.valid || typed.trim() === '') return null;
  return left || AT_ONCE.has(verdict.problem) ? verdict.problem : null;
}
