/** @file Which program this is, the way to its licences, and the way into practice. */
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../../bridge.ts';
import { useAbout } from '../../frame/about-opener.ts';
import { Button } from '../../ui/button.tsx';
import { NewerVersions } from './newer-versions.tsx';
import { Section } from './section.tsx';

export function PracticePage() {
  const { t } = useTranslation();
  return (
    <Section>
      <p>{t('settings.practice.text')}</p>
      <div className="section-actions">
        <Button onClick={() => void bridge.practice.begin()}>{t('settings.practice.begin')}</Button>
      </div>
    </Section>
  );
}

export function AboutPage() {
  const { t } = useTranslation();
  const { version, practice } = useView();
  return (
    <>
      <Section>
        <p>
          {t('settings.about.version', { version })}. {t('welcome.claim')}
        </p>
        <div className="section-actions">
          <Button onClick={useAbout()}>{t('settings.about.open')}</Button>
        </div>
      </Section>
      {!practice && <NewerVersions />}
    </>
  );
}
