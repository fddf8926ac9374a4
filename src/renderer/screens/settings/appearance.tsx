/** @file How the window looks: its colours and how large its letters are. */
import { useTranslation } from 'react-i18next';
import { TEXT_SIZES, THEMES } from '../../../shared/choices.ts';
import { Picked } from './picked.tsx';
import { Section } from './section.tsx';

export function AppearancePage() {
  const { t } = useTranslation();
  return (
    <Section>
      <Picked
        name="theme"
        label={t('settings.appearance.theme')}
        values={THEMES}
        title={(theme) => t(`settings.appearance.themes.${theme}`)}
      />
      <Picked
        name="textSize"
        label={t('settings.appearance.textSize')}
        values={TEXT_SIZES}
        title={(value) => t('settings.appearance.percent', { value })}
      />
    </Section>
  );
}
