/**
 * @file The steps of the live test, in one line: what was reached, and which one did not work.
 */
import { useTranslation } from 'react-i18next';
import { SETUP_STEPS, type SetupStep, type SetupTest } from '../../../shared/desk-view.ts';
import { Icon } from '../../ui/icon.tsx';
import './steps.css';

type StepState = 'done' | 'now' | 'failed' | 'waiting';
type Begun = Exclude<SetupTest, { state: 'idle' }>;

function stepState(test: Begun, step: SetupStep): StepState {
  const reached = SETUP_STEPS.indexOf(test.step);
  const index = SETUP_STEPS.indexOf(step);
  if (index < reached) return 'done';
  if (index > reached) return 'waiting';
  return test.state === 'failed' ? 'failed' : 'now';
}

interface StepsProps {
  readonly test: Begun;
  readonly host: string;
  /** Something is to be done in the account's own mailbox, so that it is tried too. */
  readonly mailbox: boolean;
}

export function Steps({ test, host, mailbox }: StepsProps) {
  const { t } = useTranslation();
  return (
    <ol className="steps">
      {SETUP_STEPS.filter((step) => step !== 'mailbox' || mailbox).map((step) => {
        const state = stepState(test, step);
        // What was not come to is no news.
        if (test.state === 'failed' && state === 'waiting') return null;
        return (
          <li key={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="step-mark" aria-hidden="true">
              {state === 'done' && <Icon name="check" />}
              {state === 'failed' && <Icon name="close" />}
            </span>
            {t(`setup.steps.${step}`, { host })}
            <span className="unseen"> ({t(`setup.stepStates.${state}`)})</span>
          </li>
        );
      })}
    </ol>
  );
}
