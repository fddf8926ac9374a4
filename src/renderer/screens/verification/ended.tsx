/**
 * @file A verification that ended without being verified: why, and what to do next.
 */
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { useView } from '../../bridge.ts';
import { type Words } from '../../i18n/i18n.ts';
import { withNode } from '../../i18n/phrases.tsx';
import { moment } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Choices } from '../../ui/card.tsx';
import { Mailbox } from '../../ui/mailbox.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { Slip } from './slip.tsx';
import { useSteps } from './use-steps.ts';

type EndState = 'expired' | 'locked' | 'cancelled';
type EndWords = EndState | 'clock' | 'restored' | 'keysGone';

const HERE = '\u0001';

/** Which words an end gets: the reason tells more than the state where there is one. */
export function endWords(state: EndState, reason: VerificationView['endReason']): EndWords {
  switch (reason) {
    case 'clock':
      return 'clock';
    case 'records-restored':
      return 'restored';
    case 'keys-gone':
      return 'keysGone';
    case 'time':
    case 'guesses':
    case 'desk':
    case null:
      return state;
  }
}

interface EndedProps {
  readonly verification: VerificationView;
  readonly state: EndState;
}

export function EndedPart({ verification, state }: EndedProps) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { steps, busy, trouble } = useSteps(verification.id);
  const words = endWords(state, verification.endReason);
  const time = moment(verification.expiresAt, view.now, i18n.language);
  return (
    <Card
      focusTitle
      tone={words === 'locked' ? 'no' : 'wait'}
      title={t(`ended.${words}.title`)}
      lead={lead(t, words, verification, time)}
    >
      <p className="remedy">{t(`ended.${words}.remedy`)}</p>
      <Slip verification={verification} />
      <Trouble problem={trouble} />
      <Button kind="primary" busy={busy} onClick={steps.renew}>
        {t('ended.again')}
      </Button>
      <Choices>
        <Button kind="quiet" unavailable={busy} onClick={steps.address}>
          {t('ended.changeAddress')}
        </Button>
        <Button kind="quiet" unavailable={busy} onClick={steps.next}>
          {t('ended.next')}
        </Button>
      </Choices>
    </Card>
  );
}

function lead(t: Words, words: EndWords, { guessesAllowed, sentTo }: VerificationView, time: string) {
  switch (words) {
    case 'expired':
      return t('ended.expired.text', { time });
    case 'locked':
      return t('ended.locked.text', { count: guessesAllowed });
    case 'cancelled':
      return withNode(t('ended.cancelled.text', { address: HERE }), HERE, <Mailbox address={sentTo} />);
    case 'clock':
    case 'restored':
    case 'keysGone':
      return t(`ended.${words}.text`);
  }
}
