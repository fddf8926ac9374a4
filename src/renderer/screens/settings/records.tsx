/** @file The records: how long they are kept, and how to be rid of everything. It says what stays. */
import { useTranslation } from 'react-i18next';
import { RANGES } from '../../../shared/choices.ts';
import { bridge } from '../../bridge.ts';
import { Picked } from './picked.tsx';
import { Removal } from './removal.tsx';
import { Section } from './section.tsx';

const KEPT = [RANGES.keepDays.min, 7, 14, 30, 60, 90, 180, RANGES.keepDays.max];

export function RecordsSection() {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.records.title')}>
      <Picked
        name="keepDays"
        label={t('settings.records.keepDays')}
        values={KEPT}
        title={(value) => t('settings.policy.value', { value })}
      />
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
