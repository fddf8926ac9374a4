/**
 * @file Why a message was not handed over, or an account did not work: what happened, most likely why, what to do now,
 * and the server's own words for who wants them.
 */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeliveryProblem } from '../../shared/words.ts';
import { exactTime } from '../i18n/time.ts';
import { Fold } from './fold.tsx';
import { Note } from './note.tsx';

interface CauseNoteProps {
  readonly problem: DeliveryProblem;
  /** Whom mail is handed to, as it reads inside a sentence. */
  readonly server: string;
  readonly title?: string;
  readonly actions?: ReactNode;
  /** More to know, after the remedy. */
  readonly children?: ReactNode;
}

export function CauseNote({ problem, server, title, actions, children }: CauseNoteProps) {
  const { t, i18n } = useTranslation();
  const { cause, notBefore } = problem;
  return (
    <Note tone="no" title={title} actions={actions}>
      <p>
        <strong>{t('refused.likely')}</strong> {t(`causes.${cause}.meaning`, { server })}
      </p>
      <p>
        <strong>{t('refused.now')}</strong> {t(`causes.${cause}.remedy`, { server })}
      </p>
      {notBefore !== undefined && (
        <p>{t('refused.notBefore', { time: exactTime(notBefore, i18n.language) })}</p>
      )}
      {children}
    </Note>
  );
}

/** Nothing when the server said nothing. */
export function ServerSaid({ problem: { serverSaid } }: { readonly problem: DeliveryProblem }) {
  const { t } = useTranslation();
  if (serverSaid === null) return null;
  return (
    <Fold title={t('refused.serverSaid')}>
      <p className="server-said" dir="ltr">
        {serverSaid}
      </p>
    </Fold>
  );
}
