/**
 * @file The live test of an account: four named steps, and on failure why and what to do.
 */
import { useTranslation } from 'react-i18next';
import { CAUSES } from '../../../shared/causes.ts';
import { SETUP_STEPS, type SetupStep, type SetupTest } from '../../../shared/desk-view.ts';
import { type Authority, type DeliveryProblem } from '../../../shared/words.ts';
import { bridge } from '../../bridge.ts';
import { capital } from '../../i18n/phrases.tsx';
import { Button } from '../../ui/button.tsx';
import { CauseNote, ServerSaid } from '../../ui/cause.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import './test-progress.css';

type StepState = 'done' | 'now' | 'failed' | 'waiting';

function stepState(test: Exclude<SetupTest, { state: 'idle' }>, step: SetupStep): StepState {
  const reached = SETUP_STEPS.indexOf(test.step);
  const index = SETUP_STEPS.indexOf(step);
  if (index < reached) return 'done';
  if (index > reached) return 'waiting';
  return test.state === 'failed' ? 'failed' : 'now';
}

interface TestProgressProps {
  readonly test: SetupTest;
  readonly host: string;
  readonly server: string;
  readonly google: boolean;
  /** Something is to be done in the account's own mailbox, so that it is tried too. */
  readonly mailbox: boolean;
  readonly busy: boolean;
  readonly onSaveAnyway: () => void;
  /** The owner lets this authority open the connection. */
  readonly onConsent: (authority: Authority) => void;
}

export function TestProgress(props: TestProgressProps) {
  const { test, host, mailbox } = props;
  const { t } = useTranslation();
  if (test.state === 'idle') return null;
  return (
    <section className="test" aria-label={t('setup.test')}>
      <ol className="steps">
        {SETUP_STEPS.filter((step) => step !== 'mailbox' || mailbox).map((step) => {
          const state = stepState(test, step);
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
      {test.state === 'failed' && <Failure {...props} problem={test.problem} />}
    </section>
  );
}

interface FailureProps extends Pick<
  TestProgressProps,
  'server' | 'google' | 'busy' | 'onSaveAnyway' | 'onConsent'
> {
  readonly problem: DeliveryProblem;
}

function Failure({ problem, server, google, busy, onSaveAnyway, onConsent }: FailureProps) {
  const { t } = useTranslation();
  const { authority } = problem;
  if (authority !== undefined) {
    const yes = (
      <Button busy={busy} onClick={() => onConsent(authority)}>
        {t('setup.authority.yes')}
      </Button>
    );
    return (
      <Note tone="wait" title={t('setup.authority.title')} actions={yes}>
        <p>{t('setup.authority.question', { authority: authority.name })}</p>
      </Note>
    );
  }
  const offline = CAUSES[problem.cause].account === 'not-reached';
  const password = google && CAUSES[problem.cause].next === 'password';
  return (
    <>
      <CauseNote
        problem={problem}
        server={server}
        title={capital(t(`causes.${problem.cause}.title`, { server }))}
        actions={
          offline || password ? (
            <>
              {password && (
                <Button onClick={() => void bridge.outside.open({ page: 'app-passwords' })}>
                  {t('setup.openAppPasswords')}
                </Button>
              )}
              {offline && (
                <Button busy={busy} onClick={onSaveAnyway}>
                  {t('setup.saveAnyway')}
                </Button>
              )}
            </>
          ) : undefined
        }
      >
        {offline && <p>{t('setup.saveAnywayWhy')}</p>}
      </CauseNote>
      <ServerSaid problem={problem} />
    </>
  );
}
