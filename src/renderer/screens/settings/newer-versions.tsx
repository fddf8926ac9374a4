/** @file Whether it is asked for newer versions: off until the owner chooses, and who is asked is said first. */
import { useTranslation } from 'react-i18next';
import { useView } from '../../bridge.ts';
import { Section } from './section.tsx';
import { TickSetting } from './tick-setting.tsx';

export function NewerVersions() {
  const { t } = useTranslation();
  const { releasesFrom: host } = useView();
  return (
    <Section title={t('settings.newer.title')}>
      {host === null ? (
        <p>{t('settings.newer.nobody')}</p>
      ) : (
        <TickSetting
          name="tellNewer"
          title={t('settings.newer.tellNewer.title')}
          text={t('settings.newer.tellNewer.text', { host })}
        />
      )}
    </Section>
  );
}
