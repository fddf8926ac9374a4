/**
 * @file Nothing was sent: what happened, most likely why, and the one button that helps. The server's own words
 * stay in their fold.
 */
import { useTranslation } from 'react-i18next';
import { type DeskView, type VerificationView } from '../../../shared/desk-view.ts';
import { type DeliveryProblem } from '../../../shared/words.ts';
import { bridge, useView } from '../../bridge.ts';
import { capital, HERE, serverOf, withNode } from '../../i18n/phrases.tsx';
import { moment } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Choices } from '../../ui/card.tsx';
import { CauseNote, ServerSaid } from '../../ui/cause.tsx';
import { Mailbox } from '../../ui/mailbox.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { NEXT_STEP, type NextStep } from '../next-step.ts';
import { useSteps } from './use-steps.ts';

interface RefusedProps {
  readonly verification: VerificationView;
  readonly problem: DeliveryProblem;
}

/** What was in the way is out of it: the account was saved again, or the keychain opened, and trying again is next. */
function mended({ account, vault }: DeskView, step: NextStep): boolean {
  if (step === 'vault') return vault === 'available';
  return step === 'password' && account?.standing === 'tested' && account.secret !== null;
}

export function RefusedPart({ verification, problem }: RefusedProps) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { steps, busy, trouble } = useSteps(verification.id);
  const server = serverOf(t, view);
  const ownServer = view.account?.form.kind === 'server';
  const first = mended(view, NEXT_STEP[problem.cause]) ? 'retry' : NEXT_STEP[problem.cause];
  const label: Record<NextStep, string> = {
    retry: t('refused.again'),
    address: t('refused.address'),
    password: ownServer ? t('refused.passwordServer') : t('refused.password'),
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
        {first === 'password' && !ownServer && (
          <Button kind="quiet" onClick={() => void bridge.outside.open({ page: 'app-password-help' })}>
            {t('refused.howTo')}
          </Button>
        )}
      </Choices>
      <ServerSaid problem={problem} />
    </Card>
  );
}
