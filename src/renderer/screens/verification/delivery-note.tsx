/**
 * @file What is to be said above the slots when a mail may not have arrived. The code stays good, and that is
 * said first of all.
 */
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { useView } from '../../bridge.ts';
import { capital, returnedWhy, serverOf } from '../../i18n/phrases.tsx';
import { clockTime } from '../../i18n/time.ts';
import { Note } from '../../ui/note.tsx';

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
      const why = returnedWhy(delivery.cause);
      return (
        <Note tone="no" title={t(`code.returned.${why}.title`)}>
          <p>{t(`code.returned.${why}.remedy`)}</p>
          <p>
            {t('code.returned.status', { status: delivery.status })} {t('code.returned.still', { time })}
          </p>
        </Note>
      );
    }
    case 'refused':
      return (
        <Note tone="wait" title={t('code.resendRefused.title')}>
          <p>
            {t('code.resendRefused.why', {
              title: capital(t(`causes.${delivery.problem.cause}.title`, { server })),
              remedy: t(`causes.${delivery.problem.cause}.remedy`, { server }),
            })}
          </p>
          <p>{t('code.resendRefused.remedy', { time })}</p>
        </Note>
      );
    case 'sending':
    case 'accepted':
      return null;
  }
}
