/**
 * @file Nothing was sent: what happened, most likely why, and the one button that helps. The server's own words
 * stay in their fold.
 */
import { useTranslation } from 'react-i18next';
import { CAUSES, type NextStep } from '../../../shared/causes.ts';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { type DeliveryProblem } from '../../../shared/words.ts';
import { bridge, useClock, useView } from '../../bridge.ts';
import { capital, HERE, serverOf, withNode } from '../../i18n/phrases.tsx';
import { clockTime, moment } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Choices } from '../../ui/card.tsx';
import { CauseNote, ServerSaid } from '../../ui/cause.tsx';
import { AddressText } from '../../ui/address-text.tsx';
import { Countdown } from '../../frame/countdown.tsx';
import { Trouble } from '../../frame/trouble.tsx';
import { mended, useRemedy } from './remedy.ts';
import { useSteps } from './use-steps.ts';

interface RefusedProps {
  readonly verification: VerificationView;
  readonly problem: DeliveryProblem;
}

export function RefusedPart({ verification, problem }: RefusedProps) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { steps, busy, trouble } = useSteps(verification.id);
  const server = serverOf(t, view);
  const ownServer = view.account?.form.kind === 'server';
  const { label } = useRemedy();
  // Main takes no more of this code when little time is left; a new one is the same thing to the person.
  const again = verification.resendTooLate ? 'renew' : 'retry';
  const step = CAUSES[problem.cause].next;
  const first = step === 'retry' || mended(view, step) ? again : step;
  const others: readonly NextStep[] = ([again, 'address'] as const).filter((other) => other !== first);
  const { resendAt } = verification;
  const waits = useClock((now) => resendAt !== null && resendAt > now);
  return (
    <Card
      focusTitle
      title={capital(t(`causes.${problem.cause}.title`, { server }))}
      lead={withNode(
        t('refused.nothingSent', { address: HERE }),
        HERE,
        <AddressText address={verification.sentTo} />,
      )}
    >
      <CauseNote problem={problem} server={server}>
        {problem.cause === 'daily-limit' && view.sends.freesAt !== null && (
          <p>{t('refused.freesAt', { time: moment(view.sends.freesAt, view.now, i18n.language) })}</p>
        )}
      </CauseNote>
      <Trouble problem={trouble} />
      <Button kind="primary" busy={busy} wait={waitFor(first)} onClick={steps[first]}>
        {label[first]}
      </Button>
      <Choices>
        {others.map((other) => (
          <Button key={other} kind="quiet" unavailable={busy} wait={waitFor(other)} onClick={steps[other]}>
            {label[other]}
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

  /** The server asked for a pause; a new code would have to wait for it as well. */
  function waitFor(step: NextStep) {
    if (!waits || resendAt === null || (step !== 'retry' && step !== 'renew')) return null;
    const from = clockTime(resendAt, i18n.language);
    return {
      left: withNode(t('code.in', { time: HERE }), HERE, <Countdown until={resendAt} />),
      from: t('code.from', { time: from }),
    };
  }
}
