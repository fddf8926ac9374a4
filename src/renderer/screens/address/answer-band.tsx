/**
 * @file The last answer, over the form for the next address: a clerk who goes on fast, or presses Enter out of habit,
 * has still seen it. It goes when the next address is begun, and leaves its place, so that nothing jumps.
 */
import { useTranslation } from 'react-i18next';
import { type KnownRow } from '../../../shared/desk-view.ts';
import { bridge, useView } from '../../bridge.ts';
import { endWords } from '../../i18n/end-words.ts';
import { type Words } from '../../i18n/i18n.ts';
import { moment } from '../../i18n/time.ts';
import { AddressText } from '../../ui/address-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import './answer-band.css';

interface AnswerBandProps {
  readonly answered: KnownRow;
  /** The next address is begun. */
  readonly gone: boolean;
}

export function AnswerBand({ answered, gone }: AnswerBandProps) {
  const { t, i18n } = useTranslation();
  const { now } = useView();
  const verified = answered.state === 'verified';
  return (
    <section
      className="answer-band"
      data-tone={verified ? 'yes' : 'no'}
      data-gone={gone || undefined}
      aria-label={t('address.answered')}
    >
      <Icon name={verified ? 'check' : 'stop'} />
      <p>
        <strong>{answerTitle(t, answered)}</strong> <AddressText address={answered.sentTo} />,{' '}
        {moment(answered.endedAt ?? answered.expiresAt, now, i18n.language)}
      </p>
      <Button kind="quiet" onClick={() => void bridge.desk.show({ id: answered.id })}>
        {t('address.showAnswer')}
      </Button>
    </section>
  );
}

function answerTitle(t: Words, { state, endReason }: KnownRow): string {
  switch (state) {
    case 'verified':
      return t('ended.verified.title');
    case 'expired':
    case 'locked':
    case 'cancelled':
      return t(`ended.${endWords(state, endReason)}.title`);
    case 'open':
      // Only an end is kept in sight.
      return '';
  }
}
