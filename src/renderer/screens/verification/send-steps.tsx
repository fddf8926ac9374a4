/**
 * @file How far the mail has come, in one line. "Handed to Gmail" is as much as the program knows: it never says
 * "delivered".
 */
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { type Pause, SEND_STAGES } from '../../../shared/words.ts';
import { useView } from '../../bridge.ts';
import { Countdown } from '../../frame/countdown.tsx';
import { capital, HERE, serverOf, withNode } from '../../i18n/phrases.tsx';
import { tookTime } from '../../i18n/spans.ts';
import { Icon } from '../../ui/icon.tsx';

export function SendSteps({ delivery }: { readonly delivery: VerificationView['delivery'] }) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const server = serverOf(t, view);
  if (delivery.state === 'accepted') {
    return (
      <p className="send-steps" data-state="accepted">
        <Icon name="check" />
        {t('code.accepted', { server, time: tookTime(delivery.tookMs, i18n.language) })}
      </p>
    );
  }
  if (delivery.state !== 'sending') return null;
  if (delivery.pause !== null) return <Paused pause={delivery.pause} />;
  const reached = SEND_STAGES.indexOf(delivery.stage);
  return (
    <p className="send-steps" data-state="sending">
      <span className="send-stages" aria-hidden="true">
        {SEND_STAGES.map((stage, index) => (
          <i key={stage} data-done={index < reached || undefined} data-now={index === reached || undefined} />
        ))}
      </span>
      {t(`code.stages.${delivery.stage}`, { server })}
      {delivery.attempt > 1 && ` (${t('code.attempt', { count: delivery.attempt })})`}
    </p>
  );
}

/** Nothing to do but to wait: why, and for how long. */
function Paused({ pause: { cause, until } }: { readonly pause: Pause }) {
  const { t } = useTranslation();
  const server = serverOf(t, useView());
  return (
    <p className="send-steps" data-state="paused">
      <Icon name="clock" />
      <span>
        {withNode(
          t('code.pause', { title: capital(t(`causes.${cause}.title`, { server })), time: HERE }),
          HERE,
          <Countdown until={until} />,
        )}
      </span>
    </p>
  );
}
