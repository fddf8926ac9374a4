/**
 * @file The row at the top: whose desk this is and whether it can send. Practice is marked here on every screen.
 */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KEYS } from '../../shared/keys.ts';
import { bridge, useView } from '../bridge.ts';
import { Icon, Mark } from '../ui/icon.tsx';
import { ariaOf } from './keys.ts';
import { status, type Remedy, type Status } from './status.ts';
import './title-bar.css';

export function TitleBar() {
  const { t, i18n } = useTranslation();
  const view = useView();
  const pill = status(t, view, i18n.language);
  const wayIn = view.screen.at === 'welcome' || view.screen.at === 'setup';
  if (view.screen.at === 'locked') return <Bar />;
  return (
    <Bar>
      {pill !== null && <Pill pill={pill} leads={!wayIn} />}
      {view.practice && (
        <button type="button" className="bar-button" onClick={() => void bridge.practice.leave()}>
          {t('frame.leavePractice')}
        </button>
      )}
      <AtDesk />
      {!wayIn && (
        <button
          type="button"
          className="bar-button"
          aria-current={view.screen.at === 'history' ? 'page' : undefined}
          aria-keyshortcuts={ariaOf(KEYS.find)}
          onClick={() => void bridge.desk.go({ to: 'history' })}
        >
          <Icon name="list" />
          <span className="bar-words">{t('frame.history')}</span>
        </button>
      )}
      {!wayIn && (
        <button
          type="button"
          className="bar-button bar-settings"
          aria-current={view.screen.at === 'settings' ? 'page' : undefined}
          aria-keyshortcuts={ariaOf(KEYS.settings)}
          onClick={() => void bridge.desk.go({ to: 'settings' })}
        >
          <Icon name="sliders" />
          <span className="bar-words">{t('frame.settings')}</span>
        </button>
      )}
    </Bar>
  );
}

function Bar({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation();
  const { businessName } = useView();
  return (
    <header className="title-bar">
      <Mark />
      <span className="title-bar-name">
        <bdi>{businessName ?? t('frame.name')}</bdi>
      </span>
      {children}
    </header>
  );
}

/** Who is at the desk, and whether the owner is: one press ends either. */
function AtDesk() {
  const { t } = useTranslation();
  const { access } = useView();
  if (!access.on) return null;
  return (
    <>
      {access.operator !== null && (
        <button
          type="button"
          className="bar-button"
          aria-keyshortcuts={ariaOf(KEYS.lock)}
          title={t('access.bar.lock')}
          onClick={() => void bridge.access.lock()}
        >
          <Icon name="person" />
          <bdi className="bar-operator">{access.operator}</bdi>
          <span className="unseen">. {t('access.bar.lock')}</span>
        </button>
      )}
      {access.owner.present && (
        <button
          type="button"
          className="bar-button"
          title={t('access.bar.leave')}
          onClick={() => void bridge.access.leaveOwner()}
        >
          <Icon name="lock" />
          {t('access.bar.owner')}
          <span className="unseen">. {t('access.bar.leave')}</span>
        </button>
      )}
    </>
  );
}

/** What is wrong leads to what puts it right; what is well is only said. */
function Pill({ pill: { tone, text, remedy }, leads }: { readonly pill: Status; readonly leads: boolean }) {
  const { t } = useTranslation();
  const said = (
    <>
      <span className="unseen">{t('frame.status.label')}: </span>
      {text}
    </>
  );
  if (remedy === null || !leads) {
    return (
      <p className="pill" data-tone={tone}>
        {said}
      </p>
    );
  }
  return (
    <button
      type="button"
      className="pill"
      data-tone={tone}
      title={t('frame.status.fix')}
      onClick={() => lead(remedy)}
    >
      {said}
      <Icon name="next" />
    </button>
  );
}

function lead(remedy: Remedy): void {
  switch (remedy) {
    case 'keychain':
      // Its two ways on stand above every screen.
      document.querySelector<HTMLElement>('.notices .button')?.focus();
      return;
    case 'account':
      void bridge.account.change();
      return;
    case 'records':
      void bridge.desk.go({ to: 'settings', page: 'removal' });
      return;
    case 'limits':
      void bridge.desk.go({ to: 'settings', page: 'policy' });
  }
}
