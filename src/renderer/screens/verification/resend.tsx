/**
 * @file Send again, a new code, another address. Sending again repeats the same code, so it can never cost the
 * person who already has the first mail.
 */
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { useNow } from '../../bridge.ts';
import { countdown } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/card.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { useSteps, type Steps } from './use-steps.ts';

interface ResendChoicesProps {
  readonly verification: VerificationView;
  /** It was sent again: the code is what comes next. */
  readonly onSent: () => void;
}

export function ResendChoices({ verification, onSent }: ResendChoicesProps) {
  const { t } = useTranslation();
  const { steps, busy, trouble } = useSteps(verification.id, onSent);
  // With the mail back, another address is what helps.
  const returned = verification.delivery.state === 'returned';
  // With nothing left to send, a new code would end this one and never arrive.
  const spent = verification.resendAt === null;
  return (
    <>
      <Trouble problem={trouble} />
      {returned && (
        <Button kind="primary" busy={busy} onClick={steps.address}>
          {t('code.changeAddress')}
        </Button>
      )}
      <Choices>
        {verification.resendAt !== null && (
          <SendButton verification={verification} at={verification.resendAt} steps={steps} busy={busy} />
        )}
        {!returned && (
          <Button kind="quiet" unavailable={busy} onClick={steps.address}>
            {t('code.changeAddress')}
          </Button>
        )}
      </Choices>
      <p className="resend-note">{note()}</p>
    </>
  );

  function note(): string | null {
    if (spent) return t('code.noneLeft');
    if (verification.resendTooLate) return t('code.newCodeWhy');
    return verification.sends > 1 ? t('code.sameCode') : null;
  }
}

interface SendButtonProps extends Pick<Steps, 'steps' | 'busy'> {
  readonly verification: VerificationView;
  readonly at: number;
}

/** The same code once more or a new one: one button, so that the focus stays when it changes. */
function SendButton({ verification, at, steps, busy }: SendButtonProps) {
  const { t } = useTranslation();
  const wait = at - useNow();
  const sending = verification.delivery.state === 'sending';
  if (verification.resendTooLate) {
    return (
      <Button kind="quiet" busy={busy} onClick={steps.renew}>
        {t('code.newCode')}
      </Button>
    );
  }
  return (
    <Button kind="quiet" busy={busy} unavailable={sending || wait > 0} onClick={steps.retry}>
      {wait > 0 && !sending ? t('code.sendAgainIn', { time: countdown(wait) }) : t('code.sendAgain')}
    </Button>
  );
}
