/**
 * @file Send again, a new code, another address. Sending again repeats the same code, so it can never cost the
 * person who already has the first mail.
 */
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { useClock, useView } from '../../bridge.ts';
import { HERE, withNode } from '../../i18n/phrases.tsx';
import { clockTime, moment } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/card.tsx';
import { useFocusReturn } from '../../ui/focus.ts';
import { KEYS } from '../../../shared/keys.ts';
import { isBack } from '../../../shared/words.ts';
import { Countdown } from '../../frame/countdown.tsx';
import { ariaOf, printed } from '../../frame/keys.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { useSteps, type Steps } from './use-steps.ts';

interface ResendChoicesProps {
  readonly verification: VerificationView;
  /** It was sent again: the code is what comes next. */
  readonly onSent: () => void;
}

export function ResendChoices({ verification, onSent }: ResendChoicesProps) {
  const { steps, busy, trouble } = useSteps(verification.id, onSent);
  // With the mail back, another address is what helps.
  const { delivery } = verification;
  const returned = delivery.state === 'returned' && isBack(delivery.why);
  return (
    <>
      <Trouble problem={trouble} />
      {returned && <ChangeAddress kind="primary" steps={steps} busy={busy} />}
      <Choices>
        {verification.resendAt !== null && (
          <SendButton verification={verification} at={verification.resendAt} steps={steps} busy={busy} />
        )}
        {!returned && <ChangeAddress kind="quiet" steps={steps} busy={busy} />}
      </Choices>
      <ResendNote verification={verification} />
    </>
  );
}

/** Why there is no more to send, or what sending again means. */
function ResendNote({ verification }: { readonly verification: VerificationView }) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { spent, resendTooLate, sends, delivery } = verification;
  if (spent !== null) {
    return (
      <p className="resend-note">
        {t(`code.spent.${spent.of}`, { time: moment(spent.until, view.now, i18n.language) })}
        {delivery.state !== 'returned' && ` ${t('code.spent.stillGood')}`}
      </p>
    );
  }
  if (!resendTooLate && sends < 2) return null;
  return <p className="resend-note">{t(resendTooLate ? 'code.newCodeWhy' : 'code.sameCode')}</p>;
}

function ChangeAddress({ kind, steps, busy }: Pick<Steps, 'steps' | 'busy'> & { kind: 'primary' | 'quiet' }) {
  const { t } = useTranslation();
  const own = useFocusReturn<HTMLButtonElement>();
  return (
    <Button ref={own} kind={kind} busy={busy} onClick={steps.address}>
      {t('code.changeAddress')}
    </Button>
  );
}

interface SendButtonProps extends Pick<Steps, 'steps' | 'busy'> {
  readonly verification: VerificationView;
  readonly at: number;
}

/** The same code once more or a new one: one button, so that the focus stays when it changes. */
function SendButton({ verification, at, steps, busy }: SendButtonProps) {
  const { t, i18n } = useTranslation();
  const own = useFocusReturn<HTMLButtonElement>();
  const waits = useClock((now) => at > now);
  const renew = verification.resendTooLate;
  const sending = verification.delivery.state === 'sending';
  return (
    <Button
      ref={own}
      busy={busy}
      // The mail that is on its way would be worth nothing with a new code.
      unavailable={sending}
      wait={
        waits && !sending
          ? {
              left: withNode(t('code.in', { time: HERE }), HERE, <Countdown until={at} />),
              from: t('code.from', { time: clockTime(at, i18n.language) }),
            }
          : null
      }
      shortcut={sending ? undefined : printed(KEYS.send)}
      shortcutAria={ariaOf(KEYS.send)}
      onClick={renew ? steps.renew : steps.retry}
    >
      {renew ? t('code.newCode') : t('code.sendAgain')}
    </Button>
  );
}
