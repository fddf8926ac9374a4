/**
 * @file The practice inbox: the mail as the other person would see it. It exists in practice only; it is the one
 * place on the page where a code is written.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PracticeMail } from '../../shared/desk-view.ts';
import { useView } from '../bridge.ts';
import { exactTime } from '../i18n/time.ts';
import { Fold } from '../ui/fold.tsx';
import { Icon } from '../ui/icon.tsx';
import { MailView } from './mail-view.tsx';
import './practice-mails.css';

export function PracticeMails() {
  const { t, i18n } = useTranslation();
  const { practiceMails } = useView();
  const [picked, setPicked] = useState<string | null>(null);
  const mails = practiceMails.toSorted((a, b) => b.receivedAt - a.receivedAt);
  const newest = mails[0]?.id ?? null;
  const [lastNewest, setLastNewest] = useState(newest);
  // A new mail opens itself: that is the one the person is waiting for.
  if (newest !== lastNewest) {
    setLastNewest(newest);
    setPicked(null);
  }
  const open = mails.find((mail) => mail.id === picked) ?? mails[0];
  return (
    <aside className="practice-mails" aria-label={t('practiceMails.title')}>
      <h2>
        <Icon name="mail" />
        {t('practiceMails.title')}
      </h2>
      <p className="practice-mails-lead">
        {open === undefined ? t('practiceMails.empty') : t('practiceMails.lead')}
      </p>
      {open !== undefined && <Mail mail={open} />}
      {mails.length > 1 && (
        <ul className="practice-mails-list" aria-label={t('practiceMails.list')}>
          {mails.map((mail) => (
            <li key={mail.id}>
              <button
                type="button"
                className="row"
                aria-current={mail.id === open?.id || undefined}
                onClick={() => setPicked(mail.id)}
              >
                <span className="row-first">{mail.subject}</span>
                <span className="row-second">
                  <bdi>{mail.to}</bdi>
                </span>
                <span className="row-time">{exactTime(mail.receivedAt, i18n.language)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

function Mail({ mail }: { readonly mail: PracticeMail }) {
  const { t, i18n } = useTranslation();
  return (
    <article className="mail">
      <h3 dir="auto">{mail.subject}</h3>
      <dl>
        <dt>{t('practiceMails.from')}</dt>
        <dd>
          <bdi>{mail.from}</bdi>
        </dd>
        <dt>{t('practiceMails.to')}</dt>
        <dd>
          <bdi>{mail.to}</bdi>
        </dd>
        <dt>{t('practiceMails.at')}</dt>
        <dd>{exactTime(mail.receivedAt, i18n.language)}</dd>
      </dl>
      <MailView mail={mail} />
      <Fold title={t('practiceMails.source')}>
        <pre tabIndex={0} role="region" dir="ltr" aria-label={t('practiceMails.source')}>
          {mail.source}
        </pre>
      </Fold>
    </article>
  );
}
