/**
 * @file One PIN, asked of one person: a field that never shows it, what was wrong, and from when the next one is looked
 * at. The PIN is in this field and nowhere else, and is gone from it after every try.
 */
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type EntryProblem } from '../../shared/access.ts';
import type { BridgeProblem } from '../../shared/problems.ts';
import { type Result } from '../../shared/result.ts';
import { type EpochMs } from '../../shared/words.ts';
import { useClock, useOneAtATime, useView } from '../bridge.ts';
import { problemText } from '../i18n/phrases.tsx';
import { pinProblemText } from '../i18n/pin-problem.ts';
import { exactTime } from '../i18n/time.ts';
import { Button } from '../ui/button.tsx';
import { useFaultFocus } from '../ui/focus.ts';
import { Countdown } from './countdown.tsx';
import { PinField } from './pin-field.tsx';

type Problem = EntryProblem | BridgeProblem | { readonly code: 'not-found' };

interface PinFormProps {
  readonly label: string;
  /** As main says it now. */
  readonly waitsUntil: EpochMs | null;
  readonly enter: (pin: string) => Promise<Result<null, Problem>>;
  readonly onEntered?: () => void;
  /** Beside the button. */
  readonly children?: ReactNode;
}

export function PinForm({ label, waitsUntil, enter, onEntered, children }: PinFormProps) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const waits = useClock((now) => waitsUntil !== null && waitsUntil > now);
  const { busy, run } = useOneAtATime();
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const { form, focusFault } = useFaultFocus();
  useEffect(() => form.current?.querySelector('input')?.focus(), [form]);

  const told = (problem: Problem): string => {
    switch (problem.code) {
      case 'wrong-pin':
      case 'pin-waits':
        return pinProblemText(t, problem, i18n.language);
      case 'vault':
      case 'not-found':
      case 'no-access':
      case 'invalid-input':
      case 'refused-sender':
      case 'disk-full':
      case 'internal':
        return problemText(t, problem, view.now, i18n.language);
    }
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (pin === '' || waits) return;
        run(async () => {
          const answer = await enter(pin);
          if (answer.ok) {
            onEntered?.();
            return;
          }
          setPin('');
          setFault(told(answer.problem));
          focusFault();
        });
      }}
    >
      <PinField
        label={label}
        value={pin}
        fault={fault}
        readOnly={busy}
        onValue={(value) => {
          setPin(value);
          setFault(null);
        }}
      />
      <div className="pin-actions">
        <Button
          kind="primary"
          type="submit"
          busy={busy}
          wait={
            waits && waitsUntil !== null
              ? {
                  left: <Countdown until={waitsUntil} />,
                  from: t('access.waits', { time: exactTime(waitsUntil, i18n.language) }),
                }
              : null
          }
        >
          {t('access.enter')}
        </Button>
        {children}
      </div>
    </form>
  );
}
