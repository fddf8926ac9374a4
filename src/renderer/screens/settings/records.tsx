/** @file For how long records are kept, and by which key their receipts are signed. */
import { useTranslation } from 'react-i18next';
import { RANGES } from '../../../shared/choices.ts';
import { Picked } from './picked.tsx';
import { Section } from './section.tsx';
import { SigningKeySection } from './signing-key.tsx';

const KEPT = [RANGES.keepDays.min, 7, 14, 30, 60, 90, 180, RANGES.keepDays.max];

export function RecordsPage() {
  const { t } = useTranslation();
  return (
    <>
      <Section>
        <Picked
          name="keepDays"
          label={t('settings.records.keepDays')}
          values={KEPT}
          title={(value) => t('settings.policy.value', { value })}
        />
        <p>{t('settings.records.text')}</p>
      </Section>
      <SigningKeySection />
    </>
  );
}
