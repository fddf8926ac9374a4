/**
 * @file A verification that ended without being verified: why, and what to do next.
 */
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { useView } from '../../bridge.ts';
import { type Words } from '../../i18n/i18n.ts';
import { capital, HERE, serverOf, withNode } from '../../i18n/phrases.tsx';
import { moment } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Choices } from '../../ui/card.tsx';
import { Sign, type IconName } from '../../ui/icon.tsx';
import { AddressText } from '../../ui/address-text.tsx';
import { Note } from '../../ui/note.tsx';
import { KEYS } from '../../../shared/keys.ts';
import { isBack } from '../../../shared/words.ts';
import { ariaOf, printed } from '../../frame/keys.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { endWords, type EndState, type EndWords } from '../../i18n/end-words.ts';
import { Slip } from './slip.tsx';
import { useSteps } from './use-steps.ts';

const SIGNS: Record<EndWords, { readonly icon: IconName; readonly tone: 'plain' | 'wait' | 'no' }> = {
  expired: { icon: 'clock', tone: 'plain' },
  clock: { icon: 'clock', tone: 'wait' },
  locked: { icon: 'lock', tone: 'no' },
  cancelled: { icon: 'close', tone: 'plain' },
  restored: { icon: 'caution', tone: 'wait' },
  keysGone: { icon: 'caution', tone: 'wait' },
  pinRemoved: { icon: 'caution', tone: 'wait' },
  account: { icon: 'caution', tone: 'wait' },
};

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
      crest={<Sign name={SIGNS[words].icon} />}
      tone={SIGNS[words].tone}
      title={t(`ended.${words}.title`)}
      lead={lead(t, words, verification, time)}
    >
      <p className="remedy">{t(`ended.${words}.remedy`)}</p>
      <NeverArrived verification={verification} />
      <Slip verification={verification} />
      <Trouble problem={trouble} />
      <Button
        kind="primary"
        busy={busy}
        shortcut={printed(KEYS.send)}
        shortcutAria={ariaOf(KEYS.send)}
        onClick={steps.renew}
      >
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

/** Why the code never arrived, as far as the program knows: it decides what to do next. */
function NeverArrived({ verification: { delivery, sends } }: { readonly verification: VerificationView }) {
  const { t } = useTranslation();
  const server = serverOf(t, useView());
  if (delivery.state === 'returned') {
    return (
      <Note tone={isBack(delivery.why) ? 'no' : 'wait'} title={t(`code.returned.${delivery.why}.title`)}>
        <p>{t(`code.returned.${delivery.why}.remedy`)}</p>
      </Note>
    );
  }
  if (delivery.state !== 'refused' || sends > 0) return null;
  const { cause } = delivery.problem;
  return (
    <Note tone="no" title={capital(t(`causes.${cause}.title`, { server }))}>
      <p>{t(`causes.${cause}.remedy`, { server })}</p>
    </Note>
  );
}

function lead(t: Words, words: EndWords, { guessesAllowed, sentTo }: VerificationView, time: string) {
  switch (words) {
    case 'expired':
      return t('ended.expired.text', { time });
    case 'locked':
      return t('ended.locked.text', { count: guessesAllowed });
    case 'cancelled':
      return withNode(t('ended.cancelled.text', { address: HERE }), HERE, <AddressText address={sentTo} />);
    case 'clock':
    case 'restored':
    case 'keysGone':
    case 'pinRemoved':
    case 'account':
      return t(`ended.${words}.text`);
  }
}
