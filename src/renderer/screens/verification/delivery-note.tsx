/**
 * @file What is to be said above the slots when a mail may not have arrived. The code stays good, and that is
 * said first of all.
 */
import { useTranslation } from 'react-i18next';
import { CAUSES } from '../../../shared/causes.ts';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { isBack, type DeliveryProblem } from '../../../shared/words.ts';
import { useView } from '../../bridge.ts';
import { capital, serverOf } from '../../i18n/phrases.tsx';
import { clockTime } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { ServerSaid } from '../../ui/cause.tsx';
import { Note } from '../../ui/note.tsx';
import { useRemedy } from './remedy.ts';
import { useSteps } from './use-steps.ts';

export function DeliveryNote({ verification }: { readonly verification: VerificationView }) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { delivery } = verification;
  const server = serverOf(t, view);
  const time = clockTime(verification.expiresAt, i18n.language);
  switch (delivery.state) {
    case 'unknown':
    case 'interrupted':
      return (
        <Note tone="wait" title={t(`code.${delivery.state}.title`)}>
          <p>{t(`code.${delivery.state}.meaning`, { server })}</p>
          <p>{t(`code.${delivery.state}.remedy`, { time })}</p>
        </Note>
      );
    case 'returned': {
      return (
        <Note tone={isBack(delivery.why) ? 'no' : 'wait'} title={t(`code.returned.${delivery.why}.title`)}>
          <p>{t(`code.returned.${delivery.why}.remedy`)}</p>
          <p>
            {delivery.status !== null && `${t('code.reportSays', { status: delivery.status })} `}
            {t('code.stillGoodUntil', { time })}
          </p>
        </Note>
      );
    }
    case 'refused':
      return <ResendRefused verification={verification} problem={delivery.problem} time={time} />;
    case 'sending':
    case 'accepted':
      return null;
  }
}

interface ResendRefusedProps {
  readonly verification: VerificationView;
  readonly problem: DeliveryProblem;
  /** Until when the code is good. */
  readonly time: string;
}

/** The buttons below send again or go to another address; what else helps has its button here. */
function ResendRefused({ verification, problem, time }: ResendRefusedProps) {
  const { t } = useTranslation();
  const view = useView();
  const { steps, busy } = useSteps(verification.id);
  const { label } = useRemedy();
  const server = serverOf(t, view);
  const step = CAUSES[problem.cause].next;
  const elsewhere = step === 'password' || step === 'account' || step === 'vault';
  return (
    <>
      <Note
        tone="wait"
        title={t('code.resendRefused.title')}
        {...(elsewhere && {
          actions: (
            <Button busy={busy} onClick={steps[step]}>
              {label[step]}
            </Button>
          ),
        })}
      >
        <p>
          {t('code.resendRefused.why', {
            title: capital(t(`causes.${problem.cause}.title`, { server })),
            remedy: t(`causes.${problem.cause}.remedy`, { server }),
          })}
        </p>
        <p>{t('code.resendRefused.remedy', { time })}</p>
      </Note>
      <ServerSaid problem={problem} />
    </>
  );
}
