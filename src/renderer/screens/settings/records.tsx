/** @file The records: how to be rid of everything. It says what stays. */
import { useTranslation } from 'react-i18next';
import { bridge } from '../../bridge.ts';
import { Removal } from './removal.tsx';
import { Section } from './section.tsx';

export function RecordsSection() {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.records.title')}>
      <p>{t('settings.records.text')}</p>
      <Removal
        kind="danger"
        label={t('settings.records.remove')}
        question={t('settings.records.removeTitle')}
        confirm={t('settings.records.removeConfirm')}
        remove={bridge.settings.removeAll}
      >
        <p>{t('settings.records.text')}</p>
      </Removal>
    </Section>
  );
}
