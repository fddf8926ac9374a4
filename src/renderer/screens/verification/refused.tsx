/**
 * @file Nothing was sent: what happened, most likely why, and the one button that helps. The server's own words
 * stay in their fold.
 */
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { type DeliveryProblem } from '../../../shared/words.ts';
import { bridge, useView } from '../../bridge.ts';
import { capital, serverOf, withNode } from '../../i18n/phrases.tsx';
import { moment } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Choices } from '../../ui/card.tsx';
import { CauseNote, ServerSaid } from '../../ui/cause.tsx';
import { Mailbox } from '../../ui/mailbox.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { NEXT_STEP, type NextStep } from '../next-step.ts';
import { useSteps } from './use-steps.ts';

/** Stands in a text where the address goes; no text of ours contains it. */
const HERE = '\u0001';

interface RefusedProps {
  readonly verification: VerificationView;
  readonly problem: DeliveryProblem;
}

export function RefusedPart({ verification, problem }: RefusedProps) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { steps, busy, trouble } = useSteps(verification.id);
  const server = serverOf(t, view);
  const first = NEXT_STEP[problem.cause];
  const label: Record<NextStep, string> = {
    retry: t('refused.again'),
    address: t('refused.address'),
    password: t('refused.password'),
    account: t('refused.account'),
    vault: t('frame.lookAgain'),
    renew: t('ended.again'),
  };
  const others = (['retry', 'address'] as const).filter((step) => step !== first && first !== 'renew');
  return (
    <Card
      focusTitle
      title={capital(t(`causes.${problem.cause}.title`, { server }))}
      lead={withNode(
        t('refused.nothingSent', { address: HERE }),
        HERE,
        <Mailbox address={verification.sentTo} />,
      )}
    >
      <CauseNote problem={problem} server={server}>
        {problem.cause === 'daily-limit' && view.sends.freesAt !== null && (
          <p>{t('refused.freesAt', { time: moment(view.sends.freesAt, view.now, i18n.language) })}</p>
        )}
      </CauseNote>
      <Trouble problem={trouble} />
      <Button kind="primary" busy={busy} onClick={steps[first]}>
        {label[first]}
      </Button>
      <Choices>
        {others.map((step) => (
          <Button key={step} kind="quiet" unavailable={busy} onClick={steps[step]}>
            {label[step]}
          </Button>
        ))}
        {first === 'password' && (
          <Button kind="quiet" onClick={() => void bridge.outside.open({ page: 'app-password-help' })}>
            {t('refused.howTo')}
          </Button>
        )}
      </Choices>
      <ServerSaid problem={problem} />
    </Card>
  );
}
