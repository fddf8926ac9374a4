/** @file Which program this is, and the way to its licences. */
import { useTranslation } from 'react-i18next';
import { useView } from '../../bridge.ts';
import { useAbout } from '../../frame/about-opener.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from './section.tsx';

export function AboutSection() {
  const { t } = useTranslation();
  const { version } = useView();
  return (
    <Section title={t('settings.about.title')}>
      <p>
        {t('settings.about.version', { version })}. {t('welcome.claim')}
      </p>
      <div className="section-actions">
        <Button onClick={useAbout()}>{t('settings.about.open')}</Button>
      </div>
    </Section>
  );
}
