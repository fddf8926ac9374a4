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

export function ResendChoices({ verification }: { readonly verification: VerificationView }) {
  const { t } = useTranslation();
  const steps = useSteps(verification.id);
  // With the mail back, another address is what helps.
  const returned = verification.delivery.state === 'returned';
  const renew = verification.resendTooLate || verification.resendAt === null;
  return (
    <>
      <Trouble problem={steps.trouble} />
      {returned && (
        <Button kind="primary" busy={steps.busy} onClick={steps.steps.address}>
          {t('code.changeAddress')}
        </Button>
      )}
      <Choices>
        {renew ? (
          <Button kind="quiet" busy={steps.busy} onClick={steps.steps.renew}>
            {t('code.newCode')}
          </Button>
        ) : (
          <SendAgain verification={verification} at={verification.resendAt} steps={steps} />
        )}
        {!returned && (
          <Button kind="quiet" unavailable={steps.busy} onClick={steps.steps.address}>
            {t('code.changeAddress')}
          </Button>
        )}
      </Choices>
      <p className="resend-note">{note()}</p>
    </>
  );

  function note(): string | null {
    if (verification.resendAt === null) return t('code.noneLeft');
    if (verification.resendTooLate) return t('code.newCodeWhy');
    return verification.sends > 1 ? t('code.sameCode') : null;
  }
}

interface SendAgainProps {
  readonly verification: VerificationView;
  readonly at: number;
  readonly steps: Steps;
}

function SendAgain({ verification, at, steps }: SendAgainProps) {
  const { t } = useTranslation();
  const wait = at - useNow();
  const sending = verification.delivery.state === 'sending';
  return (
    <Button kind="quiet" busy={steps.busy} unavailable={sending || wait > 0} onClick={steps.steps.retry}>
      {wait > 0 && !sending ? t('code.sendAgainIn', { time: countdown(wait) }) : t('code.sendAgain')}
    </Button>
  );
}
