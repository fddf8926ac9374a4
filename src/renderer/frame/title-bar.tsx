/**
 * @file The row at the top: whose desk this is and whether it can send. Practice is marked here on every screen.
 */
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../bridge.ts';
import { Icon, Mark } from '../ui/icon.tsx';
import { status } from './status.ts';
import './title-bar.css';

export function TitleBar() {
  const { t, i18n } = useTranslation();
  const view = useView();
  const pill = status(t, view, i18n.language);
  const wayIn = view.screen.at === 'welcome' || view.screen.at === 'setup';
  return (
    <header className="title-bar">
      <Mark />
      <span className="title-bar-name">
        <bdi>{view.businessName ?? t('frame.name')}</bdi>
      </span>
      {pill !== null && (
        <p className="pill" data-tone={pill.tone}>
          <span className="unseen">{t('frame.status.label')}: </span>
          {pill.text}
        </p>
      )}
      {view.practice && (
        <button type="button" className="bar-button" onClick={() => void bridge.practice.leave()}>
          {t('frame.leavePractice')}
        </button>
      )}
      {!wayIn && (
        <button
          type="button"
          className="bar-button bar-settings"
          aria-current={view.screen.at === 'settings' ? 'page' : undefined}
          onClick={() => void bridge.desk.go({ to: 'settings' })}
        >
          <Icon name="sliders" />
          <span className="bar-words">{t('frame.settings')}</span>
        </button>
      )}
    </header>
  );
}
