/**
 * @file Settings: the account, the name, the policy, the records. What cannot be undone is asked about
 * in a dialog first.
 */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { AboutSection } from './settings/about.tsx';
import { AccessSection } from './settings/access.tsx';
import { AccountSection } from './settings/account.tsx';
import { AppearanceSection } from './settings/appearance.tsx';
import { MessageSection } from './settings/message.tsx';
import { NameSection } from './settings/name.tsx';
import { NewerVersions } from './settings/newer-versions.tsx';
import { PolicySection } from './settings/policy.tsx';
import { RecordsSection } from './settings/records.tsx';
import { Section } from './settings/section.tsx';
import './settings.css';

export function SettingsScreen() {
  const { t } = useTranslation();
  const view = useView();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const hasDesk = view.practice || view.account !== null;
  return (
    <div className="settings">
      <div className="settings-head">
        <h1 ref={heading} tabIndex={-1}>
          {t('settings.title')}
        </h1>
        <Button onClick={() => void bridge.desk.go({ to: hasDesk ? 'address' : 'welcome' })}>
          {t('settings.done')}
        </Button>
      </div>
      <AccountSection />
      {view.businessName !== null && <NameSection name={view.businessName} />}
      <MessageSection message={view.choices} />
      <PolicySection />
      <AccessSection />
      <AppearanceSection />
      <Section title={t('settings.keychain.title')}>
        <p>{keychain()}</p>
      </Section>
      {!view.practice && (
        <Section title={t('settings.practice.title')}>
          <p>{t('settings.practice.text')}</p>
          <div className="section-actions">
            <Button onClick={() => void bridge.practice.begin()}>{t('settings.practice.begin')}</Button>
          </div>
        </Section>
      )}
      {!view.practice && <NewerVersions />}
      <AboutSection />
      {/* Practice has nothing that outlasts it. What removes things stands last. */}
      {!view.practice && <RecordsSection />}
    </div>
  );

  function keychain(): string {
    if (view.practice) return t('settings.keychain.practice');
    if (view.sessionOnly) return t('settings.keychain.session');
    return view.vault === 'available'
      ? t(
          view.account?.secret === 'session'
            ? 'settings.keychain.availableKeys'
            : 'settings.keychain.available',
        )
      : `${t(`frame.vault.${view.vault}.title`)}. ${t(`frame.vault.${view.vault}.remedy`)}`;
  }
}
